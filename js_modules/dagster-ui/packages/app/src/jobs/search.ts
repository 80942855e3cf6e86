import { oneOf, type RawSearch, sortOf, text, texts } from "../search/search";

export const jobColumns = ["name", "status", "time", "duration", "location"] as const;
export type JobColumn = (typeof jobColumns)[number];

export interface JobsSearch {
  q?: string;
  sort?: string;
}

export function readJobsSearch(raw: RawSearch): JobsSearch {
  const sort = text(raw.sort);
  return {
    q: text(raw.q),
    sort: sort !== undefined && oneOf(sortOf(sort).column, jobColumns) ? sort : undefined,
  };
}

export const jobTabs = ["overview", "launchpad", "runs"] as const;
export type JobTab = (typeof jobTabs)[number];

export interface JobSearch {
  tab?: JobTab;
  /** The handle of the graph within the job that is shown: `one_file`. */
  graph?: string;
  /** The run whose configuration the launchpad begins with. */
  from?: string;
  /** Keys of the assets that the launchpad makes; without any all of the job. */
  assets?: string[];
}

export function readJobSearch(raw: RawSearch): JobSearch {
  const tab = oneOf(raw.tab, jobTabs);
  return {
    tab: tab === "overview" ? undefined : tab,
    graph: text(raw.graph),
    from: text(raw.from),
    assets: texts(raw.assets),
  };
}
