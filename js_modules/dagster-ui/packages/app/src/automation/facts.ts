import { problemOf, repositoryAddress } from "@dagster-ui/client";
import type {
  AutomationQuery,
  ScheduleFactsFragment,
  SensorFactsFragment,
  TickFactsFragment,
} from "@dagster-ui/client/schema";
import {
  formatDuration,
  ownFrame,
  type Problem,
  plainMessage,
  rootProblem,
  type Status,
} from "@dagster-ui/kit";
import { cronWords } from "./cron";
import type { AutomationSearch } from "./search";

/** A schedule or a sensor. */
export interface Instigator {
  /** Its location and its name. */
  readonly key: string;
  /** By which the API stops it. */
  readonly id: string;
  readonly kind: "schedule" | "sensor";
  readonly name: string;
  readonly address: string;
  readonly description: string;
  readonly isOn: boolean;
  /** Whether it was switched by hand, away from what the code says. */
  readonly canReset: boolean;
  /** When it acts: `daily at 02:00`, `every 30 s`. */
  readonly cadence: string;
  /** The cron schedule with its time zone as they are written. */
  readonly cron: string | undefined;
  readonly jobs: readonly string[];
  /** Milliseconds since the epoch. */
  readonly nextTick: number | undefined;
  readonly lastTick: Tick | undefined;
}

/** What came of one evaluation. */
export interface Tick {
  readonly id: string;
  readonly status: Status;
  readonly word: string;
  readonly at: number;
  readonly tookMillis: number | undefined;
  readonly skipReason: string | undefined;
  readonly runIds: readonly string[];
  readonly problem: Problem | undefined;
}

type Repositories = Extract<
  AutomationQuery["repositoriesOrError"],
  { __typename: "RepositoryConnection" }
>["nodes"];

/** The schedules and sensors of all repositories: what failed first, then by name. */
export function instigatorsOf(repositories: Repositories): Instigator[] {
  return repositories
    .flatMap((repository) => {
      const address = repositoryAddress(repository);
      return [
        ...repository.schedules.map((each) => ofSchedule(address, each)),
        ...repository.sensors.map((each) => ofSensor(address, each)),
      ];
    })
    .sort(
      (one, other) => Number(hasFailed(other)) - Number(hasFailed(one)) || one.name.localeCompare(other.name),
    );
}

function ofSchedule(address: string, schedule: ScheduleFactsFragment): Instigator {
  const zone = schedule.executionTimezone ?? "UTC";
  return {
    ...common(address, schedule, schedule.scheduleState),
    kind: "schedule",
    cadence: cronWords(schedule.cronSchedule),
    cron: `${schedule.cronSchedule} ${zone}`,
    jobs: named([schedule.pipelineName]),
  };
}

function ofSensor(address: string, sensor: SensorFactsFragment): Instigator {
  return {
    ...common(address, sensor, sensor.sensorState),
    kind: "sensor",
    cadence: sensorWords(sensor.sensorType, sensor.minIntervalSeconds),
    cron: undefined,
    jobs: named((sensor.targets ?? []).map((target) => target.pipelineName)),
  };
}

type Common =
  | "key"
  | "id"
  | "name"
  | "address"
  | "description"
  | "isOn"
  | "canReset"
  | "nextTick"
  | "lastTick";

function common(
  address: string,
  facts: { readonly name: string; readonly description: string | null; readonly canReset: boolean },
  state: ScheduleFactsFragment["scheduleState"],
): Pick<Instigator, Common> {
  const last = state.ticks[0];
  return {
    key: `${address}/${facts.name}`,
    id: state.id,
    name: facts.name,
    address,
    description: facts.description ?? "",
    isOn: state.status === "RUNNING",
    canReset: facts.canReset,
    nextTick: typeof state.nextTick?.timestamp === "number" ? state.nextTick.timestamp * 1000 : undefined,
    lastTick: last && tickOf(last),
  };
}

/** Jobs that the user named: the one that every repository has for its assets is not shown. */
function named(jobs: readonly string[]): string[] {
  return [...new Set(jobs)].filter((name) => !name.startsWith("__"));
}

const sensorKinds: Record<string, string> = {
  ASSET: "when an asset is materialized",
  MULTI_ASSET: "when assets are materialized",
  RUN_STATUS: "when a run changes",
  AUTOMATION: "when a condition of an asset holds",
  AUTO_MATERIALIZE: "when a condition of an asset holds",
};

/** "5 s", "10 min", "2 h"; with two units only where one does not say it. */
function roundDuration(seconds: number): string {
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60} min`;
  return formatDuration(seconds * 1000).replace(/\.0 s$/, " s");
}

function sensorWords(type: string, seconds: number): string {
  const every = `every ${roundDuration(seconds)}`;
  const kind = sensorKinds[type];
  return kind === undefined ? every : `${kind}, looked at ${every}`;
}

export function tickOf(tick: TickFactsFragment): Tick {
  const runs = tick.runIds.length;
  const faces: Record<TickFactsFragment["status"], { status: Status; word: string }> = {
    FAILURE: { status: "failed", word: "Failed" },
    SKIPPED: { status: "skipped", word: "Skipped" },
    STARTED: { status: "running", word: "Evaluating" },
    SUCCESS: { status: "ok", word: runs === 0 ? "No run" : runs === 1 ? "1 run" : `${runs} runs` },
  };
  return {
    id: tick.id,
    ...faces[tick.status],
    at: tick.timestamp * 1000,
    tookMillis: tick.endTimestamp === null ? undefined : (tick.endTimestamp - tick.timestamp) * 1000,
    skipReason: tick.skipReason ?? undefined,
    runIds: tick.runIds,
    problem: tick.error ? problemOf(tick.error) : undefined,
  };
}

export function hasFailed(instigator: Instigator): boolean {
  return instigator.lastTick?.status === "failed";
}

/** What one has to know of a tick on one line: the error with the user's line, or why nothing was asked for. */
export function tickWords(tick: Tick): string {
  if (!tick.problem) return tick.skipReason ?? "";
  const root = rootProblem(tick.problem);
  const frame = ownFrame(root);
  const message = plainMessage(root).split("\n")[0] ?? "";
  const said = root.className ? `${root.className}: ${message}` : message;
  return frame ? `${frame.file.split(/[\\/]/).at(-1)}:${frame.line} ${said}` : said;
}

/** Those that the search leaves. */
export function selectInstigators(all: readonly Instigator[], search: AutomationSearch): Instigator[] {
  const words = (search.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter((each) => {
    if (search.kind !== undefined && each.kind !== search.kind) return false;
    if (
      search.state === "failed"
        ? !hasFailed(each)
        : search.state !== undefined && each.isOn !== (search.state === "on")
    )
      return false;
    const text = `${each.key} ${each.kind} ${each.description} ${each.jobs.join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
