"""Conditions that look at the history, the moment, and what this evaluation asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Union

from dagster.automation.contexts import AutomationContext
from dagster.automation.cursors import NodeState
from dagster.automation.entity_subsets import Value
from dagster.automation.freshness import freshness_state
from dagster.automation.histories import RunFacts
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.calendars import calendar_of
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.windows import TimeWindow
from dagster.specs import condition_nodes as nodes


def missing(context: AutomationContext, node: Any) -> Value:
    return context.facts.missing


def run_in_progress(context: AutomationContext, node: Any) -> Value:
    return context.facts.in_progress


def backfill_in_progress(context: AutomationContext, node: Any) -> Value:
    return context.facts.nothing  # no history knows a backfill


def execution_failed(context: AutomationContext, node: Any) -> Value:
    return context.facts.failed


def initial_evaluation(context: AutomationContext, node: Any) -> Value:
    return _whole_if(context, context.is_first)


def newly_requested(context: AutomationContext, node: Any) -> Value:
    before = context.tick.requested_before(context.key)
    return context.facts.nothing if before is None else before


def newly_updated(context: AutomationContext, node: Any) -> Value:
    return context.facts.updated(context.previous_max_storage_id)


def will_be_requested(context: AutomationContext, node: Any) -> Value:
    """What is asked for together with the root in one run: both have the same partitions."""
    asked = context.tick.requested.get(context.key)
    root = context.root_context.partitions_def
    return asked if asked is not None and context.partitions_def == root else context.facts.nothing


def code_version_changed(context: AutomationContext, node: Any) -> Value:
    graph = context.tick.graph
    now = graph.specs[graph.position(context.key)].code_version if isinstance(context.key, AssetKey) else None
    state = context.state_before
    context.remember(NodeState(text=now))
    return _whole_if(context, state is not None and state.text is not None and state.text != now)


def data_version_changed(context: AutomationContext, node: Any) -> Value:
    return context.facts.changed(context.previous_max_storage_id)


def cron_tick_passed(context: AutomationContext, node: nodes.CronTickPassedCondition) -> Value:
    """The last time before now lies not before the last evaluation."""
    before = context.previous_evaluation_time
    last = last_tick(node, context.evaluation_time)
    return _whole_if(context, before is not None and last is not None and last >= before.timestamp())


def last_tick(node: nodes.CronTickPassedCondition, now: datetime) -> int | None:
    """The last time that the cron string names, in seconds since the epoch."""
    return calendar_of(node.cron_schedule, node.cron_timezone).at_or_before(int(now.timestamp() // 1))


def in_latest_time_window(context: AutomationContext, node: nodes.InLatestTimeWindowCondition) -> Value:
    definition, whole = context.facts.definition, context.facts.whole
    if isinstance(definition, TimeWindowPartitionsDefinition):
        return whole & _latest(definition, node)
    if isinstance(definition, MultiPartitionsDefinition) and definition.has_time_window_dimension:
        time = definition.time_window_dimension
        keys = _latest(definition.time_window_partitions_def, node).get_partition_keys()
        return definition.subset_with_partition_keys(definition.get_multipartition_keys_with_dimension_values(time.name, keys))
    return whole


def _latest(definition: TimeWindowPartitionsDefinition, node: nodes.InLatestTimeWindowCondition) -> Any:
    last = definition.get_last_partition_window()
    if last is None:
        return definition.empty_subset()
    begin = last.start if node.lookback_timedelta is None else last.end - node.lookback_timedelta
    return definition.subset_with_partition_keys(definition.get_partition_keys_in_time_window(TimeWindow(begin, last.end)))


def check_result(context: AutomationContext, node: nodes.CheckResultCondition) -> Value:
    return context.facts.with_result(node.passed) if isinstance(context.key, AssetCheckKey) else context.facts.nothing


def freshness_result(context: AutomationContext, node: nodes.FreshnessResultCondition) -> Value:
    if not isinstance(context.key, AssetKey):
        return context.facts.nothing
    tick = context.tick
    policy = tick.graph.specs[tick.graph.position(context.key)].freshness_policy
    state = freshness_state(policy, tick.history.materialized_at(context.key) if policy is not None else None, tick.now)
    return _whole_if(context, state is node.state)


def executed_with_root_target(context: AutomationContext, node: Any) -> Value:
    root = context.root_context.key
    return _made_in(context, lambda run: root in (run.asset_selection or ()))


def executed_with_tags(context: AutomationContext, node: nodes.LatestRunExecutedWithTagsCondition) -> Value:
    return _made_in(context, lambda run: has_tags(run, node))


def any_new_update_has_run_tags(context: AutomationContext, node: nodes.AnyNewUpdateHasRunTagsCondition) -> Value:
    return _newly_made_in(context, lambda runs: any(has_tags(run, node) for run in runs))


def all_new_updates_have_run_tags(context: AutomationContext, node: nodes.AllNewUpdatesHaveRunTagsCondition) -> Value:
    return _newly_made_in(context, lambda runs: all(has_tags(run, node) for run in runs))


WithTags = Union[
    nodes.LatestRunExecutedWithTagsCondition, nodes.AnyNewUpdateHasRunTagsCondition, nodes.AllNewUpdatesHaveRunTagsCondition
]


def has_tags(run: RunFacts, node: WithTags) -> bool:
    """Whether a run has the keys and the values that a condition names."""
    if not all(key in run.tags for key in node.tag_keys or ()):
        return False
    return node.tag_values is None or all(run.tags.get(key) == value for key, value in node.tag_values.items())


def _made_in(context: AutomationContext, claim: Callable[[RunFacts], bool]) -> Value:
    if not isinstance(context.key, AssetKey):
        return context.facts.nothing
    return context.facts.made_in(claim, context.candidate_subset.value)


def _newly_made_in(context: AutomationContext, claim: Callable[[list[RunFacts]], bool]) -> Value:
    if not isinstance(context.key, AssetKey):
        return context.facts.nothing
    runs = context.facts.new_runs(context.previous_max_storage_id)
    fitting = {partition for partition, made in runs.items() if claim(made)}
    return context.facts.of_partitions(fitting.__contains__, context.candidate_subset.value)


def _whole_if(context: AutomationContext, claim: bool) -> Value:
    return context.facts.whole if claim else context.facts.nothing
