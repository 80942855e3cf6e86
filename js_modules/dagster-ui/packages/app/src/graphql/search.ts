import { type RawSearch, text } from "../search/search";

export interface GraphQLSearch {
  /** The document. */
  query?: string;
  /** A JSON object, as text. */
  variables?: string;
}

export function readGraphQLSearch(raw: RawSearch): GraphQLSearch {
  return { query: text(raw.query), variables: jsonText(raw.variables) };
}

/** The router reads an object out of the address; as text it is what was typed. */
function jsonText(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : text(value);
}
