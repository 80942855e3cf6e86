/** What an address carries after its question mark, before a page has read it. */
export type RawSearch = Record<string, unknown>;

/** A text, or undefined for nothing, for emptiness and for anything else that an address may carry. */
export function text(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** One of the choices, or undefined. */
export function oneOf<Choice extends string>(value: unknown, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === value);
}

/** A list of texts; one text counts as a list of one, an empty list as nothing. */
export function texts(value: unknown): string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).flatMap((each) => text(each) ?? []);
  return list.length > 0 ? list : undefined;
}

/** A finite number, or undefined. */
export function number(value: unknown): number | undefined {
  const read = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? read : undefined;
}

/** True, or undefined: a switch that is off does not stand in the address. */
export function flag(value: unknown): true | undefined {
  return value === true || value === "true" || value === 1 ? true : undefined;
}

/** A name whose leading minus means descending: `-name`. */
export function sortOf(value: string): { column: string; isDescending: boolean } {
  return value.startsWith("-")
    ? { column: value.slice(1), isDescending: true }
    : { column: value, isDescending: false };
}

export function sortText(sort: { column: string; isDescending: boolean }): string {
  return sort.isDescending ? `-${sort.column}` : sort.column;
}
