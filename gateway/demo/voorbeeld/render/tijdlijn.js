// The timeline of klantcontacten: newest first, by month, and more when asked for.

import { element } from "./element.js";
import { renderKlantcontact } from "./klantcontact.js";
import { howMany, month } from "./words.js";

/**
 * Render all that was fetched.
 *
 * @param contacten newest first.
 * @param total how many there are.
 * @param names what partijen are called, by id.
 * @param more fetches the next page; null where there is none.
 */
export function renderTijdlijn({ contacten, total, names, more }) {
  const known = { names, shown: new Set(contacten.map(({ nummer }) => nummer)) };
  return element("section", { class: "tijdlijn", "aria-labelledby": "contacten" },
    element("h2", { id: "contacten" }, "Contacten"),
    total === 0
      ? element("p", {}, "Er zijn nog geen contacten vastgelegd.")
      : element("p", { class: "about" }, `${counted(contacten, total)}, het nieuwste eerst.`),
    byMonth(contacten).map(([name, inMonth]) => renderMonth(name, inMonth, known)),
    more && element("button", { type: "button", id: "meer", onclick: more }, "Meer laden"));
}

/** How many of them are on the page. */
export function counted(contacten, total) {
  const all = howMany(total, "contact", "contacten");
  return contacten.length === total ? all : `${contacten.length} van ${all}`;
}

function byMonth(contacten) {
  const months = new Map();
  for (const contact of contacten) {
    const name = month(contact.plaatsgevondenOp);
    months.set(name, [...(months.get(name) ?? []), contact]);
  }
  return [...months];
}

function renderMonth(name, contacten, known) {
  return element("section", { class: "maand" },
    element("h3", {}, name),
    element("ol", {}, contacten.map((contact) =>
      element("li", {}, renderKlantcontact(contact, known)))));
}
