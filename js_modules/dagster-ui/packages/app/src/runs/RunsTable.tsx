import { wordOfRun } from "@dagster-ui/client";
import { Ago, type Column, Duration, Tag, VirtualTable } from "@dagster-ui/kit";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useRowHeight } from "../settings/settings";
import { LinkButton } from "../shell/LinkButton";
import { beganAt, endedAt, errorLine, originOf, ownTags, type RunRow } from "./facts";
import { RunName } from "./RunName";
import styles from "./runs.module.css";
import { mostRuns, type Runs } from "./useRuns";

interface RunsTableProps {
  runs: Runs;
  rows: readonly RunRow[];
  chosen: readonly RunRow[];
  onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Runs as rows; those that failed say why. */
export function RunsTable({ runs, rows, chosen, onChoose }: RunsTableProps) {
  const navigate = useNavigate();
  const rowHeight = useRowHeight();
  const isNarrow = useMediaQuery("(max-width: 760px)") ?? false;
  const selected = useMemo(() => new Set(chosen.map((run) => run.id)), [chosen]);
  const isCut = runs.cursor !== undefined && runs.rows.length >= mostRuns;
  return (
    <VirtualTable
      key={isNarrow ? "narrow" : "wide"}
      label="Runs"
      columns={isNarrow ? narrowColumns : wideColumns}
      rows={rows}
      rowKey={(run) => run.id}
      rowHeight={isNarrow ? 56 : rowHeight}
      selected={selected}
      onSelect={onChoose}
      onOpen={(run) => void navigate({ to: "/runs/$runId", params: { runId: run.id } })}
      onEnd={runs.more}
      footer={
        isCut && (
          <div className={styles.footer}>
            <span>These are {rows.length.toLocaleString("en")} runs.</span>
            <LinkButton
              to="/runs"
              search={(old: object) => ({ ...old, before: runs.cursor })}
              variant="default"
              size="xs"
            >
              Older runs
            </LinkButton>
          </div>
        )
      }
    />
  );
}

function started(run: RunRow) {
  return <Ago at={beganAt(run)} />;
}

function duration(run: RunRow) {
  if (run.startTime === null) return <span className="faint">–</span>;
  return <Duration start={beganAt(run)} end={endedAt(run)} />;
}

const wideColumns: Column<RunRow>[] = [
  { id: "run", header: "Run", width: "minmax(240px, 4fr)", cell: (run) => <RunName run={run} /> },
  {
    id: "status",
    header: "Status",
    width: "92px",
    fromWidth: 820,
    cell: (run) => <span className="muted">{wordOfRun(run.status)}</span>,
  },
  { id: "started", header: "Started", width: "84px", cell: started },
  { id: "duration", header: "Duration", width: "84px", align: "end", cell: duration },
  {
    id: "what",
    header: "Error or origin",
    width: "minmax(160px, 4fr)",
    fromWidth: 700,
    cell: (run) => <What run={run} />,
  },
  {
    id: "tags",
    header: "Tags",
    width: "minmax(120px, 2fr)",
    fromWidth: 1080,
    cell: (run) => <RunTags run={run} />,
  },
];

const narrowColumns: Column<RunRow>[] = [
  {
    id: "run",
    header: "Run",
    width: "minmax(0, 1fr)",
    cell: (run) => (
      <span className={styles.two}>
        <RunName run={run} />
        <span className={styles.second}>
          {started(run)}
          {duration(run)}
          <span className="ellipsis">
            <What run={run} />
          </span>
        </span>
      </span>
    ),
  },
];

/** Why it failed, or who asked for it. */
function What({ run }: { run: RunRow }) {
  const error = errorLine(run);
  if (error === undefined) return <span className="faint">{originOf(run)}</span>;
  const step = run.failure?.stepKey;
  return (
    <Link to="/runs/$runId" params={{ runId: run.id }} className={styles.error} title={error}>
      {step && <code>{step}</code>}
      {error}
    </Link>
  );
}

function RunTags({ run }: { run: RunRow }) {
  const navigate = useNavigate({ from: "/runs/" });
  return (
    <span className={styles.tags}>
      {ownTags(run).map(({ key, value }) => {
        const text = `${key}=${value}`;
        return (
          <button
            key={key}
            type="button"
            title={`Show the runs with ${text}`}
            onClick={() => void navigate({ search: (old) => ({ ...old, tag: [text] }) })}
          >
            <Tag>
              {key}: {value}
            </Tag>
          </button>
        );
      })}
    </span>
  );
}
