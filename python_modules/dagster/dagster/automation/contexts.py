"""What a condition gets when it is evaluated, and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from dagster.automation.cursors import NodeState
from dagster.automation.entity_subsets import EntityKey, EntitySubset, restored
from dagster.automation.ticks import Tick
from dagster.errors import CheckError
from dagster.lineage.graph import AssetGraph
from dagster.specs.automation_conditions import AutomationCondition


class AutomationContext:
    """Given to `AutomationCondition.evaluate`: of what it is asked, and when.

    Attributes:
        key: the asset or check that the condition is asked about.
        condition: the condition.
        facts: what the history says of it.
        candidate_subset: of what it is asked; what it answers outside of it does not count.
        root_context: that of the whole condition of the asset or check for which all this is evaluated.

    Example:
        >>> class OnWeekdays(AutomationCondition):
        ...     def evaluate(self, context: AutomationContext) -> AutomationResult:
        ...         is_weekday = context.evaluation_time.weekday() < 5
        ...         true_subset = context.candidate_subset if is_weekday else context.get_empty_subset()
        ...         return AutomationResult(context, true_subset)
        >>> @asset(automation_condition=OnWeekdays())
        ... def orders(): ...
        >>> from datetime import datetime
        >>> monday = datetime(2024, 1, 1)
        >>> with DagsterInstance.ephemeral() as instance:
        ...     evaluate_automation_conditions([orders], instance, evaluation_time=monday).total_requested
        1
    """

    __slots__ = ("candidate_subset", "condition", "facts", "key", "parent_context", "root_context", "tick")

    def __init__(
        self,
        tick: Tick,
        key: EntityKey,
        condition: AutomationCondition,
        candidate_subset: EntitySubset,
        parent_context: AutomationContext | None = None,
    ) -> None:
        self.tick = tick
        self.key = key
        self.facts: Any = parent_context.facts if parent_context is not None and parent_context.key is key else tick.facts(key)
        self.condition = condition
        self.candidate_subset = candidate_subset
        self.parent_context = parent_context
        self.root_context: AutomationContext = self if parent_context is None else parent_context.root_context

    def child(self, condition: AutomationCondition, candidates: EntitySubset | None = None) -> AutomationContext:
        """The context for a condition inside of this one, about the same or another asset or check."""
        candidates = self.candidate_subset if candidates is None else candidates
        return AutomationContext(self.tick, candidates.key, condition, candidates, self)

    def for_child_condition(
        self, child_condition: AutomationCondition, child_indices: Sequence[int | None] = (), candidate_subset: Any = None
    ) -> AutomationContext:
        """The context for a condition inside of this one.

        Args:
            child_condition: the condition.
            child_indices: not looked at; kept for the API.
            candidate_subset: of what it is asked; without: what this one is.
        """
        return self.child(child_condition, candidate_subset)

    def evaluate(self) -> AutomationResult:
        """What the condition says."""
        return self.tick.evaluate(self)

    async def evaluate_async(self) -> AutomationResult:
        """What the condition says, for functions with `async def`."""
        return self.evaluate()

    def get_empty_subset(self) -> EntitySubset:
        """Nothing of the asset or check."""
        return EntitySubset(self.key, self.facts.nothing)

    def whole_subset(self) -> EntitySubset:
        """All of the asset or check."""
        return EntitySubset(self.key, self.facts.whole)

    def subset(self, value: Any) -> EntitySubset:
        """Some of the asset or check."""
        return EntitySubset(self.key, value)

    # --- now ------------------------------------------------------------------------------------------------------------

    @property
    def evaluation_time(self) -> datetime:
        """The moment, in UTC."""
        return self.tick.now

    @property
    def asset_graph(self) -> AssetGraph:
        """All assets."""
        return self.tick.graph

    @property
    def partitions_def(self) -> Any:
        """The partitions of the asset or check, None without."""
        return self.facts.definition

    @property
    def log(self) -> Any:
        """A logger."""
        return self.tick.log

    @property
    def evaluation_id(self) -> int:
        """The number of the evaluation."""
        return self.tick.cursor.evaluation_id + 1

    @property
    def max_storage_id(self) -> int:
        """The place of the latest event that the evaluation sees."""
        return self.tick.place

    # --- the evaluation before ------------------------------------------------------------------------------------------

    @property
    def node(self) -> str:
        """By what the condition is known again: what it says, and about what, where that is not the root."""
        told = self.tick.signature(self.condition)
        return (
            told
            if self.key is self.root_context.key or self.key == self.root_context.key
            else f"{told}@{self.key.to_user_string()}"
        )

    @property
    def state_before(self) -> NodeState | None:
        """What it remembered at the last evaluation."""
        return self.tick.state_before(self.root_context.key, self.node)

    def remember(self, state: NodeState) -> None:
        """Keep something until the next evaluation."""
        self.tick.states.setdefault(self.root_context.key, {})[self.node] = state

    @property
    def is_first(self) -> bool:
        """Whether the asset or check was not there at the last evaluation."""
        return not self.tick.known_before(self.root_context.key)

    @property
    def cursor(self) -> str | None:
        """What this condition gave as `cursor` of its last result."""
        state = self.state_before
        return state.text if state is not None else None

    @property
    def previous_evaluation_time(self) -> datetime | None:
        """When it was evaluated before."""
        seconds = self.tick.cursor.timestamp
        return None if seconds is None or self.is_first else datetime.fromtimestamp(seconds, timezone.utc)

    @property
    def previous_max_storage_id(self) -> int | None:
        """The place of the latest event that the last evaluation saw."""
        return None if self.is_first else self.tick.cursor.place

    @property
    def previous_true_subset(self) -> EntitySubset | None:
        """Of what this condition was true at the last evaluation; known to conditions of users."""
        return self._restored("true")

    @property
    def previous_candidate_subset(self) -> EntitySubset | None:
        """Of what this condition was asked at the last evaluation; known to conditions of users."""
        return self._restored("candidates")

    def _restored(self, field: str) -> EntitySubset | None:
        state = self.state_before
        value = restored(getattr(state, field), self.partitions_def) if state is not None else None
        return None if value is None else EntitySubset(self.key, value)

    def get_previous_requested_subset(self, key: EntityKey) -> EntitySubset | None:
        """What the last evaluation asked for of an asset or check; None if it knew nothing of it."""
        value = self.tick.requested_before(key)
        return None if value is None else EntitySubset(key, value)


class AutomationResult:
    """Of what a condition is true.

    Args:
        context: what the condition got.
        true_subset: of what it is true, among `context.candidate_subset`.
        cursor: a text that its next evaluation gets as `context.cursor`.
        child_results: of the conditions that it is made of.

    Raises:
        CheckError: an argument of a wrong type.

    Example:
        >>> class Always(AutomationCondition):
        ...     def evaluate(self, context):
        ...         return AutomationResult(context, true_subset=context.candidate_subset)
        >>> @asset(automation_condition=Always())
        ... def report(): ...
        >>> with DagsterInstance.ephemeral() as instance:
        ...     evaluate_automation_conditions([report], instance).total_requested
        1
    """

    __slots__ = ("child_results", "context", "cursor", "true_subset")

    def __init__(
        self,
        context: AutomationContext,
        true_subset: EntitySubset,
        cursor: str | None = None,
        child_results: Sequence[AutomationResult] | None = None,
    ) -> None:
        if not isinstance(true_subset, EntitySubset):  # pyright: ignore[reportUnnecessaryIsInstance] - users make these
            raise CheckError(
                f"true_subset is `context.candidate_subset`, `context.get_empty_subset()` or made of these. Got {true_subset!r}."
            )
        self.context = context
        self.true_subset = true_subset
        self.cursor = cursor
        self.child_results: Sequence[AutomationResult] = child_results or ()

    @property
    def key(self) -> EntityKey:
        """The asset or check."""
        return self.context.key

    @property
    def condition(self) -> AutomationCondition:
        """The condition."""
        return self.context.condition
