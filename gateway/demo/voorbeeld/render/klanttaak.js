// A klanttaak: what the klant is asked to do.

import { element, facts, webLink } from "./element.js";
import { KLANTTAAK_SOORT, KLANTTAAK_STATUS, capital, day } from "./words.js";

export function renderKlanttaak(taak) {
  return element("div", { class: "reference" },
    element("p", { class: "kind" }, "Taak"),
    element("p", { class: "name" }, taak.titel),
    facts(
      ["Status", element("span", { class: taak.status === "open" ? "badge open" : "badge done" },
        capital(KLANTTAAK_STATUS[taak.status]))],
      ["Doen voor", taak.verloopdatum && day(taak.verloopdatum)],
    ));
}

/**
 * What is still to be done, of the contacts that were fetched: the graph has no list of
 * somebody's klanttaken. Each once, whatever is due first in front.
 *
 * @param hasMore whether there are older contacten, in which there may be more.
 */
export function renderOpenKlanttaken(contacten, hasMore) {
  const open = openKlanttaken(contacten);
  if (open.length === 0 && !hasMore) return null;
  return element("section", { class: "panel", "aria-labelledby": "taken" },
    element("h2", { id: "taken" }, "Wat u nog kunt doen"),
    element("p", { class: "about" }, [
      open.length > 0
        ? "Uit de contacten die hieronder staan."
        : "In de contacten die hieronder staan, is dat niets.",
      hasMore && "In oudere contacten kan er meer staan.",
    ].filter(Boolean).join(" ")),
    open.length > 0 && element("ul", { class: "tasks" }, open.map((taak) =>
      element("li", {},
        linkTo(taak) ?? element("span", { class: "name" }, taak.titel),
        element("p", { class: "about" }, when(taak))))));
}

// Of a form of the portal's own there is none in this example.
const linkTo = ({ url, titel }) => (url ? webLink(url, titel) : null);

function openKlanttaken(contacten) {
  const taken = contacten
    .flatMap(({ onderwerpen }) => onderwerpen)
    .map(({ klanttaak }) => klanttaak)
    .filter((taak) => taak?.status === "open");
  const once = new Map(taken.map((taak) => [taak.object.url, taak]));
  return [...once.values()].sort((one, other) => due(one) - due(other));
}

const due = ({ verloopdatum }) => (verloopdatum ? new Date(verloopdatum).getTime() : Infinity);

function when({ soort, verloopdatum }) {
  const how = capital(KLANTTAAK_SOORT[soort]);
  return verloopdatum ? `${how}, voor ${day(verloopdatum)}` : how;
}
