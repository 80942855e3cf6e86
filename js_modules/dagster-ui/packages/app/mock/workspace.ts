import { repository } from "./assets";
import type { MockRuns } from "./runs";
import { shop } from "./shop";

const hour = 3_600_000;

interface Named {
  readonly name: string;
}

/** The jobs, schedules and sensors of the imagined shop, its code location, and one that does not load. */
export function makeWorkspace(runs: MockRuns): Record<string, unknown> {
  const nightly = schedule("nightly_marts", "daily_marts", "0 2 * * *", 10);
  const hourly = schedule("every_hour", "hourly_ingest", "0 * * * *", 1);
  const files = sensor("new_files", "hourly_ingest", [
    tick("new_files", 0, "SKIPPED"),
    tick("new_files", 1, "SUCCESS"),
  ]);
  const drift = sensor("model_drift", "train_models", [tick("model_drift", 0, "FAILURE")]);
  const schedules = [nightly, hourly];
  const sensors = [files, drift];
  const jobs = [
    job(runs, "hourly_ingest", "Loads what the shop database has new.", [hourly], [files]),
    job(runs, "daily_marts", "From the staging area to the marts.", [nightly], []),
    job(runs, "train_models", "Trains the churn model anew.", [], [drift]),
  ];
  const served = {
    ...repository,
    pipelines: [...jobs, job(runs, "__ASSET_JOB", "", [], [])],
    schedules,
    sensors,
    assetGroups: [...new Set(shop.map(([, group]) => group))].map((groupName) => ({
      __typename: "AssetGroup",
      id: groupName,
      groupName,
      assetKeys: shop.flatMap(([key, group]) => (group === groupName ? [{ path: key.split("/") }] : [])),
    })),
  };
  const states = [...schedules.map((each) => each.scheduleState), ...sensors.map((each) => each.sensorState)];
  return {
    repositoriesOrError: () => ({ __typename: "RepositoryConnection", nodes: [served] }),
    workspaceOrError: () => ({
      __typename: "Workspace",
      id: "workspace",
      locationEntries: [loaded(), broken()],
    }),
    pipelineOrError: ({ params }: { params: { pipelineName: string } }) =>
      named(served.pipelines, params.pipelineName) ?? {
        __typename: "PipelineNotFoundError",
        message: `There is no job ${params.pipelineName}.`,
      },
    instigationStateOrError: ({ instigationSelector }: { instigationSelector: Named }) =>
      named(states, instigationSelector.name),
    scheduleOrError: ({ scheduleSelector }: { scheduleSelector: { scheduleName: string } }) =>
      named(schedules, scheduleSelector.scheduleName),
  };
}

function named<Item extends Named>(items: readonly Item[], name: string): Item | undefined {
  return items.find((each) => each.name === name);
}

function job(runs: MockRuns, name: string, description: string, schedules: object[], sensors: object[]) {
  return {
    __typename: "Pipeline",
    id: name,
    name,
    description,
    isAssetJob: true,
    runs: ({ limit }: { limit?: number }) => runs.list.filter((run) => run.jobName === name).slice(0, limit),
    schedules,
    sensors,
    tags: [{ key: "team", value: "analytics" }],
  };
}

function schedule(name: string, pipelineName: string, cronSchedule: string, hours: number) {
  const next = Math.ceil((Date.now() + hours * hour) / hour) * 3600;
  const ticks = [tick(name, 0, "SUCCESS"), tick(name, 1, "SUCCESS")];
  return {
    __typename: "Schedule",
    id: name,
    name,
    pipelineName,
    cronSchedule,
    executionTimezone: "UTC",
    scheduleState: state(name, "RUNNING", ticks, { timestamp: next }),
    futureTicks: { results: [0, 1, 2].map((later) => ({ timestamp: next + later * hours * 3600 })) },
  };
}

function sensor(name: string, pipelineName: string, ticks: readonly object[]) {
  return {
    __typename: "Sensor",
    id: name,
    name,
    sensorType: "STANDARD",
    minIntervalSeconds: 30,
    targets: [{ __typename: "Target", pipelineName }],
    sensorState: state(name, "RUNNING", ticks, null),
  };
}

function state(name: string, status: string, ticks: readonly object[], nextTick: object | null) {
  const typeSpecificData = { __typename: "SensorData", lastCursor: "2026-11-20" };
  const limited = ({ limit }: { limit?: number }) => ticks.slice(0, limit);
  return {
    __typename: "InstigationState",
    id: name,
    name,
    status,
    nextTick,
    ticks: limited,
    typeSpecificData,
  };
}

function tick(name: string, ago: number, status: string) {
  const timestamp = (Date.now() - ago * hour) / 1000 - 20;
  const error = {
    __typename: "PythonError",
    className: "ConnectionError",
    message: "ConnectionError: the metrics server does not answer",
    stack: ['  File "/home/ada/shop/sensors.py", line 17, in model_drift\n    read_metrics()\n'],
    causes: [],
  };
  return {
    __typename: "InstigationTick",
    id: `${name}-${ago}`,
    tickId: `${name}-${ago}`,
    status,
    timestamp,
    endTimestamp: timestamp + 0.4,
    skipReason: status === "SKIPPED" ? "Nothing new in /srv/files." : null,
    runIds: status === "SUCCESS" ? [`run-${ago + 3}`] : [],
    error: status === "FAILURE" ? error : null,
  };
}

function loaded() {
  return {
    ...entry("shop"),
    locationOrLoadError: {
      __typename: "RepositoryLocation",
      id: "shop",
      isReloadSupported: true,
      dagsterLibraryVersions: [{ name: "dagster", version: "1.13" }],
    },
  };
}

function broken() {
  const error = {
    __typename: "PythonError",
    className: "ModuleNotFoundError",
    message: "ModuleNotFoundError: No module named 'forecasts'",
    stack: ['  File "/home/ada/planning/definitions.py", line 3, in <module>\n    import forecasts\n'],
    causes: [],
  };
  return { ...entry("planning"), error, locationOrLoadError: error };
}

function entry(name: string) {
  return {
    __typename: "WorkspaceLocationEntry",
    id: name,
    name,
    loadStatus: "LOADED",
    updatedTimestamp: Date.now() / 1000 - 90,
    displayMetadata: [{ key: "python_file", value: `/home/ada/${name}/definitions.py` }],
  };
}
