"""Evaluates the conditions of a graph once: in the order of dependencies, so that what is asked for is known downstream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Any

import msgspec

from dagster.automation import neighbours, operands, operators
from dagster.automation.contexts import AutomationContext, AutomationResult
from dagster.automation.cursors import AutomationCursor, EntityState, NodeState
from dagster.automation.entity_subsets import EntityKey, EntitySubset, Value, kept, shared
from dagster.automation.ticks import Tick
from dagster.errors import DagsterUserCodeExecutionError, user_code
from dagster.keys import AssetKey
from dagster.partitions.loading import partition_loading_context
from dagster.specs import condition_nodes as nodes


class Evaluation(msgspec.Struct, frozen=True):
    """What one evaluation said.

    Attributes:
        results: of each asset and check with a condition, in the order in which they were evaluated.
        requested: what is to be made, by asset or check.
        cursor: for the next evaluation.
    """

    results: Sequence[AutomationResult]
    requested: Mapping[EntityKey, Value]
    cursor: AutomationCursor


def evaluate_tick(
    tick: Tick, selected: Set[AssetKey] | None = None, conditions: Mapping[EntityKey, Any] | None = None
) -> Evaluation:
    """Evaluate the condition of each asset and check that has one.

    Args:
        tick: what conditions look at.
        selected: only these assets and their checks; None for all.
        conditions: of assets that have none of their own.

    Raises:
        DagsterUserCodeExecutionError: a condition of a user's class raised, or returned something else than a result.
    """
    results: list[AutomationResult] = []
    with partition_loading_context(tick.now):
        for key in ordered(tick):
            condition = tick.condition_of(key) or (conditions or {}).get(key)
            if condition is None or (selected is not None and _asset_of(key) not in selected):
                continue
            whole = EntitySubset(key, tick.facts(key).whole)
            tick.states[key] = {}
            result = AutomationContext(tick, key, condition, whole).evaluate()
            results.append(result)
            if not result.true_subset.is_empty:
                tick.request(key, result.true_subset.value)
        return Evaluation(results, {key: value for key, value in tick.requested.items() if value}, _cursor_after(tick, results))


def ordered(tick: Tick) -> Iterable[EntityKey]:
    """Each asset after what it depends on, each check after its asset and what else it depends on."""
    checks_at: dict[int, list[EntityKey]] = {}
    levels = tick.graph.levels()
    level_of = {tick.graph.keys[position]: number for number, level in enumerate(levels) for position in level}
    for key in tick.check_specs:
        checks_at.setdefault(max((level_of.get(dep, 0) for dep in tick.dependencies(key)), default=0), []).append(key)
    for number, level in enumerate(levels):
        yield from (tick.graph.keys[position] for position in level)
        yield from checks_at.get(number, ())


def _asset_of(key: EntityKey) -> AssetKey:
    return key if isinstance(key, AssetKey) else key.asset_key


def _cursor_after(tick: Tick, results: Sequence[AutomationResult]) -> AutomationCursor:
    entities = {
        result.key.to_user_string(): EntityState(
            requested=kept(_or_nothing(tick.requested.get(result.key), tick, result.key)), nodes=tick.states[result.key]
        )
        for result in results
    }
    others = {
        key.to_user_string(): kept(value)
        for key, value in tick.requested.items()
        if value and key.to_user_string() not in entities
    }
    return AutomationCursor(
        evaluation_id=tick.cursor.evaluation_id + 1,
        timestamp=tick.now.timestamp(),
        place=tick.place,
        entities=entities,
        requested=others,
    )


def _or_nothing(value: Value | None, tick: Tick, key: EntityKey) -> Value:
    return tick.facts(key).nothing if value is None else value


def evaluated(context: AutomationContext, finish: Callable[[Any], Any] = lambda returned: returned) -> AutomationResult:
    """What the condition of a context says.

    Args:
        context: with the condition.
        finish: waits for what a function with `async def` returns.

    Raises:
        DagsterUserCodeExecutionError: a condition of a user's class raised, or returned something else than a result.
    """
    condition = context.condition
    kind = type(condition)
    if (join := _JOINS.get(kind)) is not None:
        result = join(context, condition)
        if not context.tick.keeps_parts:
            result.child_results = ()
        return result
    if (look := _LOOKS.get(kind)) is None:
        return _of_user(context, finish)
    value = look(context, condition)
    if kind not in _WITHIN_CANDIDATES:
        value = shared(value, context.candidate_subset.value)
    return AutomationResult(context, context.subset(value))


def _of_user(context: AutomationContext, finish: Callable[[Any], Any]) -> AutomationResult:
    name, about = type(context.condition).__name__, context.key.to_user_string()
    with user_code(f'Error while evaluating the condition {name} for "{about}"', DagsterUserCodeExecutionError):
        result = finish(context.condition.evaluate(context))
        if not isinstance(result, AutomationResult):
            raise TypeError(f"{name}.evaluate returns an AutomationResult. It returned {result!r}.")
    true, candidates = result.true_subset.value, context.candidate_subset.value
    context.remember(NodeState(true=kept(true), candidates=kept(candidates), text=result.cursor))
    return AutomationResult(context, context.subset(shared(true, candidates)), result.cursor, result.child_results)


_JOINS: Mapping[type[Any], Callable[[AutomationContext, Any], AutomationResult]] = {
    nodes.AndAutomationCondition: operators.all_of,
    nodes.OrAutomationCondition: operators.any_of,
    nodes.NotAutomationCondition: operators.not_of,
    nodes.SinceCondition: operators.since,
    nodes.NewlyTrueCondition: operators.newly_true,
    nodes.AnyDepsCondition: neighbours.any_dep,
    nodes.AllDepsCondition: neighbours.all_deps,
    nodes.AnyChecksCondition: neighbours.any_check,
    nodes.AllChecksCondition: neighbours.all_checks,
    nodes.EntityMatchesCondition: neighbours.of_asset,
    nodes.AnyDownstreamConditionsCondition: neighbours.any_downstream,
    nodes.AnyJobRootAssetsMatchCondition: neighbours.of_jobs,
    nodes.AllJobRootAssetsMatchCondition: neighbours.of_jobs,
}

_LOOKS: Mapping[type[Any], Callable[[AutomationContext, Any], Value]] = {
    nodes.MissingAutomationCondition: operands.missing,
    nodes.RunInProgressAutomationCondition: operands.run_in_progress,
    nodes.BackfillInProgressAutomationCondition: operands.backfill_in_progress,
    nodes.ExecutionFailedAutomationCondition: operands.execution_failed,
    nodes.InitialEvaluationCondition: operands.initial_evaluation,
    nodes.NewlyRequestedCondition: operands.newly_requested,
    nodes.NewlyUpdatedCondition: operands.newly_updated,
    nodes.CodeVersionChangedCondition: operands.code_version_changed,
    nodes.DataVersionChangedCondition: operands.data_version_changed,
    nodes.LatestRunExecutedWithRootTargetCondition: operands.executed_with_root_target,
    nodes.WillBeRequestedCondition: operands.will_be_requested,
    nodes.InLatestTimeWindowCondition: operands.in_latest_time_window,
    nodes.CronTickPassedCondition: operands.cron_tick_passed,
    nodes.FreshnessResultCondition: operands.freshness_result,
    nodes.CheckResultCondition: operands.check_result,
    nodes.LatestRunExecutedWithTagsCondition: operands.executed_with_tags,
    nodes.AnyNewUpdateHasRunTagsCondition: operands.any_new_update_has_run_tags,
    nodes.AllNewUpdatesHaveRunTagsCondition: operands.all_new_updates_have_run_tags,
}

_WITHIN_CANDIDATES = frozenset(
    {
        nodes.LatestRunExecutedWithRootTargetCondition,
        nodes.LatestRunExecutedWithTagsCondition,
        nodes.AnyNewUpdateHasRunTagsCondition,
        nodes.AllNewUpdatesHaveRunTagsCondition,
    }
)
