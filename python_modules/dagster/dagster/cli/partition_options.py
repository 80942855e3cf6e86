"""`--partition` and `--partition-range` of commands that make assets: which runs they mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any, TypeVar

import click

from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.planning.partition_runs import partitions_per_run, ranges_of_runs

F = TypeVar("F", bound=Callable[..., Any])

_BETWEEN = "..."


def partition_options(command: F) -> F:
    """Adds the options; the command gets them as `partition` and `partition_range`."""
    one = click.option("--partition", metavar="KEY", help="The partition to make.")
    several = click.option("--partition-range", metavar="FIRST...LAST", help="The partitions from one to another, both included.")
    return one(several(command))


def range_of(partition: str | None, partition_range: str | None) -> PartitionKeyRange | None:
    """The partitions that the options name, None without any.

    Raises:
        click.UsageError: both are given, or the range is written otherwise.
    """
    if partition is not None and partition_range is not None:
        raise click.UsageError("--partition and --partition-range exclude each other.")
    if partition_range is None:
        return None if partition is None else PartitionKeyRange(partition, partition)
    ends = [end.strip() for end in partition_range.split(_BETWEEN)]
    if len(ends) != 2 or not all(ends):
        raise click.UsageError(
            f'--partition-range "{partition_range}" is no range. Write the first and the last key: FIRST...LAST'
        )
    return PartitionKeyRange(*ends)


def runs_of_range(
    project: Project, keys: Set[AssetKey], key_range: PartitionKeyRange, instance: DagsterInstance
) -> Sequence[PartitionKeyRange]:
    """The range as one for each run, as the backfill policies of the assets say.

    Raises:
        DagsterInvalidSubsetError: the assets have different partitions, or the range holds none.
        DagsterInvalidInvocationError: an end of the range is no partition.
    """
    definition = partitions_in_common(project, keys)
    partitioned = [key for key in keys if project.graph.get(key).is_partitioned]
    most = partitions_per_run(each.backfill_policy for each in project.definitions_of(partitioned))
    with partition_loading_context(dynamic_partitions_store=instance):
        runs = ranges_of_runs(definition, key_range, most)
    if not runs:
        raise DagsterInvalidSubsetError(f"There is no partition from {key_range.start} to {key_range.end}.")
    return runs


def partitions_in_common(project: Project, keys: Set[AssetKey]) -> Any:
    """The partitions of those of the assets that have some.

    Raises:
        DagsterInvalidSubsetError: none of them has, or they differ.
    """
    found: list[PartitionsDefinition] = project.partitions_of(keys)
    names = ", ".join(sorted(key.to_user_string() for key in keys))
    if not found:
        raise DagsterInvalidSubsetError(f"Partitions are given, and none of these has any: {names}.")
    if len(found) > 1:
        different = "; ".join(str(each) for each in found)
        raise DagsterInvalidSubsetError(
            f"These have different partitions, so make them one after another: {names} ({different})."
        )
    return found[0]
