import { makeAssets } from "./assets";
import { watchWorld } from "./feed";
import { makeRuns } from "./runs";
import { makeWorkspace } from "./workspace";

/** The resolvers of an imagined workspace; `extra` more assets than the shop has, for measuring. */
export function makeWorld(extra: number): Record<string, unknown> {
  const runs = makeRuns();
  const assets = makeAssets(extra, runs);
  return {
    version: "mock",
    ...runs.roots,
    ...assets.roots,
    ...makeWorkspace(runs),
    workspaceFeed: () => watchWorld(runs, assets),
  };
}
