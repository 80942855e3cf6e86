import { useAct } from "@dagster-ui/client";
import type { LaunchAssetsMutation, LaunchAssetsMutationVariables } from "@dagster-ui/client/schema";
import { toast } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { implicitJob } from "../runs/facts";
import type { AssetFacts } from "./facts";
import { LaunchAssetsDocument } from "./launching.gql";
import { useAssetStore } from "./use";

export type LaunchParams = Extract<
  LaunchAssetsMutationVariables["executionParamsList"],
  readonly unknown[]
>[number];

/** One launch per repository, because a run lives in one; the assets that no one can make are left out. */
export function launchesOf(assets: readonly AssetFacts[]): LaunchParams[] {
  const byAddress = new Map<string, AssetFacts[]>();
  for (const asset of assets) {
    if (!asset.isMaterializable) continue;
    const together = byAddress.get(asset.address) ?? [];
    byAddress.set(asset.address, together);
    together.push(asset);
  }
  return [...byAddress.values()].map((together) => {
    const repository = together[0]?.repository ?? { name: "", location: "" };
    return {
      mode: "default",
      runConfigData: "{}",
      selector: {
        pipelineName: implicitJob,
        repositoryName: repository.name,
        repositoryLocationName: repository.location,
        assetSelection: together.map((asset) => ({ path: [...asset.path] })),
      },
    };
  });
}

/** A function that materializes the assets and says what came of it; it answers with the runs that it started. */
export function useMaterialize(): (assets: readonly AssetFacts[]) => Promise<string[]> {
  const start = useStart();
  return useCallback(
    async (assets) => {
      const launches = launchesOf(assets);
      if (launches.length === 0) {
        toast("failed", "None of these assets can be materialized here: their values are made elsewhere.");
        return [];
      }
      const what = assets.length === 1 ? (assets[0]?.key ?? "") : `${assets.length} assets`;
      return start({ launches, doing: `Materializing ${what}`, perRun: "location", assets });
    },
    [start],
  );
}

interface Start {
  readonly launches: readonly LaunchParams[];
  /** What goes on then: "Materializing orders". */
  readonly doing: string;
  /** Of what each run has one, when they are several. */
  readonly perRun: string;
  /** Of which one asks anew how they stand. */
  readonly assets: readonly Pick<AssetFacts, "key">[];
}

/** A function that launches runs and says what came of it; it answers with those that it started. */
export function useStart(): (start: Start) => Promise<string[]> {
  const launch = useAct(LaunchAssetsDocument);
  const store = useAssetStore();
  return useCallback(
    async ({ launches, doing, perRun, assets }) => {
      try {
        const started = report(await launch({ executionParamsList: launches }), doing, perRun);
        await store.refresh(assets.map((asset) => asset.key));
        return started;
      } catch (error) {
        toast("failed", error instanceof Error ? error.message : String(error));
        return [];
      }
    },
    [launch, store],
  );
}

function report(answer: LaunchAssetsMutation, doing: string, perRun: string): string[] {
  const result = answer.launchMultipleRuns;
  if (result.__typename === "PythonError") {
    toast("failed", result.message);
    return [];
  }
  const started: string[] = [];
  const refused = new Set<string>();
  for (const each of result.launchMultipleRunsResult) {
    if (each.__typename === "LaunchRunSuccess") started.push(each.run.id);
    else if (each.__typename === "RunConfigValidationInvalid")
      refused.add(each.errors.map((one) => one.message).join("\n"));
    else refused.add("message" in each ? each.message : "The run could not be launched.");
  }
  for (const reason of refused) toast("failed", reason);
  if (started.length > 0) toast("running", <Started doing={doing} perRun={perRun} runs={started} />);
  return started;
}

function Started({ doing, perRun, runs }: { doing: string; perRun: string; runs: readonly string[] }) {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) {
    return (
      <>
        {doing}.{" "}
        <Link className="link" to="/runs/$runId" params={{ runId: only }}>
          Watch the run
        </Link>
      </>
    );
  }
  return (
    <>
      {doing} in {runs.length} runs, one per {perRun}.{" "}
      <Link className="link" to="/runs">
        Watch them
      </Link>
    </>
  );
}
