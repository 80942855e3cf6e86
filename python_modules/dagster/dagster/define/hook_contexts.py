"""What the function of a hook can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TYPE_CHECKING, Any

from dagster.arguments import check_argument, check_optional
from dagster.define.tick_contexts import TickContext
from dagster.errors import DagsterInvalidInvocationError

if TYPE_CHECKING:
    from dagster.instance.instance import DagsterInstance


class HookContext:
    """The context of a hook: which step ended, in which run, and how.

    Example:
        >>> @failure_hook
        ... def alarm(context: HookContext):
        ...     context.log.error("%s failed: %s", context.step_key, context.op_exception)
    """

    @property
    def job_name(self) -> str:
        """The job of the run."""
        raise _not_given("job_name")

    @property
    def run_id(self) -> str:
        """The run."""
        raise _not_given("run_id")

    @property
    def hook_def(self) -> Any:
        """The hook."""
        raise _not_given("hook_def")

    @property
    def instance(self) -> DagsterInstance:
        """What remembers the run."""
        raise _not_given("instance")

    @property
    def op(self) -> Any:
        """What was executed: the node of the graph, whose `name` is its alias, and whose `definition` is the op.

        In a test: what `build_hook_context` was given.
        """
        raise _not_given("op")

    @property
    def step_key(self) -> str:
        """The step that ended."""
        raise _not_given("step_key")

    @property
    def required_resource_keys(self) -> Set[str]:
        """Resources that the hook asks for."""
        raise _not_given("required_resource_keys")

    @property
    def resources(self) -> Any:
        """The resources that it asked for, as attributes by key."""
        raise _not_given("resources")

    @property
    def op_config(self) -> Any:
        """The config of the step."""
        raise _not_given("op_config")

    @property
    def log(self) -> Any:
        """A logger."""
        from logging import getLogger

        return getLogger("dagster")

    @property
    def op_exception(self) -> BaseException | None:
        """What the step raised; None where it succeeded."""
        raise _not_given("op_exception")

    @property
    def op_output_values(self) -> Mapping[str, Any]:
        """The values that the step gave, by the name of the output."""
        raise _not_given("op_output_values")

    @property
    def op_output_metadata(self) -> Mapping[str, Any]:
        """The metadata of these values, by the name of the output."""
        raise _not_given("op_output_metadata")


def _not_given(attribute: str) -> DagsterInvalidInvocationError:
    return DagsterInvalidInvocationError(
        f"This context has no {attribute}: it was made by build_hook_context and not by a run. Give it to "
        "build_hook_context where that takes it."
    )


class UnboundHookContext(TickContext, HookContext):  # pyright: ignore[reportIncompatibleVariableOverride]
    """What `build_hook_context` makes; a context manager where one of its resources is to be torn down."""

    _builder = "build_hook_context"

    def __init__(
        self, *, op: Any, run_id: str | None, job_name: str | None, op_exception: BaseException | None, **given: Any
    ) -> None:
        super().__init__(**given)
        self._given_by_test = {"op": op, "run_id": run_id, "job_name": job_name}
        self._op_exception = op_exception

    def _of_test(self, attribute: str) -> Any:
        if self._given_by_test[attribute] is None:
            raise _not_given(attribute)
        return self._given_by_test[attribute]

    @property
    def op(self) -> Any:
        """What was executed."""
        return self._of_test("op")

    @property
    def run_id(self) -> str:
        """The run."""
        return self._of_test("run_id")

    @property
    def job_name(self) -> str:
        """The job of the run."""
        return self._of_test("job_name")

    @property
    def op_exception(self) -> BaseException | None:
        """What the step raised."""
        return self._op_exception


def build_hook_context(
    resources: Mapping[str, Any] | None = None,
    op: Any = None,
    run_id: str | None = None,
    job_name: str | None = None,
    op_exception: BaseException | None = None,
    instance: Any = None,
) -> UnboundHookContext:
    """The context for calling a hook directly.

    Args:
        resources: by key, anything that can be a resource.
        op: what was executed.
        run_id, job_name: the run and its job.
        op_exception: what the step raised.
        instance: what remembers the run.

    Example:
        >>> build_hook_context(run_id="abc").run_id
        'abc'
    """
    check_optional("run_id", run_id, str)
    check_optional("job_name", job_name, str)
    if op_exception is not None:
        check_argument("op_exception", op_exception, BaseException)
    return UnboundHookContext(
        op=op, run_id=run_id, job_name=job_name, op_exception=op_exception, resources=resources, instance=instance
    )
