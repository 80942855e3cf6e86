import { useAct } from "@dagster-ui/client";
import { toast } from "@dagster-ui/kit";
import { useCallback } from "react";
import { ReportAssetDocument, WipeAssetsDocument } from "./changing.gql";
import type { AssetFacts } from "./facts";
import { useAssetStore } from "./use";

type Keyed = Pick<AssetFacts, "key" | "path">;

/** Partitions from one to another, both included. */
export interface KeyRange {
  readonly start: string;
  readonly end: string;
}

/**
 * A function that forgets what was stored of the assets, of all of them or of ranges of partitions; the values themselves stay
 * where they are.
 */
export function useWipe(): (assets: readonly Keyed[], ranges?: readonly KeyRange[]) => Promise<boolean> {
  const wipe = useAct(WipeAssetsDocument);
  const store = useAssetStore();
  return useCallback(
    (assets, ranges) =>
      telling(async () => {
        const assetPartitionRanges = assets.map((asset) => ({
          assetKey: { path: [...asset.path] },
          partitions: ranges && { ranges },
        }));
        const { wipeAssets: result } = await wipe({ assetPartitionRanges });
        if (result.__typename !== "AssetWipeSuccess") throw new Error(result.message);
        await store.refresh(assets.map((asset) => asset.key));
        return ranges
          ? `The history of these partitions of ${named(assets)} is gone.`
          : `The history of ${named(assets)} is gone.`;
      }),
    [wipe, store],
  );
}

export type ReportedEvent = "ASSET_MATERIALIZATION" | "ASSET_OBSERVATION";

/** A function that stores that the asset, or each of these partitions, was made or seen elsewhere. */
export function useReport(): (
  asset: Keyed,
  eventType: ReportedEvent,
  description: string,
  partitionKeys?: readonly string[],
) => Promise<boolean> {
  const report = useAct(ReportAssetDocument);
  const store = useAssetStore();
  return useCallback(
    (asset, eventType, description, partitionKeys) =>
      telling(async () => {
        const assetKey = { path: [...asset.path] };
        const told = description === "" ? null : description;
        const eventParams = { assetKey, eventType, description: told, partitionKeys };
        const { reportRunlessAssetEvents: result } = await report({ eventParams });
        if (result.__typename !== "ReportRunlessAssetEventsSuccess") throw new Error(result.message);
        await store.refresh([asset.key]);
        const what = partitionKeys?.length === 1 ? `${asset.key} ${partitionKeys[0]}` : asset.key;
        return eventType === "ASSET_MATERIALIZATION"
          ? `${what} counts as materialized.`
          : `An observation of ${what} is stored.`;
      }),
    [report, store],
  );
}

function named(assets: readonly Keyed[]): string {
  return assets.length === 1 ? (assets[0]?.key ?? "") : `${assets.length} assets`;
}

/** Says what came of it; true when it worked. */
export async function telling(act: () => Promise<string>): Promise<boolean> {
  try {
    toast("ok", await act());
    return true;
  } catch (error) {
    toast("failed", error instanceof Error ? error.message : String(error));
    return false;
  }
}
