import { isRunActive, keyText, problemOf, statusOfRun } from "@dagster-ui/client";
import type { RunRowFragment, RunStatus, RunsFeedQueryVariables } from "@dagster-ui/client/schema";
import { plainMessage, rootProblem } from "@dagster-ui/kit";
import type { RunStatusFilter, RunsSearch } from "./search";

export type RunRow = RunRowFragment;

/** The job that every repository has for assets that no job of the user names. */
export const implicitJob = "__ASSET_JOB";

export function isOfAssets(run: Pick<RunRow, "jobName">): boolean {
  return run.jobName.startsWith(implicitJob);
}

/** What a run does, in words: its job, or the assets that it makes. */
export function titleOf(
  run: Pick<RunRow, "jobName" | "assetSelection" | "assetSelectionCount" | "repositoryOrigin">,
): string {
  if (!isOfAssets(run)) return run.jobName;
  const names = (run.assetSelection ?? []).map(keyText);
  const location = run.repositoryOrigin?.repositoryLocationName;
  if (names.length === 0) return location === undefined ? "All assets" : `All assets of ${location}`;
  const shown = names.slice(0, 2);
  const others = Math.max(run.assetSelectionCount, names.length) - shown.length;
  return others > 0 ? `${shown.join(", ")} and ${others} more` : shown.join(", ");
}

/** The partition, or the range of them, that a run makes. */
export function partitionOf(run: Pick<RunRow, "tags">): string | undefined {
  const tags = new Map(run.tags.map((tag) => [tag.key, tag.value]));
  const [start, end] = [
    tags.get("dagster/asset_partition_range_start"),
    tags.get("dagster/asset_partition_range_end"),
  ];
  if (start !== undefined && end !== undefined) return start === end ? start : `${start}...${end}`;
  return tags.get("dagster/partition");
}

/** The same words for runs that do the same: another partition, or the assets of another location, is other work. */
export function workOf(
  run: Pick<RunRow, "jobName" | "assetSelection" | "assetSelectionCount" | "repositoryOrigin" | "tags">,
): string {
  const location = run.repositoryOrigin?.repositoryLocationName;
  const assets = isOfAssets(run) ? [...(run.assetSelection ?? []).map(keyText), run.assetSelectionCount] : [];
  return [location, run.jobName, ...assets, partitionOf(run)].join(" ");
}

/** The runs that a run repeats, in whole or in part. */
export function repeatedBy(run: Pick<RunRow, "tags">): string[] {
  return run.tags.flatMap(({ key, value }) =>
    key === "dagster/parent_run_id" || key === "dagster/root_run_id" ? [value] : [],
  );
}

/** The beginning of an id, which is enough to tell runs apart. */
export function shortId(runId: string): string {
  return runId.slice(0, 8);
}

/** What went wrong, on one line: the user's own exception. */
export function errorLine(run: Pick<RunRow, "failure">): string | undefined {
  const error = run.failure?.error;
  if (!error) return undefined;
  const root = rootProblem(problemOf(error));
  const first = plainMessage(root).split("\n", 1)[0] ?? "";
  return root.className === undefined ? first : first === "" ? root.className : `${root.className}: ${first}`;
}

/** When a run began, or was asked for if it has not; in milliseconds. */
export function beganAt(run: Pick<RunRow, "startTime" | "creationTime">): number {
  return (run.startTime ?? run.creationTime) * 1000;
}

/** When a run ended, in milliseconds; undefined while it goes on. */
export function endedAt(run: Pick<RunRow, "status" | "endTime">): number | undefined {
  return run.endTime === null || isRunActive(run.status) ? undefined : run.endTime * 1000;
}

const statusesOf: Record<RunStatusFilter, RunStatus[]> = {
  failed: ["FAILURE"],
  running: ["STARTING", "STARTED", "CANCELING", "MANAGED"],
  queued: ["QUEUED", "NOT_STARTED", "SUSPENDED"],
  ok: ["SUCCESS"],
  canceled: ["CANCELED"],
};

/** The runs that have not ended. */
export const activeStatuses: RunStatus[] = [...statusesOf.running, ...statusesOf.queued];

type Filter = NonNullable<RunsFeedQueryVariables["filter"]>;

/** What the server is asked for. */
export function filterOf(search: RunsSearch): Filter {
  return {
    statuses: search.status?.flatMap((each) => statusesOf[each]),
    pipelineName: search.job,
    tags: search.tag?.map(splitTag),
    assetKey: search.asset === undefined ? undefined : { path: search.asset.split("/") },
  };
}

function splitTag(text: string): { key: string; value: string } {
  const at = text.indexOf("=");
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}

/** Whether a run that changed while one looks still belongs to the list. */
export function isListed(run: Pick<RunRow, "status">, search: RunsSearch): boolean {
  return search.status === undefined || search.status.some((each) => each === statusOfRun(run.status));
}

export function canTerminate(run: Pick<RunRow, "status">): boolean {
  return isRunActive(run.status) && run.status !== "CANCELING";
}

/** Whether there is something to go on from. */
export function canResume(run: Pick<RunRow, "status">): boolean {
  return run.status === "FAILURE" || run.status === "CANCELED";
}

/** Tags that say where a run came from stand in words of their own, and those of the framework are not worth a place in a row. */
export function ownTags(run: Pick<RunRow, "tags">): { key: string; value: string }[] {
  return run.tags.filter((tag) => !tag.key.startsWith("dagster/") && !tag.key.startsWith(".dagster/"));
}

/** What asked for a run. */
export function originOf(run: Pick<RunRow, "tags">): string {
  const tags = new Map(run.tags.map((tag) => [tag.key, tag.value]));
  const schedule = tags.get("dagster/schedule_name");
  if (schedule !== undefined) return `schedule ${schedule}`;
  const sensor = tags.get("dagster/sensor_name");
  if (sensor !== undefined) return `sensor ${sensor}`;
  const parent = tags.get("dagster/parent_run_id");
  if (parent !== undefined) return `again, after ${shortId(parent)}`;
  return tags.has("dagster/backfill") ? "backfill" : "by hand";
}
