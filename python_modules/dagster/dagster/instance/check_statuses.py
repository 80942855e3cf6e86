"""Where the partitions of a check stand, and the decision which says it of what storage groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from dagster.instance.partition_statuses import UNDER_WAY, PartitionStatuses, existing
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.loading import current_loading_context
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.projections import CheckPartitionGroup


class CheckPartitionStatus(Enum):
    """Where a partition of a check stands, by its latest execution."""

    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    IN_PROGRESS = "IN_PROGRESS"
    SKIPPED = "SKIPPED"
    EXECUTION_FAILED = "EXECUTION_FAILED"


def check_partition_status(group: CheckPartitionGroup) -> CheckPartitionStatus:
    """Where partitions of a group stand: as what was found says, or the run that found nothing."""
    if group.passed is not None:
        return CheckPartitionStatus.SUCCEEDED if group.passed else CheckPartitionStatus.FAILED
    if group.run_status in UNDER_WAY:
        return CheckPartitionStatus.IN_PROGRESS
    failed = group.run_status is DagsterRunStatus.FAILURE
    return CheckPartitionStatus.EXECUTION_FAILED if failed else CheckPartitionStatus.SKIPPED


def statuses_of_check_groups(
    definition: PartitionsDefinition, groups: Iterable[CheckPartitionGroup]
) -> PartitionStatuses[CheckPartitionStatus]:
    """Where the partitions that exist as of the `partition_loading_context` stand; of other keys nothing is told."""
    keys: dict[CheckPartitionStatus, list[Sequence[str]]] = {}
    for group in groups:
        keys.setdefault(check_partition_status(group), []).append(group.partitions)
    subsets = {status: existing(definition, keys.get(status, ())) for status in CheckPartitionStatus}
    return PartitionStatuses(definition, subsets, current_loading_context(), definition.empty_subset())
