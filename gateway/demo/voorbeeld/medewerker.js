// The page of an employee: who is on the phone, what is known of them, what waits.

import { ask, needed } from "./graphql.js";
import { klantbeeldIn } from "./klantbeeld.js";
import { offerLogin } from "./login.js";
import { ACTOREN, KLANTBEELD, REGISTREER_KLANTCONTACT, VOLGENDE_CONTACTEN, WERKLIJST } from "./queries.js";
import { element } from "./render/element.js";
import { renderInterneTaken, renderWerk } from "./render/interne_taak.js";
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
  const { kind, number, middel, niveau, grond } = Object.fromEntries(new FormData(form));
  const wrong = mistake(kind, number.trim());
  showMistake(wrong);
  if (!wrong) openKlantbeeld({ [kind]: number.trim() }, { middel, niveau, grond });
});

function mistake(kind, number) {
  if (kind === "bsn") return isBsn(number) ? "" : "Een BSN heeft negen cijfers. Kijk of het nummer klopt.";
  return /^\d{8}$/.test(number) ? "" : "Een KVK-nummer heeft acht cijfers. Kijk of het nummer klopt.";
}

// The 11-proef: the gateway refuses what does not pass it.
function isBsn(number) {
  if (!/^\d{9}$/.test(number)) return false;
  const sum = [...number].reduce((total, digit, index) => total + digit * (index === 8 ? -1 : 9 - index), 0);
  return sum % 11 === 0;
}

function showMistake(said) {
  const [input, error] = ["number", "number-error"].map((id) => document.getElementById(id));
  error.textContent = said;
  error.hidden = !said;
  if (!said) return input.removeAttribute("aria-invalid");
  input.setAttribute("aria-invalid", "true");
  input.focus();
}

function openKlantbeeld(wie, vaststelling) {
  const open = klantbeeldIn(klantbeeld, {
    whole: (page) => ask(caller, KLANTBEELD, { wie, vaststelling, ...page }),
    further: (page) => ask(caller, VOLGENDE_CONTACTEN, { wie, vaststelling, ...page }),
    names: (data) => namesOf(data.klantbeeld, nameOf(data.klantbeeld.partij)),
    render: (data, parts) => render(data, parts, () => openRecord(data.klantbeeld.partij, vaststelling, open)),
    absent: () => element("p", {}, "Er is niemand gekend met dit nummer."),
    leave,
  });
  klantbeeld.clear();
  klantbeeld.open();
  open();
}

function render({ klantbeeld: { partij, interneTaken } }, { banner, tijdlijn }, toRecord) {
  return [
    element("p", { class: "lead" }, nameOf(partij)),
    element("button", { type: "button", onclick: toRecord }, "Gesprek vastleggen"),
    banner,
    renderWaiting(interneTaken?.nodes),
    element("div", { class: "columns" }, tijdlijn, renderPartij(partij, "Contactgegevens")),
  ];
}

function renderWaiting(taken) {
  const rendered = renderInterneTaken(taken);
  return rendered && element("section", { class: "panel", "aria-labelledby": "waiting" },
    element("h2", { id: "waiting" }, "Hier wacht deze klant op"), rendered);
}

// One key for one call: sent twice, it is recorded once.
async function openRecord(partij, vaststelling, reopen) {
  const sleutel = crypto.randomUUID();
  const failed = (again) => (failure) => renderFailure(failure, again, leave);

  async function submit(filled) {
    const variables = { invoer: invoer(filled, { partij, vaststelling }), sleutel };
    let fouten;
    const came = await record.wait(async () => {
      const { data } = await ask(caller, REGISTREER_KLANTCONTACT, variables);
      ({ fouten } = needed(data, "registreerKlantcontact"));
      return {};
    }, failed(() => submit(filled)), { keep: true });
    if (came && fouten.length > 0) return showFouten(fouten);
    if (came) {
      klantbeeld.open();
      await reopen();
    }
  }

  record.clear(); // what was filled in for somebody else
  record.open();
  await record.wait(async () => {
    const { data } = await ask(caller, ACTOREN);
    const actoren = needed(data, "actoren").nodes;
    return { content: [renderVastleggen({ actoren, name: nameOf(partij), submit, cancel: () => klantbeeld.open() })] };
  }, failed(() => openRecord(partij, vaststelling, reopen)));
}
