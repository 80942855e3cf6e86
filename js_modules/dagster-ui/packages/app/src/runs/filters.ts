import { type RunsSearch, runStatusFilters } from "./search";

/** A condition that stands in the address, with what the address is without it. */
export interface Condition {
  readonly text: string;
  readonly without: Partial<RunsSearch>;
}

/** The conditions of a search as words, statuses aside. */
export function conditionsOf(search: RunsSearch): Condition[] {
  const conditions: Condition[] = [];
  if (search.job !== undefined) conditions.push({ text: `job:${search.job}`, without: { job: undefined } });
  if (search.asset !== undefined)
    conditions.push({ text: `asset:${search.asset}`, without: { asset: undefined } });
  for (const tag of search.tag ?? []) {
    const others = search.tag?.filter((each) => each !== tag) ?? [];
    conditions.push({ text: `tag:${tag}`, without: { tag: others.length > 0 ? others : undefined } });
  }
  if (search.before !== undefined) conditions.push({ text: "older runs", without: { before: undefined } });
  return conditions;
}

/** What was typed as a part of the search: `job:x`, `asset:a/b`, `tag:key=value`, `status:failed`; undefined if it is none of these. */
export function readCondition(typed: string, search: RunsSearch): Partial<RunsSearch> | undefined {
  const [, name, value] = /^\s*(job|asset|tag|status):\s*(\S.*?)\s*$/.exec(typed) ?? [];
  if (value === undefined) return undefined;
  if (name === "job") return { job: value };
  if (name === "asset") return { asset: value };
  if (name === "tag") return value.includes("=") ? { tag: withOne(search.tag, value) } : undefined;
  const status = runStatusFilters.find((each) => each === value);
  return status === undefined ? undefined : { status: withOne(search.status, status) };
}

function withOne<Item>(list: readonly Item[] | undefined, item: Item): Item[] {
  return [...(list ?? []).filter((each) => each !== item), item];
}

interface Known {
  readonly jobs: readonly string[];
  readonly assets: readonly string[];
  readonly tagKeys: readonly string[];
  /** The values of the key that is being typed. */
  readonly tagValues: readonly string[];
}

const mostOffered = 12;

/** What the typed text may become: plain words are looked for among jobs and assets. */
export function offersFor(typed: string, known: Known): string[] {
  const words = typed.trim().toLowerCase();
  const tags = known.tagKeys.map((key) => `tag:${key}=`);
  const key = typedTagKey(typed);
  const all =
    key === undefined
      ? [...known.jobs.map((each) => `job:${each}`), ...known.assets.map((each) => `asset:${each}`), ...tags]
      : known.tagValues.map((value) => `tag:${key}=${value}`);
  return all.filter((each) => each.toLowerCase().includes(words)).slice(0, mostOffered);
}

/** The key of the tag whose value comes next: `team` for `tag:team=sa`. */
export function typedTagKey(typed: string): string | undefined {
  return /^\s*tag:([^=]+)=/.exec(typed)?.[1];
}
