import { type Status, worstStatus } from "@dagster-ui/kit";

/** A run as the timeline needs it; times in milliseconds, no end while it goes on. */
export interface Span {
  readonly id: string;
  readonly lane: string;
  readonly status: Status;
  readonly start: number;
  readonly end: number | undefined;
}

/** Runs that are too close to be told apart, drawn as one. */
export interface Mark {
  /** Shares of the width, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly status: Status;
  readonly runs: readonly Span[];
}

export interface Lane {
  readonly name: string;
  readonly marks: readonly Mark[];
  readonly runs: number;
  readonly failed: number;
}

export interface Timeline {
  readonly lanes: readonly Lane[];
  /** Runs of lanes that are not shown. */
  readonly hidden: number;
}

interface Window {
  readonly from: number;
  readonly to: number;
  /** The share of the width below which runs cannot be told apart. */
  readonly grain: number;
  readonly mostLanes: number;
}

/** Groups runs by lane: the lane that ran last stands first; within it what touches becomes one mark. */
export function timelineOf(spans: readonly Span[], window: Window): Timeline {
  const inView = spans.filter((span) => (span.end ?? window.to) >= window.from && span.start <= window.to);
  const byLane = new Map<string, Span[]>();
  for (const span of inView) byLane.set(span.lane, [...(byLane.get(span.lane) ?? []), span]);
  const lanes = [...byLane].sort(([, one], [, other]) => latest(other) - latest(one));
  const shown = lanes.slice(0, window.mostLanes);
  return {
    lanes: shown.map(([name, runs]) => ({
      name,
      marks: marksOf(runs, window),
      runs: runs.length,
      failed: runs.filter((run) => run.status === "failed").length,
    })),
    hidden: lanes.slice(window.mostLanes).reduce((sum, [, runs]) => sum + runs.length, 0),
  };
}

function latest(runs: readonly Span[]): number {
  return Math.max(...runs.map((run) => run.start));
}

function marksOf(runs: readonly Span[], { from, to, grain }: Window): Mark[] {
  const share = (at: number) => Math.max(0, Math.min(1, (at - from) / (to - from)));
  const groups: { from: number; to: number; runs: Span[] }[] = [];
  for (const run of [...runs].sort((one, other) => one.start - other.start)) {
    const start = share(run.start);
    const end = Math.max(share(run.end ?? to), start);
    const last = groups.at(-1);
    if (last && start < Math.max(last.to, last.from + grain)) {
      last.runs.push(run);
      last.to = Math.max(last.to, end);
    } else groups.push({ from: start, to: end, runs: [run] });
  }
  return groups.map((group) => ({ ...group, status: worstStatus(group.runs.map((run) => run.status)) }));
}

const minute = 60_000;
const hour = 60 * minute;

/** What a timeline may cover. */
export const ranges = { "1h": hour, "6h": 6 * hour, "24h": 24 * hour } as const;
export type Range = keyof typeof ranges;

/** The shortest range that holds all runs: a first hour is no sliver at the end of a day. */
export function fittingRange(spans: readonly Pick<Span, "start">[], now: number): Range {
  const first = Math.min(...spans.map((span) => span.start));
  if (first >= now - ranges["1h"]) return "1h";
  return first >= now - ranges["6h"] ? "6h" : "24h";
}

const steps = [5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440].map((each) => each * minute);

/** Round times in a window, at most so many, as shares of its width with the time of each. */
export function clockTicks(from: number, to: number, most: number): { at: number; time: number }[] {
  const step = steps.find((each) => (to - from) / each <= most) ?? 24 * hour;
  const ticks: { at: number; time: number }[] = [];
  const midnight = new Date(from).setHours(0, 0, 0, 0);
  for (let time = midnight + Math.ceil((from - midnight) / step) * step; time <= to; time += step)
    ticks.push({ at: (time - from) / (to - from), time });
  return ticks;
}
