import type { TokenName } from "../theme/tokens";

/** What can be said of an asset, a run, a step or a tick. Each has a word, a colour and a shape of its own. */
export type Status =
  | "ok"
  | "failed"
  | "running"
  | "queued"
  | "stale"
  | "missing"
  | "canceled"
  | "skipped"
  | "unknown";

export type Shape = "check" | "cross" | "spinner" | "clock" | "diamond" | "ring" | "bar" | "chevron" | "dot";

export interface StatusFacts {
  readonly word: string;
  readonly shape: Shape;
  readonly colour: TokenName;
  readonly soft: TokenName;
  /** Higher is worse; the worst status stands for a group. */
  readonly rank: number;
}

export const statusFacts: Record<Status, StatusFacts> = {
  failed: { word: "Failed", shape: "cross", colour: "failed", soft: "failedSoft", rank: 8 },
  running: { word: "Running", shape: "spinner", colour: "running", soft: "runningSoft", rank: 7 },
  queued: { word: "Queued", shape: "clock", colour: "running", soft: "runningSoft", rank: 6 },
  stale: { word: "Stale", shape: "diamond", colour: "stale", soft: "staleSoft", rank: 5 },
  missing: { word: "Never", shape: "ring", colour: "idle", soft: "idleSoft", rank: 4 },
  canceled: { word: "Canceled", shape: "bar", colour: "idle", soft: "idleSoft", rank: 3 },
  skipped: { word: "Skipped", shape: "chevron", colour: "idle", soft: "idleSoft", rank: 2 },
  ok: { word: "OK", shape: "check", colour: "ok", soft: "okSoft", rank: 1 },
  unknown: { word: "Unknown", shape: "dot", colour: "idle", soft: "idleSoft", rank: 0 },
};

export const statusesByRank: readonly Status[] = [
  "failed",
  "running",
  "queued",
  "stale",
  "missing",
  "canceled",
  "skipped",
  "ok",
  "unknown",
];

/** The status that stands for all of them; `unknown` when there are none. */
export function worstStatus(statuses: Iterable<Status>): Status {
  let worst: Status = "unknown";
  for (const status of statuses) if (statusFacts[status].rank > statusFacts[worst].rank) worst = status;
  return worst;
}

/** How many of each status, worst first, without the statuses that do not occur. */
export function countStatuses(statuses: Iterable<Status>): [Status, number][] {
  const counts = new Map<Status, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return statusesByRank.flatMap((status): [Status, number][] => {
    const count = counts.get(status);
    return count === undefined ? [] : [[status, count]];
  });
}
