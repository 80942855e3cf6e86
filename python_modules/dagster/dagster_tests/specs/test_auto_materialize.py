import pytest

from dagster import AutoMaterializePolicy as Policy
from dagster import AutoMaterializeRule as Rule
from dagster.errors import CheckError


def test_a_lazy_policy_makes_less_than_an_eager_one() -> None:
    assert Policy.lazy().rules < Policy.eager().rules
    assert Policy.eager().skip_rules == Policy.lazy().skip_rules


def test_rules_are_added_and_removed() -> None:
    cron = Rule.materialize_on_cron("0 9 * * *")
    assert Policy.eager().with_rules(cron).without_rules(cron) == Policy.eager()
    with pytest.raises(CheckError, match="do not exist"):
        Policy.eager().without_rules(cron)


def test_a_policy_takes_rules_or_a_condition() -> None:
    with pytest.raises(CheckError, match="exactly one"):
        Policy(rules=set())


def test_a_policy_is_a_condition() -> None:
    condition = Policy.lazy().to_automation_condition()
    assert [child.operator_type for child in condition.children] == ["or", "not"]
