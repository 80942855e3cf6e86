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
  return split(text).flatMap((ends): WrittenRange[] => {
    const [first, last] = [keyOf(ends[0] ?? []), keyOf(ends[1] ?? [])];
    if (ends.length > 1) return [{ first, last }];
    if (first === undefined) return [];
    const isAll = first === "*" && ends[0]?.every((piece) => !piece.isQuoted);
    return [isAll ? { first: undefined, last: undefined } : { first, last: first }];
  });
}

interface Piece {
  readonly text: string;
  readonly isQuoted: boolean;
}

// The pieces of each end of each range: commas part ranges and three dots their ends, but not within quotes.
function split(text: string): Piece[][][] {
  const ranges: Piece[][][] = [[[]]];
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"|\.\.\.|,|[^",.]+|[\s\S]/g)) {
    const range = ranges.at(-1);
    if (piece === ",") ranges.push([[]]);
    else if (piece === between) range?.push([]);
    else if (piece.length > 1 && piece.startsWith('"'))
      range?.at(-1)?.push({ text: piece.slice(1, -1).replace(/\\([\s\S])/g, "$1"), isQuoted: true });
    else range?.at(-1)?.push({ text: piece, isQuoted: false });
  }
  return ranges;
}

// Space around a key is not of it, unless it is quoted.
function keyOf(pieces: readonly Piece[]): string | undefined {
  const text = pieces
    .map((piece, index) => {
      if (piece.isQuoted) return piece.text;
      const cut = index === 0 ? piece.text.trimStart() : piece.text;
      return index === pieces.length - 1 ? cut.trimEnd() : cut;
    })
    .join("");
  return text === "" ? undefined : text;
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
  const isPlain = key !== "*" && key.trim() === key && key !== "" && !/[",\\]|\.\.\.|^\.|\.$/.test(key);
  return isPlain ? key : `"${key.replace(/["\\]/g, "\\$&")}"`;
}
