// The smallest client there is: it knows of each query what may be asked and answered.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";

/** What the gateway did not show, and why. */
export interface Problem {
  path?: (string | number)[];
  message: string;
  extensions: { code: string };
}

export interface Answer<Result> {
  data: Result;
  errors?: Problem[];
}

export async function ask<Result, Variables>(
  address: string,
  headers: Record<string, string>,
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Answer<Result>> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify({ query: print(document), variables }),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer<Result>;
}
