import type { WorkspaceFeedSubscription } from "../generated/schema";
import { keyText } from "../keys";

/** What changed in the workspace since the message before. */
export type Changes = WorkspaceFeedSubscription["workspaceFeed"];

/** Both messages as one: of each thing the later word, the later sequence. */
export function mergeChanges(earlier: Changes, later: Changes): Changes {
  return {
    ...later,
    isReset: earlier.isReset || later.isReset,
    assets: lastOfEach([...earlier.assets, ...later.assets], (each) => keyText(each.assetKey)),
    assetNodes: lastOfEach([...earlier.assetNodes, ...later.assetNodes], (each) => each.id),
    downstreamAssetNodes: lastOfEach(
      [...earlier.downstreamAssetNodes, ...later.downstreamAssetNodes],
      (each) => each.id,
    ),
    runs: lastOfEach([...earlier.runs, ...later.runs], (each) => each.id),
    runIds: [...new Set([...earlier.runIds, ...later.runIds])],
    instigators: lastOfEach([...earlier.instigators, ...later.instigators], (each) => each.id),
    locations: lastOfEach([...earlier.locations, ...later.locations], (each) => each.id),
  };
}

function lastOfEach<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
