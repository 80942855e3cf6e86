import { statusFacts } from "@dagster-ui/kit";
import type { Box } from "../jobs/OpGraph";
import { wordOfAsset } from "./facts";
import { type Assets, stateOf } from "./store";

/** An asset as a box of a small graph, leading to its page. */
export function assetBox(assets: Assets, key: string): Box {
  const facts = assets.byKey.get(key);
  const { status } = stateOf(assets, key);
  return {
    key,
    title: facts?.path.at(-1) ?? key,
    subtitle: wordOfAsset(status) ?? statusFacts[status].word,
    hint: facts?.description ?? key,
    status,
    upstream: facts?.upstream ?? [],
    link: { to: "/assets/$", params: { _splat: key } },
  };
}
