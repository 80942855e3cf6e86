import { problemOf, useFeed, useQuestion } from "@dagster-ui/client";
import type { RunsFeedQueryVariables } from "@dagster-ui/client/schema";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { RunRow } from "./facts";
import { isNews } from "./news";
import { RunsFeedDocument } from "./runs.gql";

const firstPage = 60;
/** The most that the server gives at a time; older runs have an address of their own. */
export const mostRuns = 1000;

/** The shortest time between two questions for the same list. */
const restMillis = 400;

export interface Runs {
  readonly rows: readonly RunRow[];
  readonly isLoading: boolean;
  readonly problem: string | undefined;
  readonly hasMore: boolean;
  /** Where the runs after the last row begin; undefined if there are none. */
  readonly cursor: string | undefined;
  readonly more: () => void;
  readonly refresh: () => void;
}

/** The runs that meet the conditions, newest first, live: entities change by themselves, new runs are asked for. */
export function useRuns(
  filter: RunsFeedQueryVariables["filter"],
  { before, atOnce = firstPage }: { before?: string; atOnce?: number } = {},
): Runs {
  const signature = JSON.stringify([filter, before]);
  const [wanted, setWanted] = useState({ signature, limit: atOnce });
  const limit = wanted.signature === signature ? wanted.limit : atOnce;
  const answer = useQuestion(RunsFeedDocument, { filter, limit, cursor: before });
  const feed = answer.data?.runsFeedOrError;
  const shown = useRef<readonly RunRow[]>([]);
  const rows = useMemo(() => {
    if (feed?.__typename !== "RunsFeedConnection") return shown.current;
    return feed.results.flatMap((each) => (each.__typename === "Run" ? [each] : []));
  }, [feed]);
  shown.current = rows;
  const refresh = useRested(answer.refresh);
  useFeed((changes) => {
    if (isNews(changes, rows)) refresh();
  });
  const hasMore = feed?.__typename === "RunsFeedConnection" && feed.hasMore;
  const more = useCallback(() => {
    if (hasMore && limit < mostRuns) setWanted({ signature, limit: Math.min(mostRuns, limit * 4) });
  }, [hasMore, limit, signature]);
  return {
    rows,
    isLoading: answer.isLoading && rows.length === 0,
    problem: feed?.__typename === "PythonError" ? problemOf(feed).message : answer.problem,
    hasMore,
    cursor: hasMore && feed.__typename === "RunsFeedConnection" ? feed.cursor : undefined,
    more,
    refresh: answer.refresh,
  };
}

/** The function, called at once and then again only after a rest, with one call for all that were asked for meanwhile. */
function useRested(run: () => void): () => void {
  const latest = useRef(run);
  latest.current = run;
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isWanted = useRef(false);
  useEffect(() => () => clearTimeout(resting.current), []);
  return useCallback(() => {
    const start = () => {
      isWanted.current = false;
      latest.current();
      resting.current = setTimeout(() => {
        resting.current = undefined;
        if (isWanted.current) start();
      }, restMillis);
    };
    if (resting.current === undefined) start();
    else isWanted.current = true;
  }, []);
}
