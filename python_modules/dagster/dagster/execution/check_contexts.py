"""What the function of a check gets as its first argument."""

from __future__ import annotations

from collections.abc import Sequence

from dagster.errors import DagsterInvariantViolationError
from dagster.execution.contexts import OpExecutionContext, current_step
from dagster.specs.checks import AssetCheckSpec


class AssetCheckExecutionContext(OpExecutionContext):
    """The context of a check's function: what the context of an op has, and the checks that it executes.

    Example:
        >>> @asset_check(asset="orders")
        ... def not_empty(context: AssetCheckExecutionContext, orders):
        ...     context.log.info("%s rows", len(orders))
        ...     return AssetCheckResult(passed=bool(orders))
        >>> not_empty.op.computation.context_annotation is AssetCheckExecutionContext
        True
    """

    @staticmethod
    def get() -> AssetCheckExecutionContext:
        """The context of the check that is running, anywhere below its function.

        Raises:
            DagsterInvariantViolationError: no step is running.
        """
        step = current_step.get()
        if step is None:
            raise DagsterInvariantViolationError("No current AssetCheckExecutionContext in scope: no step is running here.")
        return AssetCheckExecutionContext(step)

    @property
    def check_specs(self) -> Sequence[AssetCheckSpec]:
        """The checks that the function executes."""
        return [output.check for output in self._step.step.outputs if output.check is not None]

    @property
    def op_execution_context(self) -> OpExecutionContext:
        """The context as that of an op."""
        return OpExecutionContext(self._step)
