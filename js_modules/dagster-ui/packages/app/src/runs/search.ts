import type { Status } from "@dagster-ui/kit";
import { oneOf, type RawSearch, text, texts } from "../search/search";

/** The statuses by which runs are filtered, in the order in which one asks for them. */
export const runStatusFilters = [
  "failed",
  "running",
  "queued",
  "ok",
  "canceled",
] as const satisfies readonly Status[];
export type RunStatusFilter = (typeof runStatusFilters)[number];

/** Which runs are listed. */
export interface RunsSearch {
  status?: RunStatusFilter[];
  job?: string;
  /** `key=value`, each. */
  tag?: string[];
  /** A key of an asset that they were to make, `a/b`. */
  asset?: string;
  /** Only runs before this one. */
  before?: string;
}

export function readRunsSearch(raw: RawSearch): RunsSearch {
  const status = texts(raw.status)?.flatMap((each) => oneOf(each, runStatusFilters) ?? []);
  return {
    status: status && status.length > 0 ? status : undefined,
    job: text(raw.job),
    tag: texts(raw.tag)?.filter((each) => each.includes("=")),
    asset: text(raw.asset),
    before: text(raw.before),
  };
}

export const runTabs = ["log", "output", "steps", "config", "details"] as const;
export type RunTab = (typeof runTabs)[number];

export const logLevels = ["info", "warning", "error"] as const;
export type LogLevel = (typeof logLevels)[number];

export const logKinds = ["steps", "assets", "messages", "engine"] as const;
export type LogKind = (typeof logKinds)[number];

/** What is shown of a run. */
export interface RunSearch {
  tab?: RunTab;
  /** The step to which log and output are narrowed. */
  step?: string;
  /** The lowest level that the log shows. */
  level?: LogLevel;
  kind?: LogKind;
  /** What log lines contain. */
  q?: string;
  stream?: "stderr";
}

export function readRunSearch(raw: RawSearch): RunSearch {
  const tab = oneOf(raw.tab, runTabs);
  return {
    tab: tab === "log" ? undefined : tab,
    step: text(raw.step),
    level: oneOf(raw.level, logLevels),
    kind: oneOf(raw.kind, logKinds),
    q: text(raw.q),
    stream: oneOf(raw.stream, ["stderr"]),
  };
}
