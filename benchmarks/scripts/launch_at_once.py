"""A sensor asks for BENCHMARK_RUNS runs at once, which `dagster dev` launches with its defaults: the same program on both sides.

From the first of them being asked for to the last success, as the instance remembers both; divided by the number of runs.
"""

import json
import os
import sys

from process_trees import cpu_seconds
from served import served, wait_for

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = int(os.environ["BENCHMARK_RUNS"])
LOOK_SECONDS = 0.5


def main():
    with served("-f", os.path.join(HERE, "runs_at_once.py")) as process:
        import dagster as dg

        finished = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
        with dg.DagsterInstance.get() as instance:

            def are_done():
                return instance.get_runs_count(dg.RunsFilter(statuses=finished)) == RUNS

            wait_for(are_done, process, LOOK_SECONDS)
            records = instance.get_run_records()
            cpu = cpu_seconds(process.pid)
    if any(not record.dagster_run.is_success for record in records):
        sys.exit("Some runs failed.")
    seconds = max(record.end_time for record in records) - min(record.create_timestamp.timestamp() for record in records)
    print(json.dumps({"wall_seconds": seconds / RUNS, "cpu_seconds": cpu / RUNS, "per_minute": RUNS / seconds * 60}))


main()
