from typing import Any

import pytest
from hypothesis import given

from dagster import AssetKey, AssetSelection, AssetSpec
from dagster import AutomationCondition as Condition
from dagster.errors import CheckError
from dagster.serdes import decode, encode
from dagster.specs.condition_nodes import AndAutomationCondition, Operand
from dagster_tests.specs.condition_strategies import conditions

WHOLE_RULES = [Condition.eager(), Condition.on_cron("0 9 * * *", "Europe/Berlin"), Condition.on_missing()]


class Mine(Condition):
    def evaluate(self, context: Any) -> None:
        return None


def test_conditions_of_one_kind_and_label_are_equal() -> None:
    assert Condition.eager() == Condition.eager()
    assert hash(Condition.eager()) == hash(Condition.eager())
    assert Condition.missing() != Condition.newly_updated()
    assert Condition.missing() != Condition.missing().with_label("gone")


def test_the_same_operator_joins_flat() -> None:
    joined = (Condition.missing() & Condition.execution_failed()) & (Condition.newly_updated() & Condition.in_progress())
    assert isinstance(joined, AndAutomationCondition)
    assert len(joined.operands) == 4


def test_a_labelled_operand_stays_in_one_piece() -> None:
    assert len((Condition.eager() & Condition.missing()).operands) == 2


@pytest.mark.parametrize("condition", WHOLE_RULES, ids=lambda condition: condition.get_label())
def test_a_rule_survives_the_wire(condition: Any) -> None:
    assert decode(encode(condition), Operand) == condition  # pyright: ignore[reportArgumentType] - a union at run time


@given(conditions)
def test_conditions_survive_the_wire(condition: Any) -> None:
    decoded: Any = decode(encode(condition), Operand)  # pyright: ignore[reportArgumentType] - a union at run time
    assert (decoded, hash(decoded)) == (condition, hash(condition))


@given(conditions, conditions)
def test_replacing_a_condition_by_itself_changes_nothing(condition: Any, other: Any) -> None:
    assert condition.replace(other, other) == condition
    assert condition.replace(condition, other) == other


@given(conditions, conditions, conditions)
def test_joining_is_associative(first: Any, second: Any, third: Any) -> None:
    assert (first & second) & third == first & (second & third)
    assert (first | second) | third == first | (second | third)


def test_allow_and_ignore_reach_the_conditions_on_dependencies() -> None:
    marts, raw = AssetSelection.groups("marts"), AssetSelection.groups("raw")
    limited = Condition.any_deps_match(Condition.missing()).allow(marts).ignore(raw)
    assert limited.name == 'ANY_DEPS_MATCH(allow_selection=group:"marts",ignore_selection=group:"raw")'
    assert Condition.eager().allow(marts) != Condition.eager()
    assert Condition.any_deps_match(Condition.missing()).allow(marts).allow(raw).allow_selection == raw | marts


def test_replace_finds_conditions_by_value_name_and_label() -> None:
    rule = Condition.on_missing()
    by_value = rule.replace(Condition.missing(), Condition.execution_failed())
    assert by_value == rule.replace("missing", Condition.execution_failed())
    assert by_value != rule
    assert rule.replace("on_missing", Condition.missing()) == Condition.missing()
    assert rule.replace("no such thing", Condition.missing()) == rule


def test_without_leaves_one_operand_out() -> None:
    assert len(Condition.eager().without(Condition.in_latest_time_window()).operands) == 4
    with pytest.raises(CheckError, match="none of the conditions of eager"):
        Condition.eager().without(Condition.execution_failed())
    with pytest.raises(CheckError, match="at least two"):
        (Condition.missing() & Condition.newly_updated()).without(Condition.missing())


def test_a_class_of_the_user_joins_and_is_not_data_alone() -> None:
    joined = Mine() & Condition.missing()
    assert (Mine().name, joined.children[0].name, joined.is_serializable) == ("Mine", "Mine", False)
    assert Condition[AssetKey] is Condition


def test_a_class_of_the_user_says_of_what_it_is_true() -> None:
    with pytest.raises(NotImplementedError, match="it overrides `evaluate`"):
        Condition().evaluate(None)


@pytest.mark.parametrize("cron", ["never", "* * * *", "* * * * * *", "0 0 30 2 *"])
def test_a_cron_string_that_is_none_is_refused(cron: str) -> None:
    with pytest.raises(CheckError, match="Invalid cron schedule"):
        Condition.on_cron(cron)


def test_what_is_no_condition_is_refused() -> None:
    with pytest.raises(CheckError):
        _ = Condition.missing() & "missing"  # pyright: ignore[reportOperatorIssue]
    with pytest.raises(CheckError):
        AssetSpec("orders", automation_condition="eager")
