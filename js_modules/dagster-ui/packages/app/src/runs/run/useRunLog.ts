import { follow } from "@dagster-ui/client";
import { useEffect, useState } from "react";
import { useConnection } from "../../shell/connection";
import { emptyLog, grownLog, type RunLog } from "./log";
import { CapturedOutputDocument, RunLogDocument } from "./log.gql";

/** The log of a run, from its first line on, live. */
export function useRunLog(runId: string): RunLog {
  const { socket } = useConnection();
  const [log, setLog] = useState(emptyLog);
  useEffect(() => {
    setLog(emptyLog);
    return follow(
      socket,
      RunLogDocument,
      { runId },
      {
        next: (arrived) => {
          const pieces = arrived.map((each) => each.pipelineRunLogs);
          const last = pieces.at(-1);
          if (last?.__typename === "PipelineRunLogsSubscriptionFailure") {
            setLog((old) => ({ ...old, isComplete: true, problem: last.message }));
            return;
          }
          const messages = pieces.flatMap((each) =>
            each.__typename === "PipelineRunLogsSubscriptionSuccess" ? each.messages : [],
          );
          setLog((old) => grownLog(old, messages, !last?.hasMorePastEvents));
        },
        resume: ({ pipelineRunLogs: piece }) =>
          piece.__typename === "PipelineRunLogsSubscriptionSuccess" ? { cursor: piece.cursor } : {},
        failed: (problem) => setLog((old) => ({ ...old, problem })),
      },
    );
  }, [socket, runId]);
  return log;
}

/** What one process printed. */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  readonly isLoaded: boolean;
}

const noOutput: Output = { stdout: "", stderr: "", isLoaded: false };

/** What the process that writes to this file prints, live. */
export function useOutput(runId: string, fileKey: string | undefined): Output {
  const { socket } = useConnection();
  const [output, setOutput] = useState(noOutput);
  useEffect(() => {
    setOutput(noOutput);
    if (fileKey === undefined) return;
    return follow(
      socket,
      CapturedOutputDocument,
      { logKey: [runId, "compute_logs", fileKey] },
      {
        next: (arrived) => {
          const text = (stream: "stdout" | "stderr") =>
            arrived.map((each) => each.capturedLogs[stream] ?? "").join("");
          setOutput((old) => ({
            stdout: old.stdout + text("stdout"),
            stderr: old.stderr + text("stderr"),
            isLoaded: true,
          }));
        },
        resume: ({ capturedLogs }) => ({ cursor: capturedLogs.cursor }),
        done: () => setOutput((old) => ({ ...old, isLoaded: true })),
      },
    );
  }, [socket, runId, fileKey]);
  return output;
}
