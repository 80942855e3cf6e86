"""What the instance can be asked about where assets, partitions and checks stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set

import msgspec

from dagster.events.types import DagsterEventType
from dagster.instance.check_statuses import CheckPartitionStatus, statuses_of_check_groups
from dagster.instance.dynamic_partitions import DynamicPartitionMethods
from dagster.instance.histories import KeptHistory
from dagster.instance.kept import event_types
from dagster.instance.partition_statuses import (
    AssetPartitionStatus,
    PartitionStatuses,
    partition_status,
    statuses_of_groups,
)
from dagster.keys import AssetCheckKey, AssetKey
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.loading import partition_loading_context
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.projections import AssetMarks


class PlannedMaterializationInfo(msgspec.Struct, frozen=True):
    """The latest plan to write an asset: its place in the log and the run."""

    storage_id: int
    run_id: str


class StatusMethods(DynamicPartitionMethods):
    """Where assets, their partitions and checks stand."""

    def history(self) -> KeptHistory:
        """What automation conditions ask of the past."""
        return KeptHistory(self._storage)

    def get_status_by_partition(
        self, asset_key: AssetKey, partition_keys: Sequence[str], partitions_def: object = None
    ) -> Mapping[str, AssetPartitionStatus | None]:
        """Where each of these partitions stands, None for one that was never written nor planned. Two queries.

        Args:
            asset_key: the asset.
            partition_keys: which partitions.
            partitions_def: not looked at; kept for the API.
        """
        marks = self._storage.assets.partition_marks(asset_key, list(partition_keys))
        statuses = self._statuses_of_plans(marks.values())
        return {key: _partition_status(marks.get(key), statuses) for key in partition_keys}

    def partition_statuses(
        self, asset_key: AssetKey, partitions_def: PartitionsDefinition
    ) -> PartitionStatuses[AssetPartitionStatus]:
        """Where the partitions of an asset stand, as ranges. One query, and one for the keys of dynamic partitions.

        What it costs depends on how many partitions were made, not on how many there are.

        Args:
            asset_key: the asset.
            partitions_def: its partitions; keys that are none of them any more are left out.
        """
        with partition_loading_context(dynamic_partitions_store=self):
            return statuses_of_groups(partitions_def, self._storage.assets.partition_groups(asset_key))

    def asset_statuses(self, asset_keys: Sequence[AssetKey]) -> Mapping[AssetKey, AssetPartitionStatus | None]:
        """Where each asset as a whole stands, None for one that was never written nor planned. Two queries."""
        marks = self._storage.assets.asset_marks(asset_keys)
        statuses = self._statuses_of_plans(marks.values())
        return {key: _partition_status(marks.get(key), statuses) for key in asset_keys}

    def _statuses_of_plans(self, marks: Collection[AssetMarks]) -> Mapping[str, DagsterRunStatus]:
        """The statuses of the runs that are to write what is marked, keyed by run id."""
        later = {mark.planned_run_id for mark in marks if mark.planned_run_id and mark.is_planned_later}
        runs = self._storage.runs.runs(RunsFilter(run_ids=sorted(later))) if later else []
        return {record.dagster_run.run_id: record.dagster_run.status for record in runs}

    def check_partition_statuses(
        self, check_key: AssetCheckKey, partitions_def: PartitionsDefinition
    ) -> PartitionStatuses[CheckPartitionStatus]:
        """Where the partitions of a check stand, as ranges. One query, and one for the keys of dynamic partitions.

        Args:
            check_key: the check.
            partitions_def: its partitions; keys that are none of them any more are left out.
        """
        with partition_loading_context(dynamic_partitions_store=self):
            return statuses_of_check_groups(partitions_def, self._storage.assets.check_partition_groups(check_key))

    def get_latest_planned_materialization_info(
        self, asset_key: AssetKey, partition: str | None = None
    ) -> PlannedMaterializationInfo | None:
        """The latest plan to write an asset, or one of its partitions; None if there never was one. One indexed row."""
        if partition is None:
            marks = self._storage.assets.asset_marks([asset_key]).get(asset_key)
        else:
            marks = self._storage.assets.partition_marks(asset_key, [partition]).get(partition)
        if marks is None or not marks.planned_id or marks.planned_run_id is None:
            return None
        return PlannedMaterializationInfo(marks.planned_id, marks.planned_run_id)

    def get_asset_partitions_for_run(
        self, run_id: str, of_type: DagsterEventType | Collection[DagsterEventType] | None = None
    ) -> Mapping[AssetKey, Set[str | None]]:
        """The partitions of each asset that a run's events are about; None stands for an asset as a whole."""
        found: dict[AssetKey, set[str | None]] = {}
        for record in self._storage.events.run_log(run_id, types=event_types(of_type)):
            if record.asset_key is not None:
                found.setdefault(record.asset_key, set()).add(record.partition_key)
        return found


def _partition_status(marks: AssetMarks | None, runs: Mapping[str, DagsterRunStatus]) -> AssetPartitionStatus | None:
    if marks is None:
        return None
    run_status = runs.get(marks.planned_run_id or "") if marks.is_planned_later else None
    return partition_status(run_status, marks.materialization_id is not None)
