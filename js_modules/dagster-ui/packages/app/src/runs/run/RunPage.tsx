import { isRunActive, problemOf, useQuestion } from "@dagster-ui/client";
import type { RunQuery } from "@dagster-ui/client/schema";
import {
  Ago,
  Duration,
  EmptyState,
  ErrorCard,
  ErrorState,
  LinkTabs,
  PageHeader,
  Panel,
  type Problem,
  rootProblem,
  Skeletons,
} from "@dagster-ui/kit";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useCommands } from "../../commands/commands";
import { LinkButton } from "../../shell/LinkButton";
import { usePage } from "../../shell/page";
import { beganAt, endedAt, partitionOf, shortId, titleOf } from "../facts";
import { RunStatusBadge } from "../RunName";
import { type RunTab, runTabs } from "../search";
import { ConfigPane, DetailsPane } from "./DetailsPane";
import { Gantt } from "./Gantt";
import { LogPane } from "./LogPane";
import type { RunLog } from "./log";
import { OutputPane } from "./OutputPane";
import { RunActions } from "./RunActions";
import { isReloadedSince } from "./reloading";
import { RunDocument, RunLocationDocument } from "./run.gql";
import styles from "./run.module.css";
import { StepsPane } from "./StepsPane";
import { type Progress, progressOf } from "./steps";
import { useRunLog } from "./useRunLog";

const route = getRouteApi("/runs/$runId");

export type RunDetails = Extract<RunQuery["runOrError"], { __typename: "Run" }>;

/** A run: what went wrong first, then when what happened, then everything that it said. */
export function RunPage() {
  const { runId } = route.useParams();
  const answer = useQuestion(RunDocument, { runId });
  const run = answer.data?.runOrError;
  usePage(run?.__typename === "Run" ? titleOf(run) : "Run", [{ label: "Runs", href: "/runs" }]);
  if (run?.__typename === "Run") return <LoadedRun key={run.id} run={run} />;
  if (run?.__typename === "RunNotFoundError") return <NoSuchRun runId={runId} />;
  if (run || answer.problem !== undefined)
    return (
      <ErrorState
        title="The run could not be loaded"
        message={run ? problemOf(run).message : (answer.problem ?? "")}
        onRetry={answer.refresh}
      />
    );
  return <Skeletons lines={12} height={18} />;
}

function NoSuchRun({ runId }: { runId: string }) {
  return (
    <EmptyState
      isPage
      title="There is no such run"
      actions={
        <LinkButton to="/runs" variant="default">
          All runs
        </LinkButton>
      }
    >
      No run has the id <code>{runId}</code>. It may have been deleted.
    </EmptyState>
  );
}

function LoadedRun({ run }: { run: RunDetails }) {
  const log = useRunLog(run.id);
  const isActive = isRunActive(run.status);
  const now = useSteadyNow(isActive);
  const planned = run.stepKeysToExecute;
  const progress = useMemo(() => progressOf(log.entries, planned ?? []), [log.entries, planned]);
  const location = run.repositoryOrigin?.repositoryLocationName;
  const { data } = useQuestion(
    RunLocationDocument,
    { name: location ?? "" },
    { isPaused: location === undefined },
  );
  const entry = data?.workspaceLocationEntryOrError;
  const isReloaded = isReloadedSince(
    entry?.__typename === "WorkspaceLocationEntry" ? entry : undefined,
    run.creationTime,
  );
  const start = progress.startedAt ?? progress.steps[0]?.preparedAt ?? beganAt(run);
  const end = progress.endedAt ?? endedAt(run) ?? now;
  return (
    <div className={styles.page}>
      <PageHeader
        title={titleOf(run)}
        facts={<HeaderFacts run={run} />}
        actions={<RunActions run={run} isReloaded={isReloaded} />}
      />
      <Errors run={run} progress={progress} />
      <Timeline progress={progress} start={start} end={end} isEmpty={progress.steps.length === 0} />
      <div className={styles.lower}>
        <Tabs progress={progress} />
        <Pane run={run} log={log} progress={progress} isActive={isActive} start={start} now={end} />
      </div>
    </div>
  );
}

function HeaderFacts({ run }: { run: RunDetails }) {
  const partition = partitionOf(run);
  return (
    <>
      <RunStatusBadge run={run} />
      {partition !== undefined && <span className="number">{partition}</span>}
      <span className="mono faint" title={run.id}>
        {shortId(run.id)}
      </span>
      <span>
        <Ago at={beganAt(run)} />
      </span>
      {run.startTime !== null && <Duration start={beganAt(run)} end={endedAt(run)} />}
      {run.parentRunId !== null && (
        <span>
          after{" "}
          <Link className="link mono" to="/runs/$runId" params={{ runId: run.parentRunId }}>
            {shortId(run.parentRunId)}
          </Link>
        </span>
      )}
    </>
  );
}

/** Whether the error is only how a step notices that its run was terminated. */
function isStop(run: RunDetails, problem: Problem): boolean {
  return run.status === "CANCELED" && /Interrupt/.test(rootProblem(problem).className ?? "");
}

const mostErrors = 3;

/** The errors of steps, the first one first; with it, most are consequences. */
function Errors({ run, progress }: { run: RunDetails; progress: Progress }) {
  const failed = progress.steps.filter((step) => step.problem !== undefined && !isStop(run, step.problem));
  const early = run.failure;
  const verb = run.status === "CANCELED" ? "Terminated in step" : "In step";
  if (failed.length === 0 && progress.problem === undefined) {
    // The log is still coming; the row of the list has told already what failed.
    if (!early?.error) return null;
    return (
      <div className={styles.errors}>
        <ErrorCard problem={problemOf(early.error)} title={titleFor(early.stepKey ?? undefined, verb)} />
      </div>
    );
  }
  return (
    <div className={styles.errors}>
      {progress.problem && <ErrorCard problem={progress.problem} title="The run failed" />}
      {failed
        .slice(0, mostErrors)
        .map((step) =>
          step.problem ? (
            <ErrorCard key={step.key} problem={step.problem} title={titleFor(step.key, verb)} />
          ) : null,
        )}
      {failed.length > mostErrors && (
        <Link
          className="link"
          from="/runs/$runId"
          to="."
          search={(old) => ({ ...old, tab: undefined, level: "error" as const, step: undefined })}
        >
          {failed.length - mostErrors} more steps failed: see them in the log
        </Link>
      )}
    </div>
  );
}

function titleFor(step: string | undefined, verb: string): ReactNode {
  if (step === undefined) return "The run failed";
  return (
    <>
      {verb}{" "}
      <Link
        className="mono link"
        from="/runs/$runId"
        to="."
        search={(old) => ({ ...old, step, tab: undefined })}
      >
        {step}
      </Link>
    </>
  );
}

interface TimelineProps {
  progress: Progress;
  start: number;
  end: number;
  isEmpty: boolean;
}

function Timeline({ progress, start, end, isEmpty }: TimelineProps) {
  const { step } = route.useSearch();
  const navigate = route.useNavigate();
  if (isEmpty) return null;
  return (
    <div className={styles.gantt}>
      <Panel flush>
        <Gantt
          progress={progress}
          start={start}
          end={end}
          step={step}
          onStep={(next) => void navigate({ search: (old) => ({ ...old, step: next }) })}
        />
      </Panel>
    </div>
  );
}

const tabWords: Record<RunTab, string> = {
  log: "Log",
  output: "Output",
  steps: "Steps",
  config: "Config",
  details: "Details",
};

function Tabs({ progress }: { progress: Progress }) {
  const { tab = "log" } = route.useSearch();
  const navigate = route.useNavigate();
  useCommands(
    runTabs.map((each, index) => ({
      id: `tab-${each}`,
      label: tabWords[each],
      group: "Run",
      keys: String(index + 1),
      run: () => void navigate({ search: (old) => ({ ...old, tab: each === "log" ? undefined : each }) }),
    })),
  );
  return (
    <LinkTabs label="Parts of the run">
      {runTabs.map((each) => (
        <Link
          key={each}
          from="/runs/$runId"
          to="."
          search={(old) => ({ ...old, tab: each === "log" ? undefined : each })}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{}}
          aria-current={each === tab ? "page" : undefined}
        >
          {tabWords[each]}
          {each === "steps" && progress.steps.length > 0 && ` (${progress.steps.length})`}
        </Link>
      ))}
    </LinkTabs>
  );
}

interface PaneProps {
  run: RunDetails;
  log: RunLog;
  progress: Progress;
  isActive: boolean;
  start: number;
  now: number;
}

function Pane({ run, log, progress, isActive, start, now }: PaneProps) {
  const { tab = "log" } = route.useSearch();
  switch (tab) {
    case "log":
      return <LogPane log={log} isActive={isActive} />;
    case "output":
      return <OutputPane runId={run.id} log={log} progress={progress} />;
    case "steps":
      return <StepsPane progress={progress} start={start} now={now} isLoading={!log.isComplete} />;
    case "config":
      return <ConfigPane run={run} />;
    case "details":
      return <DetailsPane run={run} entries={log.entries} />;
  }
}

/** The time, a few times a second while something grows with it. */
function useSteadyNow(isMoving: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [isMoving]);
  return now;
}
