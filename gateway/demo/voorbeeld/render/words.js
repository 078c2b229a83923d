// How codes, moments and sizes are said in Dutch.

const ZONE = { timeZone: "Europe/Amsterdam" };
const DAY = new Intl.DateTimeFormat("nl-NL", { dateStyle: "long", ...ZONE });
const MOMENT = new Intl.DateTimeFormat("nl-NL", { dateStyle: "full", timeStyle: "short", ...ZONE });
const MONTH = new Intl.DateTimeFormat("nl-NL", { month: "long", year: "numeric", ...ZONE });
const NUMBER = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const LIST = new Intl.ListFormat("nl-NL");

export const day = (date) => DAY.format(new Date(date));
export const moment = (date) => MOMENT.format(new Date(date));
export const month = (date) => MONTH.format(new Date(date));
export const list = (words) => LIST.format(words);
export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** The first words of a text. */
export const beginning = (text) =>
  text.length > 60 ? text.replace(/^(.{30,59})\s.*$/s, "$1 …") : text;

/** Days between then and now. */
export const daysSince = (date) => Math.floor((Date.now() - new Date(date)) / 86_400_000);

export function howMany(number, one, more) {
  return `${number} ${number === 1 ? one : more}`;
}

/** How a contact came; a code that nobody knows is its own name. */
export const kanaal = (contact) => contact.kanaalNaam ?? contact.kanaal ?? "onbekend kanaal";

/** How long ago, of a number of seconds. */
export function age(seconds) {
  return seconds < 90
    ? howMany(Math.round(seconds), "seconde", "seconden")
    : howMany(Math.round(seconds / 60), "minuut", "minuten");
}

export function size(bytes) {
  if (bytes < 1_000) return howMany(bytes, "byte", "bytes");
  return bytes < 1_000_000
    ? `${Math.round(bytes / 1_000)} kB`
    : `${NUMBER.format(bytes / 1_000_000)} MB`;
}

const FORMATS = {
  "application/pdf": "PDF",
  "image/jpeg": "JPEG-afbeelding",
  "image/png": "PNG-afbeelding",
  "text/html": "webpagina",
  "text/plain": "tekst",
};
export const format = (mediaType) => FORMATS[mediaType] ?? mediaType;

export const KLANTTAAK_STATUS = {
  open: "open", ingediend: "ingediend", afgerond: "afgerond",
  verwerkt: "verwerkt", gesloten: "gesloten",
};

export const KLANTTAAK_SOORT = {
  url: "op een website", portaalformulier: "met een formulier (niet in dit voorbeeld)", ogonebetaling: "betalen",
};

export const NIET_GEBRUIKEN = {
  geheimhouding: "er is om geheimhouding gevraagd",
  niet_actief: "deze gegevens zijn niet meer in gebruik",
};
