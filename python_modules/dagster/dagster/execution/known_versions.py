"""What a run knows of the data versions of assets: those that it wrote, and those that were written before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from dagster.events.data_versions import DATA_VERSION_TAG, DEFAULT_DATA_VERSION
from dagster.events.events import DagsterEvent
from dagster.execution.recorders import RunRecorder
from dagster.keys import AssetKey
from dagster.planning.steps import ExecutionPlan

_MOST_PARTITIONS = 100
"""Of more partitions the latest one alone stands for the data: reading them all would cost more than it tells."""

Known = tuple[str, "int | None"]
"""The value of a data version, and the id of the event that says it."""


_NEVER: Known = (DEFAULT_DATA_VERSION.value, None)


class KnownVersions:
    """The data version of each input of a plan, with the id of the event that says it.

    What the run did not write is asked of the instance once for all inputs of the plan, in one query.

    Args:
        plan: the steps.
        instance: what was written before.
        recorder: gives the ids of what this run writes.
    """

    __slots__ = ("_before", "_instance", "_partitioned", "_plan", "_recorder", "_written")

    def __init__(self, plan: ExecutionPlan, instance: Any, recorder: RunRecorder) -> None:
        self._plan = plan
        self._instance = instance
        self._recorder = recorder
        self._written: dict[AssetKey, dict[str | None, DagsterEvent]] = {}
        self._before: Mapping[AssetKey, Any] | None = None
        self._partitioned: set[AssetKey] | None = None

    def remember(self, key: AssetKey, partition: str | None, event: DagsterEvent) -> None:
        """This run has written the asset; `event` says so."""
        self._written.setdefault(key, {})[partition] = event

    def of(self, key: AssetKey, partitions: Sequence[str] | None) -> Known:
        """The version of the data that a step reads; no id for what was never written.

        Args:
            key: the asset that is read.
            partitions: those that are read, None for all; ignored for an asset without partitions.
        """
        if key in self._partitioned_inputs():
            return self._of_partitions(key, partitions)
        written = self._written.get(key)
        if written:
            return self._told_by(next(reversed(written.values())))
        marks = self._known_before(key)
        return _told_by_marks(marks)

    def latest_storage_id(self, key: AssetKey) -> int | None:
        """The place in the log of the latest materialization of an asset."""
        written = self._written.get(key)
        if written:
            return self._recorder.storage_id_of(next(reversed(written.values())))
        return _told_by_marks(self._instance.asset_marks([key]).get(key))[1]

    def _told_by(self, event: DagsterEvent) -> Known:
        return (event.materialization.tags or {})[DATA_VERSION_TAG], self._recorder.storage_id_of(event)

    def _partitioned_inputs(self) -> set[AssetKey]:
        if self._partitioned is None:
            specs = [each.upstream_spec for step in self._plan.steps for each in step.inputs if each.upstream_spec is not None]
            self._partitioned = {spec.key for spec in specs if spec.partitions_def is not None}
        return self._partitioned

    def _known_before(self, key: AssetKey) -> Any:
        if self._before is None or key not in self._before:
            read = {dep.asset_key for step in self._plan.steps for spec in step.specs.values() for dep in spec.deps}
            outside = {*read, key} - (self._plan.selected_asset_keys - {key})
            found = self._instance.asset_marks(list(outside))
            self._before = {each: found.get(each) for each in outside}
        return self._before[key]

    def _of_partitions(self, key: AssetKey, partitions: Sequence[str] | None) -> Known:
        """The version of several partitions is a hash over theirs, in their order."""
        written = self._written.get(key, {})
        marks = self._instance.partition_marks(key, partitions)
        names = list(partitions) if partitions is not None else sorted({*marks, *(name for name in written if name)})
        known = [
            self._told_by(written[name]) if name in written else _told_by_marks(marks.get(name))
            for name in names[-_MOST_PARTITIONS:]
        ]
        if not known:
            return _NEVER
        latest = max((place for _, place in known if place is not None), default=None)
        if len(names) > _MOST_PARTITIONS:
            return next((version for version, place in known if place == latest), DEFAULT_DATA_VERSION.value), latest
        return sha256("".join(version for version, _ in known).encode()).hexdigest(), latest


def _told_by_marks(marks: Any) -> Known:
    if marks is None or marks.materialization_id is None:
        return _NEVER
    return marks.data_version or DEFAULT_DATA_VERSION.value, marks.materialization_id
