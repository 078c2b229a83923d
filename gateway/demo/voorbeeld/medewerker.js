// The page of an employee: who is on the phone, what is known of them, what waits.

import { ask, needed } from "./graphql.js";
import { klantbeeldIn } from "./klantbeeld.js";
import { offerLogin } from "./login.js";
import { ACTOREN, KLANTBEELD, REGISTREER_KLANTCONTACT, VOLGENDE_CONTACTEN, WERKLIJST } from "./queries.js";
import { element } from "./render/element.js";
import { renderInterneTaken, renderWerk } from "./render/interne_taak.js";
import { showMistakes } from "./render/mistakes.js";
import { renderFailure } from "./render/notices.js";
import { nameOf, namesOf, renderPartij } from "./render/partij.js";
import { invoer, renderVastleggen, showFouten } from "./render/vastleggen.js";
import { howMany } from "./render/words.js";
import { View } from "./view.js";

const [search, klantbeeld, work, record] = ["search", "klantbeeld", "work", "record"]
  .map((id) => new View(id));
const form = document.getElementById("search-form");
const nav = document.getElementById("views");
let caller;

const leave = offerLogin({
  names: ["medewerker"],
  enter(chosen) {
    caller = chosen;
    nav.hidden = false;
    openSearch();
  },
  clear() {
    caller = null;
    nav.hidden = true;
    form.reset();
    showMistakes(form, []);
    [search, klantbeeld, work, record].forEach((view) => view.clear());
  },
});

document.getElementById("to-search").addEventListener("click", openSearch);
document.getElementById("to-work").addEventListener("click", openWork);

function mark(id) {
  for (const button of nav.children) {
    if (button.id === id) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

function openSearch() {
  mark("to-search");
  search.open();
}

async function openWork() {
  mark("to-work");
  work.open();
  await work.wait(async () => {
    const { data } = await ask(caller, WERKLIJST);
    const { totalCount, nodes } = needed(data, "interneTaken");
    const said = `${howMany(totalCount, "taak", "taken")} te verwerken.`;
    const lead = element("p", { class: "lead" }, `${said} Wie het langst wacht, staat bovenaan.`);
    return { said, content: [lead, element("ol", { class: "work" }, nodes.map(renderWerk))] };
  }, (failure) => renderFailure(failure, openWork, leave));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, number, ...vaststelling } = Object.fromEntries(new FormData(form));
  const [first] = showMistakes(form, mistakes(kind, number.trim(), vaststelling));
  if (first) first.focus();
  else openKlantbeeld({ [kind]: number.trim() }, vaststelling, inWords(vaststelling));
});

// What was wrong with a number of one kind, need not be with one of the other.
for (const radio of form.elements.kind) radio.addEventListener("change", () => showMistakes(form, []));

function mistakes(kind, number, vaststelling) {
  return [
    ["number", kind === "bsn" ? wrongBsn(number) : wrongKvkNummer(number)],
    ...Object.entries(vaststelling).map(([name, chosen]) => [name, !chosen && CHOOSE[name]]),
  ].filter(([, said]) => said);
}

// An employee states this, and it is kept: nothing is chosen for them.
const CHOOSE = {
  middel: "Kies hoe u dat heeft vastgesteld.",
  niveau: "Kies hoe zeker het is.",
  grond: "Kies waarom deze persoon dit mag weten.",
};

function wrongBsn(number) {
  if (!/^\d{9}$/.test(number)) return "Een BSN heeft negen cijfers. Kijk of het nummer klopt.";
  return !passes11(number) && "Dit is geen geldig BSN. Kijk of het nummer klopt.";
}

function wrongKvkNummer(number) {
  return !/^\d{8}$/.test(number) && "Een KVK-nummer heeft acht cijfers. Kijk of het nummer klopt.";
}

// The 11-proef: the gateway refuses what does not pass it.
function passes11(number) {
  const sum = [...number].reduce((total, digit, index) => total + digit * (index === 8 ? -1 : 9 - index), 0);
  return sum % 11 === 0;
}

// Pairs of what was asked and what was chosen.
function inWords(vaststelling) {
  return Object.keys(vaststelling).map((name) => {
    const { labels: [label], selectedOptions: [option] } = form.elements[name];
    return [label.textContent, option.textContent];
  });
}

function openKlantbeeld(wie, vaststelling, established) {
  const open = klantbeeldIn(klantbeeld, {
    whole: (page) => ask(caller, KLANTBEELD, { wie, vaststelling, ...page }),
    further: (page) => ask(caller, VOLGENDE_CONTACTEN, { wie, vaststelling, ...page }),
    names: (data) => namesOf(data.klantbeeld, nameOf(data.klantbeeld.partij)),
    heading: (data) => `Klantbeeld van ${nameOf(data.klantbeeld.partij)}`,
    render: (data, parts) => render(data, parts, () =>
      openRecord({ partij: data.klantbeeld.partij, vaststelling, established }, open)),
    absent: () => element("p", {}, "Er is niemand gekend met dit nummer."),
    leave,
  });
  klantbeeld.clear();
  klantbeeld.open();
  open();
}

function render({ klantbeeld: { partij, interneTaken } }, { banner, tijdlijn }, toRecord) {
  return [
    element("button", { type: "button", onclick: toRecord }, "Gesprek vastleggen"),
    banner,
    renderWaiting(interneTaken?.nodes),
    element("div", { class: "columns" }, tijdlijn, renderPartij(partij, "Contactgegevens")),
  ];
}

function renderWaiting(taken) {
  const rendered = renderInterneTaken(taken, { isOpen: true });
  return rendered && element("section", { class: "panel", "aria-labelledby": "waiting" },
    element("h2", { id: "waiting" }, "Hier wacht deze klant op"), rendered);
}

// One key for one call: sent twice, it is recorded once.
async function openRecord({ partij, vaststelling, established }, reopen) {
  const sleutel = crypto.randomUUID();
  const failed = (again) => (failure) => renderFailure(failure, again, leave);

  async function submit(filled) {
    const variables = { invoer: invoer(filled, { partij, vaststelling }), sleutel };
    let fouten, klantcontact;
    const came = await record.wait(async () => {
      const { data } = await ask(caller, REGISTREER_KLANTCONTACT, variables);
      ({ fouten, klantcontact } = needed(data, "registreerKlantcontact"));
      return {};
    }, failed(() => submit(filled)), { keep: true, busy: "Bezig met vastleggen …" });
    if (came && fouten.length > 0) return showFouten(fouten);
    if (came) {
      klantbeeld.open();
      // What was recorded may be hidden from who recorded it.
      await reopen(klantcontact ? `Gesprek ${klantcontact.nummer} is vastgelegd` : "Het gesprek is vastgelegd");
    }
  }

  record.clear(); // what was filled in for somebody else
  record.open();
  await record.wait(async () => {
    const { data } = await ask(caller, ACTOREN);
    const actoren = needed(data, "actoren").nodes;
    const form = { actoren, self: caller.actor, name: nameOf(partij), established, submit };
    return { content: [renderVastleggen({ ...form, cancel: () => klantbeeld.open() })] };
  }, failed(() => openRecord({ partij, vaststelling, established }, reopen)));
}
