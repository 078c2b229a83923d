// An interne taak: what the municipality has to do, for employees only.

import { element, facts } from "./element.js";
import { renderDigitaalAdres } from "./partij.js";
import { place } from "./places.js";
import { NIET_GEBRUIKEN, day, daysSince, howMany, kanaal, list, moment } from "./words.js";

/** Some, in a list; null where there are none, or they were not asked for. */
export function renderInterneTaken(taken, shown = {}) {
  if (!taken?.length) return null;
  return element("ul", { class: "references" },
    taken.map((taak) => element("li", {}, renderInterneTaak(taak, shown))));
}

/**
 * Render one.
 *
 * @param heading what element its name is.
 * @param isOpen whether it stands among open ones, which need not say that of themselves.
 */
function renderInterneTaak(taak, { heading = "p", isOpen = false } = {}) {
  return element("div", { class: "reference internal" },
    element("p", { class: "kind" }, `Interne taak ${taak.nummer}`),
    element(heading, { class: "name" }, taak.gevraagdeHandeling),
    taak.toelichting && element("p", { class: "text" }, taak.toelichting),
    facts(
      ["Status", isOpen ? null : state(taak)],
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
    renderInterneTaak(taak, { heading: "h2", isOpen: true }),
    taak.klantcontact && element("p", { class: "about" }, from(taak.klantcontact)),
    (taak.klantcontact?.contactgegevens ?? []).map(renderContactgegevens));
}

const from = (contact) =>
  `Uit een contact: ${kanaal(contact)}, ${moment(contact.plaatsgevondenOp)}.`;

function renderContactgegevens(gegevens) {
  const { contactnaam, organisatienaam, voorkeursDigitaalAdres, redenenNietGebruiken } = gegevens;
  const reasons = (redenenNietGebruiken ?? []).map((reason) => NIET_GEBRUIKEN[reason]);
  return element("div", { class: "reach" },
    element("p", { class: "name" }, contactnaam?.volledigeNaam ?? organisatienaam ?? "Naam onbekend"),
    reasons.length > 0 && element("p", { class: "warning" }, `Niet gebruiken: ${list(reasons)}.`),
    place(gegevens, "digitaleAdressen", "hoe deze klant te bereiken is", (adressen) =>
      adressen.length > 0
        ? facts(...adressen.map((each) =>
          [each.soortNaam, renderDigitaalAdres(each, voorkeursDigitaalAdres, callable(each))]))
        : element("p", { class: "about" }, "Er is geen telefoonnummer of e-mailadres bekend.")));
}

// A telephone number can be called from here; undefined for what is none.
function callable({ soort, adres }) {
  if (soort !== "telefoonnummer") return undefined;
  return element("a", { href: `tel:${adres.replace(/[^+\d]/g, "")}` }, adres);
}
