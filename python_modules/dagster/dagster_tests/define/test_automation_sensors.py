import pytest

from dagster import AutomationCondition, AutomationConditionSensorDefinition, Definitions, asset, build_sensor_context
from dagster.define.automation_problems import all_sensors
from dagster.errors import CheckError


@asset(automation_condition=AutomationCondition.eager())
def eager() -> int:
    return 1


@asset
def plain() -> int:
    return 1


def test_conditions_that_no_sensor_evaluates_have_one() -> None:
    [sensor] = all_sensors(Definitions(assets=[eager, plain]).project)
    assert (sensor.name, str(sensor.asset_selection)) == ("default_automation_condition_sensor", "*")


def test_no_sensor_is_added_where_none_is_needed() -> None:
    own = AutomationConditionSensorDefinition("own", target="*")
    assert list(all_sensors(Definitions(assets=[eager], sensors=[own]).project)) == [own]
    assert list(all_sensors(Definitions(assets=[plain]).project)) == []


def test_a_default_condition_needs_the_code() -> None:
    eagerly = AutomationCondition.eager()
    with pytest.raises(CheckError, match="use_user_code_server"):
        AutomationConditionSensorDefinition("own", target="*", default_condition=eagerly)
    own = AutomationConditionSensorDefinition("own", target="*", default_condition=eagerly, use_user_code_server=True)
    assert own.default_condition == eagerly


def test_it_has_no_function_to_call() -> None:
    with pytest.raises(NotImplementedError):
        AutomationConditionSensorDefinition("own", target="*")(build_sensor_context())
