import type { Status } from "@dagster-ui/kit";
import type { StepFacts } from "./steps";

/** A piece of a row: as shares of the axis, 0 to 1. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly kind: "prepare" | "run";
  readonly status: Status;
}

export interface GanttRow {
  readonly step: StepFacts;
  readonly bars: readonly Bar[];
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

export interface Gantt {
  readonly rows: readonly GanttRow[];
  readonly ticks: readonly Tick[];
  /** How much time the axis covers, in milliseconds. */
  readonly span: number;
}

/** The shortest axis: what takes no time at all is not blown up. */
const shortestMillis = 100;

/** Lays out the steps on an axis from the run's second 0 to its end, or to now. */
export function layOutGantt(steps: readonly StepFacts[], start: number, end: number, mostTicks = 8): Gantt {
  // A little air behind the last bar, so that its end is seen to be an end.
  const span = Math.max(shortestMillis, (end - start) * 1.03);
  const share = (at: number) => Math.max(0, Math.min(1, (at - start) / span));
  const rows = steps.map((step) => ({ step, bars: barsOf(step, end, share) }));
  return { rows, ticks: ticksOf(span, mostTicks), span };
}

function barsOf(step: StepFacts, end: number, share: (at: number) => number): Bar[] {
  const bars: Bar[] = [];
  const first = step.attempts[0];
  if (step.preparedAt !== undefined && (first === undefined || first.start > step.preparedAt)) {
    const until = first?.start ?? (step.status === "queued" ? end : step.preparedAt);
    bars.push({ from: share(step.preparedAt), to: share(until), kind: "prepare", status: "queued" });
  }
  for (const attempt of step.attempts) {
    bars.push({
      from: share(attempt.start),
      to: share(attempt.end ?? end),
      kind: "run",
      // What had no end when the run ended was cut off.
      status: attempt.end === undefined ? step.status : attempt.status,
    });
  }
  return bars;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 4, 6, 12, 24, 48, 96, 240].map((count) => count * hour),
];

/** Round times for an axis of this many milliseconds. */
export function ticksOf(span: number, most: number): Tick[] {
  const step = steps.find((each) => span / each <= most) ?? span / most;
  const count = Math.floor(span / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => ({
    at: (index * step) / span,
    label: labelOf(index * step, step),
  }));
}

function labelOf(millis: number, step: number): string {
  if (millis === 0) return "0 s";
  if (step < second) return `${Number((millis / second).toFixed(3))} s`;
  if (millis < minute) return `${millis / second} s`;
  if (millis < hour) {
    const rest = (millis % minute) / second;
    return rest === 0 ? `${Math.floor(millis / minute)} m` : `${Math.floor(millis / minute)} m ${rest} s`;
  }
  const rest = Math.round((millis % hour) / minute);
  return rest === 0 ? `${Math.floor(millis / hour)} h` : `${Math.floor(millis / hour)} h ${rest} m`;
}

/** Where the length of a bar is written: behind it, before it, or on it when it takes the whole width. */
export function labelPlace(bar: Pick<Bar, "from" | "to">): "after" | "before" | "inside" {
  if (bar.to < 0.88) return "after";
  return bar.from > 0.12 ? "before" : "inside";
}
