from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest

from dagster import (
    AssetCheckEvaluation,
    AssetCheckSeverity,
    AssetMaterialization,
    AssetObservation,
    AssetSelection,
    DagsterInstance,
    Definitions,
    MaterializeResult,
    MetadataValue,
    StaticPartitionsDefinition,
    asset,
    build_column_schema_change_checks,
    build_last_update_freshness_checks,
    build_metadata_bounds_checks,
    build_sensor_context,
    build_sensor_for_freshness_checks,
    build_time_partition_freshness_checks,
    define_asset_job,
    materialize,
)
from dagster.errors import DagsterError

HOUR = timedelta(hours=1)


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as opened:
        yield opened


@asset
def orders() -> MaterializeResult[None]:
    return MaterializeResult(metadata={"rows": 5})


@asset(partitions_def=StaticPartitionsDefinition(["a"]))
def regional() -> None: ...


def executed(checks: Sequence[Any], instance: DagsterInstance, *assets: Any) -> Any:
    project = Definitions(
        assets=assets or [orders], asset_checks=checks, jobs=[define_asset_job("checks", AssetSelection.checks(*checks))]
    )
    return project.resolve_job_def("checks").execute_in_process(instance=instance, raise_on_error=False)


def found(checks: Sequence[Any], instance: DagsterInstance) -> list[Any]:
    return [(each.passed, each.severity.value) for each in executed(checks, instance).get_asset_check_evaluations()]


def test_bounds_are_checked_in_runs_with_their_severity(instance: DagsterInstance) -> None:
    checks = build_metadata_bounds_checks(assets=[orders], metadata_key="rows", max_value=4, severity=AssetCheckSeverity.ERROR)
    assert found(checks, instance) == [(False, "ERROR")]
    materialize([orders], instance=instance)
    assert found(checks, instance) == [(False, "ERROR")]
    assert found(build_metadata_bounds_checks(assets=[orders], metadata_key="rows", min_value=5), instance) == [(True, "WARN")]


def test_the_latest_materialization_makes_an_asset_fresh(instance: DagsterInstance) -> None:
    checks = build_last_update_freshness_checks(assets=[orders], lower_bound_delta=HOUR)
    assert found(checks, instance) == [(False, "WARN")]
    materialize([orders], instance=instance)
    assert found(checks, instance) == [(True, "WARN")]


def test_an_observation_may_say_when_a_source_was_updated(instance: DagsterInstance) -> None:
    checks = build_last_update_freshness_checks(assets=["orders"], lower_bound_delta=HOUR)
    instance.report_runless_asset_event(AssetObservation("orders"))
    assert found(checks, instance) == [(False, "WARN")]
    told = {"dagster/last_updated_timestamp": MetadataValue.timestamp(9e9)}
    instance.report_runless_asset_event(AssetObservation("orders", metadata=told))
    assert found(checks, instance) == [(True, "WARN")]


def test_partitions_without_times_have_no_deadline(instance: DagsterInstance) -> None:
    checks = build_time_partition_freshness_checks(assets=[regional], deadline_cron="0 9 * * *")
    result = executed(checks, instance, regional)
    assert not result.success
    with pytest.raises(DagsterError, match="no windows of time"):
        materialize([regional, *checks], instance=instance, partition_key="a")


def test_checks_are_executed_with_the_assets_of_a_run(instance: DagsterInstance) -> None:
    checks = [
        *build_column_schema_change_checks(assets=[orders]),
        *build_last_update_freshness_checks(assets=[orders], lower_bound_delta=HOUR),
    ]
    result = materialize([orders, *checks], instance=instance)
    assert {(each.check_name, each.passed) for each in result.get_asset_check_evaluations()} == {
        ("column_schema_change", True),
        ("freshness_check", True),
    }


def test_the_sensor_asks_for_checks_that_may_come_out_differently(instance: DagsterInstance) -> None:
    checks = build_last_update_freshness_checks(assets=[orders], lower_bound_delta=HOUR)
    sensor = build_sensor_for_freshness_checks(freshness_checks=checks)
    project = Definitions(assets=[orders], asset_checks=checks, sensors=[sensor])

    def asked() -> list[Any]:
        told = sensor.evaluate_tick(build_sensor_context(instance, definitions=project))
        return [key.to_user_string() for request in told.run_requests for key in request.asset_check_keys or ()]

    never = asked()
    executed(checks, instance)
    failed = asked()
    instance.report_runless_asset_event(AssetMaterialization("orders"))
    made = asked()
    executed(checks, instance)
    passed = asked()
    assert [never, failed, made, passed] == [["orders:freshness_check"], [], ["orders:freshness_check"], []]


@pytest.mark.parametrize(("until", "is_due"), [(1.0, True), (9e9, False)])
def test_a_check_that_passed_is_due_when_the_asset_is_not_fresh_any_more(
    instance: DagsterInstance, until: float, is_due: bool
) -> None:
    checks = build_last_update_freshness_checks(assets=[orders], lower_bound_delta=HOUR)
    sensor = build_sensor_for_freshness_checks(freshness_checks=checks)
    told = {"dagster/fresh_until_timestamp": MetadataValue.timestamp(until)}
    instance.report_runless_asset_event(AssetCheckEvaluation(orders.key, "freshness_check", passed=True, metadata=told))
    context = build_sensor_context(instance, definitions=Definitions(assets=[orders], asset_checks=checks))
    assert bool(sensor.evaluate_tick(context).run_requests) is is_due
