import { useCallback } from "react";
import { implicitJob } from "../../../runs/facts";
import type { AssetFacts } from "../../facts";
import { type LaunchParams, useStart } from "../../launching";
import type { Check } from "./facts";

/** The launch of checks alone, without materializing what they look at. */
export function launchOfChecks(facts: AssetFacts, checks: readonly Pick<Check, "name">[]): LaunchParams {
  return {
    mode: "default",
    runConfigData: "{}",
    selector: {
      pipelineName: implicitJob,
      repositoryName: facts.repository.name,
      repositoryLocationName: facts.repository.location,
      assetSelection: [],
      assetCheckSelection: checks.map(({ name }) => ({ assetKey: { path: [...facts.path] }, name })),
    },
  };
}

/** A function that runs checks of an asset, all in one run. */
export function useRunChecks(facts: AssetFacts): (checks: readonly Check[]) => Promise<void> {
  const start = useStart();
  return useCallback(
    async (checks) => {
      const what = checks.length === 1 ? `the check ${checks[0]?.name}` : `${checks.length} checks`;
      await start({
        launches: [launchOfChecks(facts, checks)],
        doing: `Running ${what} of ${facts.key}`,
        perRun: "location",
        assets: [facts],
      });
    },
    [facts, start],
  );
}
