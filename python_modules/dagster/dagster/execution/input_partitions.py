"""Which partitions of an upstream asset a step reads."""

from __future__ import annotations

from typing import Any

from dagster.errors import DagsterInvariantViolationError
from dagster.execution.running import RunningStep
from dagster.planning.steps import StepInput


def partitions_to_load(step: RunningStep, wanted: StepInput, partitions_def: Any) -> list[str] | None:
    """The partitions of an input: those of the run, or all for a step without any; None for an asset without partitions.

    Raises:
        DagsterInvariantViolationError: the dependency has a mapping that says something else.
    """
    if partitions_def is None:
        return None
    own = step.partition_keys
    mapping = _mapping_of(step, wanted) or _usual_mapping(step, partitions_def)
    if mapping is not None:
        _refuse_unevaluated(step, wanted, mapping)
    if own is not None:
        return list(own)
    return list(partitions_def.get_partition_keys(dynamic_partitions_store=step.running.instance))


def _refuse_unevaluated(step: RunningStep, wanted: StepInput, mapping: Any) -> None:
    from dagster.partitions.mappings import AllPartitionMapping, IdentityPartitionMapping

    usual = IdentityPartitionMapping if step.partition_keys is not None else AllPartitionMapping
    if not isinstance(mapping, usual):
        raise DagsterInvariantViolationError(
            f'Input "{wanted.declared.name}" of step "{step.step.key}" has the partition mapping {mapping!r}, which is declared, '
            "not evaluated by this version: nothing was loaded, rather than other partitions than it says."
        )


def _mapping_of(step: RunningStep, wanted: StepInput) -> Any:
    deps = (dep for spec in step.step.specs.values() for dep in spec.deps if dep.asset_key == wanted.declared.asset_key)
    return next((dep.partition_mapping for dep in deps if dep.partition_mapping is not None), None)


def _usual_mapping(step: RunningStep, upstream: Any) -> Any:
    """The mapping between windows of different lengths where none is declared: a week is read as its days."""
    own = step.step.definition.partitions_def
    if own is None or own is upstream or not hasattr(own, "time_window_for_partition_key") or own == upstream:
        return None
    from dagster.partitions.mappings import TimeWindowPartitionMapping
    from dagster.partitions.time_windows import TimeWindowPartitionsDefinition

    if not isinstance(own, TimeWindowPartitionsDefinition) or not isinstance(upstream, TimeWindowPartitionsDefinition):
        return None
    is_same_rhythm = (own.cron_schedule, own.timezone, own.fmt) == (upstream.cron_schedule, upstream.timezone, upstream.fmt)
    return None if is_same_rhythm else TimeWindowPartitionMapping()
