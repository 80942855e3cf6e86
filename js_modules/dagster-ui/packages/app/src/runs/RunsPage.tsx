import { EmptyState, ErrorState, Skeletons } from "@dagster-ui/kit";
import { VisuallyHidden } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { LinkButton } from "../shell/LinkButton";
import { usePage } from "../shell/page";
import { filterOf, isListed, type RunRow } from "./facts";
import { RunsTable } from "./RunsTable";
import { RunsToolbar } from "./RunsToolbar";
import styles from "./runs.module.css";
import type { RunsSearch } from "./search";
import { type Runs, useRuns } from "./useRuns";

const route = getRouteApi("/runs/");

/** All runs, newest first, live. */
export function RunsPage() {
  usePage("Runs");
  const search = route.useSearch();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const filter = useMemo(() => filterOf(search), [search]);
  const runs = useRuns(filter, { before: search.before });
  const rows = useMemo(() => runs.rows.filter((run) => isListed(run, search)), [runs.rows, search]);
  const chosen = useMemo(() => rows.filter((run) => marked.has(run.id)), [rows, marked]);
  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">Runs</VisuallyHidden>
      <RunsToolbar
        rows={rows}
        chosen={chosen}
        onDone={() => {
          setMarked(new Set());
          runs.refresh();
        }}
      />
      <Content runs={runs} rows={rows} search={search} chosen={chosen} onChoose={setMarked} />
    </div>
  );
}

interface ContentProps {
  runs: Runs;
  rows: readonly RunRow[];
  search: RunsSearch;
  chosen: readonly RunRow[];
  onChoose: (chosen: ReadonlySet<string>) => void;
}

function Content({ runs, rows, search, chosen, onChoose }: ContentProps) {
  if (runs.isLoading) return <Skeletons lines={14} height={20} />;
  if (runs.problem !== undefined && rows.length === 0)
    return <ErrorState title="The runs could not be loaded" message={runs.problem} onRetry={runs.refresh} />;
  if (rows.length === 0) return <NoRuns isFiltered={Object.values(search).some(Boolean)} />;
  return <RunsTable runs={runs} rows={rows} chosen={chosen} onChoose={onChoose} />;
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <EmptyState
        title="No run matches"
        actions={
          <LinkButton to="/runs" search={{}} variant="default">
            Show all runs
          </LinkButton>
        }
      >
        No run meets all of these conditions together.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing has run yet"
      icon={<IconPlayerPlay size={22} />}
      actions={
        <>
          <LinkButton to="/assets">Materialize assets</LinkButton>
          <LinkButton to="/jobs" variant="default">
            Launch a job
          </LinkButton>
        </>
      }
    >
      Runs appear here as soon as an asset is materialized, a job is launched, or a schedule or sensor asks
      for one.
    </EmptyState>
  );
}
