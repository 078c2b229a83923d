// The one way to ask the gateway something: everything a portal has to know of GraphQL
// over HTTP is in this file.

const ADDRESS = "/graphql";
const PATIENCE = 20_000; // milliseconds; the gateway itself answers within five seconds

// What a place in the answer is empty for, kept beside the place itself.
const REASONS = Symbol("reasons");

// What can be had later: a register is down, slow or broken, or the time was up.
const OUTAGES = new Set([
  "REGISTER_UNAVAILABLE", "REGISTER_REFUSED", "REGISTER_MALFORMED",
  "DEADLINE_EXCEEDED", "INTERNAL",
]);

/** There is no answer. `kind`: "network", "session", "busy", "input" or "failed". */
export class Failure extends Error {
  constructor(kind, { code, argument, retryAfter } = {}) {
    super(code ?? kind);
    Object.assign(this, { kind, code, argument, retryAfter });
  }
}

/**
 * Ask one question.
 *
 * @param caller as whom: `token`, and the `purpose` that an employee has to name.
 * @param variables where every BSN and KVK-nummer belongs: never in the query itself.
 * @returns `data`; `missing`: the names of fields that could not be had now; `stale`: the
 *   age in seconds of what stood in for an answer, by register.
 * @throws Failure when there is nothing to show.
 */
export async function ask(caller, query, variables = {}) {
  const response = await send(caller, { query, variables });
  if (response.status === 401) throw new Failure("session");
  if (response.status === 429) {
    throw new Failure("busy", { retryAfter: Number(response.headers.get("Retry-After")) || 5 });
  }
  const { data, errors, extensions } = await read(response);
  if (!data) throw refusal(errors?.[0]?.extensions);
  errors?.forEach(({ path, extensions: reason }) => path && remember(data, path, reason));
  return { data, missing: missing(errors ?? []), stale: extensions?.klantbeeld?.stale ?? {} };
}

/** Why a field of an object in an answer is empty: `{code, …}`, or null when it just is. */
export function whyNot(object, field) {
  return object[REASONS]?.[field] ?? null;
}

/**
 * A field that the page cannot do without.
 *
 * @throws Failure when it is not there.
 */
export function needed(object, field) {
  if (object[field] == null) throw new Failure("failed", whyNot(object, field) ?? {});
  return object[field];
}

/** Whether the same question may be answered later. */
export function isOutage(reason) {
  return reason !== null && OUTAGES.has(reason.code);
}

async function send({ token, purpose }, body) {
  const headers = {
    Accept: "application/graphql-response+json",
    Authorization: `Bearer ${token}`,
    "Content-Type": "application/json",
    ...(purpose && { "Klantbeeld-Purpose": purpose }),
  };
  const signal = AbortSignal.timeout(PATIENCE);
  try {
    return await fetch(ADDRESS, { method: "POST", headers, body: JSON.stringify(body), signal });
  } catch {
    throw new Failure("network");
  }
}

async function read(response) {
  const answer = await response.json().catch(() => null);
  if (answer === null) throw new Failure("network"); // something between us and the gateway answered
  return answer;
}

// What is too much for one question, is a mistake in the question too.
function refusal({ code, argument } = {}) {
  const isInput = ["BAD_INPUT", "LIMIT_EXCEEDED"].includes(code);
  return new Failure(isInput ? "input" : "failed", { code, argument });
}

// An error's path may lead deeper than what is left: a null that is not allowed in its
// place makes the whole object null.
function remember(data, path, reason) {
  let object = data;
  for (const step of path) {
    if (object[step] == null) {
      object[REASONS] = { ...object[REASONS], [step]: reason };
      return;
    }
    object = object[step];
  }
}

function missing(errors) {
  const outages = errors.filter(({ path, extensions }) => path && isOutage(extensions));
  const fields = outages.map(({ path }) => path.findLast((step) => typeof step === "string"));
  return [...new Set(fields)];
}
