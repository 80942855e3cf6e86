import type { Problem, Status } from "@dagster-ui/kit";
import type { ProblemFragment, RunStatus } from "./generated/schema";

const runStatuses: Record<RunStatus, Status> = {
  QUEUED: "queued",
  NOT_STARTED: "queued",
  MANAGED: "running",
  STARTING: "running",
  STARTED: "running",
  SUSPENDED: "queued",
  SUCCESS: "ok",
  FAILURE: "failed",
  CANCELING: "running",
  CANCELED: "canceled",
};

const runWords: Record<RunStatus, string> = {
  QUEUED: "Queued",
  NOT_STARTED: "Not started",
  MANAGED: "Managed",
  STARTING: "Starting",
  STARTED: "Running",
  SUSPENDED: "Suspended",
  SUCCESS: "Success",
  FAILURE: "Failed",
  CANCELING: "Canceling",
  CANCELED: "Canceled",
};

/** How a run is drawn. */
export function statusOfRun(status: RunStatus): Status {
  return runStatuses[status];
}

/** What a run's status is called. */
export function wordOfRun(status: RunStatus): string {
  return runWords[status];
}

/** Whether the run may still change. */
export function isRunActive(status: RunStatus): boolean {
  return !["SUCCESS", "FAILURE", "CANCELED"].includes(status);
}

/** An error of the server as the kit shows it. */
export function problemOf(error: ProblemFragment): Problem {
  return { ...plain(error), causes: error.causes.map((cause) => ({ ...plain(cause), causes: [] })) };
}

function plain(error: { className: string | null; message: string; stack: readonly string[] }) {
  return { className: error.className ?? undefined, message: error.message, stack: error.stack };
}
