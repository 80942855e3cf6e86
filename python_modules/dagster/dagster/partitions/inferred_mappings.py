"""How partitions of two assets depend on each other where nobody says it."""

from __future__ import annotations

from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.mappings import AllPartitionMapping, IdentityPartitionMapping, PartitionMapping
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.single_dimension_mappings import MultiToSingleDimensionPartitionMapping
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.window_mappings import TimeWindowPartitionMapping


def inferred_mapping(
    declared: PartitionMapping | None,
    downstream_partitions_def: PartitionsDefinition | None,
    upstream_partitions_def: PartitionsDefinition | None,
) -> PartitionMapping:
    """The mapping that is declared; else: windows by their time, one dimension by its keys, other partitions by equal keys.

    Where one side has no partitions, it depends on all, or all depend on it.
    """
    if declared is not None:
        return declared
    if downstream_partitions_def is None or upstream_partitions_def is None:
        return AllPartitionMapping()
    sides = (downstream_partitions_def, upstream_partitions_def)
    if all(isinstance(each, TimeWindowPartitionsDefinition) for each in sides):
        return TimeWindowPartitionMapping()
    multi = [each for each in sides if isinstance(each, MultiPartitionsDefinition)]
    if len(multi) == 1 and _is_dimension(multi[0], next(each for each in sides if each is not multi[0])):
        return MultiToSingleDimensionPartitionMapping()
    return IdentityPartitionMapping()


def _is_dimension(multi: MultiPartitionsDefinition, single: PartitionsDefinition) -> bool:
    alike = sum(each.partitions_def == single for each in multi.partitions_defs)
    if alike:
        return alike == 1
    times = sum(isinstance(each.partitions_def, TimeWindowPartitionsDefinition) for each in multi.partitions_defs)
    return times == 1 and isinstance(single, TimeWindowPartitionsDefinition)
