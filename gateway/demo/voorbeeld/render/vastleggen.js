// The form in which a telephone call is recorded, and what is wrong with it.

import { element, focusOn } from "./element.js";

// Which field of the form a place in the input of the mutation comes from.
const FIELDS = [
  [/^invoer\.onderwerpen/, "onderwerp"],
  [/^invoer\.inhoud/, "inhoud"],
  [/^invoer\.actoren/, "actor"],
  [/^invoer\.interneTaken\.\d+\.actoren/, "toegewezen"],
  [/^invoer\.interneTaken\.\d+\.toelichting/, "toelichting"],
  [/^invoer\.interneTaken/, "handeling"],
  [/^invoer\.betrokkenen\.\d+\.digitaleAdressen/, "telefoon"],
];

/**
 * Render the form, empty.
 *
 * @param actoren who can have spoken, and who can be given a task.
 * @param name of who is called.
 * @param submit gets what was filled in, by the names of the fields.
 * @param cancel goes back.
 */
export function renderVastleggen({ actoren, name, submit, cancel }) {
  const medewerkers = actoren.filter(({ soortActor }) => soortActor === "medewerker");
  const workers = actoren.filter(({ soortActor }) => soortActor !== "geautomatiseerde_actor");
  return element("form", {
    id: "record-form",
    autocomplete: "off",
    novalidate: true,
    onsubmit(event) {
      event.preventDefault();
      submit(Object.fromEntries(new FormData(event.target)));
    },
  },
  element("div", { id: "fouten" }),
  element("fieldset", {},
    element("legend", {}, `Gesprek met ${name}`),
    field("actor", "Wie voerde het gesprek?", options("actor", medewerkers)),
    field("onderwerp", "Waar ging het over?", input("onderwerp")),
    field("inhoud", "Wat is er besproken?", area("inhoud"), "De klant kan dit lezen.")),
  element("fieldset", {},
    element("legend", {}, "Opvolging"),
    element("label", { class: "choice" },
      element("input", { type: "checkbox", name: "terugbellen", "aria-controls": "terugbelverzoek", onchange: reveal }),
      "Een collega belt terug"),
    element("div", { id: "terugbelverzoek", hidden: true },
      field("telefoon", "Telefoonnummer, alleen hiervoor", input("telefoon", "tel")),
      field("handeling", "Wat moet er gebeuren?", input("handeling", "text", "Terugbellen")),
      field("toelichting", "Toelichting", area("toelichting"), "Alleen voor collega’s."),
      field("toegewezen", "Wie belt terug?", options("toegewezen", workers)))),
  element("div", { class: "buttons" },
    element("button", { type: "submit" }, "Vastleggen"),
    element("button", { type: "button", class: "quiet", onclick: cancel }, "Annuleren")));
}

function reveal({ target }) {
  document.getElementById("terugbelverzoek").hidden = !target.checked;
}

function field(name, label, control, hint) {
  control.setAttribute("aria-describedby", [hint && `${name}-hint`, `${name}-fout`].filter(Boolean).join(" "));
  return element("div", { class: "field" },
    element("label", { for: name }, label),
    hint && element("p", { class: "hint", id: `${name}-hint` }, hint),
    element("p", { class: "error", id: `${name}-fout`, hidden: true }),
    control);
}

const input = (name, type = "text", value = "") => element("input", { id: name, name, type, value });
const area = (name) => element("textarea", { id: name, name, rows: 4 });

function options(name, actoren) {
  return element("select", { id: name, name },
    actoren.map(({ id, naam }) => element("option", { value: id }, naam)));
}

/** What was filled in, as the mutation takes it. */
export function invoer(filled, { partij, vaststelling }) {
  const tekst = (value) => (value.trim() ? [{ tekst: value.trim() }] : []);
  const callsBack = filled.terugbellen === "on";
  return {
    kanaal: "telefoon",
    actoren: [filled.actor],
    betrokkenen: [{
      rol: "belanghebbende",
      initiator: true,
      partijId: partij.id,
      digitaleAdressen: callsBack && filled.telefoon.trim()
        ? [{ soort: "telefoonnummer", adres: filled.telefoon.trim() }]
        : [],
    }],
    onderwerpen: tekst(filled.onderwerp),
    inhoud: tekst(filled.inhoud),
    interneTaken: callsBack
      ? [{
        gevraagdeHandeling: filled.handeling,
        ...(filled.toelichting.trim() && { toelichting: filled.toelichting.trim() }),
        actoren: [filled.toegewezen],
      }]
      : [],
    identiteitsvaststelling: vaststelling,
  };
}

/** Show what is wrong: each at its field, and all together at the top. */
export function showFouten(fouten) {
  for (const each of document.querySelectorAll("#record-form .error")) each.hidden = true;
  for (const each of document.querySelectorAll("#record-form [aria-invalid]")) each.removeAttribute("aria-invalid");
  const lines = fouten.map(({ pad, melding }) => {
    const name = FIELDS.find(([place]) => place.test(pad))?.[1];
    if (!name) return element("li", {}, melding);
    const said = document.getElementById(`${name}-fout`);
    said.textContent = melding;
    said.hidden = false;
    document.getElementById(name).setAttribute("aria-invalid", "true");
    return element("li", {}, element("a", { href: `#${name}` }, melding));
  });
  const heading = element("h2", {}, "Het gesprek is nog niet vastgelegd");
  document.getElementById("fouten").replaceChildren(
    element("div", { class: "failure" }, heading, element("ul", {}, lines)));
  focusOn(heading);
}
