import asyncio
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    AssetMaterialization,
    AssetObservation,
    DagsterInvariantViolationError,
    Failure,
    MaterializeResult,
    Output,
    asset,
)
from dagster.errors import DagsterStepOutputNotFoundError
from dagster.events.data import ErrorSource
from dagster_tests.execution.runs import error_of, made, run, types

STORED = ["STEP_OUTPUT", "ASSET_MATERIALIZATION", "HANDLED_OUTPUT"]
NOT_STORED = STORED[:2]
CHECKED = ["STEP_OUTPUT", "ASSET_CHECK_EVALUATION"]


def nothing() -> None: ...


def generator() -> Iterator[Any]:
    yield AssetMaterialization("elsewhere")
    yield AssetObservation("a")
    yield Output(1)


async def coroutine() -> int:
    await asyncio.sleep(0)
    return 1


async def async_generator() -> Any:
    await asyncio.sleep(0)
    yield Output(1)


@pytest.mark.parametrize(
    ("function", "events"),
    [
        (lambda: 1, STORED),
        (lambda: None, STORED),
        (nothing, NOT_STORED),
        (lambda: Output(1), STORED),
        (lambda: MaterializeResult(), NOT_STORED),
        (lambda: MaterializeResult(value=1), STORED),
        (lambda: MaterializeResult(value=None), STORED),
        (generator, ["ASSET_MATERIALIZATION", "ASSET_OBSERVATION", *STORED]),
        (lambda: (each for each in [Output(1)]), STORED),
        (coroutine, STORED),
        (async_generator, STORED),
        (lambda: asyncio.sleep(0, Output(1)), STORED),
    ],
)
def test_what_a_function_gives_is_recorded(function: Any, events: list[str]) -> None:
    result = run(made("a", function))
    assert types(result, "a") == ["STEP_START", *events, "STEP_SUCCESS"]


@pytest.mark.parametrize("value", [iter([1]), map(str, [1]), (1, 2), [], {}, Output, ...])
def test_everything_else_is_a_value(value: Any) -> None:
    assert run(made("a", lambda: value)).output_for_node("a") is value


CHECKED_A = [AssetCheckSpec("c", asset="a")]
PASSED = AssetCheckResult(passed=True)


@pytest.mark.parametrize(
    ("function", "events"),
    [
        (lambda: MaterializeResult(check_results=[PASSED]), [*NOT_STORED, *CHECKED]),
        (lambda: iter_of(Output(1), PASSED), [*STORED, *CHECKED]),
        (lambda: iter_of(PASSED, Output(1)), [*CHECKED, *STORED]),
        (lambda: (1, PASSED), [*STORED, *CHECKED]),
        (lambda: (Output(1), PASSED), [*STORED, *CHECKED]),
        (lambda: (PASSED, 1), [*STORED, *CHECKED]),
    ],
)
def test_results_of_checks_stand_beside_the_value(function: Any, events: list[str]) -> None:
    result = run(made("a", function, check_specs=CHECKED_A))
    assert types(result, "a") == ["STEP_START", *events, "STEP_SUCCESS"]


def iter_of(*given: Any) -> Iterator[Any]:
    yield from given


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (lambda: iter_of(1), "yielded a value of type <class 'int'>"),
        (lambda: iter_of(Output(1), Output(2)), 'returned an output "result" multiple times'),
        (lambda: Output(1, "other"), 'returned an output "other" that does not exist'),
        (lambda: iter_of(), 'did not return an output for non-optional output "result"'),
        (lambda: MaterializeResult(asset_key="other"), "Asset key other not found"),  # pyright: ignore[reportArgumentType]
        (lambda: AssetMaterialization("a"), "an AssetMaterialization is no value"),
        (lambda: AssetCheckResult(passed=True), "AssetCheckResult"),
    ],
)
def test_what_cannot_be_given_is_refused(function: Any, sentence: str) -> None:
    result = run(made("a", function))
    assert not result.success
    assert sentence in error_of(result, "a")
    failed = result.failure_data_for_node("a")
    assert failed is not None
    assert failed.error_source is ErrorSource.FRAMEWORK_ERROR


def test_a_check_that_is_declared_must_be_answered() -> None:
    assert 'output "a_c"' in error_of(run(made("a", check_specs=CHECKED_A)), "a")


def test_a_tuple_with_too_many_values_is_refused() -> None:
    result = run(made("a", lambda: (1, 2, PASSED), check_specs=CHECKED_A))
    assert "Output tuple has 2 outputs, while op has 1 outputs" in error_of(result, "a")


def test_an_output_that_is_not_required_may_be_left_out() -> None:
    result = run(made("a", lambda: iter_of(), output_required=False), made("b", lambda a: 1))
    assert result.success
    assert types(result, "a") == ["STEP_START", "STEP_SUCCESS"]
    assert types(result, "b") == ["STEP_SKIPPED"]


def test_a_value_of_none_is_a_value_also_where_none_is_required() -> None:
    result = run(made("a", lambda: None, output_required=False), made("b", lambda a: a is None))
    assert result.output_for_node("b") is True


def test_a_generator_goes_on_where_it_was_after_each_output() -> None:
    order: list[str] = []

    @asset
    def a(context) -> Iterator[Any]:
        context.log.info("before")
        order.append("before")
        yield Output(1)
        order.append("after")

    assert run(a).success
    assert order == ["before", "after"]


def test_what_user_code_raises_is_the_cause_of_the_failure() -> None:
    def broken() -> None:
        raise ZeroDivisionError("no rows")

    failed = run(made("a", broken)).failure_data_for_node("a")
    assert failed is not None
    assert failed.error is not None
    assert failed.error.cls_name == "DagsterExecutionStepExecutionError"
    assert failed.error.user_cause.message == "ZeroDivisionError: no rows\n"
    assert "raise ZeroDivisionError" in failed.error.user_cause.stack[-1]
    assert failed.error_source is ErrorSource.USER_CODE_ERROR


def test_what_a_generator_raises_later_fails_the_step_too() -> None:
    def broken() -> Iterator[Any]:
        yield Output(1)
        raise ZeroDivisionError

    result = run(made("a", broken))
    assert types(result, "a") == ["STEP_START", *STORED, "STEP_FAILURE"]


def test_a_failure_says_what_the_user_said() -> None:
    def fails() -> None:
        raise Failure("empty", metadata={"rows": 0})

    failed = run(made("a", fails)).failure_data_for_node("a")
    assert failed is not None
    assert failed.user_failure_data is not None
    assert (failed.user_failure_data.label, failed.user_failure_data.description) == ("intentional-failure", "empty")
    assert failed.user_failure_data.metadata["rows"].value == 0


def test_a_function_that_exits_fails_its_step_only() -> None:
    result = run(made("a", lambda: sys.exit(3)), made("b", lambda a: 1), made("c"))
    assert result.get_failed_step_keys() == {"a"}
    assert result.is_node_untouched("b")
    assert result.is_node_success("c")


def test_an_interrupt_ends_the_run() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    result = run(made("a", interrupted), made("b"))
    failed = result.failure_data_for_node("a")
    assert failed is not None
    assert failed.error_source is ErrorSource.INTERRUPT
    assert result.is_node_untouched("b")
    assert "interrupted" in (result.get_run_failure_event().message or "")


def test_what_is_raised_at_the_caller_is_what_user_code_raised() -> None:
    error = ZeroDivisionError("mine")

    def broken() -> None:
        raise error

    with pytest.raises(ZeroDivisionError) as caught:
        run(made("a", broken), raise_on_error=True)
    assert caught.value is error


@pytest.mark.parametrize(
    ("function", "kind"),
    [(lambda: iter_of(), DagsterStepOutputNotFoundError), (lambda: iter_of(1), DagsterInvariantViolationError)],
)
def test_errors_of_ours_are_raised_as_they_are(function: Any, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        run(made("a", function), raise_on_error=True)
