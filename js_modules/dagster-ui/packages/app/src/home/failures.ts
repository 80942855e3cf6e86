/** What is needed to know whether a failure has been made good. */
interface Ended {
  readonly id: string;
  readonly status: string;
  /** What the run does, such as its job and partition; the same words stand for the same work. */
  readonly work: string;
  /** The runs that it repeats. */
  readonly repeats: readonly string[];
  readonly creationTime: number;
}

/** The latest failure of each work that has not gone well since, by a run of the same work or by one that repeats it; newest first. */
export function openFailures<Run extends Ended>(runs: readonly Run[]): Run[] {
  const newestFirst = [...runs].sort((one, other) => other.creationTime - one.creationTime);
  const settled = new Set<string>();
  return newestFirst.filter((run) => {
    const isSettled = settled.has(run.work) || settled.has(run.id);
    if (run.status === "SUCCESS" || run.status === "FAILURE") {
      for (const each of [run.work, ...run.repeats]) settled.add(each);
    }
    return run.status === "FAILURE" && !isSettled;
  });
}
