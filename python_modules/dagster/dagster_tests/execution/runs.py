"""Small runs, and what their tests look at."""

from collections.abc import Callable, Sequence
from typing import Any

from dagster import AssetsDefinition, ExecuteInProcessResult, asset, materialize_to_memory


def made(name: str, function: Callable[..., Any] = lambda: 1, **options: Any) -> AssetsDefinition:
    return asset(name=name, **options)(function)


def run(*assets: Any, **options: Any) -> ExecuteInProcessResult:
    """Runs assets in memory; what they raise is in the result."""
    return materialize_to_memory(assets, **{"raise_on_error": False, **options})


def types(result: ExecuteInProcessResult, step_key: str) -> list[str]:
    """The types of the events of a step, without those of resources."""
    return [event.event_type_value for event in result.events_for_node(step_key)]


def error_of(result: ExecuteInProcessResult, step_key: str) -> str:
    """The sentence with which a step failed."""
    data = result.failure_data_for_node(step_key)
    assert data is not None, f"{step_key} did not fail"
    assert data.error is not None
    return data.error.message


def raised_in(function: Callable[[], Any], sort: Sequence[type[BaseException]] = (Exception,)) -> BaseException:
    try:
        function()
    except tuple(sort) as raised:
        return raised
    raise AssertionError("nothing was raised")
