/** A selection of nodes as a tree. */
export type Selection =
  | { readonly kind: "all" }
  | {
      readonly kind: "filter";
      readonly name: FilterName;
      readonly value: string;
      readonly second?: string | undefined;
    }
  /** A word alone: every node whose key holds it. */
  | { readonly kind: "word"; readonly word: string }
  /** A key alone with plus signs, the older way to write one node. */
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "and" | "or"; readonly left: Selection; readonly right: Selection }
  | { readonly kind: "not"; readonly inner: Selection }
  | { readonly kind: "reach"; readonly inner: Selection; readonly up: number; readonly down: number }
  | { readonly kind: "roots" | "sinks"; readonly inner: Selection };

export const filterNames = [
  "key",
  "group",
  "kind",
  "tag",
  "owner",
  "code_location",
  "status",
  "column",
  "column_tag",
  "table_name",
  "changed_in_branch",
] as const;

export type FilterName = (typeof filterNames)[number];

export function isFilterName(name: string): name is FilterName {
  return filterNames.some((each) => each === name);
}

/** The string is no selection; says where and why. */
export class SelectionError extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}
