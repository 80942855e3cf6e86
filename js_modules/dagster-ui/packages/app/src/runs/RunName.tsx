import { statusOfRun, wordOfRun } from "@dagster-ui/client";
import { StatusBadge, StatusMark, StatusWord } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { partitionOf, type RunRow, shortId, titleOf } from "./facts";
import styles from "./runs.module.css";

/** What a run does, with its id; leads to it. */
export function RunName({ run, withId = true }: { run: RunRow; withId?: boolean }) {
  const title = titleOf(run);
  const partition = partitionOf(run);
  return (
    <span className={styles.name}>
      <StatusMark status={statusOfRun(run.status)} label={wordOfRun(run.status)} />
      <Link
        to="/runs/$runId"
        params={{ runId: run.id }}
        className="ellipsis"
        title={`${title}, run ${run.id}`}
      >
        {title}
      </Link>
      {partition !== undefined && (
        <span className={styles.partition} title={`Partition ${partition}`}>
          {partition}
        </span>
      )}
      {withId && <span className={`${styles.id} mono`}>{shortId(run.id)}</span>}
    </span>
  );
}

export function RunStatusWord({ run }: { run: Pick<RunRow, "status"> }) {
  return <StatusWord status={statusOfRun(run.status)} word={wordOfRun(run.status)} />;
}

export function RunStatusBadge({ run }: { run: Pick<RunRow, "status"> }) {
  return <StatusBadge status={statusOfRun(run.status)} word={wordOfRun(run.status)} />;
}
