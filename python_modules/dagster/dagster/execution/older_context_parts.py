"""What the contexts of steps have for older code, or for libraries that look deeper than users do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.partitions.key_ranges import PartitionKeyRange


class OlderContextParts:
    """Part of `OpExecutionContext`."""

    _step: Any

    if TYPE_CHECKING:

        @property
        def partition_key(self) -> str: ...
        @property
        def partition_key_range(self) -> PartitionKeyRange: ...

    def describe_op(self) -> str:
        """The step in words."""
        return f'op "{self._step.step.key}"'

    def get_step_execution_context(self) -> Any:
        """The step as engines see it."""
        from dagster.execution.step_contexts import StepExecutionContext

        return StepExecutionContext(self._step)

    @property
    def op_execution_context(self) -> Any:
        """The context itself."""
        return self

    @property
    def repository_def(self) -> Any:
        """The repository that a run was launched from; a run in the calling process has none.

        Raises:
            CheckError: there is none.
        """
        raise CheckError("No repository definition was set on the step context: this run belongs to no code location.")

    @property
    def location_name(self) -> str | None:
        """The code location that the run was launched from; None for a run in the calling process."""
        return None

    @property
    def step_launcher(self) -> Any:
        """What launches steps elsewhere; there is none."""
        return None

    @property
    def has_partitions(self) -> bool:
        """Whether the step's assets have partitions."""
        definition = self._step.step.definition
        return definition is not None and definition.partitions_def is not None

    @property
    def multi_partition_key(self) -> Any:
        """The partition of the run, by dimension.

        Raises:
            DagsterInvariantViolationError: the run has none, or its partitions have one dimension only.
        """
        key = self.partition_key
        if not hasattr(key, "keys_by_dimension"):
            definition = self._step.step.definition
            split = getattr(definition and definition.partitions_def, "get_partition_key_from_str", None)
            if split is None:
                raise DagsterInvariantViolationError(f"The partition {key!r} has one dimension only. Use partition_key.")
            return split(key)
        return key

    @property
    def asset_partition_key_range(self) -> PartitionKeyRange:
        """The first and the last partition of the run."""
        return self.partition_key_range

    @property
    def requires_typed_event_stream(self) -> bool:
        """Whether the function has to give each output as a result of its own; see `set_requires_typed_event_stream`."""
        return self._step.must_say_all is not None

    @property
    def typed_event_stream_error_message(self) -> str | None:
        """What is said when it does not."""
        return self._step.must_say_all or None

    def set_requires_typed_event_stream(self, *, error_message: str | None = None) -> None:
        """From here on the function has to give each output as a result of its own, also those without a value.

        Args:
            error_message: what is said when it does not.
        """
        self._step.must_say_all = error_message or ""
