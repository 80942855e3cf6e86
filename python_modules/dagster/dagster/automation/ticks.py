"""One evaluation of many conditions: what they share while it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import datetime
from typing import Any

from dagster.automation.cursors import AutomationCursor, NodeState
from dagster.automation.entity_subsets import EntityKey, Value, joined, restored
from dagster.automation.facts import AssetFacts, CheckFacts
from dagster.automation.histories import CheckMarks, History, Marks, RunFacts
from dagster.automation.signatures import remembers, signature
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.lineage.partition_mappings import mapping_between
from dagster.lineage.selections import resolve
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.selections import AssetSelection


class Tick:
    """Everything that the conditions of one evaluation look at.

    Args:
        graph: the assets.
        checks: their checks.
        history: the past.
        now: the moment.
        cursor: what the last evaluation handed on.
        evaluate: gives the result for a context.
        log: a logger for conditions of users.
        keeps_parts: whether results hold those of the conditions inside; without, they are freed at once.
    """

    def __init__(
        self,
        graph: AssetGraph,
        checks: Iterable[AssetCheckSpec],
        history: History,
        now: datetime,
        cursor: AutomationCursor,
        evaluate: Callable[[Any], Any],
        log: Any = None,
        keeps_parts: bool = False,
    ) -> None:
        self.graph = graph
        self.history = history
        self.now = now
        self.cursor = cursor
        self.log = log
        self.keeps_parts = keeps_parts
        self.evaluate = evaluate
        self.place = history.latest_place()
        self.check_specs = {spec.key: spec for spec in checks}
        self.requested: dict[EntityKey, Value] = {}
        self.states: dict[EntityKey, dict[str, NodeState]] = {}
        self._facts: dict[EntityKey, AssetFacts | CheckFacts] = {}
        self._runs: dict[str, RunFacts] = {}
        self._selected: dict[int, tuple[AssetSelection, Set[AssetKey]]] = {}
        self._signatures: dict[int, tuple[AutomationCondition, str]] = {}
        self._remembering: dict[int, tuple[AutomationCondition, bool]] = {}
        self._marks: Mapping[AssetKey, Marks] = history.asset_marks(graph.keys)
        self._check_marks: Mapping[AssetCheckKey, CheckMarks] = history.check_marks(list(self.check_specs))
        self._checks_of: dict[AssetKey, list[AssetCheckSpec]] = {}
        for spec in self.check_specs.values():
            self._checks_of.setdefault(spec.asset_key, []).append(spec)

    def facts(self, key: EntityKey) -> Any:
        """What the history says of an asset or check.

        Raises:
            DagsterInvalidDefinitionError: there is none of this key.
        """
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = self._new_facts(key)
        return found

    def _new_facts(self, key: EntityKey) -> AssetFacts | CheckFacts:
        if isinstance(key, AssetCheckKey):
            spec = self.check_specs[key]
            of_asset = self._marks.get(key.asset_key)
            return CheckFacts(key, spec.partitions_def, self._check_marks.get(key), of_asset, self.runs, self.place)
        if not self.graph.has(key):
            raise DagsterInvalidDefinitionError(f'A condition is about the asset "{key.to_user_string()}", which does not exist.')
        position = self.graph.position(key)
        is_observable = self.graph.execution_types[position] is AssetExecutionType.OBSERVATION
        definition = self.graph.specs[position].partitions_def
        return AssetFacts(key, definition, is_observable, self._marks.get(key), self.history, self.runs, self.place)

    def runs(self, run_ids: Iterable[str]) -> Mapping[str, RunFacts]:
        """These runs, of which each is asked for once."""
        unknown = {run_id for run_id in run_ids if run_id not in self._runs}
        if unknown:
            self._runs.update(self.history.runs(unknown))
        return self._runs

    def selected(self, selection: AssetSelection) -> Set[AssetKey]:
        """The assets of a selection."""
        found = self._selected.get(id(selection))
        if found is None:
            found = self._selected[id(selection)] = (selection, resolve(selection, self.graph, allow_missing=True))
        return found[1]

    def signature(self, condition: AutomationCondition) -> str:
        """By what a condition is known again at the next evaluation."""
        found = self._signatures.get(id(condition))
        if found is None:
            found = self._signatures[id(condition)] = (condition, signature(condition))
        return found[1]

    def remembers(self, condition: AutomationCondition) -> bool:
        """Whether a condition must be asked at each evaluation."""
        found = self._remembering.get(id(condition))
        if found is None:
            found = self._remembering[id(condition)] = (condition, remembers(condition))
        return found[1]

    def dependencies(self, key: EntityKey) -> Sequence[AssetKey]:
        """What an asset or check depends on, an asset's own earlier partitions among it."""
        if isinstance(key, AssetCheckKey):
            spec = self.check_specs[key]
            return [spec.asset_key, *(dep.asset_key for dep in spec.additional_deps)]
        return [dep.asset_key for dep in self.graph.specs[self.graph.position(key)].deps]

    def mapping(self, child: EntityKey, parent: AssetKey) -> Any:
        """How partitions of one depend on those of the other."""
        if not isinstance(child, AssetCheckKey):
            return mapping_between(self.graph, child=child, parent=parent)
        from dagster.partitions.inferred_mappings import inferred_mapping

        return inferred_mapping(None, self.check_specs[child].partitions_def, self.facts(parent).definition)

    def checks_of(self, key: EntityKey) -> Sequence[AssetCheckSpec]:
        """The checks of an asset."""
        return self._checks_of.get(key, ()) if isinstance(key, AssetKey) else ()

    def condition_of(self, key: EntityKey) -> Any:
        """The condition of an asset or check, None for one without."""
        if isinstance(key, AssetCheckKey):
            return self.check_specs[key].automation_condition
        return self.graph.specs[self.graph.position(key)].automation_condition

    def known_before(self, key: EntityKey) -> bool:
        """Whether the last evaluation knew the asset or check, with partitions like those of today."""
        state = self.cursor.entities.get(key.to_user_string())
        return state is not None and restored(state.requested, self.facts(key).definition) is not None

    def state_before(self, root: EntityKey, node: str) -> NodeState | None:
        """What a condition remembered at the last evaluation."""
        state = self.cursor.entities.get(root.to_user_string())
        return state.nodes.get(node) if state is not None else None

    def requested_before(self, key: EntityKey) -> Value | None:
        """What the last evaluation asked for of an asset or check; None if it knew nothing of it."""
        state = self.cursor.entities.get(key.to_user_string())
        data = state.requested if state is not None else self.cursor.requested.get(key.to_user_string())
        return restored(data, self.facts(key).definition)

    def request(self, key: EntityKey, value: Value) -> None:
        """Ask for it, and for what the same function makes with it when it cannot make some only."""
        for each in self._made_together(key):
            if each == key or self.facts(each).definition == self.facts(key).definition:
                before = self.requested.get(each)
                self.requested[each] = value if before is None else joined(before, value)

    def _made_together(self, key: EntityKey) -> Iterable[EntityKey]:
        if isinstance(key, AssetCheckKey):
            return (key,)
        definition = self.graph.definitions[self.graph.position(key)]
        if definition is None or len(definition.specs) < 2 or definition.can_subset:
            return (key,)
        return [spec.key for spec in definition.specs]
