/** What is needed to know whether a failure has been made good. */
interface Ended {
  readonly id: string;
  readonly status: string;
  /** What the run does, such as its job; the same words stand for the same work. */
  readonly work: string;
  readonly creationTime: number;
}

/** The latest failure of each work that has not gone well since, newest first. */
export function openFailures<Run extends Ended>(runs: readonly Run[]): Run[] {
  const newestFirst = [...runs].sort((one, other) => other.creationTime - one.creationTime);
  const settled = new Set<string>();
  return newestFirst.filter((run) => {
    if (settled.has(run.work)) return false;
    if (run.status === "SUCCESS" || run.status === "FAILURE") settled.add(run.work);
    return run.status === "FAILURE";
  });
}
