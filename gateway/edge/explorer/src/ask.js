// Puts a question to the gateway, and has told what came of it.
import { cost, outcome } from "./told.js";
import { teller } from "./told_by_tab.js";

const HEADERS = {
  "Content-Type": "application/json",
  Accept: "application/graphql-response+json, application/json",
  "Klantbeeld-Cost": "true",
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
  const tell = isNews ? teller() : () => {};
  tell("Bezig …");
  const begin = performance.now();
  try {
    const response = await answered(question, headers);
    const answer = await read(response);
    tell(outcome(response.status, answer), cost(performance.now() - begin, answer));
    return answer;
  } catch (error) {
    tell(error.message);
    throw error;
  }
}
