"""The partition of a run: as user code gets it, and as the run's tags tell it."""

from __future__ import annotations

from typing import Any

from dagster.define.jobs import JobDefinition
from dagster.define.partitioned_configs import PartitionedConfig, partition_tags
from dagster.errors import DagsterInvalidInvocationError, DagsterInvariantViolationError
from dagster.instance.instance import DagsterInstance
from dagster.planning.steps import ExecutionPlan
from dagster.runs.runs import DagsterRun
from dagster.runs.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG


def partitions_of_plan(job: JobDefinition, plan: ExecutionPlan) -> Any:
    """The partitions of what a run makes, or where it makes none those of its checks; None where they have none in common."""
    found = job.partitions_of(plan.selected_asset_keys)
    if found is not None or job.project.partitions_of(plan.selected_asset_keys):
        return found
    outputs = (output for step in plan.steps for output in step.outputs)
    of_checks: list[Any] = []
    for output in outputs:
        definition = output.check.partitions_def if output.check is not None else None
        if definition is not None and definition not in of_checks:
            of_checks.append(definition)
    return of_checks[0] if len(of_checks) == 1 else None


def partitions_of_run(
    job: JobDefinition, plan: ExecutionPlan, run: DagsterRun, instance: DagsterInstance, *, is_new: bool
) -> tuple[str, ...] | None:
    """The partitions that the tags of a run name: one, or a range of them in the order of their definition; None without.

    Args:
        is_new: whether the run is about to be stored, so that its partition must exist.

    Raises:
        DagsterUnknownPartitionError: there is no such partition.
        DagsterInvariantViolationError: a range has one end alone, or a new run names a partition and a range.
        DagsterInvalidInvocationError: the range has no partitions.
    """
    first, last = run.tags.get(ASSET_PARTITION_RANGE_START_TAG), run.tags.get(ASSET_PARTITION_RANGE_END_TAG)
    if run.partition_key is not None:
        if is_new and (first is not None or last is not None):
            raise DagsterInvariantViolationError(
                f'The run is of the partition "{run.partition_key}" and of a range as well: leave out the partition, or the tags '
                f"{ASSET_PARTITION_RANGE_START_TAG} and {ASSET_PARTITION_RANGE_END_TAG}."
            )
        partitions_def = partitions_of_plan(job, plan)
        if is_new and partitions_def is not None:
            _refuse_unknown(partitions_def, run.partition_key, instance)
        return (_key_of_its_definition(partitions_def, run.partition_key),)
    if (first is None) != (last is None):
        raise DagsterInvariantViolationError(
            f"A range of partitions has two ends: give the run both tags, {ASSET_PARTITION_RANGE_START_TAG} and "
            f"{ASSET_PARTITION_RANGE_END_TAG}."
        )
    partitions_def = partitions_of_plan(job, plan) if first is not None else None
    if partitions_def is None or first is None or last is None:
        return None
    from dagster.partitions.key_ranges import PartitionKeyRange
    from dagster.partitions.loading import partition_loading_context

    with partition_loading_context(dynamic_partitions_store=instance):
        keys = partitions_def.get_partition_keys_in_range(PartitionKeyRange(first, last), dynamic_partitions_store=instance)
    if not keys:
        raise DagsterInvalidInvocationError(f'There is no partition from "{first}" to "{last}": the range ends before it begins.')
    return tuple(keys)


def _refuse_unknown(partitions_def: Any, partition_key: str, instance: DagsterInstance) -> None:
    from dagster.partitions.loading import partition_loading_context

    with partition_loading_context(dynamic_partitions_store=instance):
        partitions_def.validate_partition_key(partition_key)


def _key_of_its_definition(partitions_def: Any, partition_key: str) -> str:
    """The key as user code gets it: one of several dimensions knows them."""
    from_str = getattr(partitions_def, "get_partition_key_from_str", None)
    return partition_key if from_str is None else from_str(partition_key)


def tags_of_partition(
    job: JobDefinition, plan: ExecutionPlan, partition_key: str | None, instance: DagsterInstance
) -> dict[str, str]:
    """The tags of a run of one partition.

    Raises:
        CheckError: what it makes has no partitions in common.
        DagsterUnknownPartitionError: there is no such partition.
    """
    if partition_key is None:
        return {}
    partitions_def = partitions_of_plan(job, plan)
    if partitions_def is None:
        from dagster.errors import CheckError

        different = "; ".join(str(each) for each in job.project.partitions_of(plan.selected_asset_keys))
        raise CheckError(
            "There is no PartitionsDefinition shared by all the provided assets: partition key "
            f'"{partition_key}" is given for job "{job.name}", and {different or "none of them has partitions"}.'
        )
    _refuse_unknown(partitions_def, partition_key, instance)
    config = job.declared.config
    tags = partition_tags(partitions_def, partition_key, job.name)
    return {**config.get_tags_for_partition_key(partition_key), **tags} if isinstance(config, PartitionedConfig) else tags
