import type { AssetFacts } from "./facts";

/** A text that the selection may become, and the part of it that is new. */
export interface Completion {
  readonly text: string;
  readonly label: string;
}

const mostOffers = 8;
/** What is typed at the end: perhaps a filter with its colon, and the beginning of a word or of a quoted value. */
const ending = /^(.*?)(?:([a-z_]+):)?("(?:[^"\\]|\\.)*|[^\s():+="]*)$/s;
const statuses = ["failed", "materializing", "missing", "ok", "queued", "stale"];
/** A word of the grammar; everything else is quoted. */
const plainWord = /^[^\s():+*="\\]+$/;

const valuesOf: Record<string, (asset: AssetFacts) => readonly string[]> = {
  key: (asset) => [asset.key],
  group: (asset) => [asset.group],
  kind: (asset) => asset.kinds,
  owner: (asset) => asset.owners,
  tag: (asset) => asset.tags.map((tag) => tag.key),
  code_location: (asset) => [asset.repository.location],
  status: () => statuses,
};

/** How a selection may go on at its end: by the name of a filter, or by a value that some asset has. */
export function completionsOf(text: string, assets: readonly AssetFacts[]): Completion[] {
  const [, before = "", name, typed = ""] = ending.exec(text) ?? [];
  if (name === undefined) {
    const isPlace = typed !== "" && /(^|[\s(+]|\d\+)$/.test(before);
    return Object.keys(valuesOf)
      .filter((filter) => isPlace && filter.startsWith(typed))
      .map((filter) => ({ text: `${before}${filter}:`, label: `${filter}:` }));
  }
  const values = new Set(assets.flatMap((asset) => valuesOf[name]?.(asset) ?? []));
  const begun = typed.replace(/^"/, "").replace(/\\(.)/g, "$1").toLowerCase();
  return [...values]
    .filter((value) => value.toLowerCase().includes(begun) && (typed.startsWith('"') || value !== typed))
    .sort((one, other) => rank(one, begun) - rank(other, begun) || (one < other ? -1 : 1))
    .slice(0, mostOffers)
    .map((value) => ({ text: `${before}${name}:${written(value)}`, label: value }));
}

function rank(value: string, begun: string): number {
  return value.toLowerCase().startsWith(begun) ? 0 : 1;
}

function written(value: string): string {
  return plainWord.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}
