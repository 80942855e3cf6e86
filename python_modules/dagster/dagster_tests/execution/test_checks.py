import pytest

from dagster.define.asset_checks import asset_check, multi_asset_check
from dagster.define.assets import asset
from dagster.errors import DagsterAssetCheckFailedError, DagsterInvalidDefinitionError
from dagster.events.asset_events import AssetCheckResult, AssetCheckSeverity
from dagster.execution.materialize import materialize
from dagster.instance.instance import DagsterInstance
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.selections import AssetSelection


@asset
def rows() -> list[int]:
    return [1, 2, 3]


@asset(deps=[rows])
def report() -> None: ...


@asset_check(asset=rows, blocking=True)
def unique(rows: list[int]) -> AssetCheckResult:
    return AssetCheckResult(passed=len(set(rows)) == len(rows))


@asset_check(asset=rows, blocking=True)
def many(rows: list[int]) -> AssetCheckResult:
    return AssetCheckResult(passed=len(rows) > 10)


@asset_check(asset=rows, blocking=True)
def more(rows: list[int]) -> AssetCheckResult:
    return AssetCheckResult(passed=len(rows) > 10, severity=AssetCheckSeverity.WARN)


def test_a_blocking_check_that_fails_stops_what_is_downstream() -> None:
    with DagsterInstance.ephemeral() as instance:
        result = materialize([rows, report, unique, many], instance=instance, raise_on_error=False)
        assert instance.get_latest_materialization_event(report.key) is None
    assert not result.success
    assert {each.check_name: each.passed for each in result.get_asset_check_evaluations()} == {"unique": True, "many": False}
    with pytest.raises(DagsterAssetCheckFailedError, match="1 blocking asset check failed") as failed:
        materialize([rows, many])
    assert failed.value.names == {"rows": ["many"]}


def test_a_warning_stops_nothing() -> None:
    assert materialize([rows, report, more]).success


def test_checks_run_alone_on_what_is_stored() -> None:
    with DagsterInstance.ephemeral() as instance:
        materialize([rows], instance=instance)
        result = materialize([rows, unique], instance=instance, selection=AssetSelection.all_asset_checks())
    [found] = result.get_asset_check_evaluations()
    assert (found.passed, found.target_materialization_data is not None) == (True, True)
    assert [event.step_key for event in result.get_step_success_events()] == ["rows_unique"]


def test_a_resource_that_a_check_lacks_is_named() -> None:
    @asset_check(asset=rows, required_resource_keys={"client"})
    def online() -> AssetCheckResult:
        return AssetCheckResult(passed=True)

    with pytest.raises(DagsterInvalidDefinitionError, match="resource with key 'client' required by check 'rows:online'"):
        materialize([rows, online])


def test_a_check_that_may_fail_leaves_the_run_to_others() -> None:
    @asset_check(asset=rows, allow_failure=True)
    def raises() -> AssetCheckResult:
        raise ConnectionError("nobody answers")

    @multi_asset_check(specs=[AssetCheckSpec("both", asset="rows")], allow_failure=True)
    def raises_too() -> AssetCheckResult:
        raise ConnectionError("nobody answers")

    result = materialize([rows, raises, raises_too])
    assert result.success
    assert {event.step_key for event in result.all_events if event.is_step_failure} == {"rows_raises", "raises_too"}


def test_a_check_that_blocks_may_not_fail() -> None:
    def passes() -> AssetCheckResult:
        return AssetCheckResult(passed=True)

    spec = AssetCheckSpec("x", asset="rows", blocking=True)
    for decorate in (
        asset_check(asset=rows, blocking=True, allow_failure=True),
        multi_asset_check(specs=[spec], allow_failure=True),
    ):
        with pytest.raises(DagsterInvalidDefinitionError, match="nothing would be blocked"):
            decorate(passes)
