"""Calls the hooks of steps that have ended, and records what came of it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from dagster.define.hook_contexts import HookContext
from dagster.define.hooks import HookDefinition
from dagster.define.nodes import Node
from dagster.define.resource_values import Resources
from dagster.errors import (
    DagsterInvariantViolationError,
    DagsterMaxRetriesExceededError,
    DagsterUserCodeExecutionError,
    user_code,
)
from dagster.events.failures import error_info
from dagster.execution.running import RunningRun, RunningStep

if TYPE_CHECKING:
    from dagster.events.events import DagsterEvent
    from dagster.instance.instance import DagsterInstance


class HookContextOfStep(HookContext):
    """The context of a hook that a run calls.

    Args:
        step: the step that ended.
        hook: what is called.
    """

    def __init__(self, step: RunningStep, hook: HookDefinition) -> None:
        self._step = step
        self._hook = hook

    @property
    def job_name(self) -> str:
        return self._step.job_name

    @property
    def run_id(self) -> str:
        return self._step.run_id

    @property
    def hook_def(self) -> HookDefinition:
        return self._hook

    @property
    def instance(self) -> DagsterInstance:
        return self._step.instance

    @property
    def op(self) -> Node:
        from dagster.define.ops import OpDefinition

        step = self._step.step
        name = step.place.rpartition(".")[2]
        return Node(name, OpDefinition.of(step.computation), step.tags, step.hook_defs, step.retry_policy, step.allows_failure)

    @property
    def step_key(self) -> str:
        return self._step.step.key

    @property
    def required_resource_keys(self) -> Set[str]:
        return self._hook.required_resource_keys

    @property
    def resources(self) -> Resources:
        given = self._step.running.resources
        return Resources({key: given[key] for key in self._hook.required_resource_keys})

    @property
    def op_config(self) -> Any:
        return self._step.op_config

    @property
    def log(self) -> logging.Logger:
        return self._step.log

    @property
    def op_exception(self) -> BaseException | None:
        failed = self._step.failed
        if isinstance(failed, DagsterMaxRetriesExceededError):
            return failed.raised
        return failed.user_exception if isinstance(failed, DagsterUserCodeExecutionError) else failed

    @property
    def op_output_values(self) -> Mapping[str, Any]:
        return _by_output((name, key, value) for (name, key), (value, _) in (self._step.given_values or {}).items())

    @property
    def op_output_metadata(self) -> Mapping[str, Any]:
        return _by_output((name, key, dict(said)) for (name, key), (_, said) in (self._step.given_values or {}).items())


def _by_output(given: Iterable[tuple[str, str | None, Any]]) -> dict[str, Any]:
    """By output; of a dynamic one by mapping key."""
    found: dict[str, Any] = {}
    for name, key, each in given:
        if key is None:
            found[name] = each
        else:
            found.setdefault(name, {})[key] = each
    return found


def call_hooks(running: RunningRun) -> None:
    """Call the hooks of the steps that have ended since the last time, each with its step's events, in the order of names."""
    ended, running.awaiting_hooks = running.awaiting_hooks, []
    for step in ended:
        events = [event for event in running.recorder.events[step.first_event :] if event.step_key == step.step.key]
        for hook in sorted(step.hooks, key=lambda each: each.name):
            _call(step, hook, events)
        running.recorder.flush()


def _call(step: RunningStep, hook: HookDefinition, events: Sequence[DagsterEvent]) -> None:
    """A hook that raises is told of, and changes nothing else."""
    make, recorder = step.running.make, step.running.recorder
    context = HookContextOfStep(step, hook)
    try:
        with user_code(f'Error occurred during the execution of hook "{hook.name}" triggered for step "{step.step.key}"'):
            result: Any = hook.hook_fn(context, events)
        if not hasattr(result, "is_skipped"):
            raise DagsterInvariantViolationError(
                f'The hook_fn of hook "{hook.name}" returns a HookExecutionResult. Got {result!r}; @success_hook and '
                "@failure_hook take functions that return nothing."
            )
    except Exception as failed:
        raised = failed.user_exception if isinstance(failed, DagsterUserCodeExecutionError) else failed
        recorder.record(make.hook_errored(step.step, hook.name, error_info(raised)))
        return
    recorder.record((make.hook_skipped if result.is_skipped else make.hook_completed)(step.step, hook.name))
