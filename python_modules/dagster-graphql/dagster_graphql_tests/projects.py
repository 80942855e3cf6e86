"""A small project that several tests ask about."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from dagster import (
    AssetCheckResult,
    AssetKey,
    DagsterInstance,
    Definitions,
    MaterializeResult,
    MetadataValue,
    ScheduleDefinition,
    SkipReason,
    asset,
    asset_check,
    define_asset_job,
    job,
    materialize,
    op,
    sensor,
)
from dagster_graphql_tests.loaded import Served


@asset(
    group_name="sales",
    owners=["ada@example.org", "team:sales"],
    kinds={"table"},
    tags={"tier": "1"},
    metadata={"rows": 3, "docs": MetadataValue.url("https://example.org/orders")},
    code_version="7",
    description="All orders.",
)
def orders(context) -> MaterializeResult:
    context.log.info("reading orders")
    return MaterializeResult(metadata={"rows": 3, "notes": MetadataValue.md("# Orders")})


@asset(deps=[orders], group_name="sales")
def report() -> int:
    return 1


@asset(deps=[orders])
def broken() -> None:
    raise ValueError("planted")


@op(config_schema={"limit": int})
def read(context) -> int:
    return context.op_config["limit"]


@op
def double(number: int) -> int:
    return number * 2


@job(tags={"team": "sales"})
def numbers():
    double(read())


@op
def nothing() -> None: ...


@job
def simple():
    nothing()


@asset_check(asset=orders)
def not_empty() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@sensor(job=simple)
def arrivals():
    return SkipReason("nothing arrived")


sales_job = define_asset_job("sales_job", [orders, report], tags={"team": "sales"})
nightly = ScheduleDefinition(name="nightly", job=sales_job, cron_schedule="0 0 * * *")


def definitions() -> Definitions:
    """The project, made anew, since tests change what they serve."""
    return Definitions(
        assets=[orders, report, broken],
        jobs=[numbers, simple, sales_job],
        schedules=[nightly],
        sensors=[arrivals],
        asset_checks=[not_empty],
    )


@contextmanager
def served_project(*, with_runs: bool = False) -> Generator[Served]:
    """An API over the project, in a location named `shop`; with runs of `orders` and `report`, and one that failed."""
    with DagsterInstance.local_temp() as instance:
        if with_runs:
            materialize([orders, report], instance=instance, tags={"by": "ada"})
            materialize([broken], instance=instance, raise_on_error=False, tags={"by": "bob"})
        yield Served(instance, shop=definitions())


ORDERS = AssetKey("orders")
