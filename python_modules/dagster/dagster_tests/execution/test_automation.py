from datetime import datetime, timezone
from typing import Any

import pytest

from dagster.automation.contexts import AutomationContext, AutomationResult
from dagster.define.assets import asset
from dagster.define.definitions import Definitions
from dagster.errors import ParameterCheckError
from dagster.execution.automation import evaluate_automation_conditions
from dagster.execution.materialize import materialize
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.specs.automation_conditions import AutomationCondition


@asset
def raw() -> int:
    return 1


@asset(deps=[raw], automation_condition=AutomationCondition.eager())
def clean() -> None: ...


def test_what_was_made_between_two_evaluations_is_followed() -> None:
    for instance in (DagsterInstance.ephemeral(), DagsterInstance.local_temp()):
        with instance:
            first = evaluate_automation_conditions([raw, clean], instance)
            materialize([raw], instance=instance)
            second = evaluate_automation_conditions(Definitions([raw, clean]), instance, cursor=first.cursor)
            third = evaluate_automation_conditions([raw, clean], instance, cursor=second.cursor)
        assert [each.total_requested for each in (first, second, third)] == [0, 1, 0]
        assert second.get_requested_partitions(AssetKey("clean")) == {None}
        assert third.get_requested_partitions("clean") == set()


def test_keys_of_dynamic_partitions_come_from_the_instance() -> None:
    named = DynamicPartitionsDefinition(name="named")
    parts = asset(lambda: None, name="parts", partitions_def=named, automation_condition=AutomationCondition.missing())
    with DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("named", ["a", "b"])
        result = evaluate_automation_conditions(Definitions([parts]), instance)
    assert result.get_num_requested(parts.key) == 2
    assert result.get_requested_partitions(parts.key) == {"a", "b"}


def test_a_moment_without_a_zone_is_utc_and_functions_may_be_async() -> None:
    class Noon(AutomationCondition[Any]):
        async def evaluate(self, context: AutomationContext) -> AutomationResult:
            is_noon = context.evaluation_time == datetime(2024, 1, 1, 12, tzinfo=timezone.utc)
            return AutomationResult(context, context.candidate_subset if is_noon else context.get_empty_subset())

    noon = asset(lambda: None, name="noon", automation_condition=Noon())
    moment = datetime(2024, 1, 1, 12, tzinfo=timezone.utc).replace(tzinfo=None)
    with DagsterInstance.ephemeral() as instance:
        assert evaluate_automation_conditions([noon], instance, evaluation_time=moment).total_requested == 1


@pytest.mark.parametrize("wrong", [{"defs": 3}, {"instance": 3}, {"cursor": 3}, {"evaluation_time": 3}])
def test_arguments_of_a_wrong_type_are_refused(wrong: dict[str, Any]) -> None:
    with DagsterInstance.ephemeral() as instance, pytest.raises(ParameterCheckError, match=next(iter(wrong))):
        evaluate_automation_conditions(**{"defs": [clean, raw], "instance": instance, **wrong})
