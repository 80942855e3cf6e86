from collections.abc import Callable
from typing import Any

import pytest

from dagster.define.asset_jobs import define_asset_job
from dagster.define.assets import asset
from dagster.define.definitions import Definitions
from dagster.errors import DagsterExecutionStepExecutionError, DagsterInvariantViolationError, DagsterMaxRetriesExceededError
from dagster.events.failures import Failure, RetryRequested
from dagster.execution.materialize import run_job
from dagster.execution.results import ExecuteInProcessResult
from dagster.execution.retries import RetryIn, retry_after
from dagster.instance.instance import DagsterInstance
from dagster.io.memory import InMemoryIOManager
from dagster.specs.retries import Backoff, RetryPolicy
from dagster_tests.execution.clocks import FakeClock


def _of_user(raised: Exception) -> DagsterExecutionStepExecutionError:
    return DagsterExecutionStepExecutionError("in step", user_exception=raised)


# --- the decision ----------------------------------------------------------------------------------------------------


def test_nobody_wants_to_try_again_without_a_policy():
    assert retry_after(_of_user(ValueError()), None, 0) is None


def test_a_policy_tries_again_until_its_retries_are_used_up():
    policy = RetryPolicy(max_retries=1, delay=3)
    first = retry_after(_of_user(ValueError("no")), policy, 0)
    assert isinstance(first, RetryIn)
    assert 3 == first.seconds
    assert isinstance(first.request.__cause__, ValueError)
    second = retry_after(_of_user(ValueError("no")), policy, 1)
    assert isinstance(second, DagsterMaxRetriesExceededError)
    assert "Exceeded max_retries of 1. The last try raised ValueError: no" == str(second)
    assert isinstance(second.__cause__, ValueError)


def test_what_user_code_requests_goes_before_the_policy():
    requested = RetryRequested(max_retries=1, seconds_to_wait=7)
    assert RetryIn(requested, 7) == retry_after(requested, RetryPolicy(max_retries=9), 0)
    assert isinstance(retry_after(requested, RetryPolicy(max_retries=9), 1), DagsterMaxRetriesExceededError)


def test_a_request_out_of_an_io_manager_counts_as_well():
    assert isinstance(retry_after(_of_user(RetryRequested()), None, 0), RetryIn)


def test_a_failure_may_refuse_to_be_tried_again():
    policy = RetryPolicy(max_retries=3)
    assert isinstance(retry_after(Failure("later"), policy, 0), RetryIn)
    assert retry_after(Failure("never", allow_retries=False), policy, 0) is None


def test_what_is_refused_once_is_not_tried_again():
    assert retry_after(DagsterInvariantViolationError("wrong output"), RetryPolicy(max_retries=3), 0) is None


def test_a_policy_may_name_the_exceptions_it_is_for():
    policy = RetryPolicy(max_retries=3, retry_on=(ConnectionError,))
    assert retry_after(_of_user(ValueError()), policy, 0) is None
    assert isinstance(retry_after(_of_user(ConnectionResetError()), policy, 0), RetryIn)


# --- the run ---------------------------------------------------------------------------------------------------------


def _failing(times: int, seen: list[int], policy: Any, error: Callable[[], Exception] = ValueError) -> Any:
    @asset(retry_policy=policy)
    def flaky(context):
        seen.append(context.retry_number)
        if context.retry_number < times:
            raise error()
        return 7

    return flaky


def _run(*assets: Any, clock: FakeClock | None = None, **job_options: Any) -> ExecuteInProcessResult:
    resources = {"io_manager": InMemoryIOManager()}
    defs = Definitions(assets=assets, resources=resources, jobs=[define_asset_job("job", **job_options)])
    job = defs.resolve_job_def("job")
    return run_job(
        job,
        selected=job.selected_asset_keys,
        resources=resources,
        instance=DagsterInstance.ephemeral(),
        raise_on_error=False,
        listeners=(),
        clock=clock or FakeClock(),
    )


def _steps(result: ExecuteInProcessResult, *types: str) -> list[tuple[str, str | None]]:
    wanted = types or ("STEP_START", "STEP_UP_FOR_RETRY", "STEP_RESTARTED", "STEP_SUCCESS", "STEP_FAILURE")
    return [(e.event_type_value, e.step_key) for e in result.all_events if e.event_type_value in wanted]


def test_a_step_that_fails_once_is_tried_again():
    seen: list[int] = []
    result = _run(_failing(1, seen, RetryPolicy()))
    assert [0, 1] == seen
    assert result.success
    assert ["STEP_START", "STEP_UP_FOR_RETRY", "STEP_RESTARTED", "STEP_SUCCESS"] == [kind for kind, _ in _steps(result)]
    assert 1 == result.retry_attempts_for_node("flaky")


def test_a_step_that_used_up_its_retries_fails():
    result = _run(_failing(9, seen := [], RetryPolicy(max_retries=2)))
    assert [0, 1, 2] == seen
    assert not result.success
    failure = result.failure_data_for_node("flaky")
    assert failure is not None
    assert failure.error is not None
    assert "Exceeded max_retries of 2" in failure.error.message
    assert 1 == len(_steps(result, "STEP_FAILURE"))


def test_the_pauses_grow_and_nobody_really_sleeps():
    clock = FakeClock()
    _run(_failing(3, [], RetryPolicy(max_retries=3, delay=10, backoff=Backoff.EXPONENTIAL)), clock=clock)
    assert [10, 30, 70] == clock.slept


def test_other_steps_run_while_one_waits():
    @asset
    def zebra(): ...

    clock = FakeClock()
    result = _run(_failing(1, [], RetryPolicy(delay=60)), zebra, clock=clock)
    assert [60] == clock.slept
    assert [
        ("STEP_UP_FOR_RETRY", "flaky"),
        ("STEP_SUCCESS", "zebra"),
        ("STEP_SUCCESS", "flaky"),
    ] == _steps(result, "STEP_UP_FOR_RETRY", "STEP_SUCCESS")


def test_downstream_gets_the_value_of_the_try_that_worked():
    @asset
    def below(flaky):
        return flaky + 1

    assert 8 == _run(_failing(1, [], RetryPolicy()), below).output_for_node("below")


def test_the_policy_of_the_job_stands_in_for_a_step_without_one():
    seen: list[int] = []
    assert not _run(_failing(9, seen, None), op_retry_policy=RetryPolicy(1)).success
    assert [0, 1] == seen


def test_a_failure_that_refuses_retries_ends_the_step():
    seen: list[int] = []
    _run(_failing(9, seen, RetryPolicy(5), lambda: Failure("no", allow_retries=False)))
    assert [0] == seen


def test_the_error_of_the_last_try_is_the_cause_of_what_is_raised():
    from dagster.execution.materialize import materialize

    with pytest.raises(DagsterMaxRetriesExceededError) as raised:
        materialize([_failing(9, [], RetryPolicy(1))])
    assert isinstance(raised.value.__cause__, ValueError)
