"""Which mappings let an asset depend on itself: those by which each partition depends on earlier ones alone."""

from __future__ import annotations

from dagster.partitions.multi_mappings import MultiPartitionMapping
from dagster.partitions.window_mappings import TimeWindowPartitionMapping


def reaches_earlier_partitions_alone(mapping: object) -> bool:
    """Whether no partition depends on itself or on a later one, between equal definitions.

    Of several dimensions exactly one is time, mapped to itself, and steps back.
    """
    if isinstance(mapping, TimeWindowPartitionMapping):
        return mapping.start_offset < 0 and mapping.end_offset < 0
    if not isinstance(mapping, MultiPartitionMapping):
        return False
    dimensions = mapping.downstream_mappings_by_upstream_dimension
    times = [(name, each) for name, each in dimensions.items() if isinstance(each.partition_mapping, TimeWindowPartitionMapping)]
    return (
        len(times) == 1
        and times[0][0] == times[0][1].dimension_name
        and reaches_earlier_partitions_alone(times[0][1].partition_mapping)
    )
