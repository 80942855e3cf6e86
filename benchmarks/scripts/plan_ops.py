"""Plan a job of COUNT ops: `plan_ops.py COUNT`. How long it takes until the first of them would run; imports are not counted.

The reference has no public name for this: it runs the first op alone, of a job with a hundredth of the ops.
"""

import json
import sys
import time

import dagster as dg

IS_OURS = hasattr(dg.DagsterInstance, "append")


@dg.op
def first():
    return 0


@dg.op
def following(before):
    return before + 1


def job_of(count: int):
    @dg.job(name="planned")
    def made():
        values = [first()]
        for number in range(count - 1):
            values.append(following.alias(f"following_{number}")(values[number // 2]))

    return made


def plan(job) -> int:
    if not IS_OURS:
        job.execute_in_process(op_selection=["first"])
        return 1
    from dagster.execution.machines import ReadySteps
    from dagster.planning.op_plans import plan_ops

    ready = ReadySteps(plan_ops(job))
    ended = 0
    while (step := ready.next_ready()) is not None:
        ready.succeeded(step, {"result"})
        ended += 1
    return ended


count = int(sys.argv[1]) // (1 if IS_OURS else 100)
plan(job_of(2))
made = job_of(count)
cpu, wall = time.process_time(), time.perf_counter()
ended = plan(made)
cpu_seconds, wall_seconds = time.process_time() - cpu, time.perf_counter() - wall
if IS_OURS and ended != count:
    sys.exit(f"{ended} of {count} steps became ready")
print(json.dumps({"cpu_seconds": cpu_seconds, "wall_seconds": wall_seconds}))
