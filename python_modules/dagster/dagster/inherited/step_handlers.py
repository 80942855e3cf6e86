"""Executors of before that hand each step to a handler, which starts it elsewhere.

Integrations define such handlers at import, so the classes stand; such an executor is refused when a run makes it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dagster.define.executors import Executor
from dagster.errors import DagsterUnmetExecutorRequirementsError


class CheckStepHealthResult(NamedTuple):
    """Whether a step still runs.

    Attributes:
        unhealthy_reason: why it does not.
    """

    is_healthy: bool
    unhealthy_reason: str | None = None

    @staticmethod
    def healthy() -> CheckStepHealthResult:
        return CheckStepHealthResult(is_healthy=True)

    @staticmethod
    def unhealthy(reason: str) -> CheckStepHealthResult:
        return CheckStepHealthResult(is_healthy=False, unhealthy_reason=reason)


class StepHandlerContext:
    """The steps that a handler is asked about."""

    def __init__(
        self, instance: Any, plan_context: Any, steps: Sequence[Any], execute_step_args: Any, dagster_run: Any = None
    ) -> None:
        self.instance = instance
        self.plan_context = plan_context
        self.steps = steps
        self.execute_step_args = execute_step_args
        self.dagster_run = dagster_run

    @property
    def step_tags(self) -> Mapping[str, Mapping[str, str]]:
        """The tags of each step, by its key."""
        return {step.key: step.tags for step in self.steps}


class StepHandler(ABC):
    """Starts steps elsewhere, asks after them and stops them."""

    @property
    @abstractmethod
    def name(self) -> str:
        """As events name it."""

    @abstractmethod
    def launch_step(self, step_handler_context: StepHandlerContext) -> Iterator[Any]:
        """Start the step; gives events."""

    @abstractmethod
    def check_step_health(self, step_handler_context: StepHandlerContext) -> CheckStepHealthResult:
        """Whether the step still runs."""

    @abstractmethod
    def terminate_step(self, step_handler_context: StepHandlerContext) -> Iterator[Any]:
        """Stop the step; gives events."""


class StepDelegatingExecutor(Executor):
    """An executor that hands steps to a handler. There is none like it here.

    Raises:
        DagsterUnmetExecutorRequirementsError: always; says which executors there are.
    """

    def __init__(self, step_handler: StepHandler, *settings: object, **more: object) -> None:
        raise DagsterUnmetExecutorRequirementsError(
            f"The executor of {type(step_handler).__name__} hands steps to processes that import the private parts of another "
            "implementation, so it cannot run here. Use `in_process_executor`, `multiprocess_executor` or one of your own."
        )
