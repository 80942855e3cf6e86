from collections.abc import Callable
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetKey,
    AssetSelection,
    AutomationConditionSensorDefinition,
    DagsterInstance,
    Definitions,
    DynamicPartitionsDefinition,
    RunRequest,
    SensorResult,
    SkipReason,
    asset,
    asset_check,
    asset_sensor,
    build_multi_asset_sensor_context,
    build_sensor_context,
    define_asset_job,
    materialize,
    multi_asset_sensor,
    sensor,
)
from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidSubsetError,
    DagsterInvariantViolationError,
    DagsterUnknownPartitionError,
)

NIGHTLY = define_asset_job("nightly")
FILES = DynamicPartitionsDefinition(name="files")


@asset
def orders() -> None: ...


@asset
def report() -> None: ...


@asset_check(asset=orders)
def filled() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


PROJECT = Definitions(assets=[orders, report], asset_checks=[filled])


def said(function: Callable[..., Any], context: Any = None, **options: Any) -> Any:
    target = {} if {"jobs", "asset_selection"} & options.keys() else {"job": NIGHTLY}
    return sensor(**{"name": "s", **target, **options})(function).evaluate_tick(context or build_sensor_context())


def test_requests_get_the_tag_of_the_sensor() -> None:
    assert said(lambda: [RunRequest("a")]).run_requests == [RunRequest("a", tags={"dagster/sensor_name": "s"})]


def test_the_cursor_is_that_of_the_result_of_the_context_or_of_before() -> None:
    def moves(context: Any) -> None:
        context.update_cursor("2")

    assert said(lambda: SensorResult(cursor="3"), build_sensor_context(cursor="1")).cursor == "3"
    assert said(moves, build_sensor_context(cursor="1")).cursor == "2"
    assert said(lambda: SkipReason("no"), build_sensor_context(cursor="1")).cursor == "1"


def test_a_cursor_is_not_set_twice() -> None:
    def moves(context: Any) -> SensorResult:
        context.update_cursor("2")
        return SensorResult(cursor="3")

    with pytest.raises(DagsterInvariantViolationError, match="update_cursor"):
        said(moves)


@pytest.mark.parametrize(
    "wrong",
    [
        3,
        {},
        (RunRequest("a"),),
        [3],
        [RunRequest("a"), None],
        [RunRequest("a"), SkipReason("b")],
        [SensorResult(), RunRequest("a")],
    ],
)
def test_what_a_sensor_cannot_say_is_refused(wrong: Any) -> None:
    with pytest.raises(CheckError, match="sensor s"):
        said(lambda: wrong)


def test_what_the_function_raises_comes_out_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError):
        said(lambda: 1 / 0)


def asks_for(job_name: str | None) -> Callable[[], RunRequest]:
    return lambda: RunRequest(job_name=job_name)


def test_jobs_are_those_that_the_sensor_starts() -> None:
    jobs = [NIGHTLY, define_asset_job("weekly")]
    assert said(lambda: RunRequest(job_name="weekly"), jobs=jobs).run_requests[0].job_name == "weekly"
    for name, started in [(None, jobs), ("x", [NIGHTLY]), (None, [])]:
        with pytest.raises(DagsterInvariantViolationError, match="Error in sensor s"):
            said(asks_for(name), jobs=started)


def test_a_sensor_of_assets_asks_for_them_and_their_checks() -> None:
    context = build_sensor_context(definitions=PROJECT)
    [all_of_them] = said(lambda: RunRequest(), context, asset_selection=[orders, report]).run_requests
    assert all_of_them.job_name == "__ASSET_JOB"
    assert all_of_them.asset_selection == [AssetKey("orders"), AssetKey("report")]
    assert all_of_them.asset_check_keys == [filled.check_key]
    [one] = said(lambda: RunRequest(asset_selection=[report.key]), context, asset_selection=[orders, report]).run_requests
    assert (one.asset_selection, one.asset_check_keys) == ([AssetKey("report")], [])
    [checks] = said(lambda: RunRequest(), context, asset_selection=AssetSelection.checks(filled)).run_requests
    assert (checks.asset_selection, checks.asset_check_keys) == ([], [filled.check_key])


def test_assets_that_are_not_the_sensors_are_refused() -> None:
    context = build_sensor_context(definitions=PROJECT)
    with pytest.raises(DagsterInvalidSubsetError, match="report"):
        said(lambda: RunRequest(asset_selection=[report.key]), context, asset_selection=[orders])
    with pytest.raises(DagsterInvariantViolationError, match="definitions="):
        said(lambda: RunRequest(), asset_selection=[orders])


def test_partitions_that_are_added_with_the_request_exist() -> None:
    @asset(partitions_def=FILES)
    def loaded() -> None: ...

    job = define_asset_job("load", [loaded])
    with DagsterInstance.ephemeral() as instance:
        context = build_sensor_context(instance=instance, definitions=Definitions(assets=[loaded], jobs=[job]))
        asked = SensorResult([RunRequest(partition_key="a")], dynamic_partitions_requests=[FILES.build_add_request(["a"])])
        told = said(lambda: asked, context, jobs=[job])
        assert told.run_requests[0].tags["dagster/partition"] == "a"
        assert told.dynamic_partitions_requests == asked.dynamic_partitions_requests
        with pytest.raises(DagsterUnknownPartitionError):
            said(lambda: RunRequest(partition_key="a"), context, jobs=[job])
        assert instance.get_dynamic_partitions("files") == []


def test_a_sensor_of_an_asset_moves_behind_its_latest_materialization() -> None:
    @asset_sensor(AssetKey("orders"), job=NIGHTLY)
    def made(context: Any, event: Any) -> RunRequest:
        return RunRequest(event.dagster_event.asset_key.to_user_string())

    with DagsterInstance.ephemeral() as instance:
        before = made.evaluate_tick(build_sensor_context(instance))
        materialize([orders], instance=instance)
        first = made.evaluate_tick(build_sensor_context(instance))
        again = made.evaluate_tick(build_sensor_context(instance, cursor=first.cursor))
    assert [bool(each.run_requests) for each in (before, first, again)] == [False, True, False]
    assert again.cursor == first.cursor


def test_a_sensor_of_an_asset_sets_no_cursor() -> None:
    @asset_sensor(AssetKey("orders"), job=NIGHTLY)
    def made(context: Any, event: Any) -> SensorResult:
        return SensorResult(cursor="1")

    with DagsterInstance.ephemeral() as instance:
        materialize([orders], instance=instance)
        with pytest.raises(DagsterInvariantViolationError, match="cursor"):
            made.evaluate_tick(build_sensor_context(instance))


def test_a_sensor_of_several_assets_marks_what_it_looked_at() -> None:
    @multi_asset_sensor([AssetKey("orders"), AssetKey("report")], job=NIGHTLY)
    def made(context: Any) -> RunRequest | None:
        if not any(context.latest_materialization_records_by_key().values()):
            return None
        context.advance_all_cursors()
        return RunRequest()

    with DagsterInstance.ephemeral() as instance:
        materialize([orders], instance=instance)
        first = made.evaluate_tick(build_sensor_context(instance, definitions=PROJECT))
        again = made.evaluate_tick(build_sensor_context(instance, definitions=PROJECT, cursor=first.cursor))
    assert (len(first.run_requests), again.run_requests, again.cursor) == (1, [], first.cursor)


def test_runs_are_not_asked_for_without_marking() -> None:
    @multi_asset_sensor([AssetKey("orders")], job=NIGHTLY)
    def made(context: Any) -> RunRequest:
        return RunRequest()

    with DagsterInstance.ephemeral() as instance, pytest.raises(DagsterInvalidDefinitionError, match="advance_cursor"):
        made.evaluate_tick(
            build_multi_asset_sensor_context(monitored_assets=[orders.key], instance=instance, definitions=PROJECT)
        )


def test_conditions_are_not_asked_like_a_sensor() -> None:
    with pytest.raises(NotImplementedError):
        AutomationConditionSensorDefinition("conditions", target="*").evaluate_tick(build_sensor_context())
