// A klantcontact: how and when, who took part, what it was about and what was exchanged.

import { renderDocument } from "./document.js";
import { element } from "./element.js";
import { renderInterneTaken } from "./interne_taak.js";
import { renderKlanttaak } from "./klanttaak.js";
import { place } from "./places.js";
import { beginning, capital, day, kanaal, list, moment } from "./words.js";
import { renderZaak } from "./zaak.js";

/**
 * Render one.
 *
 * @param names what partijen are called, by id.
 * @param shown the nummers of what is on the page, and can be led to.
 */
export function renderKlantcontact(contact, { names, shown }) {
  // Many have the same heading: a screen reader tells them apart by when they were.
  const [heading, when] = [`kop-${contact.nummer}`, `moment-${contact.nummer}`];
  return element("article", { id: anchor(contact), "aria-labelledby": `${heading} ${when}`, tabindex: -1 },
    element("h4", { id: heading }, title(contact)),
    element("p", { class: "when", id: when },
      element("span", { class: "kanaal" }, capital(kanaal(contact))),
      element("time", { datetime: contact.plaatsgevondenOp }, capital(moment(contact.plaatsgevondenOp)))),
    element("p", { class: "about" }, participants(contact, names)),
    contact.inhoud.filter(isText).map(({ tekst }) => element("p", { class: "text" }, tekst)),
    references(contact),
    renderInterneTaken(contact.interneTaken),
    thread(contact, shown));
}

export const anchor = ({ nummer }) => `contact-${nummer}`;
const isText = ({ tekst }) => tekst !== undefined;

// What a reader knows it by: its subject in words, else what it is about, or how it begins.
function title(contact) {
  const { onderwerpen, inhoud } = contact;
  const first = (find) => [...onderwerpen, ...inhoud].map(find).find(Boolean);
  return onderwerpen.find(isText)?.tekst
    ?? first(({ zaak }) => zaak?.omschrijving)
    ?? first(({ klanttaak }) => klanttaak?.titel)
    ?? first(({ document }) => document?.titel)
    ?? first(({ tekst }) => tekst && beginning(tekst))
    ?? `Contact: ${kanaal(contact)}`;
}

function participants({ richting, betrokkenen, actoren, indicatieContactGelukt }, names) {
  const people = betrokkenen.map((each) => nameOf(each, names));
  const gemeente = actoren.map(({ naam, soortActor }) => naam ?? ACTOR[soortActor]);
  const [from, to] = richting === "uitgaand" ? [gemeente, people] : [people, gemeente];
  const tried = indicatieContactGelukt === false ? " Het contact is niet gelukt." : "";
  return from.length > 0 && to.length > 0
    ? `Van ${list(unique(from))} aan ${list(unique(to))}.${tried}`
    : `Met ${list(unique([...from, ...to]))}.${tried}`;
}

const ACTOR = {
  medewerker: "een medewerker",
  organisatorische_eenheid: "een afdeling",
  geautomatiseerde_actor: "een systeem van de gemeente",
};

function nameOf({ rol, partij, contactnaam, organisatienaam }, names) {
  return names.get(partij?.id) ?? contactnaam?.volledigeNaam ?? organisatienaam
    ?? (rol === "vertegenwoordiger" ? "een vertegenwoordiger" : "een betrokkene");
}

const unique = (names) => [...new Set(names)];

const REFERENCES = {
  ZaakOnderwerp: (part) => place(part, "zaak", "een zaak", renderZaak),
  KlanttaakOnderwerp: (part) => place(part, "klanttaak", "een taak", renderKlanttaak),
  ObjectOnderwerp: (part) => place(part, "object", "iets waar dit over ging", renderObject("Onderwerp")),
  DocumentInhoud: (part) => place(part, "document", "een document", renderDocument),
  ObjectInhoud: (part) => place(part, "object", "iets dat is meegestuurd", renderObject("Meegestuurde gegevens")),
};

function references({ onderwerpen, inhoud }) {
  const rendered = [...onderwerpen, ...inhoud]
    .map((part) => REFERENCES[part.__typename]?.(part))
    .filter(Boolean);
  if (rendered.length === 0) return null;
  return element("ul", { class: "references" }, rendered.map((each) => element("li", {}, each)));
}

function renderObject(kind) {
  return ({ type }) => element("div", { class: "reference" },
    element("p", { class: "kind" }, kind),
    element("p", { class: "name" }, type?.name ?? "Gegevens uit een ander systeem"));
}

function thread({ vorige, vervolg }, shown) {
  if (vorige.length + vervolg.length === 0) return null;
  const line = (said, contact) => element("li", {}, `${said}: `, shown.has(contact.nummer)
    ? element("a", { href: `#${anchor(contact)}` }, reference(contact))
    : reference(contact));
  return element("ul", { class: "thread" },
    vorige.map((each) => line("Vervolg op", each)),
    vervolg.map((each) => line("Gevolgd door", each)));
}

const reference = (contact) => `${kanaal(contact)} van ${day(contact.plaatsgevondenOp)}`;
