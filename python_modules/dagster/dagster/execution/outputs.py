"""What becomes of what a step's function gives: types are checked, values stored, materializations recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from dagster.define.computations import OutputDeclaration
from dagster.define.type_resolution import type_of_return
from dagster.errors import (
    DagsterExecutionHandleOutputError,
    DagsterInvalidInvocationError,
    DagsterInvariantViolationError,
    user_code,
)
from dagster.events.asset_events import (
    AssetCheckEvaluation,
    AssetCheckEvaluationTargetMaterializationData,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetMaterialization,
    AssetObservation,
)
from dagster.events.data_versions import CACHE_KEY_TAG, DATA_VERSION_IS_USER_PROVIDED_TAG, DATA_VERSION_TAG
from dagster.events.expectations import ExpectationResult
from dagster.events.results import DynamicOutput, MaterializeResult, NoValue, ObserveResult, Output
from dagster.execution.manager_configs import output_config
from dagster.execution.output_orders import refuse_late
from dagster.execution.running import RunningStep
from dagster.execution.type_checking import checked, did_not_pass
from dagster.execution.user_events import record_user_event
from dagster.execution.versions import version_tags
from dagster.io.contexts import OutputContext
from dagster.keys import AssetKey
from dagster.metadata.coercion import normalize_metadata
from dagster.partitions.definitions import PARTITION_TAG
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.specs.assets import AssetSpec
from dagster.specs.checks import AssetCheckSpec

_NOT_STORED = object()


def give(step: RunningStep, given: Any) -> None:
    """Take one thing that the function yielded or returned.

    Raises:
        DagsterInvariantViolationError: it belongs to no output, or to one that was given already.
        DagsterTypeCheckDidNotPass: the value is not of its declared type.
        DagsterExecutionHandleOutputError: the IO manager raised.
    """
    if isinstance(given, Output):
        _give_output(step, cast("Output[Any]", given))
    elif isinstance(given, DynamicOutput):
        _give_dynamic_output(step, cast("DynamicOutput[Any]", given))
    elif isinstance(given, (MaterializeResult, ObserveResult)):
        _give_result(step, cast("MaterializeResult[Any] | ObserveResult", given))
    elif isinstance(given, AssetCheckResult):
        _give_check_result(step, given)
    elif isinstance(given, (AssetMaterialization, AssetObservation, ExpectationResult)):
        record_user_event(step, given)
    else:
        raise DagsterInvariantViolationError(
            f'Compute function for op "{step.step.key}" yielded a value of type {type(given)} rather than an instance of Output, '
            "MaterializeResult, AssetMaterialization or AssetCheckResult. Values yielded by ops must be wrapped in one of "
            "these types. If it gives a single value, `return` it instead."
        )


def give_nothing(step: RunningStep, declared: OutputDeclaration) -> None:
    """Give an output that has no value, which the function did not mention."""
    _settle(step, declared, None, {}, {}, None)


def _give_output(step: RunningStep, given: Output[Any]) -> None:
    declared = _declared_output(step, given.output_name)
    if declared.is_dynamic:
        raise DagsterInvariantViolationError(
            f'Compute for op "{step.step.key}" for output "{declared.name}" defined as dynamic must yield DynamicOutput, got '
            "Output."
        )
    refuse_late(step, declared)
    _settle(step, declared, given.value, given.metadata, given.tags, given.data_version)


def _give_dynamic_output(step: RunningStep, given: DynamicOutput[Any]) -> None:
    name, key = given.output_name, given.mapping_key
    declared = next((each for each in step.step.outputs if each.name == name), None) or _declared_output(step, name)
    if not declared.is_dynamic:
        raise DagsterInvariantViolationError(
            f'Compute for op "{step.step.key}" for output "{name}" yielded a DynamicOutput, but is not declared as a DynamicOut.'
        )
    keys = step.mapping_keys.setdefault(name, [])
    if key in keys:
        raise DagsterInvariantViolationError(
            f'Compute for op "{step.step.key}" yielded a DynamicOutput with mapping_key "{key}" multiple times.'
        )
    _settle(step, declared, given.value, given.metadata, {}, None, key)
    keys.append(key)


def _declared_output(step: RunningStep, name: str) -> OutputDeclaration:
    for declared in step.step.outputs:
        if declared.name == name:
            if name in step.given:
                raise DagsterInvariantViolationError(
                    f'Compute for op "{step.step.key}" returned an output "{name}" multiple times'
                )
            return declared
    if any(declared.name == name for declared in step.step.computation.outputs):
        selected = ", ".join(repr(declared.name) for declared in step.step.outputs)
        raise DagsterInvariantViolationError(
            f'Core compute for op "{step.step.key}" returned an output "{name}" that is not selected. The selected outputs are '
            f"{selected}: ask context.selected_output_names."
        )
    raise DagsterInvariantViolationError(
        f'Core compute for op "{step.step.key}" returned an output "{name}" that does not exist. The available outputs are '
        f"{[declared.name for declared in step.step.outputs]}"
    )


def _give_result(step: RunningStep, given: MaterializeResult[Any] | ObserveResult) -> None:
    """What the result says was written or seen: that is for the definition to say, not for the class of the result."""
    declared = _output_of_asset(step, given)
    refuse_late(step, declared)
    value = _NOT_STORED if isinstance(given, ObserveResult) or given.value is NoValue else given.value
    metadata = normalize_metadata(given.metadata or {})
    _settle(step, declared, value, metadata, given.tags or {}, given.data_version)
    for result in given.check_results:
        _give_check_result(step, result, declared.asset_key)


def _output_of_asset(step: RunningStep, given: MaterializeResult[Any] | ObserveResult) -> OutputDeclaration:
    key = given.asset_key
    if key is None:
        if len(step.step.asset_keys) != 1:
            raise DagsterInvariantViolationError(
                f"{type(given).__name__} did not include asset_key and it can not be inferred. Specify which asset_key, options "
                f"are: {sorted(step.step.asset_keys)}."
            )
        key = step.step.asset_keys[0]
    for name, spec in step.step.specs.items():
        if spec.key == key:
            return _declared_output(step, name)
    raise DagsterInvariantViolationError(f"Asset key {key.to_user_string()} not found in AssetsDefinition")


def _settle(
    step: RunningStep,
    declared: OutputDeclaration,
    value: Any,
    metadata: Mapping[str, Any],
    tags: Mapping[str, str],
    data_version: Any,
    mapping_key: str | None = None,
) -> None:
    """Check the type of a value, store it, record its materialization."""
    if attached := step.output_metadata.get((declared.name, mapping_key)):
        metadata = {**normalize_metadata(attached), **metadata}
    make, recorder = step.running.make, step.running.recorder
    dagster_type = type_of_return(None if value is _NOT_STORED else declared.annotation)
    found = checked(step, dagster_type, None if value is _NOT_STORED else value, declared.name)
    recorder.record(make.output_checked(step.step, declared.name, dagster_type.display_name, found, metadata, mapping_key))
    if step.given_values is not None:
        step.given_values[declared.name, mapping_key] = (NoValue if value is _NOT_STORED else value, metadata)
    if not found.success:
        raise did_not_pass(f'step output "{declared.name}"', dagster_type, found)
    step.given.add(declared.name)
    spec = step.step.specs.get(declared.name)
    stored_metadata: Mapping[str, Any] = {}
    is_stored = value is not _NOT_STORED and declared.is_stored
    if value is not _NOT_STORED and step.running.keeps_values:
        if mapping_key is None:
            step.running.captured[step.step.key, declared.name] = value
        else:
            step.running.captured.setdefault((step.step.key, declared.name), {})[mapping_key] = value
    if is_stored:
        stored_metadata = _store(step, declared, spec, value, metadata, mapping_key)
    if spec is not None and not step.step.computation.records_itself:
        if step.step.definition.is_observable:
            _observe(step, spec, metadata, tags, data_version)
        else:
            _materialize(step, spec, {**metadata, **stored_metadata}, tags, data_version)
    if is_stored:
        recorder.record(make.output_handled(step.step, declared.name, declared.io_manager_key, stored_metadata))


def _store(
    step: RunningStep,
    declared: OutputDeclaration,
    spec: AssetSpec | None,
    value: Any,
    metadata: Mapping[str, Any],
    mapping_key: str | None,
) -> Mapping[str, Any]:
    """Hand the value to the IO manager. Returns the metadata that it attached."""
    manager = step.running.resources[declared.io_manager_key]
    context = output_context(step, declared, spec, metadata, mapping_key)
    with (
        user_code(
            f'Error occurred while handling output "{declared.name}" of step "{step.step.key}"',
            DagsterExecutionHandleOutputError,
        ),
        context,
    ):
        if not hasattr(manager, "handle_output"):
            raise DagsterInvalidInvocationError(
                f'Resource "{declared.io_manager_key}" is no IO manager: it has no method handle_output. It is {type(manager)}.'
            )
        yielded = manager.handle_output(context, value)
        from_generator = _consumed(step, cast("Iterator[Any]", yielded)) if isinstance(yielded, Iterator) else {}
    for event in context.consume_logged_events():
        record_user_event(step, event)
    return {**from_generator, **context.consume_logged_metadata()}


def _consumed(step: RunningStep, yielded: Iterator[Any]) -> dict[str, Any]:
    """An IO manager's `handle_output` may be a generator of materializations and of dicts of metadata."""
    metadata: dict[str, Any] = {}
    for each in yielded:
        if isinstance(each, Mapping):
            metadata.update(normalize_metadata(each))  # pyright: ignore[reportUnknownArgumentType] - checked there
        elif isinstance(each, AssetMaterialization):
            record_user_event(step, each)
        else:
            raise DagsterInvariantViolationError(
                f"An IO manager's handle_output yields AssetMaterialization and dicts of metadata. Got {each!r}, {type(each)}."
            )
    return metadata


def output_context(
    step: RunningStep,
    declared: OutputDeclaration,
    spec: AssetSpec | None,
    metadata: Mapping[str, Any],
    mapping_key: str | None,
    run_id: str | None = None,
) -> OutputContext:
    """The context with which a value of a step is stored, by this run or the one named."""
    running = step.running
    partition_keys = step.partition_keys
    return OutputContext(
        step_key=step.step.key,
        name=declared.name,
        job_name=running.run.job_name,
        run_id=run_id or running.run.run_id,
        config=output_config(step, step.step, declared.name),
        definition_metadata=spec.metadata if spec else declared.metadata,
        mapping_key=mapping_key,
        dagster_type=declared.dagster_type,
        resource_config=running.resource_config(declared.io_manager_key),
        resources=running.resources_for(declared.io_manager_key),
        step_context=step,
        op_def=step.step.computation,
        asset_key=spec.key if spec else None,
        partition_key=running.partition_key,
        output_metadata=metadata,
        asset_partitions_def=spec.partitions_def if spec else None,
        # The value of an op in a partitioned run is no partition of anything: it belongs to the run.
        asset_partition_keys=list(partition_keys) if spec and partition_keys is not None else None,
        asset_spec=spec,
        assets_def=step.step.definition if spec else None,
        instance=running.instance,
    )


def _materialize(
    step: RunningStep, spec: AssetSpec, metadata: Mapping[str, Any], tags: Mapping[str, str], data_version: Any
) -> None:
    """Record one materialization, or one per partition of the run."""
    make, recorder = step.running.make, step.running.recorder
    all_tags = {**version_tags(step, spec, data_version or step.data_versions.get(spec.key)), **tags}
    if step.asset_metadata:
        metadata = {**metadata, **step.asset_metadata.get((spec.key, None), {})}
    for partition in step.partition_keys or (None,):
        extra = step.asset_metadata.get((spec.key, partition), {}) if partition is not None else {}
        tags_of_it = {**_dimension_tags(spec, partition), **all_tags} if partition is not None else all_tags
        if step.step.computation.cache_policy is not None:
            from dagster.execution.cache_keys import cache_key

            key = cache_key(step, step.step.computation.cache_policy, spec, partition)
            tags_of_it = {**tags_of_it, CACHE_KEY_TAG: key}
        event = recorder.record(
            make.materialized(step.step, AssetMaterialization(spec.key, None, {**metadata, **extra}, partition, tags_of_it))
        )
        step.running.versions.remember(spec.key, partition, event)


def _dimension_tags(spec: AssetSpec, partition: str) -> Mapping[str, str]:
    """The key in each dimension, of a partition that has several."""
    if not isinstance(spec.partitions_def, MultiPartitionsDefinition):
        return {}
    tags = spec.partitions_def.get_tags_for_partition_key(partition)
    return {name: value for name, value in tags.items() if name != PARTITION_TAG}


def _observe(step: RunningStep, spec: AssetSpec, metadata: Mapping[str, Any], tags: Mapping[str, str], data_version: Any) -> None:
    """Record one observation, or one per partition of the run."""
    version = data_version or step.data_versions.get(spec.key)
    of_user = {DATA_VERSION_TAG: version.value, DATA_VERSION_IS_USER_PROVIDED_TAG: "true"} if version is not None else {}
    all_tags = {**tags, **of_user}
    extra = step.asset_metadata.get((spec.key, None), {})
    for partition in step.partition_keys or (None,):
        observation = AssetObservation(spec.key, None, {**metadata, **extra}, partition, dict(all_tags))
        step.running.recorder.record(step.running.make.observed(step.step, observation))


def _checks_that_may_be_said(step: RunningStep) -> tuple[OutputDeclaration, ...]:
    """Those that the run asks for; a function of checks alone that can execute some of them may tell of others too."""
    computation = step.step.computation
    return computation.outputs if computation.can_subset and not step.step.specs else step.step.outputs


def _give_check_result(step: RunningStep, given: AssetCheckResult, of_asset: AssetKey | None = None) -> None:
    checks = [output for output in _checks_that_may_be_said(step) if output.check is not None]
    names: dict[AssetKey, frozenset[str]] = {}
    for output in checks:
        assert output.check is not None, "filtered above"
        names[output.check.asset_key] = names.get(output.check.asset_key, frozenset()) | {output.check.name}
    if of_asset is not None and given.asset_key is None:
        names = {of_asset: names.get(of_asset, frozenset())}
    key = given.resolve_target_check_key(names)
    declared = next(output for output in checks if output.check is not None and output.check.key == key)
    assert declared.check is not None, "filtered above"
    if declared.name in step.given:
        raise DagsterInvariantViolationError(
            f'The function of "{step.step.key}" gave a result of the check "{key.to_user_string()}" more than once.'
        )
    make, recorder = step.running.make, step.running.recorder
    partition = step.running.partition_key if declared.check.partitions_def is not None else None
    if declared in step.step.outputs:
        dagster_type = declared.dagster_type
        found = checked(step, dagster_type, given, declared.name)
        recorder.record(make.output_checked(step.step, declared.name, dagster_type.display_name, found, {}))
    step.given.add(declared.name)
    recorder.record(
        make.check_evaluated(
            step.step,
            AssetCheckEvaluation(
                asset_key=key.asset_key,
                check_name=key.name,
                passed=given.passed,
                metadata=given.metadata,
                target_materialization_data=_checked_materialization(step, key.asset_key, partition),
                severity=given.severity,
                description=given.description,
                blocking=declared.check.blocking,
                partition=None if partition is None else str(partition),
                covered_partitions=_covered_partitions(step, declared.check, partition),
            ),
        )
    )
    if declared.check.blocking and not given.passed and given.severity is AssetCheckSeverity.ERROR:
        step.failed_checks[key] = given.description


def _covered_partitions(step: RunningStep, check: AssetCheckSpec, partition: str | None) -> tuple[str, ...]:
    """The partitions that a result is about where a run is about several: one result stands for each of them."""
    if check.partitions_def is None or partition is not None:
        return ()
    return tuple(map(str, step.partition_keys or ()))


def _checked_materialization(
    step: RunningStep, key: AssetKey, partition: str | None
) -> AssetCheckEvaluationTargetMaterializationData | None:
    """The materialization that a check looked at: the latest one of the asset, or of the partition."""
    step.running.recorder.flush()
    instance = step.running.instance
    if partition is not None:
        of_partition = instance.get_latest_data_version_record(key, is_source=False, partition_key=partition)
        if of_partition is None:
            return None
        return AssetCheckEvaluationTargetMaterializationData(
            of_partition.storage_id, of_partition.run_id, of_partition.event_log_entry.timestamp
        )
    record = instance.get_latest_materialization_event(key)
    if record is None:
        return None
    storage_id = step.running.versions.latest_storage_id(key)
    assert storage_id is not None, "the materialization was just read"
    return AssetCheckEvaluationTargetMaterializationData(storage_id, record.run_id, record.timestamp)
