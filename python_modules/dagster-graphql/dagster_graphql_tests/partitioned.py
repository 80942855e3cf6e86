"""A small project of partitions, with checks of them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetExecutionContext,
    BackfillPolicy,
    DagsterInstance,
    DailyPartitionsDefinition,
    DataVersion,
    Definitions,
    DynamicPartitionsDefinition,
    MaterializeResult,
    MultiPartitionsDefinition,
    OpExecutionContext,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    job,
    op,
    static_partitioned_config,
)
from dagster_graphql_tests.loaded import Served

days = DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-01-11")
regions = StaticPartitionsDefinition(["east", "west"])
towns = DynamicPartitionsDefinition(name="towns")


@asset(partitions_def=days, backfill_policy=BackfillPolicy.single_run())
def daily(context: AssetExecutionContext) -> None:
    if "2024-01-05" in context.partition_keys:
        raise ValueError("planted")


@asset(partitions_def=days, deps=[daily])
def report() -> None: ...


@asset(partitions_def=MultiPartitionsDefinition({"day": days, "region": regions}))
def grid() -> None: ...


@asset(partitions_def=towns)
def in_towns() -> None: ...


@asset(partitions_def=MultiPartitionsDefinition({"day": days, "town": towns}))
def in_towns_by_day() -> None: ...


@asset
def root() -> MaterializeResult:
    return MaterializeResult(data_version=DataVersion("one"))


@asset(deps=[root])
def leaf() -> None: ...


@asset_check(asset=daily, partitions_def=days)
def is_good(context: AssetCheckExecutionContext) -> AssetCheckResult:
    return AssetCheckResult(passed=context.partition_key != "2024-01-03")


@asset_check(asset=root)
def is_whole() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@static_partitioned_config(["red", "blue"], tags_for_partition_key_fn=lambda key: {"colour": key})
def of_colour(key: str) -> dict[str, object]:
    return {"ops": {"paint": {"config": {"colour": key}}}}


@op(config_schema={"colour": str})
def paint(context: OpExecutionContext) -> None: ...


@job(config=of_colour)
def painting():
    paint()


ASSETS = [daily, report, grid, in_towns, in_towns_by_day, root, leaf]
CHECKS = [is_good, is_whole]


@contextmanager
def served_partitions() -> Generator[Served]:
    """An API over the project, in a location named `shop`."""
    with DagsterInstance.local_temp() as instance:
        yield Served(instance, shop=Definitions(assets=ASSETS, asset_checks=CHECKS, jobs=[painting]))
