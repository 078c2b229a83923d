// The smallest client there is: it knows of each query what may be asked and answered.
// Its packages come along with the generator of types; a package manager that hides what
// comes along, such as pnpm, is to install these two by name.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

/** What the gateway did not show, and why. */
export interface Problem {
  path?: (string | number)[];
  message: string;
  extensions: { code: string };
}

export interface Answer<Result> {
  data?: Result | null;
  errors?: Problem[];
}

/**
 * Ask something.
 *
 * @throws Error when nothing was answered: what was sent is not valid (HTTP 400), the token
 *     is not believed (401), too much was asked (429), or it is out of order (5xx).
 */
export async function ask<Result, Variables>(
  address: string,
  headers: Record<string, string>,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Answer<Result>> {
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      Accept: "application/graphql-response+json", // else all of these are HTTP 200
      "Content-Type": "application/json",
      ...headers,
    },
    body: JSON.stringify({ query: print(document), variables }),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer<Result>;
}
