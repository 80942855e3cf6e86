import { statusOfRun, useQuestion, wordOfRun } from "@dagster-ui/client";
import type { JobQuery } from "@dagster-ui/client/schema";
import {
  EmptyState,
  ErrorState,
  formatDuration,
  LinkTabs,
  PageHeader,
  Skeletons,
  StatusBadge,
  Tag,
} from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useCommands } from "../commands/commands";
import { jobSelector } from "../launchpad/target";
import { useFresh } from "../live/fresh";
import { usePage } from "../shell/page";
import { averageDuration, titleOfJob } from "./facts";
import { JobOverview } from "./JobOverview";
import { JobRuns } from "./JobRuns";
import styles from "./Jobs.module.css";
import { JobDocument } from "./jobs.gql";
import { type JobTab, jobTabs } from "./search";

const Launchpad = lazy(() =>
  import("../launchpad/Launchpad").then((module) => ({ default: module.Launchpad })),
);
const route = getRouteApi("/jobs/$repository/$job");

export type Job = Extract<JobQuery["pipelineOrError"], { __typename: "Pipeline" }>;

/** One job: its graph, its runs, and the launchpad. */
export function JobPage() {
  const { repository, job: name } = route.useParams();
  const { tab = "overview", from, assets } = route.useSearch();
  const title = titleOfJob(repository, name);
  const target = useMemo(() => ({ address: repository, job: name, assets }), [repository, name, assets]);
  usePage(title, [{ label: "Jobs", href: "/jobs" }]);
  const { data, isLoading, problem, refresh } = useQuestion(JobDocument, {
    selector: jobSelector(repository, name),
  });
  useFresh(refresh);
  const answer = data?.pipelineOrError;
  if (isLoading) return <Skeletons lines={12} height={18} />;
  if (!answer)
    return <ErrorState title="The job could not be loaded" message={problem ?? ""} onRetry={refresh} />;
  if (answer.__typename !== "Pipeline")
    return <NoJob name={name} message={"message" in answer ? answer.message : ""} />;
  return (
    <div className={styles.page}>
      <JobHeader job={answer} title={title} tab={tab} assets={assets} />
      <JobTabs repository={repository} name={name} tab={tab} runs={answer.runs.length} />
      {tab === "overview" && <JobOverview address={repository} job={answer} />}
      {tab === "runs" && <JobRuns address={repository} job={answer} />}
      {tab === "launchpad" && (
        <Suspense fallback={<Skeletons lines={10} height={16} />}>
          <Launchpad target={target} from={from} />
        </Suspense>
      )}
    </div>
  );
}

interface JobHeaderProps {
  job: Job;
  title: string;
  tab: JobTab;
  assets: readonly string[] | undefined;
}

function JobHeader({ job, title, tab, assets }: JobHeaderProps) {
  const navigate = useNavigate({ from: "/jobs/$repository/$job" });
  const open = (next: JobTab) =>
    void navigate({ search: (old) => ({ ...old, tab: next === "overview" ? undefined : next }) });
  useCommands([
    {
      id: "launch",
      label: `Launch ${title}`,
      group: "Job",
      keys: "m",
      icon: <IconPlayerPlay size={15} />,
      run: () => open("launchpad"),
    },
    ...jobTabs.map((each, index) => ({
      id: `tab-${each}`,
      label: titles[each],
      group: "Job",
      keys: String(index + 1),
      run: () => open(each),
    })),
  ]);
  const latest = job.runs[0];
  const average = averageDuration(job.runs);
  return (
    <PageHeader
      title={tab === "launchpad" && assets ? `Materialize ${assets.join(", ")}` : title}
      facts={
        <>
          {latest && (
            <Link
              to="/runs/$runId"
              params={{ runId: latest.id }}
              aria-label={`Latest run: ${wordOfRun(latest.status)}`}
            >
              <StatusBadge status={statusOfRun(latest.status)} word={wordOfRun(latest.status)} />
            </Link>
          )}
          {job.isAssetJob && <Tag>assets</Tag>}
          {average !== undefined && <span>takes {formatDuration(average)}</span>}
        </>
      }
      actions={
        tab !== "launchpad" && (
          <Button size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={() => open("launchpad")}>
            Launch…
          </Button>
        )
      }
    />
  );
}

const titles: Record<JobTab, string> = { overview: "Overview", launchpad: "Launchpad", runs: "Runs" };

function JobTabs({
  repository,
  name,
  tab,
  runs,
}: {
  repository: string;
  name: string;
  tab: JobTab;
  runs: number;
}) {
  return (
    <LinkTabs label="Parts of the job">
      {jobTabs.map((each) => (
        <Link
          key={each}
          to="/jobs/$repository/$job"
          params={{ repository, job: name }}
          search={each === "overview" ? {} : { tab: each }}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={each === tab ? "page" : undefined}
        >
          {titles[each]}
          {each === "runs" && runs > 0 && ` (${runs === 30 ? "30+" : runs})`}
        </Link>
      ))}
    </LinkTabs>
  );
}

function NoJob({ name, message }: { name: string; message: string }) {
  return (
    <EmptyState
      isPage
      title={`There is no job ${name} here`}
      actions={
        <Button component={Link} to="/jobs" variant="default">
          All jobs
        </Button>
      }
    >
      {message} It may have been renamed, or its code location is not loaded.
    </EmptyState>
  );
}
