import type { LogMessageFragment } from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { againsOf } from "./agains";
import { type Entry, filterEntries, kindOf, nextError, wordsOfEvent } from "./entries";
import { layOutGantt, ticksOf } from "./gantt";
import { emptyLog, fileFor, filesOf, grownLog } from "./log";
import { isReloadedSince } from "./reloading";
import { durationOf, progressOf } from "./steps";

function entry(at: number, event: string | undefined, step?: string, more: Partial<Entry> = {}): Entry {
  return {
    index: at,
    at,
    level: "debug",
    event,
    step,
    message: `${event} of ${step}`,
    problem: undefined,
    metadata: [],
    asset: undefined,
    partition: undefined,
    file: undefined,
    ...more,
  };
}

const problem = { className: "ValueError", message: "no", stack: [], causes: [] };

const failing = [
  entry(1000, "RUN_START"),
  entry(1050, "STEP_WORKER_STARTING", "a"),
  entry(1100, "STEP_START", "a"),
  entry(1300, "STEP_UP_FOR_RETRY", "a", { problem }),
  entry(1500, "STEP_RESTARTED", "a"),
  entry(1600, "ASSET_MATERIALIZATION", "a", { asset: "orders" }),
  entry(1700, "STEP_SUCCESS", "a"),
  entry(1800, "STEP_START", "b"),
  entry(2000, "STEP_FAILURE", "b", { problem, level: "error" }),
  entry(2010, "RUN_FAILURE", undefined, { level: "error" }),
];

it("folds a log into steps with their attempts", () => {
  const progress = progressOf(failing, ["a", "b", "c"]);
  expect(progress.steps.map((step) => [step.key, step.status, step.word])).toEqual([
    ["a", "ok", "Success"],
    ["b", "failed", "Failed"],
    ["c", "skipped", "Did not run"],
  ]);
  const [a] = progress.steps;
  expect(a?.attempts.map((each) => [each.start, each.end, each.status])).toEqual([
    [1100, 1300, "failed"],
    [1500, 1700, "ok"],
  ]);
  expect([a?.assets, a?.problem]).toEqual([["orders"], undefined]);
  expect([progress.startedAt, progress.endedAt]).toEqual([1000, 2010]);
  expect(durationOf({ attempts: a?.attempts ?? [] }, 0)).toBe(400);
});

it("keeps what has not ended open while the run goes on, and cuts it off at the end", () => {
  const going = [entry(0, "RUN_START"), entry(10, "STEP_START", "a"), entry(20, "STEP_WORKER_STARTING", "b")];
  expect(progressOf(going, ["c"]).steps.map((step) => step.word)).toEqual(["Running", "Starting", "Waiting"]);
  const canceled = [...going, entry(90, "RUN_CANCELED")];
  expect(progressOf(canceled, ["c"]).steps.map((step) => step.word)).toEqual([
    "Interrupted",
    "Did not run",
    "Did not run",
  ]);
});

it("shows what a step with a mapping became in the place of its plan", () => {
  const keys = progressOf([entry(0, "STEP_START", "work[x]")], ["work[?]", "sum[?]"]).steps.map(
    (step) => step.key,
  );
  expect(keys).toEqual(["work[x]", "sum[?]"]);
});

it("tells of the run's own error only when no step has one", () => {
  const own = [entry(0, "RUN_START"), entry(5, "RUN_FAILURE", undefined, { problem })];
  expect(progressOf(own, []).problem).toBe(problem);
  expect(progressOf(failing, []).problem).toBeUndefined();
});

it("lays bars from the run's second 0 on", () => {
  const { steps } = progressOf(failing, []);
  const { rows, span, ticks } = layOutGantt(steps, 1000, 2010);
  expect(span).toBeCloseTo(1040.3);
  const [first] = rows;
  expect(
    first?.bars.map((bar) => [bar.kind, bar.status, Math.round(bar.from * span), Math.round(bar.to * span)]),
  ).toEqual([
    ["prepare", "queued", 50, 100],
    ["run", "failed", 100, 300],
    ["run", "ok", 500, 700],
  ]);
  expect(ticks[0]).toEqual({ at: 0, label: "0 s" });
});

it("lets an open bar reach until now", () => {
  const { steps } = progressOf([entry(0, "RUN_START"), entry(2000, "STEP_START", "a")], []);
  const [row] = layOutGantt(steps, 0, 10_000).rows;
  expect(row?.bars[0]?.to).toBeCloseTo(1 / 1.03);
});

it("chooses round times for the axis", () => {
  expect(ticksOf(4000, 5).map((tick) => tick.label)).toEqual(["0 s", "1 s", "2 s", "3 s", "4 s"]);
  expect(ticksOf(700, 8).map((tick) => tick.label)).toContain("0.1 s");
  expect(
    ticksOf(200_000, 8)
      .map((tick) => tick.label)
      .slice(0, 3),
  ).toEqual(["0 s", "30 s", "1 m"]);
  expect(ticksOf(3 * 3_600_000, 4).map((tick) => tick.label)).toEqual(["0 s", "1 h", "2 h", "3 h"]);
  for (const span of [1, 1000, 61_000, 7_000_000, 900_000_000])
    expect(ticksOf(span, 8).length).toBeLessThanOrEqual(9);
});

it("filters the log by level, step, kind and words together", () => {
  expect(filterEntries(failing, {})).toBe(failing);
  expect(filterEntries(failing, { level: "error" })).toHaveLength(2);
  expect(filterEntries(failing, { level: "error", step: "b" })).toHaveLength(1);
  expect(filterEntries(failing, { kind: "assets" }).map((each) => each.asset)).toEqual(["orders"]);
  expect(filterEntries(failing, { q: "ORDERS" })).toHaveLength(1);
  expect(kindOf({ event: "STEP_WORKER_STARTED" })).toBe("engine");
  expect(kindOf({ event: undefined })).toBe("messages");
  expect(wordsOfEvent("STEP_UP_FOR_RETRY")).toBe("Step up for retry");
});

it("goes from error to error and around", () => {
  expect(nextError(failing, -1)).toBe(8);
  expect(nextError(failing, 8)).toBe(9);
  expect(nextError(failing, 9)).toBe(8);
  expect(nextError([], 0)).toBeUndefined();
});

it("grows the log and finds the output of a step", () => {
  const captured = (fileKey: string, stepKeys: string[]): LogMessageFragment => ({
    __typename: "LogsCapturedEvent",
    eventType: "LOGS_CAPTURED",
    level: "DEBUG",
    message: "",
    stepKey: null,
    timestamp: "5",
    fileKey,
    stepKeys,
  });
  const log = grownLog(grownLog(emptyLog, [captured("x", ["a"])], false), [captured("y", ["b", "c"])], true);
  expect([log.entries.map((each) => each.index), log.isComplete]).toEqual([[0, 1], true]);
  const files = filesOf(log.entries);
  expect(fileFor(files, "a", [])?.key).toBe("x");
  expect(fileFor(files, undefined, ["a"])?.key).toBe("x");
  expect(fileFor(files, undefined, [])?.key).toBe("y");
  expect(fileFor(files, "nothing", [])).toBeUndefined();
});

it("knows whether the code was loaded again since", () => {
  expect(isReloadedSince({ versionKey: "shop@2", updatedTimestamp: 20 }, 10)).toBe(true);
  expect(isReloadedSince({ versionKey: "shop@1", updatedTimestamp: 20 }, 10)).toBe(false);
  expect(isReloadedSince({ versionKey: "shop@2", updatedTimestamp: 5 }, 10)).toBe(false);
  expect(isReloadedSince(undefined, 10)).toBe(false);
});

it("offers to go on from failure first, and to load the code first where it changed", () => {
  expect(againsOf(true, false, true).map((again) => again.label)).toEqual([
    "Re-execute from failure",
    "Re-execute all of it",
    "Reload and re-execute from failure",
    "Reload and re-execute all of it",
  ]);
  expect(againsOf(true, true, true)[0]).toMatchObject({
    label: "Reload and re-execute from failure",
    strategy: "FROM_FAILURE",
    reloads: true,
  });
  expect(againsOf(false, false, false).map((again) => again.label)).toEqual(["Re-execute"]);
});
