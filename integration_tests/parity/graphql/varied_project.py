"""A project with one of each of the less common things that the API tells of. Runs on the reference as well."""

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetObservation,
    AssetSelection,
    AssetSpec,
    AutomationCondition,
    Config,
    DataVersion,
    Definitions,
    DynamicOut,
    DynamicOutput,
    ExpectationResult,
    Failure,
    In,
    MaterializeResult,
    MetadataValue,
    Out,
    Output,
    ScheduleDefinition,
    SkipReason,
    StaticPartitionsDefinition,
    TableColumn,
    TableColumnDep,
    TableColumnLineage,
    TableRecord,
    TableSchema,
    asset,
    asset_check,
    define_asset_job,
    graph,
    graph_asset,
    job,
    multi_asset,
    observable_source_asset,
    op,
    schedule,
    sensor,
    success_hook,
)

A = AutomationCondition
colors = StaticPartitionsDefinition(["red", "green", "blue"])


class Count(Config):
    """How many."""

    n: int = 3


@asset(pool="database", automation_condition=A.eager())
def orders(context):
    context.log_event(AssetObservation(asset_key="orders", description="seen", metadata={"seen": 1}))
    yield ExpectationResult(success=True, label="complete", description="Nothing is missing.", metadata={"rows": 3})
    yield Output(
        1,
        metadata={
            "link": MetadataValue.url("https://example.org"),
            "place": MetadataValue.path("/data/orders"),
            "moment": MetadataValue.timestamp(1700000000.0),
            "made of": MetadataValue.asset(["a", "b"]),
            "job": MetadataValue.job("numbers", "project.py"),
            "nothing": None,
            "not a number": float("nan"),
            "large": 2**60,
            "table": MetadataValue.table(
                [TableRecord({"a": 1, "b": "x"})], TableSchema([TableColumn("a", "int"), TableColumn("b", "string")])
            ),
            "lineage": MetadataValue.column_lineage(TableColumnLineage({"a": [TableColumnDep("left", "b")]})),
        },
        data_version=DataVersion("v1"),
    )


@asset(deps=[orders], automation_condition=A.any_deps_match(A.missing()) & A.missing().newly_true())
def report(config: Count) -> int:
    return config.n


@asset(automation_condition=(A.missing() & ~A.in_progress()) | A.cron_tick_passed("0 1 * * *").since(A.newly_updated()))
def plan() -> None: ...


@asset(partitions_def=colors)
def colored(context) -> None:
    if context.partition_key == "blue":
        raise ValueError("planted")


@multi_asset(specs=[AssetSpec("left", group_name="pair"), AssetSpec("right", deps=["left"], group_name="pair")], can_subset=True)
def both(context):
    for key in sorted(context.selected_asset_keys):
        yield MaterializeResult(asset_key=key)


@observable_source_asset(group_name="outside")
def observed() -> DataVersion:
    return DataVersion("7")


@asset(deps=["outside", observed])
def failing_asset() -> None:
    raise ValueError("planted") from KeyError("cause")


@asset(deps=[failing_asset])
def below_failing() -> None: ...


@op
def one() -> int:
    return 1


@op(pool="small", tags={"size": "s"}, ins={"n": In(int, default_value=4, metadata={"q": 1})}, out=Out(int, metadata={"z": "1"}))
def plus_one(n):
    return n + 1


@graph_asset(group_name="graphs")
def from_graph():
    return plus_one(one())


@asset(check_specs=[AssetCheckSpec("inner", asset="with_checks")])
def with_checks():
    yield MaterializeResult(check_results=[AssetCheckResult(check_name="inner", passed=False, metadata={"share": 1.5})])


@asset_check(asset=orders)
def not_empty() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


@asset_check(asset="left")
def broken_check() -> AssetCheckResult:
    raise ValueError("planted")


@op(out=DynamicOut(int))
def fan():
    for number in range(2):
        yield DynamicOutput(number, mapping_key=f"k{number}")


@op
def total(numbers: list[int]) -> int:
    return sum(numbers)


@op
def fails(n: int):
    raise Failure("planted", metadata={"why": "because"})


@graph
def inner(n: int):
    return plus_one.alias("again")(plus_one(n))


@graph
def outer(n: int):
    return inner.alias("second")(inner(n))


@success_hook
def tell(context): ...


@job(hooks={tell}, run_tags={"of": "run"}, metadata={"kept": 1})
def numbers():
    outer(one())


@job
def fanned():
    total(fan().map(plus_one).collect())


@job
def failing():
    fails(plus_one(one()))


@op
def counted(config: Count):
    return config.n


@job(config={"ops": {"counted": {"config": {"n": 4}}}})
def with_config():
    counted()


@op(pool="large")
def first(): ...


@job
def pools():
    first()
    first.alias("other")()
    one()


pair_job = define_asset_job("pair_job", AssetSelection.groups("pair"), config={"execution": {"config": {"in_process": {}}}})
checks_job = define_asset_job("checks_job", AssetSelection.checks_for_assets("orders"))


@schedule(job=numbers, cron_schedule=["0 0 * * 1", "30 5 * * *"], execution_timezone="Europe/Berlin")
def twice(context):
    return SkipReason(context.scheduled_execution_time.isoformat())


of_pair = ScheduleDefinition(name="of_pair", target=AssetSelection.assets("left", "right"), cron_schedule="0 0 * * *")


@sensor(target=AssetSelection.groups("pair"))
def on_pair(context):
    return SkipReason("nothing")


@sensor(asset_selection="key:orders+1")
def on_orders(context):
    return SkipReason("nothing")


defs = Definitions(
    assets=[
        orders,
        report,
        plan,
        colored,
        both,
        observed,
        failing_asset,
        below_failing,
        from_graph,
        with_checks,
        AssetSpec("outside"),
    ],
    asset_checks=[not_empty, broken_check],
    jobs=[numbers, fanned, failing, with_config, pools, pair_job, checks_job],
    schedules=[twice, of_pair],
    sensors=[on_pair, on_orders],
)
