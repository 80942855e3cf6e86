import { useAct } from "@dagster-ui/client";
import type { LaunchAssetsMutation, LaunchAssetsMutationVariables } from "@dagster-ui/client/schema";
import { toast } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useCallback } from "react";
import { implicitJob } from "../runs/facts";
import type { AssetFacts } from "./facts";
import { LaunchAssetsDocument } from "./launching.gql";
import { useAssetStore } from "./use";

type LaunchParams = Extract<LaunchAssetsMutationVariables["executionParamsList"], readonly unknown[]>[number];

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
  const launch = useAct(LaunchAssetsDocument);
  const store = useAssetStore();
  return useCallback(
    async (assets) => {
      const launches = launchesOf(assets);
      if (launches.length === 0) {
        toast("failed", "None of these assets can be materialized here: their values are made elsewhere.");
        return [];
      }
      try {
        const started = report(await launch({ executionParamsList: launches }), assets);
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

function report(answer: LaunchAssetsMutation, assets: readonly AssetFacts[]): string[] {
  const result = answer.launchMultipleRuns;
  if (result.__typename === "PythonError") {
    toast("failed", result.message);
    return [];
  }
  const started: string[] = [];
  for (const each of result.launchMultipleRunsResult) {
    if (each.__typename === "LaunchRunSuccess") started.push(each.run.id);
    else if (each.__typename === "RunConfigValidationInvalid")
      toast("failed", each.errors.map((one) => one.message).join("\n"));
    else toast("failed", "message" in each ? each.message : "The run could not be launched.");
  }
  const what = assets.length === 1 ? (assets[0]?.key ?? "") : `${assets.length} assets`;
  if (started.length > 0) toast("running", <Started what={what} runs={started} />);
  return started;
}

function Started({ what, runs }: { what: string; runs: readonly string[] }) {
  const [only] = runs;
  if (runs.length === 1 && only !== undefined) {
    return (
      <>
        Materializing {what}.{" "}
        <Link className="link" to="/runs/$runId" params={{ runId: only }}>
          Watch the run
        </Link>
      </>
    );
  }
  return (
    <>
      Materializing {what} in {runs.length} runs, one per location.{" "}
      <Link className="link" to="/runs">
        Watch them
      </Link>
    </>
  );
}
