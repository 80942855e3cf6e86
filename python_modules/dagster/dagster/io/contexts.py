"""The contexts that IO managers receive: one per stored output, one per loaded input."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from dagster.errors import CheckError, DagsterInvalidMetadata, DagsterInvariantViolationError
from dagster.events.asset_events import AssetMaterialization, AssetObservation
from dagster.io.step_facts import StepFacts
from dagster.metadata import normalize_metadata

if TYPE_CHECKING:
    from dagster.keys import AssetKey

_NO_METADATA: Mapping[str, Any] = {}


class OutputContext(StepFacts):
    """Given to `IOManager.handle_output`: which output of which step is to be stored, and of which asset.

    Example:
        >>> class Printed(IOManager):
        ...     def handle_output(self, context: OutputContext, obj: object) -> None:
        ...         print(context.asset_key.to_user_string(), obj)
        ...     def load_input(self, context: InputContext) -> None: ...
        >>> run = materialize([orders], instance=DagsterInstance.ephemeral(), resources={"io_manager": Printed()})
        orders [1, 2, 3]
    """

    __slots__ = ("_asset_spec", "_assets_def", "_mapping_key", "_output_metadata", "_run_id", "_step_key", "_version")

    def __init__(
        self,
        step_key: str | None = None,
        name: str | None = None,
        job_name: str | None = None,
        run_id: str | None = None,
        definition_metadata: Mapping[str, Any] | None = None,
        mapping_key: str | None = None,
        config: object = None,
        dagster_type: Any = None,
        log_manager: logging.Logger | None = None,
        version: str | None = None,
        resource_config: Mapping[str, object] | None = None,
        resources: Any = None,
        step_context: Any = None,
        op_def: Any = None,
        asset_key: AssetKey | None = None,
        partition_key: str | None = None,
        output_metadata: Mapping[str, Any] | None = None,
        asset_partitions_def: Any = None,
        asset_partition_keys: Sequence[str] | None = None,
        asset_spec: Any = None,
        metadata: Mapping[str, Any] | None = None,
        *,
        assets_def: Any = None,
        instance: Any = None,
    ) -> None:
        self._step_key = step_key
        self._name = name
        self._job_name = job_name
        self._run_id = run_id
        self._definition_metadata = definition_metadata or metadata or _NO_METADATA
        self._mapping_key = mapping_key
        self._config = config
        self._dagster_type = dagster_type
        self._log_manager = log_manager
        self._version = version
        self._resource_config = resource_config
        self._resources = resources
        self._step_context = step_context
        self._op_def = op_def
        self._asset_key = asset_key
        self._partition_key = partition_key
        self._output_metadata = output_metadata or _NO_METADATA
        self._asset_partitions_def = asset_partitions_def
        self._asset_partition_keys = asset_partition_keys
        self._asset_spec = asset_spec
        self._assets_def = assets_def
        self._instance = instance
        self._events = []
        self._logged_metadata = {}
        self._cleanup = None

    @property
    def step_key(self) -> str:
        """The step that produced the value."""
        return self._step_key if self._step_key is not None else self._absent("step_key")

    @property
    def has_run_id(self) -> bool:
        """Whether the context knows the run that produced the value."""
        return self._run_id is not None

    @property
    def run_id(self) -> str:
        """The run that produced the value."""
        return self._run_id if self._run_id is not None else self._absent("run_id")

    @property
    def mapping_key(self) -> str | None:
        """The mapping key of a dynamic output, else None."""
        return self._mapping_key

    @property
    def version(self) -> str | None:
        """The version of the output, where the run has one."""
        return self._version

    @property
    def output_metadata(self) -> Mapping[str, Any]:
        """The metadata that the step attached to this output at run time."""
        return self._output_metadata

    @property
    def asset_spec(self) -> Any:
        """The spec of the asset."""
        return self._asset_spec if self._asset_spec is not None else self._absent("asset_spec")

    @property
    def assets_def(self) -> Any:
        """The definition that the asset is part of."""
        return self._assets_def if self._assets_def is not None else self._absent("assets_def")

    def get_run_scoped_output_identifier(self) -> Sequence[str]:
        """Run, step, output and mapping key: names this output among those of all runs."""
        step_key, run_id = self.step_key, self.run_id
        identifier = [run_id, step_key, self.name]
        return identifier if self._mapping_key is None else [*identifier, self._mapping_key]

    def get_identifier(self) -> Sequence[str]:
        """Like `get_run_scoped_output_identifier`; a versioned output has its version in place of the run."""
        if self._version is None:
            return self.get_run_scoped_output_identifier()
        identifier = ["versioned_outputs", self._version, self.step_key, self.name]
        return identifier if self._mapping_key is None else [*identifier, self._mapping_key]

    def get_output_identifier(self) -> Sequence[str]:
        """Same as `get_identifier`."""
        return self.get_identifier()

    def get_asset_output_identifier(self) -> Sequence[str]:
        """Same as `get_asset_identifier`."""
        return self.get_asset_identifier()

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Attach metadata to the materialization or to the event that says the output was stored.

        Raises:
            DagsterInvalidMetadata: a value is of no known kind, or a key was attached before.
        """
        again = sorted(metadata.keys() & self._logged_metadata.keys())
        if again:
            raise DagsterInvalidMetadata(f"Metadata of this output was given before under {', '.join(map(repr, again))}.")
        self._logged_metadata.update(normalize_metadata(metadata))

    def get_logged_metadata(self) -> Mapping[str, Any]:
        """What `add_output_metadata` got so far."""
        return self._logged_metadata

    def log_event(self, event: Any) -> None:
        """Put an `AssetMaterialization` or `AssetObservation` into the run's log, after the output was stored."""
        if not isinstance(event, (AssetMaterialization, AssetObservation)):
            raise CheckError(f"An IO manager can log an AssetMaterialization or an AssetObservation. Got {event!r}.")
        self._events.append(event)

    def get_logged_events(self) -> Sequence[Any]:
        """What `log_event` got so far."""
        return list(self._events)


class InputContext(StepFacts):
    """Given to `load_input`: which input is to be loaded, and from which output or asset.

    Example:
        >>> class Rows(IOManager):
        ...     def handle_output(self, context: OutputContext, obj: object) -> None: ...
        ...     def load_input(self, context: InputContext) -> str:
        ...         return "rows of " + context.asset_key.to_user_string()
        >>> @asset
        ... def report(orders) -> None:
        ...     print(orders)
        >>> run = materialize([orders, report], instance=DagsterInstance.ephemeral(), resources={"io_manager": Rows()})
        rows of orders
    """

    __slots__ = ("_upstream_output",)

    def __init__(
        self,
        *,
        name: str | None = None,
        job_name: str | None = None,
        op_def: Any = None,
        config: Any = None,
        definition_metadata: Mapping[str, Any] | None = None,
        upstream_output: OutputContext | None = None,
        dagster_type: Any = None,
        log_manager: logging.Logger | None = None,
        resource_config: Mapping[str, Any] | None = None,
        resources: Any = None,
        step_context: Any = None,
        asset_key: AssetKey | None = None,
        partition_key: str | None = None,
        asset_partition_keys: Sequence[str] | None = None,
        asset_partitions_def: Any = None,
        instance: Any = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self._name = name
        self._job_name = job_name
        self._op_def = op_def
        self._config = config
        self._definition_metadata = definition_metadata or metadata or _NO_METADATA
        self._upstream_output = upstream_output
        self._dagster_type = dagster_type
        self._log_manager = log_manager
        self._resource_config = resource_config
        self._resources = resources
        self._step_context = step_context
        self._asset_key = asset_key
        self._partition_key = partition_key
        self._asset_partition_keys = asset_partition_keys
        self._asset_partitions_def = asset_partitions_def
        self._instance = instance
        self._events = []
        self._logged_metadata = {}
        self._cleanup = None

    @property
    def has_input_name(self) -> bool:
        """Whether the value is loaded for an input, not outside of a run."""
        return self._name is not None

    @property
    def upstream_output(self) -> OutputContext | None:
        """The output that is loaded; None for an asset that nothing here computes."""
        return self._upstream_output

    @property
    def value_class(self) -> type[Any] | None:
        """The class that the input is declared to be of, with or without None; None for a type that is no class."""
        declared = getattr(self._dagster_type, "typing_type", self._dagster_type)
        if get_origin(declared) in (Union, UnionType):
            others = [each for each in get_args(declared) if each is not type(None)]
            declared = others[0] if len(others) == 1 else None
        # From Python 3.11 on `Any` is a class.
        return declared if isinstance(declared, type) and declared is not Any else None

    def get_identifier(self) -> Sequence[str]:
        """The identifier under which the upstream output was stored."""
        if self._upstream_output is None:
            raise DagsterInvariantViolationError("This input has no identifier: it has no upstream_output.")
        return self._upstream_output.get_identifier()

    def add_input_metadata(self, metadata: Mapping[str, Any], description: str | None = None) -> None:
        """Attach metadata to the event that says the input was loaded, and observe the asset with it.

        Raises:
            DagsterInvalidMetadata: a value is of no known kind.
        """
        self._logged_metadata.update(normalize_metadata(metadata))
        if self._asset_key is None:
            return
        for partition in self._asset_partition_keys if self._asset_partition_keys is not None else (None,):
            self._events.append(
                AssetObservation(self._asset_key, partition=partition, metadata=dict(metadata), description=description)
            )

    def get_observations(self) -> Sequence[Any]:
        """The observations that `add_input_metadata` made so far."""
        return list(self._events)

    def consume_logged_metadata(self) -> Mapping[str, Any]:
        """What `add_input_metadata` got since the last time this was called."""
        logged, self._logged_metadata = self._logged_metadata, {}
        return logged
