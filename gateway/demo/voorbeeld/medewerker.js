// The page of an employee: who is on the phone, what is known of them, what waits.

import { gesprekIn } from "./gesprek.js";
import { ask, needed } from "./graphql.js";
import { klantbeeldIn } from "./klantbeeld.js";
import { offerLogin } from "./login.js";
import { KLANTBEELD, VOLGENDE_CONTACTEN, WERKLIJST } from "./queries.js";
import { element } from "./render/element.js";
import { renderInterneTaken, renderWerk } from "./render/interne_taak.js";
import { showMistakes } from "./render/mistakes.js";
import { renderFailure } from "./render/notices.js";
import { nameOf, namesOf, renderPartij } from "./render/partij.js";
import { howMany } from "./render/words.js";
import { View } from "./view.js";

const [search, klantbeeld, work, record] = ["search", "klantbeeld", "work", "record"]
  .map((id) => new View(id));
const form = document.getElementById("search-form");
const nav = document.getElementById("views");
let caller;
let shown; // what opened the klantbeeld that is there

const leave = offerLogin({
  names: ["medewerker"],
  enter(chosen) {
    caller = chosen;
    nav.hidden = false;
    openSearch();
  },
  mayLeave: () => gesprek.mayForget(),
  clear() {
    caller = shown = null;
    nav.hidden = true;
    form.reset();
    showMistakes(form, []);
    gesprek.clear();
    [search, klantbeeld, work].forEach((view) => view.clear());
  },
});

const [toSearch, toWork, toRecord] = nav.children;
const gesprek = gesprekIn(record, { button: toRecord, news: document.getElementById("news"), leave });

nav.addEventListener("click", gesprek.hush);
toSearch.addEventListener("click", openSearch);
toWork.addEventListener("click", openWork);
toRecord.addEventListener("click", gesprek.show);

function openSearch() {
  search.open();
}

async function openWork() {
  work.open();
  await work.wait(async () => {
    const { data } = await ask(caller, WERKLIJST);
    const { totalCount, nodes } = needed(data, "interneTaken");
    const count = `${howMany(totalCount, "taak", "taken")} te verwerken.`;
    const cut = nodes.length < totalCount ? ` Hier staan de eerste ${nodes.length}.` : "";
    const lead = element("p", { class: "lead" }, `${count} Wie het langst wacht, staat bovenaan.${cut}`);
    return { said: "Werklijst opgehaald", content: [lead, element("ol", { class: "work" }, nodes.map(renderWerk))] };
  }, (failure) => renderFailure(failure, openWork, leave));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, number: typed, ...vaststelling } = Object.fromEntries(new FormData(form));
  const number = typed.replace(/\s/g, "");
  const [first] = showMistakes(form, mistakes(kind, number, vaststelling));
  if (first) first.focus();
  else openKlantbeeld({ [kind]: number }, vaststelling, inWords(vaststelling));
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
  return sum % 11 === 0 && Number(number) > 0;
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
    render: (data, parts) => render(data, parts, vaststelling, () =>
      gesprek.open({ caller, partij: data.klantbeeld.partij, vaststelling, established, back })),
    absent: () => element("p", {}, "Er is niemand bekend met dit nummer."),
    leave,
  });
  // Another may have been opened since; what was recorded, is not in it yet.
  function back(said) {
    if (shown === open && !said) return klantbeeld.open();
    shown = open;
    klantbeeld.clear();
    klantbeeld.open();
    open(said);
  }
  back();
}

function render({ klantbeeld: { partij, interneTaken } }, { banner, tijdlijn }, vaststelling, toRecord) {
  return [
    vaststelling.niveau === "laag"
      ? element("p", { class: "about" }, TOO_UNSURE)
      : element("button", { type: "button", onclick: toRecord }, "Gesprek vastleggen"),
    banner,
    renderWaiting(interneTaken),
    element("div", { class: "columns" }, tijdlijn, renderPartij(partij, "Contactgegevens")),
  ];
}

// The gateway would refuse what is recorded so.
const TOO_UNSURE =
  "Een gesprek vastleggen kan niet met zekerheid Laag. Zoek deze klant opnieuw, en stel met zekerheid Midden of hoger vast met wie u spreekt.";

function renderWaiting(taken) {
  const rendered = renderInterneTaken(taken?.nodes, { isOpen: true });
  return rendered && element("section", { class: "panel", "aria-labelledby": "waiting" },
    element("h2", { id: "waiting" }, "Hier wacht deze klant op"),
    taken.pageInfo.hasNextPage && element("p", { class: "about" },
      `Er is meer. Hier staan de eerste ${taken.nodes.length} taken.`),
    rendered);
}
