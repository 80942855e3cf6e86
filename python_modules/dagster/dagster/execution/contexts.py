"""What the function of a step gets as its first argument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.events.data_versions import DataProvenance, DataVersion
from dagster.execution.input_partitions import ends, only_partition, partitions_to_load
from dagster.execution.older_context_parts import OlderContextParts
from dagster.execution.user_events import record_engine_event, record_user_event
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.metadata.coercion import normalize_metadata
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.runs.runs import DagsterRun
from dagster.specs.assets import AssetSpec

if TYPE_CHECKING:
    from dagster.events.failures import FailedStep, SerializableErrorInfo
    from dagster.execution.running import RunningStep

current_step: ContextVar[RunningStep | None] = ContextVar("current_step", default=None)


class OpExecutionContext(OlderContextParts):
    """What a step's function can ask for and tell while it runs. Valid until the function ends.

    Example:
        >>> @asset
        ... def orders(context: AssetExecutionContext):
        ...     context.log.info("run %s", context.run_id)
    """

    def __init__(self, op_execution_context: RunningStep | OpExecutionContext) -> None:
        """The context of a step, or the same one as another class."""
        step = op_execution_context
        self._step: RunningStep = step._step if isinstance(step, OpExecutionContext) else step

    @staticmethod
    def get() -> OpExecutionContext:
        """The context of the step that is running, anywhere below its function.

        Raises:
            DagsterInvariantViolationError: no step is running.
        """
        step = current_step.get()
        if step is None:
            raise DagsterInvariantViolationError("No current OpExecutionContext in scope: no step is running here.")
        return OpExecutionContext(step)

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self._step.running.run.run_id

    @property
    def run(self) -> DagsterRun:
        """The run."""
        return self._step.running.run

    @property
    def dagster_run(self) -> DagsterRun:
        """Same as `run`."""
        return self._step.running.run

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags of the run."""
        return self._step.running.run.tags

    @property
    def run_config(self) -> Mapping[str, Any]:
        """The config of the run, as nested dicts."""
        return self._step.running.given_config

    @property
    def job_name(self) -> str:
        """The job of the run."""
        return self._step.running.run.job_name

    @property
    def job_def(self) -> Any:
        """The definition of the job."""
        return self._step.running.job

    @property
    def instance(self) -> Any:
        """The instance that remembers the run."""
        return self._step.running.instance

    @property
    def failed_steps(self) -> Sequence[FailedStep]:
        """The steps of the run that have failed for good so far, with their errors, in the order in which they did. One query.

        What a job runs `on_failure` and `finally_` sees all of them; empty where the run failed outside of its steps.
        """
        return self._step.running.failed_steps()

    @property
    def retry_number(self) -> int:
        """How often this step was tried before in this run."""
        return self._step.running.retries.get(self._step.step.key, 0)

    def has_tag(self, key: str) -> bool:
        """Whether the run has a tag of this key."""
        return key in self.run_tags

    def get_tag(self, key: str) -> str | None:
        """The value of a tag of the run."""
        return self.run_tags.get(key)

    @property
    def log(self) -> Any:
        """A logger whose lines are stored in the run's log."""
        return self._step.log

    @property
    def resources(self) -> Any:
        """The resources that the function asked for, as attributes."""
        return self._step.resources

    @property
    def op_config(self) -> Any:
        """The config given to this step."""
        return self._step.op_config

    @property
    def op_handle(self) -> Any:
        """The place of the step's node."""
        from dagster.events.events import NodeHandle

        return NodeHandle.from_path(self._step.step.place)

    @property
    def node_handle(self) -> Any:
        """Same as `op_handle`."""
        return self.op_handle

    @property
    def op_def(self) -> Any:
        """The function with what it takes and gives."""
        from dagster.define.ops import OpDefinition

        return OpDefinition.of(self._step.step.computation)

    @property
    def op(self) -> Any:
        """Same as `op_def`."""
        return self.op_def

    @property
    def pdb(self) -> Any:
        """A debugger; `context.pdb.set_trace()` stops here. For runs in the calling process."""
        import pdb  # noqa: T100 - the user asks for it

        return pdb.Pdb()

    @property
    def selected_output_names(self) -> set[str]:
        """The outputs that this run wants."""
        return {output.name for output in self._step.step.outputs}

    def add_output_metadata(
        self, metadata: Mapping[str, Any], output_name: str | None = None, mapping_key: str | None = None
    ) -> None:
        """Attach metadata to an output that is not given yet.

        Args:
            metadata: raw values are wrapped in their `MetadataValue`.
            output_name: the output; may be left out where there is only one.
            mapping_key: of a dynamic output.

        Raises:
            DagsterInvariantViolationError: the output is unknown, not named among several, or given already.
        """
        name = self._only_output(output_name)
        given = name in self._step.given if mapping_key is None else mapping_key in self._step.mapping_keys.get(name, ())
        if given:
            raise DagsterInvariantViolationError(
                f"In {self._step.step.key}, attempted to log output metadata for output '{name}' which has already been yielded."
                " Metadata must be logged before the output is yielded."
            )
        normalize_metadata(metadata)  # what cannot be metadata is refused here, in the user's line
        self._step.output_metadata.setdefault((name, mapping_key), {}).update(metadata)

    def _only_output(self, output_name: str | None) -> str:
        names = [output.name for output in self._step.step.outputs if output.check is None]
        if output_name is None:
            if len(names) != 1:
                raise DagsterInvariantViolationError(
                    f"In {self._step.step.key}, attempted to log metadata without an output name, but there are several: "
                    f"{', '.join(names)}. Give output_name."
                )
            return names[0]
        if output_name not in names:
            raise DagsterInvariantViolationError(
                f"In {self._step.step.key}, attempted to log metadata for output '{output_name}' which does not exist. "
                f"The outputs are: {', '.join(names)}."
            )
        return output_name

    def get_output_metadata(self, output_name: str, mapping_key: str | None = None) -> Mapping[str, Any] | None:
        """The metadata attached so far to an output, as it was given; None where there is none."""
        return self._step.output_metadata.get((output_name, mapping_key))

    def log_event(self, event: Any) -> None:
        """Record a materialization or observation now.

        Raises:
            DagsterInvariantViolationError: something else.
        """
        record_user_event(self._step, event)

    def log_engine_event(self, message: str, error: SerializableErrorInfo | None = None) -> None:
        """Record now that something happened around the step; ours."""
        record_engine_event(self._step, message, error)

    def has_events(self) -> bool:
        """Whether events were logged that are not recorded yet; never, since they are recorded at once."""
        return False

    def consume_events(self) -> Iterator[Any]:
        """Events that were logged and not recorded yet; none, since they are recorded at once."""
        return iter(())

    def get_mapping_key(self) -> str | None:
        """The key of the dynamic output that this step stands for."""
        return self._step.step.mapping_key

    @property
    def has_assets_def(self) -> bool:
        """Whether the step makes assets."""
        return bool(self._step.step.specs)

    @property
    def assets_def(self) -> Any:
        """What is being executed.

        Raises:
            DagsterInvalidDefinitionError: the step makes no assets.
        """
        if not self.has_assets_def:
            raise DagsterInvalidDefinitionError(f"Op '{self._step.step.key}' makes no assets.")
        return self._step.step.definition

    @property
    def asset_key(self) -> AssetKey:
        """The asset that the step makes.

        Raises:
            DagsterInvariantViolationError: it makes none or several.
        """
        keys = self._step.step.asset_keys
        if len(keys) != 1:
            raise DagsterInvariantViolationError(
                "Cannot call `context.asset_key` in a multi_asset with more than one asset. Use `context.asset_key_for_output` "
                "instead."
                if keys
                else f"Op '{self._step.step.key}' makes no assets."
            )
        return keys[0]

    @property
    def selected_asset_keys(self) -> set[AssetKey]:
        """The assets that this run wants of the step."""
        return set(self._step.step.asset_keys)

    @property
    def selected_asset_check_keys(self) -> set[Any]:
        """The checks that this run wants of the step."""
        return {output.check.key for output in self._step.step.outputs if output.check is not None}

    @property
    def is_subset(self) -> bool:
        """Whether the run wants some of the definition's assets only."""
        return self.selected_asset_keys != self._step.step.definition.keys

    def asset_key_for_output(self, output_name: str = "result") -> AssetKey:
        """The asset that an output is."""
        spec = self._step.step.specs.get(output_name)
        if spec is None:
            raise DagsterInvariantViolationError(f"Output '{output_name}' of '{self._step.step.key}' is no asset.")
        return spec.key

    def output_for_asset_key(self, asset_key: AssetKey) -> str:
        """The output that an asset is."""
        for name, spec in self._step.step.specs.items():
            if spec.key == asset_key:
                return name
        raise DagsterInvariantViolationError(f"Asset {asset_key.to_user_string()} is not made by '{self._step.step.key}'.")

    def asset_key_for_input(self, input_name: str) -> AssetKey:
        """The asset that an argument is the value of."""
        for declared in self._step.step.computation.inputs:
            if declared.name == input_name and declared.asset_key is not None:
                return declared.asset_key
        raise DagsterInvariantViolationError(f"Input '{input_name}' of '{self._step.step.key}' is no asset.")

    def add_asset_metadata(
        self, metadata: Mapping[str, Any], asset_key: CoercibleToAssetKey | None = None, partition_key: str | None = None
    ) -> None:
        """Attach metadata to the materialization of an asset that is not recorded yet.

        Args:
            metadata: raw values are wrapped in their `MetadataValue`.
            asset_key: the asset; may be left out where the step makes only one.
            partition_key: only to the materialization of this partition.
        """
        key = self.asset_key if asset_key is None else AssetKey.from_coercible(asset_key)
        if key not in self._step.step.asset_keys:
            raise DagsterInvariantViolationError(
                f"Asset key {key.to_user_string()} not found in AssetsDefinition '{self._step.step.key}'."
            )
        self._step.asset_metadata.setdefault((key, partition_key), {}).update(normalize_metadata(metadata))

    def set_data_version(self, asset_key: AssetKey, data_version: DataVersion) -> None:
        """Give the version of the data that the step is writing, where the result does not carry it."""
        self._step.data_versions[asset_key] = data_version

    def get_asset_provenance(self, asset_key: AssetKey) -> DataProvenance | None:
        """What the latest materialization of an asset was made from; None if there is none."""
        record = self.instance.get_latest_materialization_event(asset_key)
        materialization = record.asset_materialization if record else None
        return DataProvenance.from_tags(materialization.tags or {}) if materialization else None

    def load_asset_value(self, asset_key: AssetKey, *, python_type: type | None = None, partition_key: str | None = None) -> Any:
        """The stored value of any asset of the project, loaded by its IO manager with the resources of this run."""
        from dagster.execution.asset_values import load_value_in_run

        return load_value_in_run(self._step.running, asset_key, python_type=python_type, partition_key=partition_key)

    @property
    def has_partition_key(self) -> bool:
        """Whether the run is of one partition."""
        return self._step.running.partition_key is not None

    @property
    def has_partition_key_range(self) -> bool:
        """Whether the run is of a range of partitions, be it of one."""
        running = self._step.running
        return running.partition_keys is not None and running.partition_key is None

    @property
    def partition_key(self) -> str:
        """The partition of the run.

        Raises:
            DagsterInvariantViolationError: the run has none or several.
        """
        keys = self._step.running.partition_keys or ()
        if len(keys) != 1:
            raise DagsterInvariantViolationError(
                "Tried to access partition_key for a non-partitioned run"
                if not keys
                else f"This run is of {len(keys)} partitions. Use partition_keys."
            )
        return keys[0]

    @property
    def partition_keys(self) -> Sequence[str]:
        """The partitions of the run, in the order of their definition.

        Raises:
            DagsterInvariantViolationError: the run has none.
        """
        if self._step.running.partition_keys is None:
            raise DagsterInvariantViolationError("Cannot access partition_keys for a non-partitioned run")
        return list(self._step.running.partition_keys)

    @property
    def partition_key_range(self) -> PartitionKeyRange:
        """The first and the last partition of the run."""
        keys = self.partition_keys
        return PartitionKeyRange(keys[0], keys[-1])

    @property
    def partition_time_window(self) -> Any:
        """The time that the run's partitions span."""
        if self._step.running.partition_keys is None:
            raise DagsterInvariantViolationError("Cannot access partition_time_window for a non-partitioned run")
        partitions_def = self._step.step.definition.partitions_def
        window_of = getattr(partitions_def, "time_window_for_partition_key", None)
        if window_of is None:
            raise DagsterInvariantViolationError("Cannot access partition_time_window: the partitions are not times.")
        keys = self.partition_keys
        first = window_of(keys[0])
        return first if len(keys) == 1 else type(first)(first.start, window_of(keys[-1]).end)

    def asset_partition_key_for_output(self, output_name: str = "result") -> str:
        """The partition of the asset that an output is.

        Raises:
            DagsterInvariantViolationError: the asset has no partitions, or the run is of none.
            CheckError: the run is of several.
        """
        self._refuse_output_without_partitions(output_name)
        keys = self._step.partition_keys
        if keys is not None and len(keys) > 1:
            raise CheckError(
                f'The run makes {len(keys)} partitions of the output "{output_name}". Use `asset_partition_keys_for_output` or '
                "`asset_partition_key_range_for_output`."
            )
        return self.partition_key

    def asset_partition_keys_for_output(self, output_name: str = "result") -> Sequence[str]:
        """The partitions of the asset that an output is."""
        self._refuse_output_without_partitions(output_name)
        return self.partition_keys

    def asset_partition_key_range_for_output(self, output_name: str = "result") -> PartitionKeyRange:
        """The first and the last partition of the asset that an output is."""
        self._refuse_output_without_partitions(output_name)
        return self.partition_key_range

    def asset_partitions_time_window_for_output(self, output_name: str = "result") -> Any:
        """The time that the partitions of the asset that an output is span.

        Raises:
            ValueError: the partitions are no times, or there are none.
        """
        spec = self._step.step.specs.get(output_name)
        if spec is None or getattr(spec.partitions_def, "time_window_for_partition_key", None) is None:
            raise ValueError(f'The output "{output_name}" is no asset with partitions that are windows of time.')
        return self.partition_time_window

    def _refuse_output_without_partitions(self, output_name: str) -> None:
        self.asset_key_for_output(output_name)
        spec = self._step.step.specs.get(output_name)
        if spec is not None and spec.partitions_def is None:
            raise DagsterInvariantViolationError(f'The asset "{spec.key.to_user_string()}" has no partitions.')

    def asset_partitions_def_for_output(self, output_name: str = "result") -> Any:
        """The partitions definition of the asset that an output is."""
        return _partitions_of(self._step.step.specs.get(output_name), output_name)

    def asset_partition_key_for_input(self, input_name: str) -> str:
        """The partition of the asset that an argument is the value of.

        Raises:
            CheckError: it is the value of none or several.
        """
        return only_partition(self.asset_partition_keys_for_input(input_name), input_name, self._step.step.key)

    def asset_partition_keys_for_input(self, input_name: str) -> Sequence[str]:
        """The partitions of the asset that an argument is the value of, as the mapping of the dependency says.

        Raises:
            CheckError: the asset has no partitions.
        """
        self.asset_key_for_input(input_name)
        wanted = next(each for each in self._step.step.inputs if each.declared.name == input_name)
        partitions_def = wanted.upstream_spec.partitions_def if wanted.upstream_spec else None
        keys = partitions_to_load(self._step, wanted, partitions_def)
        if keys is None:
            raise CheckError(f'The input "{input_name}" has no asset partitions.')
        return keys

    def asset_partition_key_range_for_input(self, input_name: str) -> PartitionKeyRange:
        """The first and the last partition of the asset that an argument is the value of."""
        return PartitionKeyRange(*ends(self.asset_partition_keys_for_input(input_name), input_name))

    def asset_partitions_time_window_for_input(self, input_name: str = "result") -> Any:
        """The time that the partitions of the asset that an argument is the value of span.

        Raises:
            ValueError: the partitions are no times.
        """
        self.asset_key_for_input(input_name)
        found = (each.upstream_spec for each in self._step.step.inputs if each.declared.name == input_name)
        window_of = getattr(getattr(next(found, None), "partitions_def", None), "time_window_for_partition_key", None)
        if window_of is None:
            raise ValueError(f'The asset of the input "{input_name}" has no partitions that are windows of time.')
        first, last = ends(self.asset_partition_keys_for_input(input_name), input_name)
        window = window_of(first)
        return type(window)(window.start, window_of(last).end)

    def asset_partitions_def_for_input(self, input_name: str) -> Any:
        """The partitions definition of the asset that an argument is the value of."""
        self.asset_key_for_input(input_name)
        found = (each.upstream_spec for each in self._step.step.inputs if each.declared.name == input_name)
        return _partitions_of(next(found, None), input_name)


def _partitions_of(spec: AssetSpec | None, name: str) -> Any:
    if spec is None or spec.partitions_def is None:
        raise DagsterInvariantViolationError(f"The asset of '{name}' has no partitions.")
    return spec.partitions_def


class AssetExecutionContext(OpExecutionContext):
    """The context of an asset's function. Everything that the context of an op has, under the same names.

    Example:
        >>> @asset
        ... def rows(context: AssetExecutionContext) -> str:
        ...     return context.asset_key.to_user_string()
        >>> materialize_to_memory([rows]).output_for_node("rows")
        'rows'
    """

    @staticmethod
    def get() -> AssetExecutionContext:
        """The context of the step that is running, anywhere below its function.

        Raises:
            DagsterInvariantViolationError: no step is running.
        """
        step = current_step.get()
        if step is None:
            raise DagsterInvariantViolationError("No current AssetExecutionContext in scope: no step is running here.")
        context = context_of(step)
        return context if isinstance(context, AssetExecutionContext) else AssetExecutionContext(step)

    @property
    def op_execution_context(self) -> OpExecutionContext:
        """The context as that of an op."""
        return OpExecutionContext(self._step)

    def get_op_execution_context(self) -> OpExecutionContext:
        """Same as `op_execution_context`."""
        return self.op_execution_context


def context_of(step: RunningStep) -> OpExecutionContext:
    """The step's context, made on first use."""
    if step.context is None:
        wants_op_context = not step.step.specs or step.step.computation.context_annotation is OpExecutionContext
        cls = step.context_class or (OpExecutionContext if wants_op_context else AssetExecutionContext)
        step.context = cls(step)
    return step.context
