from typing import Any

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AutomationCondition,
    Definitions,
    ScheduleDefinition,
    SensorDefinition,
    asset,
    asset_check,
    define_asset_job,
    failure_hook,
    multiprocess_executor,
)
from dagster.define.descriptions import describe


@failure_hook
def alarm(context: Any) -> None:
    return None


@asset(automation_condition=AutomationCondition.eager(), hooks={alarm}, check_specs=[AssetCheckSpec("within", asset="orders")])
def orders() -> int:
    return 1


@asset_check(asset="orders")
def beside() -> AssetCheckResult:
    return AssetCheckResult(passed=True)


def look(context: Any) -> None:
    return None


NIGHTLY = define_asset_job("nightly", hooks={alarm}, executor_def=multiprocess_executor)
PROJECT = Definitions(
    assets=[orders],
    asset_checks=[beside],
    schedules=[ScheduleDefinition("daily", job=NIGHTLY, cron_schedule="@daily")],
    sensors=[SensorDefinition("watch", evaluation_fn=look, job=NIGHTLY)],
    resources={"db": 1},
)


def test_everything_that_is_declared_is_described() -> None:
    described = describe(PROJECT)
    assert [asset.spec.key.to_user_string() for asset in described.assets] == ["orders"]
    assert (described.assets[0].check_names, described.assets[0].hook_names) == (["within", "beside"], ["alarm"])
    assert [job.name for job in described.jobs] == ["nightly"]
    assert [schedule.cron_schedule for schedule in described.schedules] == ["@daily"]
    assert [sensor.name for sensor in described.sensors] == ["default_automation_condition_sensor", "watch"]
    assert described.resources == {"db": "int"}


def test_checks_tell_who_executes_them() -> None:
    checks = {check.key.name: check.is_executed_with_asset for check in describe(PROJECT).checks}
    assert checks == {"within": True, "beside": False}


def test_what_only_a_later_version_makes_act_is_counted() -> None:
    assert describe(PROJECT).not_evaluated == {"automation condition": 1}
    assert describe(PROJECT).notes == ["1 automation condition: declared, not evaluated by this version"]


def test_a_project_of_assets_alone_needs_no_note() -> None:
    @asset
    def plain() -> int:
        return 1

    assert describe(Definitions(assets=[plain])).notes == []
