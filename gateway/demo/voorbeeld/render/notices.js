// What is said about a whole answer: what is missing, how old it is, or why there is none.

import { element } from "./element.js";
import { age, list } from "./words.js";

const REACH = "telefoonnummers en adressen";
const SUBJECTS = {
  zaak: "zaken", zaaktype: "zaken", status: "zaken", statustype: "zaken",
  resultaat: "zaken", resultaattype: "zaken",
  document: "documenten",
  klanttaak: "taken",
  digitaleAdressen: REACH, voorkeursDigitaalAdres: REACH,
  bezoekadres: REACH, correspondentieadres: REACH,
  contactnaam: REACH, contactpersonen: REACH,
  interneTaken: "interne taken",
  object: "wat in andere systemen staat", type: "wat in andere systemen staat",
};

/**
 * Say in one banner what is missing and what is old; null when neither is so.
 *
 * @param answer of `ask`.
 * @param retry asks again.
 */
export function renderBanner({ missing, stale }, retry) {
  const subjects = [...new Set(missing.map((field) => SUBJECTS[field] ?? "andere onderdelen"))];
  const old = Object.entries(stale);
  if (subjects.length + old.length === 0) return null;
  return element("section", { class: "banner", "aria-labelledby": "onvolledig" },
    element("h2", { id: "onvolledig" }, subjects.length > 0 ? "Niet alles is te zien" : "Niet alles is actueel"),
    subjects.length > 0 && element("p", {},
      `Gegevens over ${list(subjects)} zijn nu niet op te halen. De rest ziet u wel.`),
    old.map(([register, seconds]) => element("p", {},
      `Gegevens uit het register ${register} zijn nu niet bij te werken. U ziet wat ${age(seconds)} geleden bekend was.`)),
    element("button", { type: "button", onclick: retry }, "Probeer opnieuw"));
}

/** Say that something was done; null where there is nothing to say. */
export function renderNotice(said) {
  return said && element("p", { class: "notice" }, `${said}.`);
}

/**
 * Say why there is nothing to show, and what helps.
 *
 * @param failure that `ask` threw.
 * @param retry asks again.
 * @param leave logs out.
 * @param notice what was done all the same.
 * @param unsure what to say when it may have been done, though no answer came.
 */
export function renderFailure(failure, retry, leave, { notice = null, unsure } = {}) {
  const { title, text, action } = SAID[failure.kind]({ ...failure, unsure });
  const button = action === "leave"
    ? element("button", { type: "button", onclick: leave }, "Opnieuw inloggen")
    : element("button", { type: "button", onclick: retry }, "Probeer opnieuw");
  if (failure.retryAfter) hold(button, failure.retryAfter);
  return element("section", { class: "failure", role: "alert" },
    renderNotice(notice), element("h2", {}, title), element("p", {}, text), button);
}

const SAID = {
  network: ({ unsure }) => ({
    title: "Geen verbinding",
    text: unsure ?? "Het lukt nu niet om gegevens op te halen. Kijk of u verbinding met internet heeft.",
  }),
  session: () => ({
    title: "U bent niet meer ingelogd",
    text: "U was te lang ingelogd. Log opnieuw in om verder te gaan.",
    action: "leave",
  }),
  busy: ({ retryAfter }) => ({
    title: "Het is nu te druk",
    text: `Er is te veel tegelijk gevraagd. Probeer het over ${age(retryAfter)} opnieuw.`,
  }),
  failed: ({ code }) => REFUSED[code] ?? {
    title: "Er ging iets mis",
    text: "Het ligt niet aan u. Probeer het over een paar minuten opnieuw.",
  },
  input: () => ({
    title: "Deze vraag klopt niet",
    text: "De gateway begrijpt niet wat hier wordt gevraagd.",
  }),
};

const REFUSED = {
  LIMIT_EXCEEDED: {
    title: "Te veel klanten in een uur",
    text: "Er zijn in een uur meer klanten opgezocht dan mag. Probeer het later opnieuw.",
  },
  STEP_UP_REQUIRED: {
    title: "Meer zekerheid nodig",
    text: "Log in met een hoger niveau van DigiD of eHerkenning om dit te zien.",
    action: "leave",
  },
  FORBIDDEN: {
    title: "Dit is niet voor u",
    text: "Met de rechten die u heeft, is dit niet te zien.",
    action: "leave",
  },
};

// Asking sooner than was said only makes it busier.
function hold(button, seconds) {
  button.disabled = true;
  setTimeout(() => { button.disabled = false; }, seconds * 1_000);
}
