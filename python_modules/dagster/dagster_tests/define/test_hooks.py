from typing import Any

import pytest

from dagster import HookDefinition, HookExecutionResult, build_hook_context, failure_hook, success_hook
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidInvocationError


class Event:
    def __init__(self, kind: str) -> None:
        self.event_type_value = kind


@success_hook(required_resource_keys={"said"})
def cheer(context: Any) -> None:
    context.resources.said.append(context.run_id)


@failure_hook
def alarm(context: Any) -> str:
    return str(context.op_exception)


def test_a_hook_is_called_directly() -> None:
    said: list[str] = []
    cheer(build_hook_context(resources={"said": said}, run_id="r"))
    assert said == ["r"]
    assert alarm(build_hook_context(op_exception=ValueError("late"))) == "late"


def test_a_hook_waits_for_its_event() -> None:
    context = build_hook_context(resources={"said": []}, run_id="r")
    assert cheer.hook_fn(context, [Event("STEP_FAILURE")]) == HookExecutionResult("cheer", is_skipped=True)
    assert cheer.hook_fn(context, [Event("STEP_SUCCESS")]) == HookExecutionResult("cheer", is_skipped=False)
    assert context.resources.said == ["r"]


def test_a_context_says_what_it_was_not_given() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="no job_name"):
        _ = build_hook_context().job_name
    with pytest.raises(DagsterInvalidInvocationError, match="no step_key"):
        _ = build_hook_context().step_key


def test_a_hook_takes_one_context() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="0 were provided"):
        alarm()
    with pytest.raises(DagsterInvalidDefinitionError, match="'context'"):
        success_hook(lambda: None)


def test_only_decorated_hooks_are_called() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="decorators"):
        HookDefinition(name="plain", hook_fn=print)(build_hook_context())
