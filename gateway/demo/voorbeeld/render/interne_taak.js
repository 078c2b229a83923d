// An interne taak: what the municipality has to do, for employees only.

import { element, facts } from "./element.js";
import { NIET_GEBRUIKEN, day, daysSince, howMany, kanaal, list, moment } from "./words.js";

/** Those of one klantcontact; null where there are none, or they were not asked for. */
export function renderInterneTaken(taken) {
  if (!taken?.length) return null;
  return element("ul", { class: "references" },
    taken.map((taak) => element("li", {}, renderInterneTaak(taak))));
}

export function renderInterneTaak(taak) {
  return element("div", { class: "reference internal" },
    element("p", { class: "kind" }, `Interne taak ${taak.nummer}`),
    element("p", { class: "name" }, taak.gevraagdeHandeling),
    taak.toelichting && element("p", { class: "text" }, taak.toelichting),
    facts(
      ["Status", state(taak)],
      ["Toegewezen aan", list(taak.actoren.map(({ naam }) => naam ?? "onbekend"))],
      ["Wacht sinds", waiting(taak)],
    ));
}

function state({ status, verwerktOp }) {
  return status === "verwerkt"
    ? element("span", { class: "badge done" }, `Verwerkt op ${day(verwerktOp)}`)
    : element("span", { class: "badge open" }, "Te verwerken");
}

function waiting({ wachtSinds }) {
  return wachtSinds && `${day(wachtSinds)} (${howMany(daysSince(wachtSinds), "dag", "dagen")})`;
}

/** An item of the work list: the task, and how to reach who waits. */
export function renderWerk(taak) {
  return element("li", {},
    renderInterneTaak(taak),
    taak.klantcontact && element("p", { class: "about" }, from(taak.klantcontact)),
    (taak.klantcontact?.contactgegevens ?? []).map(renderContactgegevens));
}

const from = (contact) =>
  `Uit een contact: ${kanaal(contact)}, ${moment(contact.plaatsgevondenOp)}.`;

function renderContactgegevens({ contactnaam, organisatienaam, digitaleAdressen, redenenNietGebruiken }) {
  const reasons = (redenenNietGebruiken ?? []).map((reason) => NIET_GEBRUIKEN[reason]);
  return element("div", { class: "reach" },
    element("p", { class: "name" }, contactnaam?.volledigeNaam ?? organisatienaam ?? "Naam onbekend"),
    reasons.length > 0 && element("p", { class: "warning" }, `Niet gebruiken: ${list(reasons)}.`),
    facts(...(digitaleAdressen ?? []).map(({ soortNaam, adres }) => [soortNaam, adres])));
}
