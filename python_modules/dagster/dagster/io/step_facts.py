"""What an IO manager's two contexts have in common: facts of a step, each of which may be absent."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from dagster.define.resource_values import Resources
from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.keys import AssetKey
from dagster.partitions.key_ranges import PartitionKeyRange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DEBUG = 10

S = TypeVar("S", bound="StepFacts")


class StepFacts:
    """Facts of a step and of the asset it stores or loads. Asking for one that was not given raises a sentence."""

    __slots__ = (
        "_asset_key",
        "_asset_partition_keys",
        "_asset_partitions_def",
        "_cleanup",
        "_config",
        "_dagster_type",
        "_definition_metadata",
        "_events",
        "_instance",
        "_job_name",
        "_log_manager",
        "_logged_metadata",
        "_name",
        "_op_def",
        "_partition_key",
        "_resource_config",
        "_resources",
        "_step_context",
    )

    _asset_key: AssetKey | None
    _asset_partition_keys: Sequence[str] | None
    _asset_partitions_def: Any
    _cleanup: Callable[[], None] | None
    _config: Any
    _dagster_type: Any
    _definition_metadata: Mapping[str, Any]
    _events: list[Any]
    _instance: Any
    _job_name: str | None
    _log_manager: logging.Logger | None
    _logged_metadata: dict[str, Any]
    _name: str | None
    _op_def: Any
    _partition_key: str | None
    _resource_config: Mapping[str, Any] | None
    _resources: Any
    _step_context: Any

    def close_with(self, cleanup: Callable[[], None]) -> None:
        """Have `cleanup` called when the context is left as a context manager."""
        self._cleanup = cleanup

    def __enter__(self: S) -> S:
        return self

    def __exit__(self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        cleanup, self._cleanup = self._cleanup, None
        if cleanup is not None:
            cleanup()

    def _absent(self, name: str) -> NoReturn:
        raise DagsterInvariantViolationError(
            f"This {type(self).__name__} has no {name}: it was not given when the context was built."
        )

    @property
    def job_name(self) -> str:
        """The job of the run."""
        return self._job_name if self._job_name is not None else self._absent("job_name")

    @property
    def name(self) -> str:
        """The name of the output or input."""
        return self._name if self._name is not None else self._absent("name")

    @property
    def op_def(self) -> Any:
        """The definition of the op."""
        from dagster.define.computations import Computation
        from dagster.define.ops import OpDefinition

        if self._op_def is None:
            self._absent("op_def")
        return OpDefinition.of(self._op_def) if isinstance(self._op_def, Computation) else self._op_def

    @property
    def dagster_type(self) -> Any:
        """The declared type of the value."""
        return self._dagster_type if self._dagster_type is not None else self._absent("dagster_type")

    @property
    def config(self) -> Any:
        """The config given to this output or input in the run's config."""
        return self._config

    @property
    def resource_config(self) -> Mapping[str, Any] | None:
        """The config of the IO manager."""
        return self._resource_config

    @property
    def resources(self) -> Resources:
        """The resources that the IO manager requires, as attributes."""
        if not isinstance(self._resources, Resources):
            self._resources = Resources(self._resources or {})
        return self._resources

    @property
    def has_instance(self) -> bool:
        """Whether the context knows the instance of the run."""
        return self._instance is not None

    @property
    def instance(self) -> Any:
        """The instance of the run."""
        return self._instance if self._instance is not None else self._absent("instance")

    def set_resources(self, resources: Resources) -> None:
        """Give the resources after the context was built."""
        self._resources = resources

    @property
    def step_context(self) -> Any:
        """The context of the step that stores or loads."""
        return self._step_context if self._step_context is not None else self._absent("step_context")

    @property
    def log(self) -> logging.Logger:
        """Writes into the run's log; outside of runs the logger `dagster`. Made on first use."""
        log = self._log_manager
        if log is None:
            log = self._log_manager = self._step_context.log if self._step_context else logging.getLogger("dagster")
        return log

    def log_debug(self, message: str) -> None:
        """Write a line for who looks closely; the same as `log.debug`, without making a logger in a run that has none yet."""
        if self._log_manager is None and hasattr(self._step_context, "log_line"):
            self._step_context.log_line(_DEBUG, message)
        else:
            self.log.debug(message)

    @property
    def definition_metadata(self) -> Mapping[str, Any]:
        """The metadata of the definition of the output or input."""
        return self._definition_metadata

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Same as `definition_metadata`."""
        return self._definition_metadata

    @property
    def has_asset_key(self) -> bool:
        """Whether the value is that of an asset."""
        return self._asset_key is not None

    @property
    def asset_key(self) -> AssetKey:
        """The asset that is stored or loaded."""
        return self._asset_key if self._asset_key is not None else self._absent("asset_key")

    @property
    def has_partition_key(self) -> bool:
        """Whether the run is of one partition."""
        return self._partition_key is not None

    @property
    def partition_key(self) -> str:
        """The partition of the run."""
        if self._partition_key is None:
            raise CheckError("This run has no partition_key: it is not a run of one partition.")
        return self._partition_key

    @property
    def has_asset_partitions(self) -> bool:
        """Whether the asset that is stored or loaded is partitioned."""
        return self._asset_partition_keys is not None

    @property
    def asset_partition_keys(self) -> Sequence[str]:
        """The partitions of the asset that are stored or loaded, in the order of their definition."""
        if self._asset_partition_keys is None:
            raise CheckError(f"This {type(self).__name__} has no asset_partition_keys: the asset is not partitioned.")
        return self._asset_partition_keys

    @property
    def asset_partition_key(self) -> str:
        """The only partition of the asset that is stored or loaded."""
        keys = self.asset_partition_keys
        if len(keys) != 1:
            raise CheckError(
                f"This {type(self).__name__} has no single asset_partition_key: {len(keys)} partitions of asset "
                f"{self.asset_key.to_user_string()!r} are handled at once. Use asset_partition_keys."
            )
        return keys[0]

    @property
    def asset_partition_key_range(self) -> PartitionKeyRange:
        """The first and the last partition of the asset that are stored or loaded."""
        keys = self.asset_partition_keys
        if not keys:
            raise CheckError(f"This {type(self).__name__} has no asset_partition_key_range: no partition is handled.")
        return PartitionKeyRange(keys[0], keys[-1])

    @property
    def asset_partitions_def(self) -> Any:
        """The partitions definition of the asset."""
        if self._asset_partitions_def is None:
            raise DagsterInvariantViolationError(
                f"Asset {self.asset_key.to_user_string()!r} has no asset_partitions_def: it is not partitioned."
            )
        return self._asset_partitions_def

    @property
    def has_known_partitions_def(self) -> bool:
        """Whether `asset_partitions_def` was given."""
        return self._asset_partitions_def is not None

    @property
    def asset_partitions_time_window(self) -> Any:
        """The time from the start of the first partition to the end of the last one.

        Raises:
            CheckError: the asset is not partitioned, or there are no partitions.
            DagsterInvariantViolationError: its partitions are not times.
        """
        keys = self.asset_partition_keys
        window_of = getattr(self._asset_partitions_def, "time_window_for_partition_key", None)
        if not keys:
            raise CheckError(f"There are no partitions in this {type(self).__name__}, and so no time that they span.")
        if window_of is None:
            raise DagsterInvariantViolationError(
                f"The partitions of this {type(self).__name__} are not times, so there is no asset_partitions_time_window."
            )
        first = window_of(keys[0])
        return first if len(keys) == 1 else type(first)(first.start, window_of(keys[-1]).end)

    def get_asset_identifier(self) -> Sequence[str]:
        """The parts of the asset's key and, of a partitioned asset, the partition."""
        identifier = self.asset_key.path
        if self._asset_partition_keys is not None:
            identifier.append(self.asset_partition_key)
        return identifier

    def consume_logged_metadata(self) -> Mapping[str, Any]:
        """The metadata that the IO manager attached since the last time this was called."""
        logged, self._logged_metadata = self._logged_metadata, {}
        return logged

    def consume_logged_events(self) -> Sequence[Any]:
        """The events that the IO manager logged since the last time this was called; the step writes them down."""
        events, self._events = self._events, []
        return events

    def consume_events(self) -> Iterator[Any]:
        """Same as `consume_logged_events`, one by one."""
        yield from self.consume_logged_events()
