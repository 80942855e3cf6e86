"""Assets in slices of every kind, with checks, and two of which one goes out of date when the other is made."""

import dagster as dg

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-05-01")
REGIONS = dg.StaticPartitionsDefinition(["africa", "america", "asia", "europe", "oceania"])
BAD_DAY = "2024-02-29"


@dg.asset(group_name="slices", partitions_def=DAYS)
def visits(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Visits of each day; one day cannot be counted."""
    if context.partition_key == BAD_DAY:
        raise ValueError(f"no visits were counted on {BAD_DAY}")
    return dg.MaterializeResult(metadata={"visits": 100 + int(context.partition_key[-2:])})


@dg.asset_check(asset=visits, blocking=True)
def some_visits() -> dg.AssetCheckResult:
    """Somebody came."""
    return dg.AssetCheckResult(passed=True, metadata={"rows": 3})


@dg.asset(
    group_name="slices",
    partitions_def=dg.HourlyPartitionsDefinition("2014-01-01-00:00", end_date="2024-01-01-00:00"),
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def visits_by_hour(context: dg.AssetExecutionContext) -> None:
    """Ten years of hours, as many as wanted in one run."""
    context.log.info(f"{len(context.partition_keys)} hours")


@dg.asset(
    group_name="slices",
    partitions_def=dg.TimeWindowPartitionsDefinition(
        start="2022-01-01-00:00", end="2023-12-01-00:00", cron_schedule="* * * * *", fmt="%Y-%m-%d-%H:%M"
    ),
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def ticks() -> None:
    """A million minutes."""


@dg.asset(
    group_name="slices",
    partitions_def=dg.MultiPartitionsDefinition({"date": DAYS, "region": REGIONS}),
    backfill_policy=dg.BackfillPolicy.single_run(),
)
def sales() -> None:
    """Days by regions."""


@dg.asset(
    group_name="slices",
    partitions_def=dg.MultiPartitionsDefinition(
        {"date": DAYS, "region": REGIONS, "size": dg.StaticPartitionsDefinition(["small", "large"])}
    ),
)
def stock() -> None:
    """Days by regions by sizes."""


@dg.asset(group_name="slices", partitions_def=dg.DynamicPartitionsDefinition(name="customers"))
def orders() -> None:
    """Orders of each customer that is known."""


class Read(dg.Config):
    """What was read.

    Attributes:
        rows: how many.
    """

    rows: int = 10


@dg.asset(group_name="versions")
def readings(config: Read) -> dg.MaterializeResult:
    """Each time other data, when other rows are read."""
    return dg.MaterializeResult(data_version=dg.DataVersion(str(config.rows)), metadata={"rows": config.rows})


@dg.asset(group_name="versions", deps=[readings], code_version="1")
def averages() -> None:
    """Made from the readings."""


@dg.asset_check(asset=readings)
def enough_rows(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
    """There are at least eleven rows."""
    event = context.instance.get_latest_materialization_event(readings.key)
    rows = event.asset_materialization.metadata["rows"].value if event is not None else 0
    return dg.AssetCheckResult(
        passed=rows > 10,
        severity=dg.AssetCheckSeverity.ERROR if rows < 5 else dg.AssetCheckSeverity.WARN,
        metadata={"rows": rows},
        description=f"{rows} rows",
    )


defs = dg.Definitions(
    [visits, visits_by_hour, ticks, sales, stock, orders, readings, averages], asset_checks=[some_visits, enough_rows]
)
