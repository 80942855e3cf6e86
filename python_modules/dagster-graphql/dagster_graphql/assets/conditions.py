"""Automation conditions in words: the operators written out, and what its author gave a name in that name."""

from __future__ import annotations

from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.condition_nodes import (
    AllChecksCondition,
    AndAutomationCondition,
    AnyChecksCondition,
    OrAutomationCondition,
    SinceCondition,
)
from dagster_graphql.domains import Domain

DOMAIN = Domain.beside(__file__)

_BETWEEN = (AndAutomationCondition, OrAutomationCondition, SinceCondition)
_OF_CHECKS = (AnyChecksCondition, AllChecksCondition)


def in_words(condition: AutomationCondition) -> list[str]:
    """A condition, its operands in parentheses; its own label is left out, since it is told beside it.

    Example:
        >>> in_words(AutomationCondition.missing() & ~AutomationCondition.in_progress())
        ['(missing)', 'AND', '(NOT (in_progress))']
    """
    operands = [] if isinstance(condition, _OF_CHECKS) else [f"({_within(each)})" for each in condition.children]
    if not isinstance(condition, _BETWEEN):
        return [condition.name, *operands]
    return [word for operand in operands for word in (condition.name, operand)][1:]


def _within(condition: AutomationCondition) -> str:
    return condition.get_label() or " ".join(in_words(condition))


DOMAIN.type(
    "AutomationCondition",
    AutomationCondition,
    {"label": lambda condition: condition.get_label(), "expandedLabel": in_words},
)
