// Says in Dutch what came of a question and what it cost, from the answer's own
// `extensions.klantbeeld` and the `extensions` of its errors.

const number = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const ms = (value) => `${number.format(value)} ms`;

// "a", "a en b", "a, b en c"
const listed = new Intl.ListFormat("nl", { type: "conjunction" });

const codeOf = ({ extensions }) => extensions?.code ?? "zonder code";
const registerOf = ({ extensions }) => extensions?.register;

function grouped(errors, key) {
  const groups = new Map();
  errors.forEach((each) => groups.set(key(each), [...(groups.get(key(each)) ?? []), each]));
  return [...groups];
}

// How often each code occurs: "2 × FORBIDDEN".
const counted = (errors) =>
  listed.format(grouped(errors, codeOf).map(([code, same]) => `${same.length} × ${code}`));

// What each register did not give: "documenten (3 × REGISTER_UNAVAILABLE)".
const missing = (errors) =>
  listed.format(grouped(errors, registerOf).map(([name, same]) => `${name} (${counted(same)})`));

function whole(status, klantbeeld, lacking) {
  const begin = `HTTP ${status}`;
  if (!klantbeeld) return begin;
  if (klantbeeld.complete) return `${begin}, volledig`;
  return `${begin}, niet volledig${lacking.length ? `: ${missing(lacking)}` : ""}`;
}

// In the order in which it matters, since a screen reader says all of it.
export function outcome(status, { errors = [], extensions: { klantbeeld } = {} }) {
  const lacking = klantbeeld?.complete === false ? errors.filter(registerOf) : [];
  const others = errors.filter((each) => !lacking.includes(each));
  const ages = Object.entries(klantbeeld?.stale ?? {}).map(([name, age]) => `${name} ${age} s oud`);
  const parts = [
    whole(status, klantbeeld, lacking),
    ...(ages.length ? [`verouderd: ${listed.format(ages)}`] : []),
    ...(others.length ? [`fouten: ${counted(others)}`] : []),
  ];
  return `${parts.join("; ")}.`;
}

function asked(requests) {
  const registers = Object.entries(requests).map(
    ([name, each]) => `${name} ${each.number}× in ${ms(each.milliseconds)}`,
  );
  return registers.length ? `gevraagd aan ${listed.format(registers)}` : "geen register gevraagd";
}

function spent({ milliseconds, cpuMilliseconds, requests, remembered, statements }) {
  return [
    `in de gateway ${ms(milliseconds)} (CPU ${ms(cpuMilliseconds)})`,
    asked(requests),
    `${remembered} uit het geheugen`,
    `${statements} SQL-opdracht${statements === 1 ? "" : "en"}`,
  ];
}

export function cost(took, { extensions: { klantbeeld } = {} }) {
  const parts = [
    `Na ${ms(Math.round(took))}`,
    ...(klantbeeld?.cost ? spent(klantbeeld.cost) : []),
  ];
  return `${parts.join("; ")}.`;
}
