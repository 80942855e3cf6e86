import { keyText, repositoryAddress } from "@dagster-ui/client";
import type { AssetGraphQuery, AssetLatestFragment } from "@dagster-ui/client/schema";
import type { Status } from "@dagster-ui/kit";

/** What an asset is, as its author wrote it; changes only when its code location is loaded anew. */
export interface AssetFacts {
  readonly key: string;
  readonly path: readonly string[];
  readonly group: string;
  readonly description: string;
  readonly kinds: readonly string[];
  readonly owners: readonly string[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly upstream: readonly string[];
  readonly jobs: readonly string[];
  readonly repository: { readonly name: string; readonly location: string };
  readonly address: string;
  readonly isMaterializable: boolean;
  readonly isObservable: boolean;
  readonly isPartitioned: boolean;
  readonly hasChecks: boolean;
}

/** How an asset stands now. */
export interface AssetState {
  readonly status: Status;
  /** Milliseconds since the epoch. */
  readonly materializedAt: number | undefined;
  readonly materializedBy: string | undefined;
  /** The run that holds the asset now, or that failed to make it. */
  readonly runId: string | undefined;
  /** Why it is stale, in words; empty when it is not. */
  readonly reasons: readonly string[];
}

export const unknownState: AssetState = {
  status: "unknown",
  materializedAt: undefined,
  materializedBy: undefined,
  runId: undefined,
  reasons: [],
};

type Node = AssetGraphQuery["assetNodes"][number];
type Latest = AssetLatestFragment;

export function assetFacts(node: Node): AssetFacts {
  return {
    key: keyText(node.assetKey),
    path: node.assetKey.path,
    group: node.groupName,
    description: node.description ?? "",
    kinds: node.kinds,
    owners: node.owners.map((owner) =>
      owner.__typename === "UserAssetOwner" ? owner.email : `team:${owner.team}`,
    ),
    // Kinds are kept as tags as well; they are shown as kinds.
    tags: node.tags.flatMap(({ key, value }) => (key.startsWith("dagster/kind/") ? [] : [{ key, value }])),
    upstream: node.dependencyKeys.map(keyText),
    jobs: node.jobNames.filter((name) => !name.startsWith("__")),
    repository: { name: node.repository.name, location: node.repository.location.name },
    address: repositoryAddress(node.repository),
    isMaterializable: node.isMaterializable,
    isObservable: node.isObservable,
    isPartitioned: node.isPartitioned,
    hasChecks: node.hasAssetChecks,
  };
}

/**
 * How the asset stands by itself. What happens now comes before what went wrong, and that before what is well: a failed run of the
 * asset counts until a later one makes it.
 */
export function assetState(facts: AssetFacts, latest: Latest | undefined): AssetState {
  const made = latest?.latestMaterialization ?? undefined;
  const state = { materializedAt: made && Number(made.timestamp), materializedBy: made?.runId, reasons: [] };
  const running = latest?.inProgressRunIds[0];
  if (running !== undefined) return { ...state, status: "running", runId: running };
  const queued = latest?.unstartedRunIds[0];
  if (queued !== undefined) return { ...state, status: "queued", runId: queued };
  const last = latest?.latestRun ?? undefined;
  if (last?.status === "FAILURE" && last.id !== made?.runId)
    return { ...state, status: "failed", runId: last.id };
  if (!made) return { ...state, status: facts.isMaterializable ? "missing" : "unknown", runId: undefined };
  return { ...state, status: "ok", runId: made.runId };
}

/**
 * The states with those assets marked stale of which a parent was made later. A state that does not change stays the same object.
 * Both directions are taken: an asset that was stale is well again when it was made after its parents.
 */
export function withStaleness(
  facts: readonly AssetFacts[],
  states: ReadonlyMap<string, AssetState>,
): ReadonlyMap<string, AssetState> {
  const marked = new Map(states);
  for (const each of facts) {
    const state = states.get(each.key);
    const at = state?.materializedAt;
    if (state === undefined || at === undefined || (state.status !== "ok" && state.status !== "stale"))
      continue;
    const newer = each.upstream.filter((parent) => (states.get(parent)?.materializedAt ?? 0) > at);
    const reasons = newer.map((parent) => `${parent} was made after it`);
    if (reasons.join() === state.reasons.join()) continue;
    marked.set(each.key, { ...state, status: reasons.length > 0 ? "stale" : "ok", reasons });
  }
  return marked;
}

const words: Partial<Record<Status, string>> = {
  ok: "Materialized",
  missing: "Never made",
  unknown: "External",
  running: "Materializing",
};

/** What the status of an asset is called. */
export function wordOfAsset(status: Status): string | undefined {
  return words[status];
}
