"""How conditions are joined over several evaluations: since, newly true, not, and, or; what is remembered when they change."""

from ticking import Scripted, ticks

import dagster as dg

AC = dg.AutomationCondition


def series(*conditions, acts=None) -> list:
    """One evaluation for each condition that the asset has at that time."""
    remaining = list(conditions)

    def project():
        @dg.asset(automation_condition=remaining.pop(0))
        def made(): ...

        return dg.Definitions([made])

    with dg.DagsterInstance.ephemeral() as instance:
        return [total for total, _ in ticks(project, instance, [None] * len(conditions))]


def same(condition, times: int = 5) -> list:
    return series(*[condition] * times)


def facts() -> dict:
    trigger, never = Scripted("t", "10000"), Scripted("r", "00000")
    missing, first = AC.missing(), AC.initial_evaluation()
    return {
        "script": same(Scripted("x", "10110")),
        "since": [
            same(trigger.since(Scripted("r", "10000"))),
            same(trigger.since(Scripted("r", "00100"))),
            same(Scripted("t", "10100").since(Scripted("r", "00100"))),
            same(Scripted("t", "01000").since(Scripted("r", "01000"))),
        ],
        "newly true": same(Scripted("t", "11011").newly_true()),
        "not": same(~Scripted("t", "11010")),
        "and": same(Scripted("p", "00110") & Scripted("q", "11100")),
        "and remembers": same(Scripted("p", "01111") & Scripted("t", "10000").since(Scripted("r", "00010"))),
        "and newly": same(Scripted("p", "00110") & Scripted("q", "11111").newly_true()),
        "or": same(Scripted("p", "10010") | Scripted("q", "11100").newly_true()),
        "since last handled": [
            same(Scripted("x", "11111").since_last_handled()),
            same(Scripted("x", "10101").since_last_handled()),
        ],
        "newly requested": same(AC.newly_requested() | Scripted("x", "01000")),
        "first": same(first),
        "first after changes": series(first, first, first & missing, first & missing, ~missing, first, None, first),
        "another part": [
            series(trigger.since(never), trigger.since(never) & missing, trigger.since(never) & missing),
            series(trigger.since(never) & missing, missing & trigger.since(never), missing & trigger.since(never)),
        ],
        "another child": series(trigger.since(never), trigger.since(AC.execution_failed()), trigger.since(AC.execution_failed())),
        "another label": series(trigger.since(never), trigger.since(never).with_label("since the beginning")),
        "another operand": series(missing.newly_true(), (~first).newly_true(), missing.newly_true(), missing.newly_true()),
        "handled, changed": series(
            missing.since_last_handled(),
            missing.since_last_handled(),
            (missing & ~AC.in_progress()).since_last_handled(),
            (missing & ~AC.in_progress()).since_last_handled(),
        ),
        "replaced": same(AC.eager().replace("any_deps_updated", Scripted("x", "01100"))),
        "without": same(AC.on_missing().without(AC.in_latest_time_window())),
    }
