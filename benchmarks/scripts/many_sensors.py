"""A location of BENCHMARK_SENSORS sensors that are asked each second, and say that there is nothing to do."""

import os

import dagster as dg


@dg.op
def nothing():
    pass


@dg.job
def done():
    nothing()


def declare(number: int):
    @dg.sensor(
        name=f"sensor_{number}",
        job=done,
        minimum_interval_seconds=1,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def function(context):
        context.update_cursor(str(int(context.cursor or 0) + 1))
        yield dg.SkipReason("There is nothing new.")

    return function


defs = dg.Definitions(jobs=[done], sensors=[declare(number) for number in range(int(os.environ.get("BENCHMARK_SENSORS", "100")))])
