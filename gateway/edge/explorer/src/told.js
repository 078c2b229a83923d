// Says in Dutch what an answer cost, from `extensions.klantbeeld`.

const number = new Intl.NumberFormat("nl-NL", { maximumFractionDigits: 1 });
const ms = (value) => `${number.format(value)} ms`;

// "a", "a en b", "a, b en c"
const listed = new Intl.ListFormat("nl", { type: "conjunction" });

// How often each code occurs: "FORBIDDEN (2)".
function counted(errors) {
  const times = new Map();
  errors.forEach(({ extensions }) => {
    const code = extensions?.code ?? "zonder code";
    times.set(code, (times.get(code) ?? 0) + 1);
  });
  return listed.format([...times].map(([code, often]) => `${code} (${often})`));
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

function whole({ complete, stale }) {
  const ages = Object.entries(stale ?? {}).map(([name, age]) => `${name} ${age} s oud`);
  return [
    complete ? "volledig" : "niet volledig",
    ...(ages.length ? [`verouderd: ${listed.format(ages)}`] : []),
  ];
}

export function told(status, took, { errors = [], extensions = {} }) {
  const { klantbeeld } = extensions;
  const parts = [
    `HTTP ${status} na ${ms(Math.round(took))}`,
    ...(klantbeeld?.cost ? spent(klantbeeld.cost) : []),
    ...(klantbeeld ? whole(klantbeeld) : []),
    ...(errors.length ? [`fouten: ${counted(errors)}`] : []),
  ];
  return `${parts.join("; ")}.`;
}
