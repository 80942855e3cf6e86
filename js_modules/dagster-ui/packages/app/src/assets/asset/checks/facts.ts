import { metadataNumber } from "@dagster-ui/client";
import type { CheckExecutionFragment, CheckFactsFragment } from "@dagster-ui/client/schema";
import type { Status } from "@dagster-ui/kit";

export type Check = CheckFactsFragment;
export type Execution = CheckExecutionFragment;

/** How a check stands: its status and word; `warned` failed without the severity of an error. */
export interface CheckState {
  readonly status: Status;
  readonly word: string;
}

/** How an execution ended, or goes on; without any the check never ran. */
export function checkState(execution: Execution | null | undefined): CheckState {
  switch (execution?.status) {
    case undefined:
      return { status: "missing", word: "Never run" };
    case "SUCCEEDED":
      return { status: "ok", word: "Passed" };
    case "FAILED":
      return execution?.evaluation?.severity === "WARN"
        ? { status: "stale", word: "Warning" }
        : { status: "failed", word: "Failed" };
    case "EXECUTION_FAILED":
      return { status: "failed", word: "Broke off" };
    case "IN_PROGRESS":
      return { status: "running", word: "Running" };
    case "SKIPPED":
      return { status: "skipped", word: "Skipped" };
  }
}

/** When it happened, in milliseconds since the epoch. */
export function timeOf(execution: Execution): number {
  return (execution.evaluation?.timestamp ?? execution.timestamp) * 1000;
}

/** The numbers that executions carry, by label: milliseconds and value, oldest first. */
export function checkTrends(executions: readonly Execution[]): Map<string, [number, number][]> {
  const trends = new Map<string, [number, number][]>();
  for (const execution of [...executions].reverse()) {
    for (const entry of execution.evaluation?.metadataEntries ?? []) {
      const value = metadataNumber(entry);
      if (value === undefined) continue;
      const points = trends.get(entry.label) ?? [];
      trends.set(entry.label, points);
      points.push([timeOf(execution), value]);
    }
  }
  return trends;
}
