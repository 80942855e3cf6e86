"""Partitions of jobs: which there are, with the config and the tags of a run for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from dagster.errors import DagsterInvariantViolationError
from dagster.keys import AssetKey
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.pages import cursor_after
from dagster.specs.jobs import JobSpec
from dagster.workspace.hosts import DescribePartition
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.domains import Domain
from dagster_graphql.jobs.jobs import pairs_of
from dagster_graphql.partitions.partitions import keys_of, number_of, texts
from dagster_graphql.runs.runs import config_yaml
from dagster_graphql.selectors import Input, asset_keys
from dagster_graphql.workspace.locations import Pair

DOMAIN = Domain.beside(__file__)

Job = Placed[JobSpec]


class PartitionKeys(msgspec.Struct, frozen=True):
    """Keys of partitions."""

    partition_keys: Sequence[str]


class PartitionOfJob(msgspec.Struct, frozen=True, kw_only=True):
    """A partition of a job, whether there is one of this name or not.

    Attributes:
        job: the job.
        name: the key.
        asset_selection: the assets that its run is to make; None for all of the job.
    """

    job: Job
    name: str
    asset_selection: Sequence[AssetKey] | None = None


class PartitionRunConfig(msgspec.Struct, frozen=True):
    """The config of a run, as people write it."""

    yaml: str


class PartitionTags(msgspec.Struct, frozen=True):
    """The tags of a run."""

    results: list[Pair]


def definition_of_job(
    job: Job, context: RequestContext, selected: Sequence[AssetKey] | None = None
) -> PartitionsDefinition | None:
    """The partitions of a job, or of a run of some of its assets; None where there are none.

    Raises:
        DagsterInvariantViolationError: the assets have different ones.
    """
    if selected is None or not job.value.asset_keys:
        return job.value.partitions_def
    nodes = [node for key in selected if (node := context.catalog.assets.get(key)) is not None]
    found: list[PartitionsDefinition] = []
    for node in nodes:
        definition = node.value.spec.partitions_def
        if definition is not None and definition not in found:
            found.append(definition)
    if len(found) > 1:
        raise DagsterInvariantViolationError(
            f"The selected assets of {job.value.name} have {len(found)} different partitions definitions, so no partition is one "
            "of all of them. Select assets that share their partitions."
        )
    return found[0] if found else None


def part_of_keys(
    definition: PartitionsDefinition | None,
    context: RequestContext,
    cursor: str | None = None,
    limit: int | None = None,
    is_reverse: bool = False,
) -> Sequence[str]:
    """Keys in their order.

    Args:
        definition: whose keys; none for None.
        context: of the request.
        cursor: a key: those after it, or before it in reverse.
        limit: how many; in reverse the last ones.
        is_reverse: whether they are counted from the end.
    """
    if definition is None:
        return []
    if limit is None and cursor is None:
        return keys_of(definition, context)
    after = cursor_after(cursor) if cursor is not None else None
    most = max(0, limit) if limit is not None else number_of(definition, context)
    if not most:
        return []
    page = definition.get_paginated_partition_keys(context.loading, most, not is_reverse, after).results
    return texts(list(reversed(page)) if is_reverse else page)


def said_by_job(partition: PartitionOfJob, context: RequestContext, wants: Literal["config", "tags"]) -> Mapping[str, Any]:
    """What a job says of the run of a partition; asked of its code location.

    Raises:
        DagsterCodeLocationError: the location is not served, or the job does not say it.
    """
    question = DescribePartition(
        job_name=partition.job.value.name,
        partition_key=partition.name,
        asset_selection=partition.asset_selection,
        wants=wants,
    )
    with context.locations.host(partition.job.location.name) as host:
        return host.partition(question)


def run_config_or_error(partition: PartitionOfJob, context: RequestContext) -> object:
    """The config of the run of a partition, or why there is none."""
    from dagster.events.failures import error_info

    try:
        return PartitionRunConfig(config_yaml(said_by_job(partition, context, "config")))
    except Exception as refused:
        return error_info(refused)


def tags_or_error(partition: PartitionOfJob, context: RequestContext) -> object:
    """The tags of the run of a partition, or why there are none."""
    from dagster.events.failures import error_info

    try:
        return PartitionTags(pairs_of(said_by_job(partition, context, "tags")))
    except Exception as refused:
        return error_info(refused)


def _partition(
    job: Job, _context: RequestContext, *, partition_name: str = "", selected_asset_keys: Sequence[Input] | None = None
) -> PartitionOfJob:
    return PartitionOfJob(job=job, name=partition_name, asset_selection=asset_keys(selected_asset_keys))


def _partition_keys(
    job: Job,
    context: RequestContext,
    *,
    cursor: str | None = None,
    limit: int | None = None,
    reverse: bool | None = None,
    selected_asset_keys: Sequence[Input] | None = None,
) -> PartitionKeys:
    definition = definition_of_job(job, context, asset_keys(selected_asset_keys))
    return PartitionKeys(part_of_keys(definition, context, cursor, limit, bool(reverse)))


for _name in ("Job", "Pipeline"):
    DOMAIN.field(_name, "partition")(_partition)
    DOMAIN.field(_name, "partitionKeysOrError")(_partition_keys)
DOMAIN.type("PartitionKeys", PartitionKeys)
DOMAIN.type("PartitionRunConfig", PartitionRunConfig)
DOMAIN.type("PartitionTags", PartitionTags)
DOMAIN.type(
    "PartitionTagsAndConfig",
    PartitionOfJob,
    {"jobName": lambda partition: partition.job.value.name},
    {"runConfigOrError": run_config_or_error, "tagsOrError": tags_or_error},
)
