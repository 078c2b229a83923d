"use strict";

const byId = (id) => document.getElementById(id);
const { examples: EXAMPLES, callers: CALLERS } = JSON.parse(byId("given").textContent);
const [form, example, query, variables, caller, who, filled, token, purpose, status, answer] = [
  "ask", "example", "query", "variables", "caller", "who", "filled", "token", "purpose",
  "status", "answer",
].map(byId);
const NOTHING_ASKED = status.textContent;

// Who asks, of the demo; the fields for anybody else say what is sent.
function choose(name) {
  const chosen = CALLERS.find((each) => each.name === name);
  caller.value = chosen?.name ?? "";
  token.value = chosen?.token ?? "";
  purpose.value = chosen?.purpose ?? "";
  showFilled();
}

function show(chosen) {
  query.value = chosen.query;
  variables.value = chosen.variables;
  if (CALLERS.length) choose(chosen.caller);
}

function showFilled() {
  filled.textContent = token.value.trim() ? "ingevuld" : "leeg";
}

function headers() {
  const found = { "Content-Type": "application/json", Accept: "application/json" };
  if (token.value.trim()) found.Authorization = `Bearer ${token.value.trim()}`;
  if (purpose.value.trim()) found["Klantbeeld-Purpose"] = purpose.value.trim();
  return found;
}

// A link may name an example, behind the #: that part of an address is sent to nobody.
function heedLink() {
  const said = new URLSearchParams(location.hash.slice(1)).get("example");
  example.value = EXAMPLES[said] ? said : "0";
  history.replaceState(null, "", location.pathname);
  show(EXAMPLES[example.value]);
  status.textContent = NOTHING_ASKED;
  answer.textContent = "";
}

// How often each code occurs: "UNKNOWN_REGISTER (2)".
function counted(errors) {
  const times = new Map();
  errors.forEach(({ extensions }) => {
    const code = extensions?.code ?? "zonder code";
    times.set(code, (times.get(code) ?? 0) + 1);
  });
  return [...times].map(([code, number]) => `${code} (${number})`).join(", ");
}

function showAnswer(result, head) {
  const errors = result.errors ?? [];
  const parts = [head, ...(errors.length ? [`fouten: ${counted(errors)}`] : [])];
  if (errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) {
    who.open = true;
    parts.push("plak een geldig token bij Token");
  }
  status.textContent = parts.join("; ");
  answer.textContent = JSON.stringify(result, null, 2);
  status.scrollIntoView({ block: "nearest" });
}

async function ask() {
  let values;
  try {
    values = variables.value.trim() ? JSON.parse(variables.value) : {};
  } catch (error) {
    status.textContent = `De variabelen zijn geen JSON: ${error.message}`;
    return;
  }
  status.textContent = "Bezig …";
  const start = performance.now();
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: headers(),
      body: JSON.stringify({ query: query.value, variables: values }),
    });
    const result = await response.json();
    const took = Math.round(performance.now() - start);
    showAnswer(result, `HTTP ${response.status}, ${took} ms`);
  } catch (error) {
    status.textContent = `De gateway antwoordt niet: ${error.message}`;
  }
}

EXAMPLES.forEach(({ title }, index) => example.add(new Option(title, index)));
CALLERS.forEach(({ name, who: said }) => caller.add(new Option(`${name}: ${said}`, name)));
byId("choose").hidden = CALLERS.length === 0;
example.addEventListener("change", () => show(EXAMPLES[example.value]));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
});
token.addEventListener("input", showFilled);
caller.addEventListener("change", () => choose(caller.value));
// Another link in the same tab changes only what is behind the #: nothing is loaded anew.
window.addEventListener("hashchange", heedLink);
heedLink();
