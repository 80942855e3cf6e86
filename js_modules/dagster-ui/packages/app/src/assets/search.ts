import type { Status } from "@dagster-ui/kit";
import { flag, oneOf, type RawSearch, sortOf, text, texts } from "../search/search";
import { sortColumns } from "./selecting";

/** The state of the assets page that one would send to a colleague. */
export interface AssetsSearch {
  /** A selection in the grammar of selection strings. */
  q?: string;
  view?: "graph";
  status?: Status[];
  sort?: string;
  /** The asset that the inspector shows. */
  focus?: string;
  /** The groups that the graph shows open; `all` for every one. */
  open?: string[];
  /** Only what was selected, without its neighbours. */
  only?: true;
}

const statuses: readonly Status[] = ["failed", "running", "queued", "stale", "missing", "ok", "unknown"];

export function readAssetsSearch(raw: RawSearch): AssetsSearch {
  const sort = text(raw.sort);
  return {
    q: text(raw.q),
    view: oneOf(raw.view, ["graph"]),
    status: texts(raw.status)?.flatMap((each) => oneOf(each, statuses) ?? []),
    sort: sort !== undefined && oneOf(sortOf(sort).column, sortColumns) ? sort : undefined,
    focus: text(raw.focus),
    open: texts(raw.open),
    only: flag(raw.only),
  };
}

export const assetTabs = ["overview", "partitions", "checks", "events", "definition"] as const;
export type AssetTab = (typeof assetTabs)[number];

export interface AssetSearch {
  tab?: AssetTab;
  /** The event that is shown in full, by its time. */
  event?: string;
  /** The chosen partitions, as `2024-01-01...2024-02-01, 2024-03-05`: of the dimension across, then of that down. */
  pick?: string[];
  /** The dimensions that lie across and down. */
  across?: string;
  down?: string;
  /** The check that is shown in full. */
  check?: string;
}

export function readAssetSearch(raw: RawSearch): AssetSearch {
  const tab = oneOf(raw.tab, assetTabs);
  return {
    tab: tab === "overview" ? undefined : tab,
    event: text(raw.event),
    pick: texts(raw.pick),
    across: text(raw.across),
    down: text(raw.down),
    check: text(raw.check),
  };
}
