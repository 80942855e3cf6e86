import { keyText, repositoryAddress } from "@dagster-ui/client";
import type {
  AssetGraphQuery,
  AssetLatestFragment,
  AssetStalenessFragment,
  AssetStandingFragment,
  StaleReasonFragment,
} from "@dagster-ui/client/schema";
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
  /** Why it is stale; empty when it is not. */
  readonly causes: readonly StaleReasonFragment[];
  /** Undefined for an asset without partitions, and until they are known. */
  readonly partitions: PartitionCounts | undefined;
  /** How many of its checks stand where; all 0 without any, and until they are known. */
  readonly checks: CheckCounts;
}

/** The first paragraph of Markdown as words for one line. */
export function plainText(markdown: string): string {
  const [first = ""] = markdown.trim().split(/\n\s*\n/);
  return first
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^#+\s*|\*\*|__|`/gm, "")
    .replace(/\s+/g, " ");
}

/** How many partitions of an asset stand where; the rest was never made. */
export interface PartitionCounts {
  readonly all: number;
  readonly materialized: number;
  readonly failed: number;
  readonly materializing: number;
}

/** A check that failed with the severity of a warning has `warned`. */
export interface CheckCounts {
  readonly failed: number;
  readonly warned: number;
  readonly running: number;
  readonly passed: number;
  readonly never: number;
}

/** What storage groups and compares to know of an asset, beside its latest events. */
export interface AssetStanding {
  readonly isStale: boolean;
  readonly causes: readonly StaleReasonFragment[];
  readonly partitions: PartitionCounts | undefined;
  readonly checks: CheckCounts;
}

const noChecks: CheckCounts = { failed: 0, warned: 0, running: 0, passed: 0, never: 0 };

const unknownStanding: AssetStanding = {
  isStale: false,
  causes: [],
  partitions: undefined,
  checks: noChecks,
};

export const unknownState: AssetState = {
  status: "unknown",
  materializedAt: undefined,
  materializedBy: undefined,
  runId: undefined,
  causes: [],
  partitions: undefined,
  checks: noChecks,
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

/** What the server tells of how an asset stands; its staleness alone leaves the rest as it was. */
export function assetStanding(
  node: AssetStandingFragment | AssetStalenessFragment,
  before: AssetStanding = unknownStanding,
): AssetStanding {
  const staleness = { isStale: node.staleStatus === "STALE", causes: node.staleCauses };
  if (!("partitionStats" in node)) return { ...before, ...staleness };
  const stats = node.partitionStats;
  return {
    ...staleness,
    partitions: stats
      ? {
          all: stats.numPartitions,
          materialized: stats.numMaterialized,
          failed: stats.numFailed,
          materializing: stats.numMaterializing,
        }
      : undefined,
    checks: checkCounts(node.assetChecksOrError),
  };
}

function checkCounts(answer: AssetStandingFragment["assetChecksOrError"]): CheckCounts {
  const counts = { ...noChecks };
  for (const check of answer.__typename === "AssetChecks" ? answer.checks : []) {
    const execution = check.executionForLatestMaterialization;
    if (!execution) counts.never += 1;
    else if (execution.status === "IN_PROGRESS") counts.running += 1;
    else if (execution.status === "SUCCEEDED") counts.passed += 1;
    else if (execution.status === "SKIPPED") counts.never += 1;
    else if (execution.evaluation?.severity === "WARN") counts.warned += 1;
    else counts.failed += 1;
  }
  return counts;
}

/**
 * How the asset stands. What happens now comes before what went wrong, and that before what is well: a failed run of the asset
 * counts until a later one makes it, a failed partition until it is made.
 */
export function assetState(
  facts: AssetFacts,
  latest: Latest | undefined,
  standing: AssetStanding = unknownStanding,
): AssetState {
  const made = latest?.latestMaterialization ?? undefined;
  const { causes, partitions, checks } = standing;
  const state = {
    materializedAt: made && Number(made.timestamp),
    materializedBy: made?.runId,
    causes,
    partitions,
    checks,
  };
  const running = latest?.inProgressRunIds[0];
  if (running !== undefined) return { ...state, status: "running", runId: running };
  const queued = latest?.unstartedRunIds[0];
  if (queued !== undefined) return { ...state, status: "queued", runId: queued };
  const last = latest?.latestRun ?? undefined;
  const isLastFailed = last?.status === "FAILURE" && last.id !== made?.runId;
  if (partitions ? partitions.failed > 0 : isLastFailed)
    return { ...state, status: "failed", runId: last?.status === "FAILURE" ? last.id : undefined };
  if (!made) return { ...state, status: facts.isMaterializable ? "missing" : "unknown", runId: undefined };
  return { ...state, status: standing.isStale ? "stale" : "ok", runId: made.runId };
}

/** A cause in words: `readings has a new data version`; of the asset itself without its name. */
export function causeText(cause: StaleReasonFragment, itself: string): string {
  const name = keyText(cause.key);
  if (name === itself) return cause.reason;
  return cause.partitionKey === null
    ? `${name} ${cause.reason}`
    : `${name} ${cause.partitionKey} ${cause.reason}`;
}

/** How many of its partitions are made and failed, where it has some: `46 of 121, 1 failed`. */
export function partitionsText({ partitions }: AssetState): string | undefined {
  if (!partitions) return undefined;
  const made = `${partitions.materialized.toLocaleString("en")} of ${partitions.all.toLocaleString("en")}`;
  return partitions.failed > 0 ? `${made}, ${partitions.failed.toLocaleString("en")} failed` : made;
}

/** The checks that ask for attention, in words, undefined without any: `1 check failed`. */
export function checksText({ checks }: AssetState): string | undefined {
  if (checks.failed > 0) return checks.failed === 1 ? "1 check failed" : `${checks.failed} checks failed`;
  if (checks.warned > 0) return checks.warned === 1 ? "1 check warns" : `${checks.warned} checks warn`;
  return undefined;
}

/** How the checks stand together, undefined without any that ever ran. */
export function checksStatus({ checks }: AssetState): Status | undefined {
  if (checks.failed > 0) return "failed";
  if (checks.warned > 0) return "stale";
  if (checks.running > 0) return "running";
  return checks.passed > 0 ? "ok" : undefined;
}

const words: Partial<Record<Status, string>> = {
  ok: "Materialized",
  missing: "Never materialized",
  unknown: "External",
  running: "Materializing",
};

/** What the status of an asset is called. */
export function wordOfAsset(status: Status): string | undefined {
  return words[status];
}
