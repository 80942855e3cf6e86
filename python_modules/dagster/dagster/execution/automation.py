"""Evaluates automation conditions of a project against an instance, in tests and in ticks."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime, timezone
from typing import Any, cast

import msgspec

from dagster.automation.contexts import AutomationResult
from dagster.automation.cursors import AutomationCursor
from dagster.automation.entity_subsets import EntityKey, Value
from dagster.automation.evaluations import Evaluation, evaluate_tick, evaluated
from dagster.automation.ticks import Tick
from dagster.define.definitions import Definitions
from dagster.define.projects import Project
from dagster.errors import ParameterCheckError
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetCheckKey, AssetKey, CoercibleToAssetKey
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.subsets import keys_of


class EvaluateAutomationConditionsResult(msgspec.Struct, frozen=True):
    """What an evaluation of automation conditions asks for. Made by `evaluate_automation_conditions`.

    Attributes:
        cursor: for the next evaluation.
        results: of each asset and check with a condition, in the order in which they were evaluated.
    """

    cursor: AutomationCursor
    results: Sequence[AutomationResult]
    requested: dict[EntityKey, Value]

    @property
    def total_requested(self) -> int:
        """How many assets, partitions and checks were asked for by their own conditions."""
        return sum(result.true_subset.size for result in self.results)

    def get_requested_partitions(self, asset_key: CoercibleToAssetKey | AssetCheckKey) -> Set[str | None]:
        """The partitions that were asked for; {None} for an asset or check without partitions that was."""
        value = self.requested.get(_entity(asset_key), False)
        if isinstance(value, bool):
            return {None} if value else set()
        return set(keys_of(value))

    def get_num_requested(self, asset_key: CoercibleToAssetKey | AssetCheckKey) -> int:
        """How many partitions were asked for; 1 for an asset or check without partitions that was."""
        value = self.requested.get(_entity(asset_key), False)
        return int(value) if isinstance(value, bool) else len(value)


def _entity(key: CoercibleToAssetKey | AssetCheckKey) -> EntityKey:
    return key if isinstance(key, AssetCheckKey) else AssetKey.from_coercible(key)


def evaluate_automation_conditions(
    defs: Definitions | Sequence[Any],
    instance: DagsterInstance,
    asset_selection: Any = None,
    evaluation_time: datetime | None = None,
    cursor: AutomationCursor | None = None,
) -> EvaluateAutomationConditionsResult:
    """Evaluate the automation conditions of a project once, for tests. Nothing is run.

    Args:
        defs: the project, or its assets.
        instance: what remembers the past.
        asset_selection: the assets whose conditions are evaluated, with their checks; all by default.
        evaluation_time: the moment; by default now. Without a time zone it is UTC.
        cursor: that of the result of the evaluation before; without, this one is the first.

    Returns:
        What the conditions ask for.

    Raises:
        ParameterCheckError: an argument of a wrong type.
        DagsterUserCodeExecutionError: a condition of a user's class raised.

    Example:
        >>> @asset
        ... def orders(): ...
        >>> @asset(deps=[orders], automation_condition=AutomationCondition.eager())
        ... def report(): ...
        >>> with DagsterInstance.ephemeral() as instance:
        ...     before = evaluate_automation_conditions([orders, report], instance)
        ...     _ = materialize([orders], instance=instance)
        ...     after = evaluate_automation_conditions([orders, report], instance, cursor=before.cursor)
        >>> before.total_requested, after.get_num_requested("report")
        (0, 1)
    """
    project = _project_of(defs)
    if not isinstance(instance, DagsterInstance):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
        raise ParameterCheckError("instance", instance, "a DagsterInstance")
    if cursor is not None and not isinstance(cursor, AutomationCursor):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ParameterCheckError("cursor", cursor, "the cursor of a result of this function")
    now = datetime.now(timezone.utc) if evaluation_time is None else evaluation_time
    if not isinstance(now, datetime):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
        raise ParameterCheckError("evaluation_time", now, "a datetime")
    selected = None if asset_selection is None else project.selected(asset_selection, executable_only=False)
    said = evaluated_project(project, instance, selected, now if now.tzinfo else now.replace(tzinfo=timezone.utc), cursor)
    return EvaluateAutomationConditionsResult(said.cursor, said.results, dict(said.requested))


def _project_of(defs: object) -> Project:
    if isinstance(defs, Definitions):
        return defs.project
    if not isinstance(defs, Sequence) or isinstance(defs, str):
        raise ParameterCheckError("defs", defs, "a Definitions or a Sequence of assets")
    return Project(assets=cast("Sequence[Any]", defs))


def evaluated_project(
    project: Project,
    instance: DagsterInstance,
    selected: Set[AssetKey] | None,
    now: datetime,
    cursor: AutomationCursor | None,
) -> Evaluation:
    """Evaluate the conditions of some assets of a project, and of their checks."""
    import logging

    with partition_loading_context(now, instance):
        log = logging.getLogger("dagster.automation")
        tick = Tick(
            project.graph,
            project.check_specs,
            instance.history(),
            now.astimezone(timezone.utc),
            cursor or AutomationCursor(),
            lambda context: evaluated(context, _finished),
            log,
        )
        return evaluate_tick(tick, selected)


def _finished(returned: Any) -> Any:
    """What a condition of a user returned, awaited where its `evaluate` is written with `async def`."""
    if not hasattr(returned, "__await__"):
        return returned
    from dagster.execution.coroutines import results_of

    return next(iter(results_of(returned)))
