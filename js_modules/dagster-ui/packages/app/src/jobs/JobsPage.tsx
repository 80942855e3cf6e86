import { isRunActive, statusOfRun, useQuestion, wordOfRun } from "@dagster-ui/client";
import type { RunFactsFragment } from "@dagster-ui/client/schema";
import {
  Ago,
  type Column,
  EmptyState,
  ErrorState,
  formatDuration,
  Skeletons,
  StatusMark,
  StatusWord,
  Tag,
  VirtualTable,
} from "@dagster-ui/kit";
import { Button, TextInput, VisuallyHidden } from "@mantine/core";
import { IconBolt, IconClock, IconFilter, IconListDetails, IconPlayerPlay } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { useCommands } from "../commands/commands";
import { useFresh } from "../live/fresh";
import { sortOf, sortText } from "../search/search";
import { useRowHeight } from "../settings/settings";
import { usePage } from "../shell/page";
import { type JobFacts, jobFacts, selectJobs, sortJobs, statusOfJob } from "./facts";
import styles from "./Jobs.module.css";
import { JobsDocument } from "./jobs.gql";
import { jobColumns } from "./search";

const route = getRouteApi("/jobs/");

/** All jobs: how their last runs went, how long they take, what starts them. */
export function JobsPage() {
  usePage("Jobs");
  const { data, isLoading, problem, refresh } = useQuestion(JobsDocument, {});
  useFresh(refresh);
  const answer = data?.repositoriesOrError;
  const jobs = useMemo(
    () => (answer?.__typename === "RepositoryConnection" ? jobFacts(answer.nodes) : undefined),
    [answer],
  );
  const refusal = answer?.__typename === "PythonError" ? answer.message : problem;
  if (isLoading) return <Skeletons lines={12} height={20} />;
  if (!jobs)
    return <ErrorState title="The jobs could not be loaded" message={refusal ?? ""} onRetry={refresh} />;
  if (jobs.length === 0) return <NoJobs />;
  return <JobsTable jobs={jobs} />;
}

function JobsTable({ jobs }: { jobs: readonly JobFacts[] }) {
  const { q = "", sort = "name" } = route.useSearch();
  const navigate = useNavigate({ from: "/jobs/" });
  const field = useRef<HTMLInputElement>(null);
  const rowHeight = useRowHeight();
  useCommands([
    {
      id: "filter",
      label: "Filter the jobs",
      group: "Jobs",
      keys: "f",
      icon: <IconFilter size={15} />,
      run: () => field.current?.focus(),
    },
  ]);
  const { column: named, isDescending } = sortOf(sort);
  const column = jobColumns.find((each) => each === named) ?? "name";
  const rows = useMemo(
    () => sortJobs(selectJobs(jobs, q), column, isDescending),
    [jobs, q, column, isDescending],
  );
  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">Jobs</VisuallyHidden>
      <div className={styles.toolbar}>
        <TextInput
          ref={field}
          className={styles.query}
          size="xs"
          aria-label="Filter the jobs"
          placeholder="Name, location, description or what starts it"
          leftSection={<IconFilter size={14} />}
          value={q}
          onChange={(event) =>
            void navigate({
              search: (old) => ({ ...old, q: event.target.value || undefined }),
              replace: true,
            })
          }
        />
        <span className="muted number">
          {rows.length === jobs.length ? jobs.length : `${rows.length} of ${jobs.length}`}{" "}
          {jobs.length === 1 ? "job" : "jobs"}
        </span>
      </div>
      <VirtualTable
        label="Jobs"
        columns={columns}
        rows={rows}
        rowKey={(row) => row.key}
        rowHeight={rowHeight}
        sort={{ column, isDescending }}
        onSort={(next) => void navigate({ search: (old) => ({ ...old, sort: sortText(next) }) })}
        onOpen={(row) =>
          void navigate({ to: "/jobs/$repository/$job", params: { repository: row.address, job: row.name } })
        }
      />
    </div>
  );
}

const columns: readonly Column<JobFacts>[] = [
  {
    id: "name",
    header: "Job",
    width: "minmax(130px, 4fr)",
    isSortable: true,
    cell: (row) => <JobName row={row} />,
  },
  {
    id: "status",
    header: "Recent runs",
    width: "minmax(84px, 150px)",
    isSortable: true,
    cell: (row) => <LastRuns runs={row.runs} />,
  },
  {
    id: "time",
    header: "Last run",
    width: "minmax(76px, 110px)",
    isSortable: true,
    fromWidth: 560,
    cell: (row) => <Latest runs={row.runs} />,
  },
  {
    id: "duration",
    header: "Duration",
    width: "76px",
    align: "end",
    isSortable: true,
    fromWidth: 700,
    cell: (row) =>
      row.averageMillis === undefined ? (
        <span className="faint">–</span>
      ) : (
        <span className="number" title="Mean of the latest runs that ended well">
          {formatDuration(row.averageMillis)}
        </span>
      ),
  },
  {
    id: "starters",
    header: "Started by",
    width: "minmax(150px, 3fr)",
    fromWidth: 820,
    cell: (row) => <Starters row={row} />,
  },
  {
    id: "location",
    header: "Location",
    width: "minmax(100px, 1fr)",
    isSortable: true,
    fromWidth: 1000,
    cell: (row) => <span className="muted">{row.address}</span>,
  },
  {
    id: "launch",
    header: "",
    width: "76px",
    align: "end",
    cell: (row) => (
      <Link
        className={styles.launch}
        to="/jobs/$repository/$job"
        params={{ repository: row.address, job: row.name }}
        search={{ tab: "launchpad" }}
        aria-label={`Launch ${row.name}`}
      >
        <IconPlayerPlay size={13} />
        Launch
      </Link>
    ),
  },
];

function JobName({ row }: { row: JobFacts }) {
  return (
    <span className={styles.name}>
      <StatusMark status={statusOfJob(row)} label={row.runs[0] ? wordOfRun(row.runs[0].status) : "No runs"} />
      <Link
        to="/jobs/$repository/$job"
        params={{ repository: row.address, job: row.name }}
        className="ellipsis"
        title={row.name}
      >
        {row.name}
      </Link>
      {row.isAssetJob && (
        <span className={styles.kind}>
          <Tag>assets</Tag>
        </span>
      )}
      <span className={`${styles.description} ellipsis`}>{row.description}</span>
    </span>
  );
}

/** The latest runs, the newest at the right, each a link to itself; the oldest are left out where there is no room. */
export function LastRuns({ runs }: { runs: readonly RunFactsFragment[] }) {
  if (runs.length === 0) return <span className="faint">No runs</span>;
  return (
    <span className={styles.strip}>
      {runs.map((run) => (
        <Link
          key={run.id}
          to="/runs/$runId"
          params={{ runId: run.id }}
          title={wordOfRun(run.status)}
          aria-label={`Run ${run.id.slice(0, 8)}: ${wordOfRun(run.status)}`}
        >
          <StatusMark status={statusOfRun(run.status)} size={12} />
        </Link>
      ))}
    </span>
  );
}

function Latest({ runs }: { runs: readonly RunFactsFragment[] }) {
  const run = runs[0];
  if (!run) return <span className="faint">–</span>;
  if (isRunActive(run.status))
    return <StatusWord status={statusOfRun(run.status)} word={wordOfRun(run.status)} />;
  return <Ago at={(run.endTime ?? run.creationTime) * 1000} />;
}

function Starters({ row }: { row: JobFacts }) {
  if (row.starters.length === 0) return <span className="faint">–</span>;
  return (
    <span className={styles.starters}>
      {row.starters.map((starter) => (
        <Link
          key={`${starter.kind}/${starter.name}`}
          to="/automation"
          search={{ focus: `${row.address}/${starter.name}` }}
          className={`${styles.starter} ${starter.isOn ? "" : "faint"}`}
          title={`${starter.kind} ${starter.name}${starter.isOn ? "" : ", off"}`}
        >
          {starter.kind === "schedule" ? <IconClock size={13} /> : <IconBolt size={13} />}
          <span className="ellipsis">
            {starter.words}
            {!starter.isOn && " (off)"}
          </span>
        </Link>
      ))}
    </span>
  );
}

function NoJobs() {
  return (
    <EmptyState
      isPage
      title="No code location defines a job yet"
      icon={<IconListDetails size={22} />}
      actions={
        <>
          <Button component={Link} to="/assets" variant="default">
            See the assets
          </Button>
          <Button component={Link} to="/locations" variant="default">
            See the locations
          </Button>
        </>
      }
    >
      Assets can be materialized without a job. A job gives a name to a selection of assets or to ops, for
      schedules and sensors.
    </EmptyState>
  );
}
