import type { RunFactsFragment } from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { averageDuration, type JobFacts, selectJobs, sortJobs, startersOf } from "./facts";
import { boxSize, drawOps } from "./opgraph";

function run(
  status: RunFactsFragment["status"],
  startTime: number | null,
  endTime: number | null,
): RunFactsFragment {
  return {
    __typename: "Run",
    id: `${status}${startTime}`,
    status,
    jobName: "j",
    creationTime: startTime ?? 0,
    startTime,
    endTime,
  };
}

function job(name: string, more: Partial<JobFacts> = {}): JobFacts {
  return {
    key: `shop/${name}`,
    name,
    address: "shop",
    description: "",
    isAssetJob: false,
    runs: [],
    starters: [],
    averageMillis: undefined,
    ...more,
  };
}

it("averages the runs that ended well", () => {
  expect(
    averageDuration([
      run("SUCCESS", 10, 12),
      run("FAILURE", 10, 100),
      run("SUCCESS", 20, 26),
      run("STARTED", 30, null),
    ]),
  ).toBe(4000);
  expect(averageDuration([run("FAILURE", 1, 2)])).toBeUndefined();
});

it("finds jobs by all words in name, description and what starts them", () => {
  const jobs = [
    job("nightly", { description: "Copies everything" }),
    job("hourly", { starters: [{ kind: "sensor", name: "on_file", isOn: true, words: "on_file" }] }),
  ];
  const names = (query: string) => selectJobs(jobs, query).map((each) => each.name);
  expect([names("copies night"), names("ON_FILE"), names("shop"), names("copies on_file")]).toEqual([
    ["nightly"],
    ["hourly"],
    ["nightly", "hourly"],
    [],
  ]);
});

it("sorts by how the last run ended, worst first, and by duration, longest first", () => {
  const jobs = [
    job("a", { runs: [run("SUCCESS", 5, 6)], averageMillis: 5 }),
    job("b", { runs: [run("FAILURE", 1, 2)] }),
    job("c", { averageMillis: 9 }),
  ];
  const names = (column: "status" | "duration" | "time", isDescending = false) =>
    sortJobs(jobs, column, isDescending).map((each) => each.name);
  expect(names("status")).toEqual(["b", "c", "a"]);
  expect(names("status", true)).toEqual(["a", "c", "b"]);
  expect(names("duration")).toEqual(["c", "a", "b"]);
  expect(names("time")).toEqual(["a", "b", "c"]);
});

it("says what starts a job, and whether it does so now", () => {
  const state = { __typename: "InstigationState" as const, id: "x" };
  expect(
    startersOf(
      [
        {
          __typename: "Schedule",
          id: "s",
          name: "s",
          cronSchedule: "0 2 * * *",
          executionTimezone: "UTC",
          scheduleState: { ...state, status: "RUNNING" },
        },
      ],
      [{ __typename: "Sensor", id: "n", name: "n", sensorState: { ...state, status: "STOPPED" } }],
    ),
  ).toEqual([
    { kind: "schedule", name: "s", isOn: true, words: "daily at 02:00" },
    { kind: "sensor", name: "n", isOn: false, words: "n" },
  ]);
});

it("lays out ops from left to right without overlaps, once per pair", () => {
  const { nodes, paths, width, height } = drawOps([
    { key: "a", upstream: ["elsewhere"] },
    { key: "b", upstream: ["a", "a"] },
    { key: "c", upstream: ["a"] },
    { key: "d", upstream: ["b", "c", "a"] },
  ]);
  const at = (key: string) => nodes.find((node) => node.key === key) ?? { x: Number.NaN, y: Number.NaN };
  expect(paths.map((path) => `${path.from}${path.to}`)).toEqual(["ab", "ac", "bd", "cd", "ad"]);
  for (const path of paths) expect(at(path.to).x).toBeGreaterThanOrEqual(at(path.from).x + boxSize.width);
  expect(Math.abs(at("b").y - at("c").y)).toBeGreaterThanOrEqual(boxSize.height);
  expect(width).toBeGreaterThan(3 * boxSize.width);
  expect(height).toBeGreaterThan(boxSize.height);
  expect(drawOps([])).toMatchObject({ nodes: [], paths: [] });
});
