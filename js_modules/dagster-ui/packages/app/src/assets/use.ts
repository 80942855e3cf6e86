import { useFeed } from "@dagster-ui/client";
import { createContext, useContext, useEffect, useSyncExternalStore } from "react";
import type { AssetStore, Assets } from "./store";

export const AssetStoreContext = createContext<AssetStore | undefined>(undefined);

export function useAssetStore(): AssetStore {
  const store = useContext(AssetStoreContext);
  if (!store) throw new Error("The page is not inside an AssetStoreContext.");
  return store;
}

/** Lets live events change the store; once per page. */
export function useLiveAssets(): void {
  const store = useAssetStore();
  useFeed((changes) => store.follow(changes));
}

/** All assets of the workspace and how they stand, live. */
export function useAssets(): Assets {
  const store = useAssetStore();
  useEffect(() => void store.load(), [store]);
  return useSyncExternalStore(store.subscribe, store.current);
}
