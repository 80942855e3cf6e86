"""A project of one asset with BENCHMARK_PARTITIONS days, which one run makes as many as it is told of."""

import datetime
import os

import dagster as dg

COUNT = int(os.environ["BENCHMARK_PARTITIONS"])
FIRST = datetime.date(2010, 1, 1)


def day(number: int) -> str:
    return (FIRST + datetime.timedelta(days=number)).isoformat()


@dg.asset(
    partitions_def=dg.DailyPartitionsDefinition(start_date=day(0), end_date=day(COUNT)),
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def daily() -> None:
    """Stores nothing."""


defs = dg.Definitions(assets=[daily])
