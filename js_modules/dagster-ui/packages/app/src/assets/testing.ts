import { makeGraph } from "@dagster-ui/lineage";
import { type AssetFacts, type AssetState, unknownState } from "./facts";
import type { Assets } from "./store";

/** An asset for tests, plain but for what is given. */
export function testAsset(key: string, part: Partial<AssetFacts> = {}): AssetFacts {
  return {
    key,
    path: key.split("/"),
    group: "default",
    description: "",
    kinds: [],
    owners: [],
    tags: [],
    upstream: [],
    jobs: [],
    repository: { name: "__repository__", location: "shop" },
    address: "shop",
    isMaterializable: true,
    isObservable: false,
    isPartitioned: false,
    hasChecks: false,
    ...part,
  };
}

/** All assets at one moment, for tests. */
export function testAssets(
  facts: readonly AssetFacts[],
  states: Record<string, Partial<AssetState>> = {},
): Assets {
  return {
    isLoaded: true,
    isCurrent: true,
    problem: undefined,
    facts,
    byKey: new Map(facts.map((each) => [each.key, each])),
    graph: makeGraph(facts),
    states: new Map(Object.entries(states).map(([key, state]) => [key, { ...unknownState, ...state }])),
  };
}
