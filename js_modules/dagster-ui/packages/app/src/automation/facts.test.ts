import type {
  ScheduleFactsFragment,
  SensorFactsFragment,
  TickFactsFragment,
} from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { instigatorsOf, selectInstigators, tickOf, tickWords } from "./facts";

function tick(status: TickFactsFragment["status"], more: Partial<TickFactsFragment> = {}): TickFactsFragment {
  return {
    __typename: "InstigationTick",
    id: "1",
    tickId: "1",
    status,
    timestamp: 100,
    endTimestamp: 100.5,
    skipReason: null,
    runIds: [],
    error: null,
    ...more,
  };
}

const error: TickFactsFragment["error"] = {
  __typename: "PythonError",
  className: "KeyError",
  message: "KeyError: 'orders'\n",
  stack: [
    '  File "/shop/python_modules/dagster/errors.py", line 6, in call\n    yield\n',
    '  File "/shop/defs.py", line 48, in broken\n    rows["orders"]\n',
  ],
  causes: [],
};

function schedule(name: string, ticks: TickFactsFragment[] = [], isOn = true): ScheduleFactsFragment {
  return {
    __typename: "Schedule",
    id: name,
    name,
    description: null,
    pipelineName: "nightly",
    cronSchedule: "0 2 * * *",
    executionTimezone: "Europe/Berlin",
    canReset: false,
    scheduleState: {
      __typename: "InstigationState",
      id: `shop:${name}`,
      status: isOn ? "RUNNING" : "STOPPED",
      nextTick: isOn ? { __typename: "DryRunInstigationTick", timestamp: 200 } : null,
      ticks,
    },
  };
}

function sensor(name: string, sensorType: SensorFactsFragment["sensorType"]): SensorFactsFragment {
  return {
    __typename: "Sensor",
    id: name,
    name,
    description: "Looks",
    sensorType,
    minIntervalSeconds: 30,
    canReset: false,
    targets: [
      { __typename: "Target", pipelineName: "simple" },
      { __typename: "Target", pipelineName: "__ASSET_JOB" },
    ],
    sensorState: schedule(name, [], false).scheduleState,
  };
}

const all = instigatorsOf([
  {
    __typename: "Repository",
    id: "r",
    name: "__repository__",
    location: { __typename: "RepositoryLocation", id: "shop", name: "shop" },
    schedules: [schedule("alpha"), schedule("broken", [tick("FAILURE", { error })])],
    sensors: [sensor("watch", "STANDARD"), sensor("on_orders", "ASSET")],
  },
]);

it("lists schedules and sensors together, what failed first", () => {
  expect(all.map((each) => [each.key, each.kind, each.cadence, each.isOn, each.nextTick])).toEqual([
    ["shop/broken", "schedule", "daily at 02:00", true, 200_000],
    ["shop/alpha", "schedule", "daily at 02:00", true, 200_000],
    ["shop/on_orders", "sensor", "when an asset is materialized, looked at every 30 s", false, undefined],
    ["shop/watch", "sensor", "every 30 s", false, undefined],
  ]);
  expect(all.at(-1)?.jobs).toEqual(["simple"]);
});

it("says on one line what went wrong, with the user's own line", () => {
  expect(tickWords(tickOf(tick("FAILURE", { error })))).toBe("defs.py:48 KeyError: 'orders'");
  expect(tickWords(tickOf(tick("SKIPPED", { skipReason: "Nothing new." })))).toBe("Nothing new.");
  expect(tickWords(tickOf(tick("SUCCESS")))).toBe("");
});

it("counts the runs of a tick and says how long it took", () => {
  expect(tickOf(tick("SUCCESS", { runIds: ["a", "b"] }))).toMatchObject({
    word: "2 runs",
    status: "ok",
    tookMillis: 500,
  });
  expect(tickOf(tick("SUCCESS"))).toMatchObject({ word: "No run" });
  expect(tickOf(tick("STARTED", { endTimestamp: null }))).toMatchObject({
    status: "running",
    tookMillis: undefined,
  });
});

it.each([
  [{}, 4],
  [{ state: "on" }, 2],
  [{ state: "off", kind: "sensor" }, 2],
  [{ state: "off", kind: "schedule" }, 0],
  [{ state: "failed" }, 1],
  [{ q: "NIGHTLY alpha" }, 1],
  [{ q: "looks" }, 2],
] as const)("leaves with %j %i of them", (search, count) => {
  expect(selectInstigators(all, search)).toHaveLength(count);
});
