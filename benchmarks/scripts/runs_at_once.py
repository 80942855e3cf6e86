"""The location of `launch_at_once.py`: a sensor that asks for BENCHMARK_RUNS runs of a job of one op in one tick."""

import os

import dagster as dg


@dg.op
def nothing():
    pass


@dg.job
def one_op():
    nothing()


@dg.sensor(job=one_op, minimum_interval_seconds=5, default_status=dg.DefaultSensorStatus.RUNNING)
def many_at_once(context):
    if context.cursor is None:
        context.update_cursor("asked")
        for number in range(int(os.environ["BENCHMARK_RUNS"])):
            yield dg.RunRequest(run_key=str(number))


defs = dg.Definitions(jobs=[one_op], sensors=[many_at_once])
