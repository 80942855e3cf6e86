import type { Problem, Status } from "@dagster-ui/kit";
import type { Entry } from "./entries";

/** One try of a step, in milliseconds. */
export interface Attempt {
  readonly start: number;
  readonly end: number | undefined;
  readonly status: Status;
}

/** A step as far as the log tells. */
export interface StepFacts {
  readonly key: string;
  readonly status: Status;
  readonly word: string;
  /** When a process for it was asked for. */
  readonly preparedAt: number | undefined;
  readonly attempts: readonly Attempt[];
  readonly problem: Problem | undefined;
  readonly assets: readonly string[];
}

/** How the steps of a run stand, with the times between which it went. */
export interface Progress {
  readonly steps: readonly StepFacts[];
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** What ended the run without a step that failed. */
  readonly problem: Problem | undefined;
}

interface Growing {
  key: string;
  state: "waiting" | "preparing" | "running" | "retrying" | "ok" | "failed" | "skipped";
  preparedAt: number | undefined;
  attempts: { start: number; end: number | undefined; status: Status }[];
  problem: Problem | undefined;
  assets: string[];
}

const runEnds = new Set(["RUN_SUCCESS", "RUN_FAILURE", "RUN_CANCELED"]);

/** Folds the log into steps: those that began in the order in which they did, then those that are planned. */
export function progressOf(entries: readonly Entry[], planned: readonly string[]): Progress {
  const steps = new Map<string, Growing>();
  let startedAt: number | undefined;
  let endedAt: number | undefined;
  let problem: Problem | undefined;
  for (const entry of entries) {
    if (entry.event === "RUN_START") startedAt ??= entry.at;
    if (entry.event !== undefined && runEnds.has(entry.event)) {
      endedAt = entry.at;
      problem = entry.problem;
    }
    if (entry.step !== undefined && entry.event !== undefined) {
      const known = steps.get(entry.step) ?? grown(entry.step);
      steps.set(entry.step, known);
      tell(known, entry);
    }
  }
  for (const key of planned) if (!steps.has(key) && !isResolved(key, steps)) steps.set(key, grown(key));
  const isEnded = endedAt !== undefined;
  const all = [...steps.values()].map((step) => finished(step, isEnded));
  const began = (step: StepFacts) => step.attempts[0]?.start ?? Number.POSITIVE_INFINITY;
  return {
    steps: all.sort((one, other) => (began(one) === began(other) ? 0 : began(one) - began(other))),
    startedAt,
    endedAt,
    problem: all.some((step) => step.problem) ? undefined : problem,
  };
}

/** Whether a step that was planned as `work[?]` is there as `work[a]`. */
function isResolved(key: string, steps: ReadonlyMap<string, unknown>): boolean {
  if (!key.endsWith("[?]")) return false;
  const beginning = key.slice(0, -2);
  return [...steps.keys()].some((each) => each.startsWith(beginning));
}

function grown(key: string): Growing {
  return {
    key,
    state: "waiting",
    preparedAt: undefined,
    attempts: [],
    problem: undefined,
    assets: [],
  };
}

function tell(step: Growing, { event, at, problem, asset }: Entry): void {
  const last = step.attempts.at(-1);
  const end = (status: Status) => {
    if (last && last.end === undefined) Object.assign(last, { end: at, status });
  };
  switch (event) {
    case "STEP_WORKER_STARTING":
      step.preparedAt ??= at;
      if (step.state === "waiting") step.state = "preparing";
      break;
    case "STEP_START":
    case "STEP_RESTARTED":
      step.attempts.push({ start: at, end: undefined, status: "running" });
      step.state = "running";
      step.problem = undefined;
      break;
    case "STEP_UP_FOR_RETRY":
      end("failed");
      step.state = "retrying";
      break;
    case "STEP_SUCCESS":
      end("ok");
      step.state = "ok";
      break;
    case "STEP_FAILURE":
      end("failed");
      step.state = "failed";
      step.problem = problem;
      break;
    case "STEP_SKIPPED":
      step.state = "skipped";
      break;
    case "ASSET_MATERIALIZATION":
      if (asset !== undefined && !step.assets.includes(asset)) step.assets.push(asset);
      break;
  }
}

const looks: Record<Growing["state"], readonly [Status, string]> = {
  waiting: ["queued", "Waiting"],
  preparing: ["queued", "Starting"],
  running: ["running", "Running"],
  retrying: ["queued", "Will be tried again"],
  ok: ["ok", "Success"],
  failed: ["failed", "Failed"],
  skipped: ["skipped", "Skipped"],
};

function finished(step: Growing, isEnded: boolean): StepFacts {
  const { state, ...facts } = step;
  const isOpen = !["ok", "failed", "skipped"].includes(state);
  if (!isEnded || !isOpen) {
    const [status, word] = looks[state];
    return { ...facts, status, word };
  }
  if (step.attempts.length === 0) return { ...facts, status: "skipped", word: "Did not run" };
  return { ...facts, status: "canceled", word: "Interrupted" };
}

/** How long a step took in all of its attempts, so far while it runs; in milliseconds. */
export function durationOf(step: Pick<StepFacts, "attempts">, now: number): number | undefined {
  if (step.attempts.length === 0) return undefined;
  return step.attempts.reduce((sum, { start, end }) => sum + Math.max(0, (end ?? now) - start), 0);
}
