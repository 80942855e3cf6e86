"""Which partitions of an upstream asset a step reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dagster.errors import CheckError, DagsterInvariantViolationError, user_code

if TYPE_CHECKING:
    from dagster.execution.running import RunningStep
    from dagster.planning.steps import StepInput


def refuse_to_read_without_partition(step: RunningStep) -> None:
    """An asset with partitions cannot depend on partitions of another one in a run of none: nobody can tell on which.

    Raises:
        DagsterInvariantViolationError: it does.
    """
    if step.partition_keys is not None or not step.step.specs or step.step.definition.partitions_def is None:
        return
    for each in step.step.inputs:
        if each.upstream_spec is not None and each.upstream_spec.partitions_def is not None:
            raise DagsterInvariantViolationError(
                f'Cannot access partition_key for a non-partitioned run: step "{step.step.key}" makes a partition out of '
                f'partitions of "{each.upstream_spec.key.to_user_string()}". Name the partition: `partition_key=` in Python, '
                "`--partition` on the command line."
            )


def partitions_to_load(step: RunningStep, wanted: StepInput, partitions_def: Any) -> list[str] | None:
    """The partitions of an input, as the mapping of its dependency says; None for an asset without partitions.

    Raises:
        DagsterInvariantViolationError: it depends on partitions that do not exist.
    """
    if partitions_def is None:
        return None
    keys = step.input_partitions.get(wanted.declared.name)
    if keys is None:
        keys = step.input_partitions[wanted.declared.name] = _mapped(step, wanted, partitions_def)
    return list(keys)


def _mapped(step: RunningStep, wanted: StepInput, upstream: Any) -> Sequence[str]:
    own_keys = step.partition_keys
    if own_keys is not None and not step.step.specs and all(output.check is None for output in step.step.outputs):
        return own_keys  # an op reads the partitions of its run
    own = step.step.definition.partitions_def if own_keys is not None else None
    declared = _mapping_of(step, wanted)
    if declared is None and (own is upstream or own == upstream):
        return own_keys or ()
    from dagster.partitions.inferred_mappings import inferred_mapping
    from dagster.partitions.loading import partition_loading_context

    mapping = inferred_mapping(declared, own, upstream)
    with partition_loading_context(dynamic_partitions_store=step.running.instance):
        held = None if own is None else own.subset_with_partition_keys(own_keys or ())
        with user_code(f'Error occurred in the partition mapping of input "{wanted.declared.name}" of step "{step.step.key}":'):
            result = mapping.get_upstream_mapped_partitions_result_for_partitions(held, own, upstream)
        if not result.required_but_nonexistent_subset.is_empty:
            raise _nonexistent(step, wanted, result.required_but_nonexistent_partition_keys)
        return result.partitions_subset.get_partition_keys()


_MOST_SHOWN = 5


def _nonexistent(step: RunningStep, wanted: StepInput, missing: Sequence[str]) -> DagsterInvariantViolationError:
    asset = wanted.declared.asset_key
    keys = ", ".join(map(str, missing[:_MOST_SHOWN])) + (f"… ({len(missing)})" if len(missing) > _MOST_SHOWN else "")
    own = " to ".join(dict.fromkeys((step.partition_keys or ("all of it",))[:: max(len(step.partition_keys or ()) - 1, 1)]))
    return DagsterInvariantViolationError(
        f'Partition {own} of step "{step.step.key}" depends on partitions of "{asset.to_user_string() if asset else ""}" that do '
        f"not exist: {keys}. Give the dependency a partition mapping that says otherwise, or let the upstream asset have them."
    )


def _mapping_of(step: RunningStep, wanted: StepInput) -> Any:
    deps = (dep for spec in step.step.specs.values() for dep in spec.deps if dep.asset_key == wanted.declared.asset_key)
    return next((dep.partition_mapping for dep in deps if dep.partition_mapping is not None), None)


def only_partition(keys: Sequence[str], input_name: str, step_key: str) -> str:
    """The one partition that an input reads.

    Raises:
        CheckError: it reads none or several.
    """
    if len(keys) != 1:
        raise CheckError(
            f'Tried to access the partition key of input "{input_name}" of step "{step_key}", which reads '
            f"{len(keys) or 'no'} partitions. Use the partition keys."
        )
    return keys[0]


def ends(keys: Sequence[str], input_name: str) -> tuple[str, str]:
    """The first and the last partition that an input reads.

    Raises:
        CheckError: it reads none.
    """
    if not keys:
        raise CheckError(f'Tried to access the range of partitions of input "{input_name}", which reads none.')
    return keys[0], keys[-1]
