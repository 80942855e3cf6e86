import { problemOf } from "@dagster-ui/client";
import type { LocationFactsFragment, ServedFragment } from "@dagster-ui/client/schema";
import { type Problem, parseFrames, type Status } from "@dagster-ui/kit";

/** A code location as its card shows it. */
export interface LocationFacts {
  readonly name: string;
  readonly status: Status;
  readonly word: string;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** Where its code lies: a module or a file. */
  readonly source: string | undefined;
  readonly folder: string | undefined;
  readonly version: string | undefined;
  /** What is wrong with the code as it is now. */
  readonly problem: Problem | undefined;
  /** Whether the code of before goes on being served in spite of the problem. */
  readonly isServingOld: boolean;
  /** Why its processes are started anew instead of forked. */
  readonly slowStartReasons: readonly string[];
  readonly holds: Holdings | undefined;
}

/** How much a location defines. */
export interface Holdings {
  readonly assets: number;
  readonly groups: readonly string[];
  readonly jobs: number;
  readonly schedules: number;
  readonly sensors: number;
}

/**
 * A location from its entry and from the repositories that are served. The latter tell what it holds: an entry with an error names
 * none, though the code of before may still be there.
 */
export function locationFacts(
  entry: LocationFactsFragment,
  served: readonly ServedFragment[],
): LocationFacts {
  const repositories = served.filter((repository) => repository.location.name === entry.name);
  const loaded = entry.locationOrLoadError;
  const location = loaded?.__typename === "RepositoryLocation" ? loaded : undefined;
  const error = entry.error ?? (loaded?.__typename === "PythonError" ? loaded : undefined);
  const metadata = new Map(entry.displayMetadata.map((each) => [each.key, each.value]));
  return {
    name: entry.name,
    ...standing(entry.loadStatus === "LOADING", error !== undefined, repositories.length > 0),
    updatedAt: entry.updatedTimestamp * 1000,
    source: metadata.get("module_name") ?? metadata.get("package_name") ?? metadata.get("python_file"),
    folder: metadata.get("working_directory"),
    version: location?.dagsterLibraryVersions?.find((each) => each.name === "dagster")?.version,
    problem: error && loadProblem(problemOf(error)),
    isServingOld: error !== undefined && repositories.length > 0,
    slowStartReasons: entry.slowStartReasons,
    holds: repositories.length === 0 ? undefined : holdings(repositories),
  };
}

const told = /^(\S.*?\.py):(\d+): (\w+): ([\s\S]*)$/;

/**
 * The exception of the user's code itself, where the error of the location only tells of it: `rates.py:10: KeyError: 'eur'`. Code
 * that cannot be read has no traceback: its line becomes the only frame, with the source that the error quotes.
 */
export function loadProblem(problem: Problem): Problem {
  const [, file, line, className, message] = told.exec(problem.message.trim()) ?? [];
  if (className === undefined || message === undefined) return problem;
  const isPlaced = parseFrames(problem.stack).some((frame) => frame.isOwn);
  const source = problem.stack[0]?.trim();
  const stack = isPlaced ? problem.stack : [`  File "${file}", line ${line}\n    ${source ?? ""}\n`];
  return { ...problem, className, message, stack };
}

function standing(
  isLoading: boolean,
  hasError: boolean,
  isLoaded: boolean,
): { status: Status; word: string } {
  if (isLoading) return { status: "running", word: "Loading" };
  if (hasError)
    return isLoaded
      ? { status: "stale", word: "Serves the code of before" }
      : { status: "failed", word: "Not loaded" };
  return isLoaded ? { status: "ok", word: "Loaded" } : { status: "unknown", word: "Not loaded yet" };
}

function holdings(repositories: readonly ServedFragment[]): Holdings {
  const groups = repositories.flatMap((each) => each.assetGroups);
  const count = (of: (repository: ServedFragment) => number) =>
    repositories.reduce((sum, each) => sum + of(each), 0);
  return {
    assets: groups.reduce((sum, group) => sum + group.assetKeys.length, 0),
    groups: groups.map((group) => group.groupName),
    jobs: count((each) => each.pipelines.filter((job) => !job.name.startsWith("__")).length),
    schedules: count((each) => each.schedules.length),
    sensors: count((each) => each.sensors.length),
  };
}

/** What cannot be used first, then by name. */
export function sortLocations(locations: readonly LocationFacts[]): LocationFacts[] {
  return [...locations].sort(
    (one, other) =>
      Number(other.problem !== undefined) - Number(one.problem !== undefined) ||
      one.name.localeCompare(other.name),
  );
}
