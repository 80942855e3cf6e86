import { oneOf, type RawSearch } from "../search/search";
import type { Range } from "./timeline";

const choices: readonly Range[] = ["1h", "6h", "24h"];

/** What the timeline covers; nothing for what fits. */
export interface HomeSearch {
  range?: Range;
}

export function readHomeSearch(raw: RawSearch): HomeSearch {
  return { range: oneOf(raw.range, choices) };
}
