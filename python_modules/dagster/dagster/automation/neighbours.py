"""Conditions about other assets and checks than the one that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, Union

from dagster.automation.contexts import AutomationContext, AutomationResult
from dagster.automation.entity_subsets import EntitySubset, Value, joined, shared
from dagster.automation.facts import mapped
from dagster.automation.ticks import Tick
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetKey
from dagster.specs import condition_nodes as nodes
from dagster.specs.automation_conditions import AutomationCondition

Deps = Union[nodes.AnyDepsCondition, nodes.AllDepsCondition]
Checks = Union[nodes.AnyChecksCondition, nodes.AllChecksCondition]


def any_dep(context: AutomationContext, node: nodes.AnyDepsCondition) -> AutomationResult:
    children, values = _of_deps(context, node)
    return _among_candidates(context, reduce(joined, values, context.get_empty_subset().value), children)


def all_deps(context: AutomationContext, node: nodes.AllDepsCondition) -> AutomationResult:
    children, values = _of_deps(context, node)
    return _among_candidates(context, reduce(shared, values, context.candidate_subset.value), children)


def _of_deps(context: AutomationContext, node: Deps) -> tuple[list[AutomationResult], list[Value]]:
    """For each dependency what its operand says, and what of this asset depends on where it is true."""
    tick, children, values = context.tick, list[AutomationResult](), list[Value]()
    for key in _counted(tick, tick.dependencies(context.key), node):
        facts = tick.facts(key)
        child = context.child(node.operand, EntitySubset(key, facts.whole)).evaluate()
        children.append(child)
        below = tick.mapping(context.key, key) if facts.definition is not None else None
        values.append(mapped(child.true_subset.value, facts.definition, context.partitions_def, below))
    return children, values


def _counted(tick: Tick, keys: Sequence[AssetKey], node: Deps) -> Sequence[AssetKey]:
    if node.resolves_virtual_deps:
        keys = list(dict.fromkeys(_through_virtual(tick, keys)))
    if node.allow_selection is not None:
        allowed = tick.selected(node.allow_selection)
        keys = [key for key in keys if key in allowed]
    if node.ignore_selection is not None:
        ignored = tick.selected(node.ignore_selection)
        keys = [key for key in keys if key not in ignored]
    return keys


def _through_virtual(tick: Tick, keys: Iterable[AssetKey]) -> Iterator[AssetKey]:
    for key in keys:
        spec = tick.graph.specs[tick.graph.position(key)]
        if spec.is_virtual:
            yield from _through_virtual(tick, [dep.asset_key for dep in spec.deps])
        else:
            yield key


def any_check(context: AutomationContext, node: nodes.AnyChecksCondition) -> AutomationResult:
    children, values = _of_checks(context, node)
    return _among_candidates(context, reduce(joined, values, context.get_empty_subset().value), children)


def all_checks(context: AutomationContext, node: nodes.AllChecksCondition) -> AutomationResult:
    children, values = _of_checks(context, node)
    return _among_candidates(context, reduce(shared, values, context.candidate_subset.value), children)


def _of_checks(context: AutomationContext, node: Checks) -> tuple[list[AutomationResult], list[Value]]:
    children, values = list[AutomationResult](), list[Value]()
    for spec in context.tick.checks_of(context.key):
        if node.blocking_only and not spec.blocking:
            continue
        facts = context.tick.facts(spec.key)
        child = context.child(node.operand, EntitySubset(spec.key, facts.whole)).evaluate()
        children.append(child)
        value, own = child.true_subset.value, context.partitions_def
        if isinstance(value, bool) or own is None:
            value = mapped(bool(value), None, own, None)
        values.append(value)
    return children, values


def of_asset(context: AutomationContext, node: nodes.EntityMatchesCondition) -> AutomationResult:
    """Where the other asset depends, or is depended on, its partitions are mapped; else it is true of all or nothing."""
    facts = context.tick.facts(node.key)
    child = context.child(node.operand, EntitySubset(node.key, facts.whole)).evaluate()
    mapping = context.tick.mapping(context.key, node.key) if facts.definition is not None else None
    value = mapped(child.true_subset.value, facts.definition, context.partitions_def, mapping)
    return _among_candidates(context, value, [child])


def any_downstream(context: AutomationContext, node: nodes.AnyDownstreamConditionsCondition) -> AutomationResult:
    """Each condition that something downstream has, asked about this asset; what is downstream of such a condition counts too."""
    children = [context.child(condition).evaluate() for condition in _conditions_below(context.tick, context.key)]
    values = (child.true_subset.value for child in children)
    return _among_candidates(context, reduce(joined, values, context.get_empty_subset().value), children)


def _conditions_below(tick: Tick, key: Any) -> list[AutomationCondition]:
    found: dict[str, AutomationCondition] = {}
    waiting, seen = ([key], {key}) if isinstance(key, AssetKey) else ([], {key})
    while waiting:
        for child in tick.graph.get_children(waiting.pop()):
            condition = tick.condition_of(child)
            if child in seen or condition is None:
                continue
            seen.add(child)
            if _asks_below(condition):
                waiting.append(child)
            else:
                found.setdefault(tick.signature(condition), condition)
    return [found[told] for told in sorted(found)]


def _asks_below(condition: AutomationCondition) -> bool:
    return isinstance(condition, nodes.AnyDownstreamConditionsCondition) or any(map(_asks_below, condition.children))


def of_jobs(context: AutomationContext, node: Any) -> AutomationResult:
    raise DagsterInvalidDefinitionError(
        f'The condition {node.get_label() or node.name} is about the assets of a job; "{context.key.to_user_string()}" is none.'
    )


def _among_candidates(context: AutomationContext, found: Value, children: list[AutomationResult]) -> AutomationResult:
    value = shared(found, context.candidate_subset.value)
    return AutomationResult(context, context.subset(value), child_results=children)
