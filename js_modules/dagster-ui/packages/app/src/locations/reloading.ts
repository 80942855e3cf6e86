import { useAct } from "@dagster-ui/client";
import { type Problem, plainMessage, toast } from "@dagster-ui/kit";
import { useCallback } from "react";
import { locationFacts } from "./facts";
import { ReloadAllCodeDocument, ReloadCodeDocument } from "./locations.gql";

/** Loads the code of a location anew, or of all of them, and says what came of it. */
export function useReload(): (name?: string) => Promise<void> {
  const one = useAct(ReloadCodeDocument);
  const all = useAct(ReloadAllCodeDocument);
  return useCallback(
    async (name) => {
      try {
        const result =
          name === undefined
            ? (await all({})).reloadWorkspace
            : (await one({ name })).reloadRepositoryLocation;
        if ("message" in result) return toast("failed", result.message);
        const entries =
          result.__typename === "Workspace"
            ? result.locationEntries
            : result.__typename === "WorkspaceLocationEntry"
              ? [result]
              : [];
        const broken = entries
          .map((entry) => locationFacts(entry, []))
          .filter((each) => each.problem !== undefined);
        if (broken.length === 0)
          return toast(
            "ok",
            name === undefined ? "All locations were loaded anew." : `${name} was loaded anew.`,
          );
        toast(
          "failed",
          `${broken.map((each) => each.name).join(", ")} cannot be loaded: ${words(broken[0]?.problem)}`,
        );
      } catch (error) {
        toast("failed", error instanceof Error ? error.message : String(error));
      }
    },
    [one, all],
  );
}

function words(problem: Problem | undefined): string {
  return problem ? `${problem.className ?? "Error"}: ${plainMessage(problem)}` : "";
}
