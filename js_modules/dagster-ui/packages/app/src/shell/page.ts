import { useEffect, useSyncExternalStore } from "react";

/** A step of the way to this page. */
export interface Crumb {
  readonly label: string;
  readonly href?: string;
}

let crumbs: readonly Crumb[] = [];
const listeners = new Set<() => void>();

/** Names the page in the tab of the browser and in the top bar; the way to it comes before its name. */
export function usePage(title: string, way: readonly Crumb[] = []): void {
  const signature = JSON.stringify(way);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the way
  useEffect(() => {
    document.title = `${title} · dagster`;
    crumbs = [...way, { label: title }];
    for (const listener of listeners) listener();
  }, [title, signature]);
}

export function useCrumbs(): readonly Crumb[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => crumbs,
  );
}
