import { expect, it } from "vitest";
import { openFailures } from "./failures";
import { clockTicks, fittingRange, ranges, type Span, timelineOf } from "./timeline";

function span(
  id: string,
  lane: string,
  start: number,
  end: number | undefined,
  status: Span["status"] = "ok",
): Span {
  return { id, lane, start, end, status };
}

const window = { from: 0, to: 1000, grain: 0.01, mostLanes: 10 };

it("draws what cannot be told apart as one mark of the worst status", () => {
  const { lanes } = timelineOf(
    [span("a", "x", 100, 102), span("b", "x", 105, 106, "failed"), span("c", "x", 500, 700)],
    window,
  );
  expect(lanes.map((lane) => [lane.name, lane.runs, lane.failed])).toEqual([["x", 3, 1]]);
  expect(lanes[0]?.marks.map((mark) => [mark.from, mark.to, mark.status, mark.runs.length])).toEqual([
    [0.1, 0.106, "failed", 2],
    [0.5, 0.7, "ok", 1],
  ]);
});

it("lets what overlaps become one, and what goes on reach until now", () => {
  const { lanes } = timelineOf([span("a", "x", 100, 600), span("b", "x", 300, undefined, "running")], window);
  expect(lanes[0]?.marks.map((mark) => [mark.from, mark.to, mark.status])).toEqual([[0.1, 1, "running"]]);
});

it("puts the lane that ran last first, cuts what began before, and counts what is not shown", () => {
  const spans = [
    span("a", "x", -50, 10),
    span("b", "y", 900, 950),
    span("c", "z", 400, 500),
    span("d", "w", -9, -5),
  ];
  const { lanes, hidden } = timelineOf(spans, { ...window, mostLanes: 2 });
  expect(lanes.map((lane) => lane.name)).toEqual(["y", "z"]);
  expect(hidden).toBe(1);
  const [first] = timelineOf([span("a", "x", -50, 10)], window).lanes;
  expect(first?.marks[0]).toMatchObject({ from: 0, to: 0.01 });
});

it("marks round times, fewer where there is less room", () => {
  const noon = new Date(2026, 10, 20, 12, 20).getTime();
  const clock = (range: number, most: number) =>
    clockTicks(noon - range, noon, most).map((tick) => new Date(tick.time).toTimeString().slice(0, 5));
  expect(clock(ranges["24h"], 8)).toEqual([
    "15:00",
    "18:00",
    "21:00",
    "00:00",
    "03:00",
    "06:00",
    "09:00",
    "12:00",
  ]);
  expect(clock(ranges["1h"], 4)).toEqual(["11:30", "11:45", "12:00", "12:15"]);
  expect(clockTicks(noon - ranges["6h"], noon, 8).every((tick) => tick.at >= 0 && tick.at <= 1)).toBe(true);
});

it("covers no more time than there were runs in", () => {
  const now = 100 * ranges["1h"];
  const ago = (hours: number) => [{ start: now - hours * ranges["1h"] }, { start: now }];
  expect([ago(0.5), ago(3), ago(20), []].map((spans) => fittingRange(spans, now))).toEqual([
    "1h",
    "6h",
    "24h",
    "1h",
  ]);
});

it("lists a failure until the same work has gone well", () => {
  const run = (id: string, work: string, status: string, creationTime: number, repeats: string[] = []) => ({
    id,
    work,
    status,
    creationTime,
    repeats,
  });
  const found = openFailures([
    run("1", "a", "FAILURE", 1),
    run("2", "a", "SUCCESS", 2),
    run("3", "b", "FAILURE", 3),
    run("4", "b", "FAILURE", 4),
    run("5", "b", "STARTED", 5),
    run("6", "c", "SUCCESS", 6),
    run("7", "c", "FAILURE", 7),
    run("8", "d", "FAILURE", 8),
    run("9", "one step of d", "SUCCESS", 9, ["8"]),
    run("10", "e", "FAILURE", 10),
    run("11", "one step of e", "FAILURE", 11, ["10"]),
  ]);
  expect(found.map((each) => each.id)).toEqual(["11", "7", "4"]);
});
