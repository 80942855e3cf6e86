"""What a run knows of the data versions of assets: those that it wrote, and those that were written before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dagster.events.data_versions import DATA_VERSION_TAG, DEFAULT_DATA_VERSION
from dagster.events.events import DagsterEvent
from dagster.execution.recorders import RunRecorder
from dagster.keys import AssetKey
from dagster.planning.steps import ExecutionPlan
from dagster.specs.assets import AssetDep, AssetSpec

if TYPE_CHECKING:
    from dagster.lineage.staleness import DataHistory

_MOST_PARTITIONS = 100
"""Of more partitions the version of the latest one stands for the data, as in the reference."""

Known = tuple[str, "int | None"]
"""The value of a data version, and the id of the event that says it."""


_NEVER: Known = (DEFAULT_DATA_VERSION.value, None)


class _Input(NamedTuple):
    """An asset that the plan reads; `is_external`: no run writes it, so what was observed of it counts."""

    spec: AssetSpec
    is_external: bool


class KnownVersions:
    """The data version of each input of a plan, with the id of the event that says it.

    What the run did not write is asked of the instance once for all inputs of the plan, in one query.

    Args:
        plan: the steps.
        instance: what was written before.
        recorder: gives the ids of what this run writes.
    """

    __slots__ = ("_before", "_inputs", "_instance", "_mapped", "_plan", "_recorder", "_written")

    def __init__(self, plan: ExecutionPlan, instance: Any, recorder: RunRecorder) -> None:
        self._plan = plan
        self._instance = instance
        self._recorder = recorder
        self._written: dict[AssetKey, dict[str | None, DagsterEvent]] = {}
        self._before: Mapping[AssetKey, Any] | None = None
        self._inputs: dict[AssetKey, _Input] | None = None
        self._mapped: dict[tuple[AssetKey, AssetKey, tuple[str, ...] | None], Sequence[str]] = {}

    def remember(self, key: AssetKey, partition: str | None, event: DagsterEvent) -> None:
        """This run has written the asset; `event` says so."""
        self._written.setdefault(key, {})[partition] = event

    def of(self, spec: AssetSpec, dep: AssetDep, partitions: Sequence[str] | None) -> Known:
        """The version of the data that an asset is made from; no id for what was never written.

        Args:
            spec: the asset that is made.
            dep: what it depends on.
            partitions: those that are made, None for an asset without partitions.
        """
        key = dep.asset_key
        read = self._all_inputs().get(key)
        if read is not None and read.spec.partitions_def is not None:
            return self._of_partitions(read, self._read_partitions(spec, dep, read.spec, partitions))
        written = self._written.get(key)
        if written:
            return self._told_by(next(reversed(written.values())))
        marks = self._known_before(key)
        if (read is None or read.is_external) and _is_seen_later(marks):
            return self._observed(key)
        return _told_by_marks(marks)

    def _observed(self, key: AssetKey) -> Known:
        made = self._instance.data_history().latest_told([key])[key]
        return made.data_version, made.place

    def _read_partitions(
        self, spec: AssetSpec, dep: AssetDep, upstream: AssetSpec, partitions: Sequence[str] | None
    ) -> Sequence[str]:
        edge = (spec.key, dep.asset_key, None if partitions is None else tuple(partitions))
        if edge not in self._mapped:
            from dagster.lineage.input_partitions import InputPartitions
            from dagster.partitions.loading import partition_loading_context

            with partition_loading_context(dynamic_partitions_store=self._instance):
                self._mapped[edge] = InputPartitions(spec, dep, upstream).of_several(partitions)
        return self._mapped[edge]

    def latest_storage_id(self, key: AssetKey) -> int | None:
        """The place in the log of the latest materialization of an asset."""
        written = self._written.get(key)
        if written:
            return self._recorder.storage_id_of(next(reversed(written.values())))
        return _told_by_marks(self._instance.asset_marks([key]).get(key))[1]

    def _told_by(self, event: DagsterEvent) -> Known:
        return (event.materialization.tags or {})[DATA_VERSION_TAG], self._recorder.storage_id_of(event)

    def _all_inputs(self) -> Mapping[AssetKey, _Input]:
        if self._inputs is None:
            self._inputs = {}
            for step in self._plan.steps:
                for each in step.inputs:
                    if each.upstream_spec is not None:
                        definition = each.upstream_definition
                        is_external = definition is None or not definition.is_materializable
                        self._inputs[each.upstream_spec.key] = _Input(each.upstream_spec, is_external)
                self._inputs.update((spec.key, _Input(spec, is_external=False)) for spec in step.specs.values())
        return self._inputs

    def _known_before(self, key: AssetKey) -> Any:
        if self._before is None or key not in self._before:
            read = {dep.asset_key for step in self._plan.steps for spec in step.specs.values() for dep in spec.deps}
            outside = {*read, key} - (self._plan.selected_asset_keys - {key})
            found = self._instance.asset_marks(list(outside))
            self._before = {each: found.get(each) for each in outside}
        return self._before[key]

    def _of_partitions(self, read: _Input, names: Sequence[str]) -> Known:
        """The version of several partitions is a hash over theirs, in their order; one that was never made has none."""
        from dagster.lineage.staleness import version_of_several

        key, written = read.spec.key, self._written.get(read.spec.key, {})
        before = [name for name in names if name not in written]
        history: DataHistory = self._instance.data_history()
        stored = history.partition_versions(key, before, is_external=read.is_external)

        def known(name: str) -> Known:
            if name in written:
                return self._told_by(written[name])
            return (stored[name].value, stored[name].place) if name in stored else _NEVER

        versions = [known(name) for name in names]
        latest = max((place for _, place in versions if place is not None), default=None)
        if latest is None:
            return _NEVER
        if len(names) > _MOST_PARTITIONS:
            return next(version for version, place in versions if place == latest), latest
        return version_of_several(version for version, place in versions if place is not None), latest


def _is_seen_later(marks: Any) -> bool:
    return marks is not None and (marks.observation_id or 0) > (marks.materialization_id or 0)


def _told_by_marks(marks: Any) -> Known:
    if marks is None or marks.materialization_id is None:
        return _NEVER
    return marks.data_version or DEFAULT_DATA_VERSION.value, marks.materialization_id
