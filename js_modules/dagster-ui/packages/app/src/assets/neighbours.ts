import { at } from "@dagster-ui/lineage";
import type { Assets } from "./store";

/** The keys of the assets from which this one is made, and of those that are made from it, by key. */
export function neighboursOf(assets: Assets, key: string): { upstream: string[]; downstream: string[] } {
  const { graph } = assets;
  const node = graph.indexOf.get(key);
  if (node === undefined) return { upstream: [], downstream: [] };
  const keysOf = (start: Int32Array, ends: Int32Array) =>
    Array.from(
      ends.subarray(at(start, node), at(start, node + 1)),
      (other) => graph.keys[other] ?? "",
    ).sort();
  return {
    upstream: keysOf(graph.upstreamStart, graph.upstream),
    downstream: keysOf(graph.downstreamStart, graph.downstream),
  };
}
