"""The project about which both servers are asked. Runs on the reference as well."""

import time

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetExecutionContext,
    AssetSelection,
    AssetSpec,
    Config,
    ConfigurableResource,
    DailyPartitionsDefinition,
    Definitions,
    DynamicPartitionsDefinition,
    EnvVar,
    MaterializeResult,
    MetadataValue,
    RunRequest,
    ScheduleDefinition,
    SkipReason,
    StaticPartitionsDefinition,
    TableColumn,
    TableSchema,
    asset,
    asset_check,
    define_asset_job,
    graph,
    job,
    multi_asset,
    op,
    schedule,
    sensor,
)


class Warehouse(ConfigurableResource):
    """Where tables are."""

    schema_name: str = "public"
    password: str


class Limits(Config):
    most: int = 10
    label: str


@asset(
    group_name="sales",
    owners=["ada@example.org", "team:sales"],
    kinds={"table"},
    tags={"tier": "1"},
    metadata={"rows": 3, "docs": MetadataValue.url("https://example.org/orders")},
    code_version="7",
    description="All orders.",
)
def orders(context: AssetExecutionContext) -> MaterializeResult:
    context.log.info("reading orders")
    schema = TableSchema(columns=[TableColumn("id", "int"), TableColumn("price", "float", description="in euros")])
    return MaterializeResult(
        metadata={
            "rows": 3,
            "share": 0.5,
            "notes": MetadataValue.md("# Orders"),
            "columns": MetadataValue.table_schema(schema),
            "raw": {"a": [1, 2]},
            "is_whole": True,
        }
    )


@asset(deps=[orders], group_name="sales")
def report() -> int:
    print("printed by report")
    return 1


@asset
def broken(orders) -> None:
    raise ValueError("planted")


@asset(deps=[orders])
def slow() -> None:
    time.sleep(120)


@multi_asset(specs=[AssetSpec("left"), AssetSpec("right", deps=["left"])])
def both():
    yield MaterializeResult(asset_key="left")
    yield MaterializeResult(asset_key="right")


days = DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-01-06")
colors = StaticPartitionsDefinition(["red", "green", "blue"])
towns = DynamicPartitionsDefinition(name="towns")


@asset(partitions_def=days)
def daily(context: AssetExecutionContext) -> str:
    return context.partition_key


@asset(partitions_def=colors)
def colored(context: AssetExecutionContext) -> str:
    return context.partition_key


@asset(partitions_def=towns)
def in_towns(context: AssetExecutionContext) -> str:
    return context.partition_key


@asset_check(asset=orders, blocking=True, description="There are orders.")
def not_empty() -> AssetCheckResult:
    return AssetCheckResult(passed=True, metadata={"rows": 3})


@asset_check(asset=report)
def looks_odd() -> AssetCheckResult:
    return AssetCheckResult(passed=False, severity=AssetCheckSeverity.WARN, description="It is odd.")


@op(config_schema={"limit": int}, description="Reads.")
def read(context) -> int:
    return context.op_config["limit"]


@op
def double(number: int) -> int:
    return number * 2


@op
def labelled(config: Limits) -> str:
    return config.label


@op
def fails(number: int) -> None:
    raise ValueError("planted")


@graph
def doubled_twice(number: int) -> int:
    return double.alias("again")(double(number))


@job(tags={"team": "sales"}, description="Numbers.")
def numbers():
    doubled_twice(read())


@job
def labels():
    labelled()


@op
def one() -> int:
    return 1


@job
def failing():
    fails(double(one()))


sales_job = define_asset_job("sales_job", AssetSelection.assets(orders, report), tags={"team": "sales"})
daily_job = define_asset_job("daily_job", AssetSelection.assets(daily), partitions_def=days)
nightly = ScheduleDefinition(name="nightly", job=sales_job, cron_schedule="0 3 * * *", execution_timezone="Europe/Berlin")


@schedule(job=numbers, cron_schedule="0 0 1 1 *")
def yearly():
    return RunRequest(run_key="year", run_config={"ops": {"read": {"config": {"limit": 3}}}}, tags={"of": "schedule"})


@sensor(job=failing, minimum_interval_seconds=3600, description="Looks.")
def arrivals(context):
    return SkipReason(f"nothing since {context.cursor}")


defs = Definitions(
    assets=[orders, report, broken, slow, both, daily, colored, in_towns],
    asset_checks=[not_empty, looks_odd],
    jobs=[numbers, labels, failing, sales_job, daily_job],
    schedules=[nightly, yearly],
    sensors=[arrivals],
    resources={"warehouse": Warehouse(password=EnvVar("WAREHOUSE_PASSWORD"))},
)
