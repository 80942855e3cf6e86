import { seeded } from "./seed";

export interface MockRun {
  readonly __typename: "Run";
  id: string;
  runId: string;
  status: string;
  jobName: string;
  pipelineName: string;
  creationTime: number;
  startTime: number | null;
  endTime: number | null;
  failure: object | null;
}

export interface MockRuns {
  readonly list: MockRun[];
  readonly add: (jobName: string) => MockRun;
  readonly roots: Record<string, unknown>;
}

/** Runs of the last day, newest first, and those that are launched while one looks. */
export function makeRuns(): MockRuns {
  const random = seeded(7);
  const now = Date.now() / 1000;
  const jobs = ["hourly_ingest", "daily_marts", "__ASSET_JOB", "train_models"];
  const list = Array.from({ length: 60 }, (_, index): MockRun => {
    const start = now - index * 1500 - random() * 900;
    const status = index === 0 ? "STARTED" : index === 1 ? "QUEUED" : random() < 0.15 ? "FAILURE" : "SUCCESS";
    const isDone = status === "SUCCESS" || status === "FAILURE";
    return made(
      `run-${index}`,
      jobs[index % jobs.length] ?? "",
      status,
      start,
      isDone ? start + 20 + random() * 400 : null,
    );
  });
  const add = (jobName: string) => {
    const run = made(crypto.randomUUID(), jobName, "STARTED", Date.now() / 1000, null);
    list.unshift(run);
    return run;
  };
  const roots = {
    runsFeedOrError: ({ limit, filter }: { limit: number; filter?: { statuses?: string[] } }) => {
      const found = list.filter((run) => filter?.statuses?.includes(run.status) ?? true);
      return {
        __typename: "RunsFeedConnection",
        results: found.slice(0, limit),
        cursor: found[limit - 1]?.id ?? "",
        hasMore: found.length > limit,
      };
    },
    runsOrError: ({ limit }: { limit?: number }) => ({
      __typename: "Runs",
      results: list.slice(0, limit ?? 50),
      count: list.length,
    }),
    runOrError: ({ runId }: { runId: string }) =>
      list.find((run) => run.id === runId) ?? {
        __typename: "RunNotFoundError",
        runId,
        message: `There is no run ${runId}.`,
      },
  };
  return { list, add, roots };
}

const failure = {
  __typename: "RunFailure",
  stepKey: "load_orders",
  error: {
    __typename: "PythonError",
    className: "KeyError",
    message: "KeyError: 'customer_id'",
    stack: ['  File "/home/ada/shop/orders.py", line 41, in load_orders\n    rows["customer_id"]\n'],
    causes: [],
  },
};

function made(id: string, jobName: string, status: string, start: number, end: number | null): MockRun {
  const startTime = status === "QUEUED" ? null : start;
  return {
    __typename: "Run",
    id,
    runId: id,
    status,
    jobName,
    pipelineName: jobName,
    creationTime: start - 1,
    startTime,
    endTime: end,
    failure: status === "FAILURE" ? failure : null,
  };
}
