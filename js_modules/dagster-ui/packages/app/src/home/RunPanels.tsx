import { Ago, Duration, ErrorState, Panel, Skeletons, StatusMark } from "@dagster-ui/kit";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useCommands } from "../commands/commands";
import { useReexecute, useTerminate } from "../runs/acting";
import { beganAt, canTerminate, endedAt, errorLine, type RunRow } from "../runs/facts";
import { RunName } from "../runs/RunName";
import type { Runs } from "../runs/useRuns";
import styles from "./home.module.css";

const mostRows = 8;

/** The failures that nothing has made good yet, each with the user's own error. */
export function Failed({ runs, failures }: { runs: Runs; failures: readonly RunRow[] }) {
  const reexecute = useReexecute();
  const navigate = useNavigate();
  const again = async (run: RunRow) => {
    const [runId] = await reexecute([run]);
    if (runId !== undefined) void navigate({ to: "/runs/$runId", params: { runId } });
  };
  const [first] = failures;
  useCommands(
    first
      ? [
          {
            id: "home-failure",
            label: "Open the latest failure",
            group: "Home",
            keys: "e",
            run: () => void navigate({ to: "/runs/$runId", params: { runId: first.id } }),
          },
        ]
      : [],
  );
  return (
    <Panel title="Failed" flush>
      {runs.problem !== undefined && runs.rows.length === 0 ? (
        <ErrorState title="The runs could not be loaded" message={runs.problem} onRetry={runs.refresh} />
      ) : runs.isLoading ? (
        <Skeletons lines={3} />
      ) : failures.length === 0 ? (
        <p className={styles.quiet}>
          <StatusMark status="ok" /> Nothing that failed in the last day is still open.
        </p>
      ) : (
        <>
          <ul className={styles.list}>
            {failures.slice(0, mostRows).map((run) => (
              <li key={run.id} className={styles.row}>
                <div className={styles.main}>
                  <RunName run={run} withId={false} />
                  <ErrorText run={run} />
                </div>
                <span className={styles.time}>
                  <Ago at={endedAt(run) ?? beganAt(run)} />
                </span>
                <Tooltip label="Re-execute from failure">
                  <ActionIcon
                    variant="default"
                    aria-label={`Re-execute ${run.jobName} from failure`}
                    onClick={() => void again(run)}
                  >
                    <IconRefresh size={15} />
                  </ActionIcon>
                </Tooltip>
              </li>
            ))}
          </ul>
          {failures.length > mostRows && (
            <Link className={`link ${styles.more}`} to="/runs" search={{ status: ["failed"] }}>
              Show all failed runs
            </Link>
          )}
        </>
      )}
    </Panel>
  );
}

function ErrorText({ run }: { run: RunRow }) {
  const error = errorLine(run);
  if (error === undefined) return null;
  const step = run.failure?.stepKey;
  return (
    <Link to="/runs/$runId" params={{ runId: run.id }} className={`${styles.error} ellipsis`} title={error}>
      {step && <code>{step}</code>}
      {error}
    </Link>
  );
}

/** What runs now or waits to. */
export function Running({ runs, going }: { runs: Runs; going: readonly RunRow[] }) {
  const terminate = useTerminate();
  return (
    <Panel title="Running" flush>
      {runs.isLoading ? (
        <Skeletons lines={2} />
      ) : going.length === 0 ? (
        <p className={styles.quiet}>Nothing runs or waits.</p>
      ) : (
        <>
          <ul className={styles.list}>
            {going.slice(0, mostRows).map((run) => (
              <li key={run.id} className={styles.row}>
                <div className={styles.main}>
                  <RunName run={run} />
                </div>
                <span className={styles.time}>
                  {run.startTime === null ? "queued" : <Duration start={beganAt(run)} end={undefined} />}
                </span>
                {canTerminate(run) && (
                  <Tooltip label="Terminate">
                    <ActionIcon
                      variant="default"
                      aria-label={`Terminate ${run.jobName}`}
                      onClick={() => void terminate([run])}
                    >
                      <IconPlayerStop size={15} />
                    </ActionIcon>
                  </Tooltip>
                )}
              </li>
            ))}
          </ul>
          {going.length > mostRows && (
            <Link className={`link ${styles.more}`} to="/runs" search={{ status: ["running", "queued"] }}>
              Show all {going.length}
            </Link>
          )}
        </>
      )}
    </Panel>
  );
}
