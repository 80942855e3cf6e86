import { gql, type TypedDocumentNode } from "@urql/core";
import type { AnyVariables } from "urql";

/** A document that knows what it asks for and what it answers; the generated modules call this. */
export function typedDocument<Data, Variables extends AnyVariables>(
  text: string,
): TypedDocumentNode<Data, Variables> {
  return gql<Data, Variables>(text);
}
