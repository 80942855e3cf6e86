import type { LogMessageFragment } from "@dagster-ui/client/schema";
import { type Entry, entryOf } from "./entries";

/** What is known of the log of a run. A new value is made on each change. */
export interface RunLog {
  readonly entries: readonly Entry[];
  /** Whether everything that was stored before is there. */
  readonly isComplete: boolean;
  readonly problem: string | undefined;
}

export const emptyLog: RunLog = { entries: [], isComplete: false, problem: undefined };

/** The log with further messages. */
export function grownLog(log: RunLog, messages: readonly LogMessageFragment[], isComplete: boolean): RunLog {
  const first = log.entries.length;
  const added = messages.map((message, index) => entryOf(message, first + index));
  return {
    entries: added.length > 0 ? [...log.entries, ...added] : log.entries,
    isComplete,
    problem: undefined,
  };
}

/** A file of captured output, with the steps that print to it. */
export interface OutputFile {
  readonly key: string;
  readonly steps: readonly string[];
}

/** The files of captured output that the log names, in its order. */
export function filesOf(entries: readonly Entry[]): OutputFile[] {
  const files = new Map<string, OutputFile>();
  for (const { file } of entries) if (file) files.set(file.key, file);
  return [...files.values()];
}

/** The file that is shown: that of the step, else the last one of a step that failed, else the last. */
export function fileFor(
  files: readonly OutputFile[],
  step: string | undefined,
  failed: readonly string[],
): OutputFile | undefined {
  const of = (key: string) => files.findLast((file) => file.steps.includes(key));
  if (step !== undefined) return of(step);
  const failure = failed[0];
  return (failure === undefined ? undefined : of(failure)) ?? files.at(-1);
}
