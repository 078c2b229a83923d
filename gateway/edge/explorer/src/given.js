// What the gateway puts in the page: the examples and, in the demo, who can ask.

const { examples, callers } = JSON.parse(document.getElementById("given").textContent);

const HINT = `{
  // Wie vraagt, zegt dat hier; zonder is een vraag anoniem:
  // "Authorization": "Bearer <token>",
  // "Klantbeeld-Purpose": "klantcontact"
}`;

// The headers with which somebody asks, as the editor shows them.
function headersOf({ token, purpose }) {
  const said = { Authorization: `Bearer ${token}` };
  if (purpose) said["Klantbeeld-Purpose"] = purpose;
  return JSON.stringify(said, null, 2);
}

export const NOBODY = callers.length ? "" : HINT;

export const CALLERS = callers.map((each) => ({ ...each, headers: headersOf(each) }));

export const callerOf = (headers) => CALLERS.find((each) => each.headers === headers);

export const EXAMPLES = examples.map(({ query, variables, caller }) => ({
  query,
  variables,
  headers: CALLERS.find(({ name }) => name === caller)?.headers ?? NOBODY,
}));
