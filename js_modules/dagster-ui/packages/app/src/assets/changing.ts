import { useAct } from "@dagster-ui/client";
import { toast } from "@dagster-ui/kit";
import { useCallback } from "react";
import { ReportAssetDocument, WipeAssetsDocument } from "./changing.gql";
import type { AssetFacts } from "./facts";
import { useAssetStore } from "./use";

type Keyed = Pick<AssetFacts, "key" | "path">;

/** A function that forgets everything that was stored of the assets; the values themselves stay where they are. */
export function useWipe(): (assets: readonly Keyed[]) => Promise<boolean> {
  const wipe = useAct(WipeAssetsDocument);
  const store = useAssetStore();
  return useCallback(
    (assets) =>
      telling(async () => {
        const ranges = assets.map((asset) => ({ assetKey: { path: [...asset.path] } }));
        const { wipeAssets: result } = await wipe({ assetPartitionRanges: ranges });
        if (result.__typename !== "AssetWipeSuccess") throw new Error(result.message);
        await store.refresh(assets.map((asset) => asset.key));
        return `The history of ${named(assets)} is gone.`;
      }),
    [wipe, store],
  );
}

export type ReportedEvent = "ASSET_MATERIALIZATION" | "ASSET_OBSERVATION";

/** A function that stores that the asset was made or seen elsewhere. */
export function useReport(): (
  asset: Keyed,
  eventType: ReportedEvent,
  description: string,
) => Promise<boolean> {
  const report = useAct(ReportAssetDocument);
  const store = useAssetStore();
  return useCallback(
    (asset, eventType, description) =>
      telling(async () => {
        const assetKey = { path: [...asset.path] };
        const eventParams = { assetKey, eventType, description: description === "" ? null : description };
        const { reportRunlessAssetEvents: result } = await report({ eventParams });
        if (result.__typename !== "ReportRunlessAssetEventsSuccess") throw new Error(result.message);
        await store.refresh([asset.key]);
        return eventType === "ASSET_MATERIALIZATION"
          ? `${asset.key} counts as materialized.`
          : `An observation of ${asset.key} is stored.`;
      }),
    [report, store],
  );
}

function named(assets: readonly Keyed[]): string {
  return assets.length === 1 ? (assets[0]?.key ?? "") : `${assets.length} assets`;
}

// Says what came of it; true when it worked.
async function telling(act: () => Promise<string>): Promise<boolean> {
  try {
    toast("ok", await act());
    return true;
  } catch (error) {
    toast("failed", error instanceof Error ? error.message : String(error));
    return false;
  }
}
