import { repositoryAddress, repositorySelector, statusOfRun } from "@dagster-ui/client";
import type {
  JobScheduleFragment,
  JobSensorFragment,
  JobsQuery,
  RunFactsFragment,
} from "@dagster-ui/client/schema";
import { type Status, statusFacts } from "@dagster-ui/kit";
import { cronWords } from "../automation/cron";
import { isOfAssets } from "../runs/facts";
import type { JobColumn } from "./search";

/** A job as the list shows it. */
export interface JobFacts {
  readonly key: string;
  readonly name: string;
  readonly address: string;
  readonly description: string;
  readonly isAssetJob: boolean;
  /** Newest first. */
  readonly runs: readonly RunFactsFragment[];
  readonly starters: readonly Starter[];
  readonly averageMillis: number | undefined;
}

/** What starts a job by itself. */
export interface Starter {
  readonly kind: "schedule" | "sensor";
  readonly name: string;
  readonly isOn: boolean;
  readonly words: string;
}

type Repositories = Extract<
  JobsQuery["repositoriesOrError"],
  { __typename: "RepositoryConnection" }
>["nodes"];

/** The name of a job; the one that every repository has for its assets has none of its own. */
export function titleOfJob(address: string, job: string): string {
  if (!isOfAssets({ jobName: job })) return job;
  return `Assets of ${repositorySelector(address).repositoryLocationName}`;
}

/** The jobs of all repositories by name; the one that every repository has for its assets is none of the user's. */
export function jobFacts(repositories: Repositories): JobFacts[] {
  return repositories
    .flatMap((repository) => {
      const address = repositoryAddress(repository);
      return repository.pipelines
        .filter((job) => !job.name.startsWith("__"))
        .map((job) => ({
          key: `${address}/${job.name}`,
          name: job.name,
          address,
          description: job.description ?? "",
          isAssetJob: job.isAssetJob,
          runs: job.runs,
          starters: startersOf(job.schedules, job.sensors),
          averageMillis: averageDuration(job.runs),
        }));
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}

export function startersOf(
  schedules: readonly JobScheduleFragment[],
  sensors: readonly JobSensorFragment[],
): Starter[] {
  return [
    ...schedules.map((each) => ({
      kind: "schedule" as const,
      name: each.name,
      isOn: each.scheduleState.status === "RUNNING",
      words: cronWords(each.cronSchedule),
    })),
    ...sensors.map((each) => ({
      kind: "sensor" as const,
      name: each.name,
      isOn: each.sensorState.status === "RUNNING",
      words: each.name,
    })),
  ];
}

/** The mean time of the runs that ended well; undefined when none did. */
export function averageDuration(runs: readonly RunFactsFragment[]): number | undefined {
  const took = runs.flatMap((run) =>
    run.status === "SUCCESS" && run.startTime !== null && run.endTime !== null
      ? [(run.endTime - run.startTime) * 1000]
      : [],
  );
  return took.length === 0 ? undefined : took.reduce((sum, each) => sum + each, 0) / took.length;
}

/** How the job stands: as its latest run. */
export function statusOfJob(job: JobFacts): Status {
  const latest = job.runs[0];
  return latest ? statusOfRun(latest.status) : "missing";
}

export function selectJobs(jobs: readonly JobFacts[], query: string): JobFacts[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return jobs.filter((job) => {
    const text =
      `${job.key} ${job.description} ${job.starters.map((each) => each.name).join(" ")}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

export function sortJobs(jobs: readonly JobFacts[], column: JobColumn, isDescending: boolean): JobFacts[] {
  const turn = isDescending ? -1 : 1;
  return [...jobs].sort(
    (one, other) => turn * compareBy(one, other, column) || one.name.localeCompare(other.name),
  );
}

function compareBy(one: JobFacts, other: JobFacts, column: JobColumn): number {
  switch (column) {
    case "name":
      return one.name.localeCompare(other.name);
    case "location":
      return one.address.localeCompare(other.address);
    case "status":
      return statusFacts[statusOfJob(other)].rank - statusFacts[statusOfJob(one)].rank;
    case "time":
      return (other.runs[0]?.creationTime ?? 0) - (one.runs[0]?.creationTime ?? 0);
    case "duration":
      return (other.averageMillis ?? -1) - (one.averageMillis ?? -1);
  }
}
