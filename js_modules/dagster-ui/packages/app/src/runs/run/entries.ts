import { keyText, problemOf } from "@dagster-ui/client";
import type { LogMessageFragment, MetadataFragment } from "@dagster-ui/client/schema";
import type { Problem } from "@dagster-ui/kit";
import type { LogKind, LogLevel } from "../search";

/** One entry of the log of a run, as pages need it. */
export interface Entry {
  /** Its place in the log. */
  readonly index: number;
  /** In milliseconds. */
  readonly at: number;
  readonly level: EntryLevel;
  /** What happened: STEP_START, ASSET_MATERIALIZATION; undefined for a line that somebody logged. */
  readonly event: string | undefined;
  readonly step: string | undefined;
  readonly message: string;
  readonly problem: Problem | undefined;
  readonly metadata: readonly MetadataFragment[];
  readonly asset: string | undefined;
  readonly partition: string | undefined;
  /** Of captured output: the file, and whose it is. */
  readonly file: { key: string; steps: readonly string[] } | undefined;
}

export type EntryLevel = "debug" | "info" | "warning" | "error";

const levels: Record<string, EntryLevel> = {
  DEBUG: "debug",
  INFO: "info",
  WARNING: "warning",
  ERROR: "error",
  CRITICAL: "error",
};

/** A message of the server as an entry. */
export function entryOf(message: LogMessageFragment, index: number): Entry {
  return {
    index,
    at: Number(message.timestamp),
    level: levels[message.level] ?? "info",
    event: message.eventType?.replace(/^PIPELINE_/, "RUN_"),
    step: message.stepKey ?? undefined,
    message: message.message,
    ...factsOf(message),
  };
}

type Facts = Pick<Entry, "problem" | "metadata" | "asset" | "partition" | "file">;

const noFacts: Facts = {
  problem: undefined,
  metadata: [],
  asset: undefined,
  partition: undefined,
  file: undefined,
};

function factsOf(message: LogMessageFragment): Facts {
  const error = "error" in message ? message.error : null;
  const common: Facts = {
    ...noFacts,
    problem: error ? problemOf(error) : undefined,
    metadata: "metadataEntries" in message ? message.metadataEntries : [],
  };
  switch (message.__typename) {
    case "MaterializationEvent":
    case "ObservationEvent":
      return {
        ...common,
        asset: message.assetKey ? keyText(message.assetKey) : undefined,
        partition: message.partition ?? undefined,
      };
    case "AssetMaterializationPlannedEvent":
      return { ...common, asset: message.assetKey ? keyText(message.assetKey) : undefined };
    case "AssetCheckEvaluationEvent":
      return {
        ...common,
        asset: keyText(message.evaluation.assetKey),
        metadata: message.evaluation.metadataEntries,
      };
    case "LogsCapturedEvent":
      return { ...common, file: { key: message.fileKey, steps: message.stepKeys ?? [] } };
    default:
      return common;
  }
}

/** What kind of entry it is, for the filter. */
export function kindOf(entry: Pick<Entry, "event">): LogKind {
  const { event } = entry;
  if (event === undefined) return "messages";
  if (event.startsWith("ASSET_")) return "assets";
  if (event.startsWith("STEP_") && !event.startsWith("STEP_WORKER")) return "steps";
  return "engine";
}

const ranks: Record<EntryLevel, number> = { debug: 0, info: 1, warning: 2, error: 3 };

/** What is asked of the log. */
export interface LogFilter {
  readonly step?: string;
  readonly level?: LogLevel;
  readonly kind?: LogKind;
  readonly q?: string;
}

/** The entries that meet all conditions. */
export function filterEntries(entries: readonly Entry[], filter: LogFilter): readonly Entry[] {
  const { step, level, kind } = filter;
  const words = filter.q?.trim().toLowerCase();
  if (!step && !level && !kind && !words) return entries;
  const lowest = ranks[level ?? "debug"];
  return entries.filter(
    (entry) =>
      ranks[entry.level] >= lowest &&
      (step === undefined || entry.step === step || entry.file?.steps.includes(step)) &&
      (kind === undefined || kindOf(entry) === kind) &&
      (!words || textOf(entry).includes(words)),
  );
}

function textOf(entry: Entry): string {
  const parts = [entry.message, entry.step, entry.event, entry.asset, entry.problem?.message];
  return parts.join(" ").toLowerCase();
}

/** `STEP_START` as people write it. */
export function wordsOfEvent(event: string): string {
  const words = event.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The place of the next error after a place, from the start again when there is none; undefined without any. */
export function nextError(entries: readonly Entry[], after: number): number | undefined {
  const isError = (entry: Entry) => entry.level === "error";
  const found = entries.findIndex((entry, place) => place > after && isError(entry));
  const place = found >= 0 ? found : entries.findIndex(isError);
  return place >= 0 ? place : undefined;
}
