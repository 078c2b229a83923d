// Puts a question to the gateway, and remembers what its last answer cost.
import { told } from "./told.js";

const HEADERS = {
  "Content-Type": "application/json",
  Accept: "application/graphql-response+json, application/json",
  "Klantbeeld-Cost": "true",
};

let last = "Nog niets gevraagd.";
const listeners = new Set();

function tell(sentence) {
  last = sentence;
  listeners.forEach((listener) => listener());
}

// For React's useSyncExternalStore: the sentence of the last answer.
export const lastTold = {
  subscribe(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: () => last,
};

async function answered(question, headers) {
  try {
    return await fetch("/graphql", {
      method: "POST",
      headers: { ...HEADERS, ...headers },
      body: JSON.stringify(question),
    });
  } catch (error) {
    throw new Error(`De gateway antwoordt niet: ${error.message}`);
  }
}

async function read(response) {
  try {
    return await response.json();
  } catch {
    throw new Error(`Het antwoord is geen JSON (HTTP ${response.status}).`);
  }
}

// GraphiQL's fetcher. Its own question about the schema is no news.
export async function ask(question, { headers } = {}) {
  const isNews = question.operationName !== "IntrospectionQuery";
  const say = isNews ? tell : () => {};
  say("Bezig …");
  const begin = performance.now();
  try {
    const response = await answered(question, headers);
    const answer = await read(response);
    say(told(response.status, performance.now() - begin, answer));
    return answer;
  } catch (error) {
    say(error.message);
    throw error;
  }
}
