// The form in which a telephone call is recorded, and what is wrong with it.

import { element, facts, focusOn } from "./element.js";
import { showMistakes } from "./mistakes.js";

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

// A rule of the gateway is for every kind of contact; here it is said as this form asks it.
const VERPLICHT = {
  onderwerp: "Vul in waar het over ging.",
  inhoud: "Vul in wat er is besproken.",
  actor: "Kies wie het gesprek voerde.",
  handeling: "Vul in wat er moet gebeuren.",
  toegewezen: "Kies wie er terugbelt.",
};
const IDENTITEIT =
  "Zoek deze klant opnieuw, en stel met zekerheid Midden of hoger vast met wie u spreekt.";

/**
 * Render the form, empty: whoever fills it in states what happened, so nothing is chosen
 * for them but who they are themselves.
 *
 * @param actoren who can have spoken, and who can be given a task.
 * @param isCut whether there are more of them than these.
 * @param self the `objectId` by which the one who is logged in is one of them.
 * @param name of who is called.
 * @param established how it was established who that is, in pairs of words.
 * @param filledIn hears that something was.
 * @param submit gets what was filled in, by the names of the fields.
 * @param cancel goes back.
 */
export function renderVastleggen({ actoren, isCut, self, name, established, filledIn, submit, cancel }) {
  const medewerkers = actoren.filter(({ soortActor }) => soortActor === "medewerker");
  const own = medewerkers.find(({ identificator }) => self && identificator?.objectId === self);
  const cut = isCut && `Alleen de eerste ${actoren.length} medewerkers en afdelingen staan hier.`;
  const workers = actoren.filter(({ soortActor }) => soortActor !== "geautomatiseerde_actor");
  return element("form", {
    id: "record-form",
    autocomplete: "off",
    novalidate: true,
    oninput: filledIn,
    onsubmit(event) {
      event.preventDefault();
      submit(Object.fromEntries(new FormData(event.target)));
    },
  },
  element("div", { id: "fouten" }),
  element("fieldset", {},
    element("legend", {}, `Gesprek met ${name}`),
    facts(...established),
    field("actor", "Wie voerde het gesprek?", options("actor", medewerkers, own), cut),
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
      field("toegewezen", "Wie belt terug?", options("toegewezen", workers), cut))),
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

function options(name, actoren, chosen) {
  return element("select", { id: name, name },
    element("option", { value: "" }, "Kies …"),
    actoren.map((each) => element("option", { value: each.id, selected: each === chosen }, each.naam)));
}

/** What was filled in, as the mutation takes it. */
export function invoer(filled, { partij, vaststelling }) {
  const tekst = (value) => (value.trim() ? [{ tekst: value.trim() }] : []);
  const chosen = (id) => (id ? [id] : []);
  const callsBack = filled.terugbellen === "on";
  return {
    kanaal: "telefoon",
    actoren: chosen(filled.actor),
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
        actoren: chosen(filled.toegewezen),
      }]
      : [],
    identiteitsvaststelling: vaststelling,
  };
}

/** Whether an earlier try, of which no answer came, was recorded after all. */
export const isRecordedBefore = (fouten) => fouten.some(({ code }) => code === "sleutel_hergebruikt");

/**
 * Say that it is recorded already, as it was filled in first.
 *
 * @param back leads to where it stands.
 */
export function showRecordedBefore(back) {
  showAbove("Het gesprek is al vastgelegd",
    element("p", {}, "Dat is gebeurd toen u het eerder probeerde. Wat u daarna veranderde, is niet vastgelegd."),
    element("button", { type: "button", onclick: back }, "Naar de contacten"));
}

/** Show what is wrong: each at its field, and all together at the top. */
export function showFouten(fouten) {
  const worded = fouten.map(inWords);
  const lines = worded.map(([name, melding]) =>
    element("li", {}, name ? element("a", { href: `#${name}` }, melding) : melding));
  showAbove("Het gesprek is nog niet vastgelegd", element("ul", {}, lines));
  showMistakes(document.getElementById("record-form"), worded.filter(([name]) => name));
}

function showAbove(title, ...said) {
  const heading = element("h2", {}, title);
  document.getElementById("fouten").replaceChildren(element("div", { class: "failure" }, heading, ...said));
  showMistakes(document.getElementById("record-form"), []);
  focusOn(heading);
}

// `code` says what kind of mistake it is, `pad` where, `melding` which rule of the gateway.
function inWords({ code, pad, melding }) {
  const name = FIELDS.find(([place]) => place.test(pad))?.[1];
  if (code === "identiteit_niet_vastgesteld") return [name, IDENTITEIT];
  return [name, (code === "verplicht" && VERPLICHT[name]) || melding];
}
