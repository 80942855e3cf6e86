"""The project about whose partitions, checks and versions both servers are asked. Runs on the reference as well."""

from pathlib import Path

from dagster import (
    AllPartitionMapping,
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetDep,
    AssetExecutionContext,
    AssetSelection,
    BackfillPolicy,
    DailyPartitionsDefinition,
    DataVersion,
    Definitions,
    DynamicPartitionsDefinition,
    HourlyPartitionsDefinition,
    MaterializeResult,
    MultiPartitionsDefinition,
    OpExecutionContext,
    StaticPartitionsDefinition,
    WeeklyPartitionsDefinition,
    asset,
    asset_check,
    build_schedule_from_partitioned_job,
    define_asset_job,
    job,
    observable_source_asset,
    op,
    static_partitioned_config,
)

CODE_VERSION = Path("code_version.txt")
"""What this file holds is the code version of an asset: a run writes it, and loading the location again reads it."""

days = DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-01-11")
hours = HourlyPartitionsDefinition(start_date="2024-03-31-00:00", end_date="2024-03-31-06:00", timezone="Europe/Berlin")
weeks = WeeklyPartitionsDefinition(start_date="2024-01-01", end_date="2024-02-05")
regions = StaticPartitionsDefinition(["east", "north", "south", "west"])
sizes = StaticPartitionsDefinition(["small", "large"])
towns = DynamicPartitionsDefinition(name="towns")
streets = DynamicPartitionsDefinition(name="streets")


@asset(partitions_def=days, code_version="1")
def events(context: AssetExecutionContext) -> MaterializeResult:
    """Fails on one day."""
    if context.partition_key == "2024-01-05":
        raise ValueError("planted")
    return MaterializeResult(data_version=DataVersion(f"events of {context.partition_key}"), metadata={"rows": 3})


@asset(partitions_def=days, deps=[events], code_version="1")
def report(context: AssetExecutionContext) -> None:
    """What is made of the events."""


@asset(partitions_def=weeks, deps=[report])
def summary() -> None:
    """Made of seven days."""


@asset(partitions_def=hours)
def measured() -> None:
    """Of a day with a missing hour."""


@asset(partitions_def=regions)
def by_region(context: AssetExecutionContext) -> None:
    """Fails in one region."""
    if context.partition_key == "west":
        raise ValueError("planted")


@asset(deps=[AssetDep(by_region, partition_mapping=AllPartitionMapping())])
def total() -> None:
    """Made of all regions."""


@asset(partitions_def=MultiPartitionsDefinition({"day": days, "region": regions}))
def grid() -> None:
    """Of days and regions."""


@asset(partitions_def=MultiPartitionsDefinition({"region": regions, "size": sizes}))
def shelf() -> None:
    """Of two dimensions without time."""


@asset(partitions_def=towns)
def in_towns() -> None:
    """Of partitions that come and go."""


@asset(partitions_def=MultiPartitionsDefinition({"day": days, "street": streets}))
def in_streets() -> None:
    """Of days, and of partitions that come and go."""


@asset(partitions_def=days, backfill_policy=BackfillPolicy.single_run())
def whole(context: AssetExecutionContext) -> MaterializeResult:
    """Made for many days by one run."""
    return MaterializeResult(metadata={"days": len(context.partition_keys)})


@asset(partitions_def=days, backfill_policy=BackfillPolicy.multi_run(max_partitions_per_run=2))
def pairs() -> None:
    """Made for two days by each run."""


@observable_source_asset
def tap() -> DataVersion:
    """Somebody else writes it."""
    return DataVersion("drop")


@asset(deps=[tap])
def root() -> MaterializeResult:
    """Has the same data each time."""
    return MaterializeResult(data_version=DataVersion("same"))


@asset(deps=[root], code_version=CODE_VERSION.read_text() if CODE_VERSION.exists() else "1")
def middle() -> None:
    """Its code has versions."""


@asset(deps=[middle, *([tap] if CODE_VERSION.exists() else [])])
def leaf() -> None:
    """Depends on more as soon as the code has its second version."""


@asset
def next_version() -> None:
    """Writes what the next version of the code is."""
    CODE_VERSION.write_text("2")


@asset_check(asset=root, blocking=True)
def is_whole() -> AssetCheckResult:
    return AssetCheckResult(passed=True, metadata={"rows": 3})


@asset_check(asset=root, additional_deps=[middle], description="It is odd.")
def is_odd() -> AssetCheckResult:
    return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN, description="Very.")


@asset_check(asset=root)
def breaks() -> AssetCheckResult:
    raise ValueError("planted")


@asset_check(asset=events, partitions_def=days)
def has_rows(context: AssetCheckExecutionContext) -> AssetCheckResult:
    return AssetCheckResult(passed=context.partition_key != "2024-01-03")


@asset_check(asset=by_region, partitions_def=regions)
def is_known(context: AssetCheckExecutionContext) -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@static_partitioned_config(["red", "blue"], tags_for_partition_key_fn=lambda key: {"colour": key})
def of_colour(key: str):
    return {"ops": {"paint": {"config": {"colour": key}}}}


@op(config_schema={"colour": str})
def paint(context: OpExecutionContext) -> None:
    if context.op_config["colour"] == "blue":
        raise ValueError("planted")


@job(config=of_colour)
def painting():
    paint()


@job
def idle():
    paint()


days_job = define_asset_job("days_job", AssetSelection.assets(events, report), partitions_def=days, tags={"team": "sales"})
root_job = define_asset_job("root_job", AssetSelection.assets(root))

defs = Definitions(
    assets=[
        *(events, report, summary, measured, by_region, total, grid, shelf, in_towns, in_streets, whole, pairs),
        *(tap, root, middle, leaf, next_version),
    ],
    asset_checks=[is_whole, is_odd, breaks, has_rows, is_known],
    jobs=[painting, idle, days_job, root_job],
    schedules=[build_schedule_from_partitioned_job(days_job)],
)
