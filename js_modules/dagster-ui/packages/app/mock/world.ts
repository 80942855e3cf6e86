import { makeAssets } from "./assets";
import { watchWorld } from "./feed";
import { makeRuns } from "./runs";

/** The resolvers of an imagined workspace; `extra` more assets than the shop has, for measuring. */
export function makeWorld(extra: number): Record<string, unknown> {
  const runs = makeRuns();
  const assets = makeAssets(extra, runs);
  return { version: "mock", ...runs.roots, ...assets.roots, workspaceFeed: () => watchWorld(runs, assets) };
}
