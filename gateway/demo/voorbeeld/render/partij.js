// Contact data of a partij.

import { isOutage, whyNot } from "../graphql.js";
import { breakable, element, facts } from "./element.js";
import { capital, day } from "./words.js";

export const nameOf = ({ contactnaam, naam, nummer }) =>
  contactnaam?.volledigeNaam ?? naam ?? `klant ${nummer}`;

/**
 * What the partijen of a klantbeeld are called, by id.
 *
 * @param own what whose klantbeeld it is, is called.
 */
export function namesOf({ partijen, contactpersonen }, own) {
  return new Map([
    ...partijen.map(({ id }) => [id, own]),
    ...(contactpersonen ?? []).map((each) => [each.id, nameOf(each)]),
  ]);
}

/**
 * Render what is known of a partij.
 *
 * @param title of the panel.
 */
export function renderPartij(partij, title) {
  const { digitaleAdressen, bezoekadres, correspondentieadres } = partij;
  // Null is not for who asks, or not to be had now: that is no emptiness.
  const isEmpty = digitaleAdressen?.length === 0 && !bezoekadres && !correspondentieadres;
  return element("section", { class: "panel", "aria-labelledby": "gegevens" },
    element("h2", { id: "gegevens" }, title),
    withheld(partij),
    isEmpty && element("p", {}, "Er zijn geen contactgegevens vastgelegd."),
    facts(
      ["Naam", nameOf(partij)],
      ["Klantnummer", partij.nummer],
      ...(digitaleAdressen ?? []).map((each) =>
        [each.soortNaam, renderDigitaalAdres(each, partij.voorkeursDigitaalAdres)]),
      ["Bezoekadres", bezoekadres && renderAdres(bezoekadres)],
      ["Postadres", correspondentieadres && renderAdres(correspondentieadres)],
    ));
}

// Without a word one would think that there are none.
function withheld(partij) {
  if (partij.digitaleAdressen) return null;
  return element("p", { class: "absent" }, isOutage(whyNot(partij, "digitaleAdressen"))
    ? "E-mailadressen en telefoonnummers zijn nu niet op te halen."
    : "E-mailadressen en telefoonnummers kunt u hier niet zien.");
}

/**
 * Render an e-mail address, a telephone number or another.
 *
 * @param voorkeur the one that is preferred, if any.
 * @param shown the address itself.
 */
export function renderDigitaalAdres({ id, adres, omschrijving, verificatieDatum }, voorkeur, shown = breakable(adres)) {
  const about = [
    omschrijving,
    id === voorkeur?.id && "heeft de voorkeur",
    verificatieDatum && `bevestigd op ${day(verificatieDatum)}`,
  ].filter(Boolean);
  return [shown, about.length > 0 && element("span", { class: "about" }, capital(about.join(", ")))]
    .filter(Boolean)
    .map((part) => element("span", { class: "line" }, part));
}

function renderAdres(adres) {
  return lines(adres).filter(Boolean).map((line) => element("span", { class: "line" }, line));
}

function lines(adres) {
  const { vorm, straatnaam, huisnummer, huisnummertoevoeging, postcode, plaats } = adres;
  const city = [postcode, plaats].filter(Boolean).join(" ");
  if (vorm === "postbus") return [`Postbus ${adres.postbusnummer}`, city];
  if (vorm === "antwoordnummer") return [`Antwoordnummer ${adres.antwoordnummer}`, city];
  if (vorm === "buitenland") {
    return [adres.adresregel1, adres.adresregel2, adres.adresregel3, adres.landNaam];
  }
  return [[straatnaam, huisnummer, huisnummertoevoeging].filter((part) => part != null).join(" "), city];
}
