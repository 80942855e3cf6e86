"""A step as engines and libraries that look deeper see it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from dagster.execution.running import RunningStep
from dagster.planning.steps import Step
from dagster.runs.runs import DagsterRun


class StepExecutionContext:
    """A step while it runs. Made by runs, and given by `context.get_step_execution_context()`.

    Example:
        >>> @op
        ... def named(context: OpExecutionContext):
        ...     return context.get_step_execution_context().step.key
        >>> @job
        ... def naming():
        ...     named()
        >>> naming.execute_in_process().output_for_node("named")
        'named'
    """

    __slots__ = ("_running_step",)

    def __init__(self, running_step: RunningStep) -> None:
        self._running_step = running_step

    @property
    def step(self) -> Step:
        """The step: its key, inputs, outputs and tags."""
        return self._running_step.step

    @property
    def dagster_run(self) -> DagsterRun:
        """The run."""
        return self._running_step.running.run

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self._running_step.run_id

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags of the run."""
        return self.dagster_run.tags

    @property
    def run_config(self) -> Mapping[str, Any]:
        """The config of the run, as nested dicts."""
        return self._running_step.running.given_config

    def has_tag(self, key: str) -> bool:
        """Whether the run has a tag of this key."""
        return key in self.run_tags

    def get_tag(self, key: str) -> str | None:
        """The value of a tag of the run."""
        return self.run_tags.get(key)

    @property
    def job_def(self) -> Any:
        """The job of the run."""
        return self._running_step.running.job

    @property
    def job_name(self) -> str:
        """The name of the job."""
        return self._running_step.job_name

    @property
    def instance(self) -> Any:
        """The instance that remembers the run."""
        return self._running_step.instance

    @property
    def log(self) -> Any:
        """A logger whose lines are stored in the run's log."""
        return self._running_step.log

    @property
    def resources(self) -> Any:
        """The resources of the step, as attributes."""
        return self._running_step.resources

    @property
    def required_resource_keys(self) -> Set[str]:
        """Their keys, those of IO managers included."""
        return self.step.resource_keys

    @property
    def op_config(self) -> Any:
        """The config given to the step."""
        return self._running_step.op_config

    @property
    def op_retry_policy(self) -> Any:
        """How the step is tried again; None where nobody says it."""
        return self._running_step.retry_policy

    @property
    def previous_attempt_count(self) -> int:
        """How often the step was tried before in this run."""
        return self._running_step.running.retries.get(self.step.key, 0)
