"""Into which runs a range of partitions is cut, as the backfill policies of the assets say. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.runs.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG
from dagster.specs.backfills import BackfillPolicy


def partitions_per_run(policies: Iterable[BackfillPolicy | None]) -> int | None:
    """How many partitions a run of assets with these policies makes: the fewest, one where an asset has none; None for all."""
    each = [1 if policy is None else policy.max_partitions_per_run for policy in policies]
    limited = [most for most in each if most is not None]
    return min(limited) if limited else None


def ranges_of_runs(
    definition: PartitionsDefinition, key_range: PartitionKeyRange, most: int | None
) -> Sequence[PartitionKeyRange]:
    """The range as one for each run, in the order of the definition.

    Args:
        definition: the partitions, listed at the moment of the `partition_loading_context`.
        key_range: which of them.
        most: how many partitions a run makes; None for all in one.

    Raises:
        DagsterInvalidInvocationError: an end of the range is no partition.
    """
    keys = definition.get_partition_keys_in_range(key_range)
    if most is None or not keys:
        return [key_range] if keys else []
    if most == 1:
        return [PartitionKeyRange(str(key), str(key)) for key in keys]
    parts = (keys[first : first + most] for first in range(0, len(keys), most))
    return [found for part in parts for found in definition.subset_with_partition_keys(part).get_partition_key_ranges(definition)]


def options_of_range(key_range: PartitionKeyRange | None, tags: Mapping[str, str]) -> Mapping[str, Any]:
    """What a run of the range is asked for with: `partition_key` for one partition, else tags that name its ends.

    Args:
        key_range: which partitions; None for assets that have none.
        tags: those that the run has anyway.
    """
    if key_range is None:
        return {"tags": tags}
    if key_range.start == key_range.end:
        return {"partition_key": key_range.start, "tags": tags}
    return {"tags": {**tags, ASSET_PARTITION_RANGE_START_TAG: key_range.start, ASSET_PARTITION_RANGE_END_TAG: key_range.end}}
