// A zaak: what it is, how far it is, and what came of it.

import { element, facts } from "./element.js";
import { place } from "./places.js";
import { day } from "./words.js";

export function renderZaak(zaak) {
  return element("div", { class: "reference" },
    element("p", { class: "kind" }, zaak.zaaktype?.omschrijving ?? "Zaak"),
    zaak.omschrijving && element("p", { class: "name" }, zaak.omschrijving),
    facts(
      ["Zaaknummer", zaak.identificatie],
      ["Status", place(zaak, "status", "de status", renderStatus)],
      ["Resultaat", place(zaak, "resultaat", "het resultaat", renderResultaat)],
      ["Afgerond op", zaak.einddatum && day(zaak.einddatum)],
    ));
}

function renderStatus(status) {
  return place(status, "statustype", "de status", ({ omschrijving, isEindstatus }) =>
    element("span", { class: isEindstatus ? "badge done" : "badge" }, omschrijving));
}

function renderResultaat(resultaat) {
  return place(resultaat, "resultaattype", "het resultaat", ({ omschrijving }) => omschrijving);
}
