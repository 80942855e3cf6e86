import { useAct } from "@dagster-ui/client";
import type { ReexecutionStrategy } from "@dagster-ui/client/schema";
import { toast } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import {
  DeleteRunDocument,
  ReexecuteRunDocument,
  ReloadLocationDocument,
  TerminateRunsDocument,
} from "./acting.gql";
import { canResume, type RunRow, shortId } from "./facts";

type Target = Pick<RunRow, "id" | "status">;

function count(runs: number): string {
  return runs === 1 ? "1 run" : `${runs} runs`;
}

function complain(error: unknown) {
  toast("failed", error instanceof Error ? error.message : String(error));
}

/** A function that asks runs to stop. */
export function useTerminate(): (runs: readonly Target[]) => Promise<void> {
  const terminate = useAct(TerminateRunsDocument);
  return useCallback(
    async (runs) => {
      try {
        const { terminateRuns: answer } = await terminate({ runIds: runs.map((run) => run.id) });
        if (answer.__typename === "PythonError") throw new Error(answer.message);
        const refused = answer.terminateRunResults.flatMap((each) =>
          each.__typename === "TerminateRunSuccess" ? [] : [each.message],
        );
        const stopped = runs.length - refused.length;
        if (stopped > 0) toast("canceled", `Terminating ${count(stopped)}.`);
        if (refused.length > 0) toast("failed", refused.join("\n"));
      } catch (error) {
        complain(error);
      }
    },
    [terminate],
  );
}

/** A function that takes runs away; it gives the ids of those that are gone. */
export function useDelete(): (runs: readonly Target[]) => Promise<string[]> {
  const remove = useAct(DeleteRunDocument);
  return useCallback(
    async (runs) => {
      const gone: string[] = [];
      try {
        for (const run of runs) {
          const { deleteRun: answer } = await remove({ runId: run.id });
          if (answer.__typename === "DeletePipelineRunSuccess") gone.push(answer.runId);
          else throw new Error(answer.message);
        }
      } catch (error) {
        complain(error);
      }
      if (gone.length > 0) toast("ok", `Deleted ${count(gone.length)}.`);
      return gone;
    },
    [remove],
  );
}

/** A function that executes runs again and gives the ids of the new ones. Without a strategy, failed runs go on from failure. */
export function useReexecute(): (
  runs: readonly Target[],
  strategy?: ReexecutionStrategy,
) => Promise<string[]> {
  const reexecute = useAct(ReexecuteRunDocument);
  return useCallback(
    async (runs, strategy) => {
      const started: string[] = [];
      for (const run of runs) {
        try {
          const chosen = strategy ?? (canResume(run) ? "FROM_FAILURE" : "ALL_STEPS");
          const { launchRunReexecution: answer } = await reexecute({
            params: { parentRunId: run.id, strategy: chosen, useParentRunTags: true },
          });
          if (answer.__typename === "LaunchRunSuccess") started.push(answer.run.id);
          else if (answer.__typename === "RunConfigValidationInvalid")
            throw new Error(answer.errors.map((each) => each.message).join("\n"));
          else throw new Error("message" in answer ? answer.message : "The run could not be launched.");
        } catch (error) {
          complain(error);
        }
      }
      for (const runId of started.slice(0, 3)) {
        toast(
          "running",
          <>
            Running again as{" "}
            <Link className="link mono" to="/runs/$runId" params={{ runId }}>
              {shortId(runId)}
            </Link>
          </>,
        );
      }
      return started;
    },
    [reexecute],
  );
}

/** A function that loads the code of a location anew; it says whether that went well. */
export function useReload(): (location: string) => Promise<boolean> {
  const reload = useAct(ReloadLocationDocument);
  return useCallback(
    async (location) => {
      try {
        const { reloadRepositoryLocation: answer } = await reload({ name: location });
        if (answer.__typename !== "WorkspaceLocationEntry") throw new Error(answer.message);
        if (answer.error) throw new Error(`${location} does not load: ${answer.error.message}`);
        return true;
      } catch (error) {
        complain(error);
        return false;
      }
    },
    [reload],
  );
}
