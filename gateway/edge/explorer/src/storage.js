// Where tabs and history are kept: as long as this tab of the browser is open, since what
// is asked may hold a BSN. Headers hold tokens and are not kept; of a caller of the demo
// the name is, so that the tab still asks as them when the page is loaded anew.
import { CALLERS, callerOf } from "./given.js";

const MARK = "vrager:";

function kept(headers) {
  const caller = callerOf(headers);
  return caller ? MARK + caller.name : null;
}

function restored(text) {
  const caller = CALLERS.find(({ name }) => text === MARK + name);
  return caller ? caller.headers : null;
}

const isHeaders = (key, value) => key === "headers" && typeof value === "string";

// Every value that GraphiQL keeps under the name `headers`, at any depth, changed.
function changed(value, change) {
  try {
    return JSON.stringify(
      JSON.parse(value, (key, each) => (isHeaders(key, each) ? change(each) : each)),
    );
  } catch {
    return value; // not JSON: a size, the name of a plugin
  }
}

// What is in the editors is kept twice: with its tab, and apart. Once is enough.
const APART = ["graphiql:query", "graphiql:variables", "graphiql:headers"];

export const storage = {
  getItem(name) {
    const value = sessionStorage.getItem(name);
    return value === null ? null : changed(value, restored);
  },
  setItem(name, value) {
    if (!APART.includes(name)) sessionStorage.setItem(name, changed(value, kept));
  },
  removeItem: (name) => sessionStorage.removeItem(name),
  clear: () => sessionStorage.clear(),
  get length() {
    return sessionStorage.length;
  },
};
