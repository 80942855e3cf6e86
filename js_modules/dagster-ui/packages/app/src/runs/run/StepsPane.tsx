import {
  type Column,
  EmptyState,
  formatDuration,
  Skeletons,
  StatusMark,
  VirtualTable,
} from "@dagster-ui/kit";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useRowHeight } from "../../settings/settings";
import styles from "./run.module.css";
import { durationOf, type Progress, type StepFacts } from "./steps";

interface StepsPaneProps {
  progress: Progress;
  start: number;
  now: number;
  isLoading: boolean;
}

/** The steps as a table; a row leads to the step's lines in the log. */
export function StepsPane({ progress, start, now, isLoading }: StepsPaneProps) {
  const navigate = useNavigate({ from: "/runs/$runId" });
  const rowHeight = useRowHeight();
  const columns = useMemo(() => columnsOf(start, now), [start, now]);
  if (progress.steps.length === 0)
    return isLoading ? (
      <Skeletons lines={8} />
    ) : (
      <EmptyState title="No step has begun">Steps appear here when the run begins.</EmptyState>
    );
  return (
    <div className={styles.steps}>
      <VirtualTable
        label="Steps"
        columns={columns}
        rows={progress.steps}
        rowKey={(step) => step.key}
        rowHeight={rowHeight}
        onOpen={(step) => void navigate({ search: (old) => ({ ...old, step: step.key, tab: undefined }) })}
      />
    </div>
  );
}

function columnsOf(start: number, now: number): Column<StepFacts>[] {
  return [
    {
      id: "step",
      header: "Step",
      width: "minmax(140px, 3fr)",
      cell: (step) => (
        <Link
          className={`${styles.row} mono`}
          from="/runs/$runId"
          to="."
          search={(old) => ({ ...old, step: step.key, tab: undefined })}
          title={`The log of ${step.key}`}
        >
          <StatusMark status={step.status} label={step.word} />
          <span className="ellipsis">{step.key}</span>
        </Link>
      ),
    },
    {
      id: "status",
      header: "Status",
      width: "130px",
      fromWidth: 560,
      cell: (step) => <span className="muted">{step.word}</span>,
    },
    {
      id: "start",
      header: "Began after",
      width: "96px",
      align: "end",
      fromWidth: 640,
      cell: (step) => {
        const began = step.attempts[0]?.start;
        return began === undefined ? dash : <span className="number">{formatDuration(began - start)}</span>;
      },
    },
    {
      id: "duration",
      header: "Duration",
      width: "88px",
      align: "end",
      cell: (step) => {
        const duration = durationOf(step, now);
        return duration === undefined ? dash : <span className="number">{formatDuration(duration)}</span>;
      },
    },
    {
      id: "attempts",
      header: "Attempts",
      width: "76px",
      align: "end",
      fromWidth: 720,
      cell: (step) => <span className="number">{step.attempts.length}</span>,
    },
    {
      id: "assets",
      header: "Assets",
      width: "minmax(120px, 2fr)",
      fromWidth: 860,
      cell: (step) => (
        <span className={styles.row}>
          {step.assets.map((asset) => (
            <Link key={asset} className="link" to="/assets/$" params={{ _splat: asset }}>
              {asset}
            </Link>
          ))}
        </span>
      ),
    },
  ];
}

const dash = <span className="faint">–</span>;
