from typing import Any

import pytest

from dagster import (
    AutomationConditionSensorDefinition,
    Definitions,
    ScheduleDefinition,
    SensorDefinition,
    asset,
    define_asset_job,
    schedule,
    sensor,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvalidSubsetError

NIGHTLY = define_asset_job("nightly")


@asset
def orders() -> int:
    return 1


def look(context: Any) -> None:
    return None


def validated(**given: Any) -> None:
    Definitions.validate_loadable(Definitions(**{"assets": [orders], **given}))


def test_jobs_and_assets_come_with_what_starts_them() -> None:
    daily = ScheduleDefinition("daily", target=[orders], cron_schedule="@daily")
    watch = SensorDefinition("watch", evaluation_fn=look, job=NIGHTLY)
    defs = Definitions(schedules=[daily], sensors=[watch])
    assert [job.name for job in defs.resolve_all_job_defs()] == ["__ASSET_JOB", "__anonymous_asset_job_daily", "nightly"]
    Definitions.validate_loadable(defs)


def test_a_job_that_is_not_there_is_named_with_what_targets_it() -> None:
    @schedule("@daily", job_name="nightyl")
    def daily() -> None: ...

    with pytest.raises(
        DagsterInvalidDefinitionError, match=r"\"daily\" targets job \"nightyl\".*Close: 'nightly'.*problems\.py:"
    ):
        validated(jobs=[NIGHTLY], schedules=[daily])


def test_an_asset_that_is_not_there_is_named_with_what_targets_it() -> None:
    @sensor(target="ordres")
    def watch() -> None: ...

    with pytest.raises(DagsterInvalidDefinitionError, match=r"sensor 'watch'.*\"ordres\"") as refused:
        validated(sensors=[watch])
    assert "test_automation_problems.py" in str(refused.value)


def test_names_are_given_once() -> None:
    twice = [ScheduleDefinition("s", job=NIGHTLY, cron_schedule="@daily") for _ in range(2)]
    with pytest.raises(DagsterInvalidDefinitionError, match="Duplicate definition found for s"):
        validated(schedules=twice)
    validated(schedules=[twice[0], twice[0]])


def test_a_resource_that_nobody_gives_is_named() -> None:
    watch = SensorDefinition("watch", evaluation_fn=look, job=NIGHTLY, required_resource_keys={"db"})
    with pytest.raises(DagsterInvalidDefinitionError, match="'db' required by sensor 'watch'"):
        validated(sensors=[watch])
    validated(sensors=[watch], resources={"db": 1})


def test_each_asset_has_one_sensor_for_its_condition() -> None:
    def conditions(name: str, target: str) -> AutomationConditionSensorDefinition:
        return AutomationConditionSensorDefinition(name, target=target)

    with pytest.raises(DagsterInvalidDefinitionError, match="'b' and 'a' have overlapping"):
        validated(sensors=[conditions("a", "*"), conditions("b", "orders")])
    with pytest.raises(DagsterInvalidSubsetError, match="Sensor 'a'"):
        validated(sensors=[conditions("a", "nobody")])


def test_every_problem_is_listed() -> None:
    daily = ScheduleDefinition("x", job=NIGHTLY, cron_schedule="@daily", required_resource_keys={"db"})
    watch = SensorDefinition("x", evaluation_fn=look, job=NIGHTLY)
    with pytest.raises(DagsterInvalidDefinitionError, match="2 problems"):
        validated(schedules=[daily], sensors=[watch])


@pytest.mark.parametrize(
    "given", [{"schedules": [3]}, {"sensors": [NIGHTLY]}, {"jobs": [3]}, {"asset_checks": [3]}, {"executor": 3}]
)
def test_what_is_of_another_kind_is_refused_at_once(given: Any) -> None:
    with pytest.raises(CheckError):
        Definitions(**given)
