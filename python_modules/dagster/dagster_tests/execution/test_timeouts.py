"""A function that runs longer than it may is ended, wherever it hangs."""

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetCheckSpec,
    DagsterInvalidDefinitionError,
    ExecuteInProcessResult,
    FailedStep,
    Output,
    RetryPolicy,
    asset,
    asset_check,
    job,
    materialize_to_memory,
    multi_asset,
    multi_asset_check,
    op,
)
from dagster.execution.timeouts import DagsterStepTimeoutError
from dagster.specs.assets import AssetSpec

CLEANED: list[str] = []
SOON_SECONDS = 0.05
PATIENCE_SECONDS = 30


@pytest.fixture(autouse=True)
def nothing_is_cleaned() -> None:
    CLEANED.clear()


def hangs() -> None:
    threading.Event().wait(PATIENCE_SECONDS)


def counts_on() -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        pass


def swallows_errors() -> None:
    for _ in range(2):
        try:
            hangs()
        except Exception:
            CLEANED.append("an error of its own")


def waits_for_a_child() -> None:
    subprocess.run([sys.executable, "-c", "import time; time.sleep(30)"], check=True)


async def awaits() -> None:
    try:
        await asyncio.sleep(PATIENCE_SECONDS)
    except asyncio.CancelledError:
        CLEANED.append("cancelled")
        raise


async def blocks() -> None:
    hangs()


def run_of(function: Callable[[], Any], **options: Any) -> ExecuteInProcessResult:
    hanging = asset(name="hanging", timeout=SOON_SECONDS, **options)(function)
    return materialize_to_memory([hanging], raise_on_error=False)


@pytest.mark.parametrize("function", [hangs, counts_on, swallows_errors, waits_for_a_child, awaits])
def test_a_function_that_runs_too_long_is_ended(function: Callable[[], Any]) -> None:
    failed = run_of(function).failure_data_for_node("hanging")
    assert failed is not None
    assert failed.error is not None
    assert failed.error.cause is not None
    assert "DagsterStepTimeoutError" == failed.error.cause.cls_name
    assert "ran longer than its timeout of 0.05 seconds" in failed.error.cause.message
    assert CLEANED == (["cancelled"] if function is awaits else [])
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_coroutine_that_blocks_is_ended_a_moment_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dagster.execution.coroutines.MOMENT_SECONDS", SOON_SECONDS)
    assert not run_of(blocks).success


def test_the_error_is_raised_to_the_caller_with_the_place_where_it_hung() -> None:
    with pytest.raises(DagsterStepTimeoutError) as raised:
        materialize_to_memory([asset(name="hanging", timeout=SOON_SECONDS)(hangs)])
    assert ("hanging", SOON_SECONDS) == (raised.value.step_key, raised.value.timeout_seconds)
    assert raised.value.__cause__ is not None
    frame = raised.value.__cause__.__traceback__
    names: list[str] = []
    while frame is not None:
        names.append(frame.tb_frame.f_code.co_name)
        frame = frame.tb_next
    assert "hangs" in names


def test_a_timeout_is_tried_again() -> None:
    @op(timeout=SOON_SECONDS, retry_policy=RetryPolicy(max_retries=1, retry_on=(TimeoutError,)))
    def hangs_once(context: Any) -> int:
        if not context.retry_number:
            hangs()
        return context.retry_number

    @job
    def trying():
        hangs_once()

    assert 1 == trying.execute_in_process().output_for_node("hangs_once")


def test_between_what_a_generator_gives_time_stands_still() -> None:
    @op(timeout=SOON_SECONDS)
    def gives():
        yield Output(1)
        CLEANED.append("after")

    @op(timeout=SOON_SECONDS)
    def gives_and_hangs():
        try:
            yield Output(1)
            hangs()
        finally:
            CLEANED.append("closed")

    @job
    def giving():
        gives()
        gives_and_hangs()

    result = giving.execute_in_process(raise_on_error=False)
    assert (True, True) == (result.is_node_success("gives"), result.is_node_failed("gives_and_hangs"))
    assert ["after", "closed"] == CLEANED


def test_an_asynchronous_generator_is_ended_too() -> None:
    @op(timeout=SOON_SECONDS)
    async def gives():
        yield Output(1)
        await awaits()

    @job
    def giving():
        gives()

    assert giving.execute_in_process(raise_on_error=False).is_node_failed("gives")
    assert ["cancelled"] == CLEANED


def test_in_another_thread_a_function_that_computes_is_ended() -> None:
    results: list[ExecuteInProcessResult] = []
    thread = threading.Thread(target=lambda: results.append(run_of(counts_on)))
    thread.start()
    thread.join(PATIENCE_SECONDS)
    assert [False] == [result.success for result in results]


def test_the_timer_of_the_program_itself_is_left_alone() -> None:
    rang: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, PATIENCE_SECONDS)
        assert not run_of(counts_on).success
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert [] == rang


def test_a_function_in_time_is_not_touched() -> None:
    @asset(timeout=PATIENCE_SECONDS)
    def quick() -> int:
        return 1

    @multi_asset(specs=[AssetSpec("a"), AssetSpec("b")], timeout=PATIENCE_SECONDS)
    def several() -> None: ...

    async def waits() -> int:
        await asyncio.sleep(0)
        return 2

    result = materialize_to_memory([quick, several, asset(name="waits", timeout=PATIENCE_SECONDS)(waits)])
    assert (1, 2) == (result.output_for_node("quick"), result.output_for_node("waits"))


@pytest.mark.parametrize("timeout", [0, -1, "5", True, float("inf")])
def test_a_timeout_is_a_number_of_seconds(timeout: Any) -> None:
    for decorate in (op(timeout=timeout, name="step"), asset(timeout=timeout, name="step")):
        with pytest.raises(DagsterInvalidDefinitionError, match="above 0"):
            decorate(hangs)


def test_a_check_that_runs_longer_than_it_may_is_ended() -> None:
    @asset_check(asset="rows", timeout=SOON_SECONDS)
    def waits_for_rows() -> AssetCheckResult:
        hangs()
        return AssetCheckResult(passed=True)

    @multi_asset_check(specs=[AssetCheckSpec("both", asset="rows")], timeout=SOON_SECONDS)
    def waits_for_both() -> AssetCheckResult:
        hangs()
        return AssetCheckResult(passed=True)

    result = materialize_to_memory([asset(name="rows")(lambda: 1), waits_for_rows, waits_for_both], raise_on_error=False)
    errors = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    assert len(errors) == 2
    assert all("timeout of 0.05 seconds" in FailedStep(step_key="check", error=error).reason for error in errors)
