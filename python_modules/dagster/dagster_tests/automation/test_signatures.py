from typing import Any

from dagster.automation.signatures import remembers, signature
from dagster.specs.automation_conditions import AutomationCondition


class Mine(AutomationCondition[Any]):
    def __init__(self, threshold: int) -> None:
        self.threshold = threshold


def test_a_label_does_not_count() -> None:
    eager = AutomationCondition.eager()
    assert signature(eager) == signature(eager.with_label('of "mine", said \\'))
    assert signature(eager) == signature(AutomationCondition.eager())


def test_what_it_says_counts() -> None:
    conditions = [
        AutomationCondition.missing(),
        AutomationCondition.newly_updated(),
        AutomationCondition.cron_tick_passed("0 0 * * *"),
        AutomationCondition.cron_tick_passed("0 1 * * *"),
        AutomationCondition.any_deps_match(AutomationCondition.missing()),
        AutomationCondition.executed_with_tags(tag_keys={"a", "b"}),
        Mine(1),
        Mine(2),
        Mine(1) & AutomationCondition.missing(),
    ]
    assert len({signature(each) for each in conditions}) == len(conditions)
    assert signature(Mine(2)) == signature(Mine(2))


def test_what_remembers_is_known() -> None:
    missing = AutomationCondition.missing()
    assert not remembers(AutomationCondition.any_deps_match(missing & ~missing))
    assert remembers(AutomationCondition.any_deps_match(missing & ~missing.newly_true()))
    assert remembers(missing | Mine(1))
