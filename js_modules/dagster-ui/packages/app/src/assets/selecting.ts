import type { Status } from "@dagster-ui/kit";
import { evaluateSelection, type FilterName, parseSelection, SelectionError } from "@dagster-ui/lineage";
import type { AssetFacts } from "./facts";
import { type Assets, stateOf } from "./store";

/** The assets that a query names, or why it names none. */
export interface Selected {
  readonly facts: readonly AssetFacts[];
  readonly problem: { readonly message: string; readonly position: number } | undefined;
}

/** Evaluates the query; while it is being typed and makes no sense, all assets stay in view beside the problem. */
export function selectAssets(assets: Assets, query: string, statuses: readonly Status[] = []): Selected {
  const wanted = new Set(statuses);
  const hasStatus = (facts: AssetFacts) => wanted.size === 0 || wanted.has(stateOf(assets, facts.key).status);
  try {
    const nodes = evaluateSelection(parseSelection(query), assets.graph, (node, name, value, second) => {
      const facts = assets.facts[node];
      return facts !== undefined && matchesFilter(assets, facts, name, value, second);
    });
    const facts = nodes.flatMap((node) => assets.facts[node] ?? []).filter(hasStatus);
    return { facts, problem: undefined };
  } catch (error) {
    if (!(error instanceof SelectionError)) throw error;
    return {
      facts: assets.facts.filter(hasStatus),
      problem: { message: error.message, position: error.position },
    };
  }
}

const missingValue = "<null>";

function matchesFilter(
  assets: Assets,
  facts: AssetFacts,
  name: FilterName,
  value: string,
  second: string | undefined,
): boolean {
  switch (name) {
    case "group":
      return facts.group === value;
    case "kind":
      return oneOfThem(facts.kinds, value);
    case "owner":
      return oneOfThem(facts.owners, value);
    case "code_location":
      return facts.repository.location === value;
    case "tag":
      return facts.tags.some((tag) => tag.key === value && (second === undefined || tag.value === second));
    case "status":
      return stateOf(assets, facts.key).status === statusNames[value.toLowerCase()];
    case "key":
      return facts.key === value;
    // These need what only the server knows of each asset.
    case "column":
    case "column_tag":
    case "table_name":
    case "changed_in_branch":
      return false;
  }
}

function oneOfThem(values: readonly string[], value: string): boolean {
  return value === missingValue ? values.length === 0 : values.includes(value);
}

const statusNames: Record<string, Status> = {
  ok: "ok",
  materialized: "ok",
  healthy: "ok",
  failed: "failed",
  missing: "missing",
  never: "missing",
  stale: "stale",
  running: "running",
  materializing: "running",
  queued: "queued",
};

/** The query that names these assets and nothing else. */
export function queryOf(keys: readonly string[]): string {
  return keys.map((key) => queryBy("key", key)).join(" or ");
}

/** The query that names what has this value. */
export function queryBy(name: FilterName, value: string, second?: string): string {
  const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`;
  return `${name}:${quoted(value)}${second ? `=${quoted(second)}` : ""}`;
}

export const sortColumns = ["name", "group", "status", "time", "kind"] as const;
export type SortColumn = (typeof sortColumns)[number];

/** The assets in the order of the column; equal ones by their keys. */
export function sortAssets(
  facts: readonly AssetFacts[],
  assets: Assets,
  column: SortColumn,
  isDescending: boolean,
  rank: (status: Status) => number,
): AssetFacts[] {
  const sign = isDescending ? -1 : 1;
  const sortValue = (each: AssetFacts): string | number => {
    const state = stateOf(assets, each.key);
    if (column === "group") return each.group;
    if (column === "kind") return each.kinds.join(" ");
    if (column === "status") return -rank(state.status);
    if (column === "time") return -(state.materializedAt ?? 0);
    return each.key;
  };
  return facts
    .map((each) => ({ each, value: sortValue(each) }))
    .sort((one, other) => {
      if (one.value !== other.value) return (one.value < other.value ? -1 : 1) * sign;
      return one.each.key < other.each.key ? -1 : 1;
    })
    .map(({ each }) => each);
}
