"""Conditions that join others: and, or, not, since, newly true."""

from __future__ import annotations

from typing import Any

from dagster.automation.contexts import AutomationContext, AutomationResult
from dagster.automation.cursors import NodeState
from dagster.automation.entity_subsets import joined, kept, restored, shared, without
from dagster.automation.operands import last_tick
from dagster.specs import condition_nodes as nodes


def all_of(context: AutomationContext, node: nodes.AndAutomationCondition) -> AutomationResult:
    """Each condition is asked about what is left by those before it; once nothing is left, those that remember what they see."""
    left = context.candidate_subset
    children: list[AutomationResult] = []
    for operand in node.operands:
        if left.value or context.tick.remembers(operand):
            children.append(context.child(operand, left).evaluate())
            left = children[-1].true_subset
    return AutomationResult(context, left, child_results=children)


def any_of(context: AutomationContext, node: nodes.OrAutomationCondition) -> AutomationResult:
    children = [context.child(operand).evaluate() for operand in node.operands]
    found = context.get_empty_subset().value
    for child in children:
        found = joined(found, child.true_subset.value)
    return AutomationResult(context, context.subset(found), child_results=children)


def not_of(context: AutomationContext, node: nodes.NotAutomationCondition) -> AutomationResult:
    child = context.child(node.operand).evaluate()
    value = without(context.candidate_subset.value, child.true_subset.value)
    return AutomationResult(context, context.subset(value), child_results=[child])


def since(context: AutomationContext, node: nodes.SinceCondition) -> AutomationResult:
    """What was or is triggered and is not reset. Both are asked about everything, since what they say is remembered."""
    everything = context.whole_subset()
    trigger = context.child(node.trigger_condition, everything).evaluate()
    reset = context.child(node.reset_condition, everything).evaluate()
    triggered, undone = trigger.true_subset.value, reset.true_subset.value
    if triggered and undone:
        triggered, undone = _in_time(context, node, triggered, undone)
        found = joined(without(_true_before(context), reset.true_subset.value), without(triggered, undone))
    else:
        found = without(joined(_true_before(context), triggered), undone)
    found = shared(found, everything.value)
    context.remember(NodeState(true=kept(found)))
    return _among_candidates(context, found, [trigger, reset])


def _in_time(context: AutomationContext, node: nodes.SinceCondition, triggered: Any, undone: Any) -> tuple[Any, Any]:
    """Trigger and reset seen in one evaluation: of an update and a time the order is known, else the reset comes later."""
    kinds = type(node.trigger_condition), type(node.reset_condition)
    cron = next((each for each in node.children if isinstance(each, nodes.CronTickPassedCondition)), None)
    moment = last_tick(cron, context.evaluation_time) if cron is not None else None
    if moment is None or nodes.NewlyUpdatedCondition not in kinds:
        return triggered, undone
    facts, place = context.facts, context.previous_max_storage_id
    if kinds[0] is nodes.NewlyUpdatedCondition:
        return facts.made_after(place, moment, triggered), context.get_empty_subset().value
    return triggered, facts.made_after(place, moment, undone)


def newly_true(context: AutomationContext, node: nodes.NewlyTrueCondition) -> AutomationResult:
    operand = context.child(node.operand, context.whole_subset()).evaluate()
    found = without(operand.true_subset.value, _true_before(context))
    context.remember(NodeState(true=kept(operand.true_subset.value)))
    return _among_candidates(context, found, [operand])


def _true_before(context: AutomationContext) -> Any:
    state = context.state_before
    value = restored(state.true, context.partitions_def) if state is not None else None
    return context.get_empty_subset().value if value is None else value


def _among_candidates(context: AutomationContext, found: Any, children: list[AutomationResult]) -> AutomationResult:
    value = shared(found, context.candidate_subset.value)
    return AutomationResult(context, context.subset(value), child_results=children)
