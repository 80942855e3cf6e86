import type { Stretch } from "@dagster-ui/kit";

/** Keys from the first to the last, as written; a missing end is that of all keys. */
export interface WrittenRange {
  readonly first: string | undefined;
  readonly last: string | undefined;
}

const between = "...";

/**
 * Reads what names partitions: keys and ranges with commas between, `2024-01-01...2024-02-01, 2024-03-05`. A range may lack an end;
 * `*` names all. A key with a comma or quotes stands in quotes.
 */
export function readRanges(text: string): WrittenRange[] {
  return splitQuoted(text).map(({ parts }) => {
    const [first = "", ...rest] = parts;
    if (rest.length === 0 && first === "*") return { first: undefined, last: undefined };
    if (rest.length === 0) return { first, last: first };
    const last = rest.join(between);
    return { first: first === "" ? undefined : first, last: last === "" ? undefined : last };
  });
}

// Commas part ranges and three dots their ends, but not within quotes.
function splitQuoted(text: string): { parts: string[] }[] {
  const ranges: { parts: string[] }[] = [];
  let parts = [""];
  const append = (more: string) => {
    parts[parts.length - 1] += more;
  };
  const close = () => {
    const trimmed = parts.map((part) => part.trim());
    if (trimmed.some((part) => part !== "")) ranges.push({ parts: trimmed });
    parts = [""];
  };
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|\.\.\.|,|[^",.]+|./g)) {
    if (piece === ",") close();
    else if (piece === between) parts.push("");
    else if (piece.length > 1 && piece.startsWith('"')) append(piece.slice(1, -1).replace(/\\(.)/g, "$1"));
    else append(piece);
  }
  close();
  return ranges;
}

/** The stretches that the ranges name, and the keys that do not exist; a range whose end lies before its start names nothing. */
export function resolveRanges(
  ranges: readonly WrittenRange[],
  placeOf: (key: string) => number | undefined,
  count: number,
): { stretches: Stretch[]; unknown: string[] } {
  const stretches: Stretch[] = [];
  const unknown: string[] = [];
  for (const { first, last } of ranges) {
    const start = first === undefined ? 0 : placeOf(first);
    const end = last === undefined ? count - 1 : placeOf(last);
    if (first !== undefined && start === undefined) unknown.push(first);
    if (last !== undefined && end === undefined && last !== first) unknown.push(last);
    if (start !== undefined && end !== undefined && end >= start) stretches.push([start, end + 1]);
  }
  return { stretches, unknown };
}

/** All keys that the ranges name as their ends, each once. */
export function keysIn(ranges: readonly WrittenRange[]): string[] {
  const keys = ranges.flatMap(({ first, last }) => [first, last]);
  return [...new Set(keys.filter((key) => key !== undefined))];
}

/** Writes stretches as `readRanges` reads them. */
export function writeRanges(
  stretches: readonly Stretch[],
  keyOf: (place: number) => string | undefined,
  count: number,
): string {
  const [only] = stretches;
  if (stretches.length === 1 && only?.[0] === 0 && only[1] === count && count > 1) return "*";
  const key = (place: number) => quoted(keyOf(place) ?? "");
  return stretches
    .map(([start, end]) => (end - start === 1 ? key(start) : `${key(start)}${between}${key(end - 1)}`))
    .join(", ");
}

function quoted(key: string): string {
  const isPlain = key !== "*" && key.trim() === key && key !== "" && !/[",\\]|\.\.\./.test(key);
  return isPlain ? key : `"${key.replace(/["\\]/g, "\\$&")}"`;
}
