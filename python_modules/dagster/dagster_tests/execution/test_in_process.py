from contextlib import nullcontext
from typing import Any

import pytest

from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus, ExecuteInProcessResult, RetryPolicy, materialize
from dagster_tests.execution.runs import made, run


def order(result: ExecuteInProcessResult) -> list[tuple[str, str | None]]:
    return [(event.event_type_value, event.step_key) for event in result.all_events]


def test_a_run_of_one_step_has_these_events_in_this_order() -> None:
    assert order(run(made("a"))) == [
        ("PIPELINE_START", None),
        ("ENGINE_EVENT", None),
        ("RESOURCE_INIT_STARTED", "a"),
        ("RESOURCE_INIT_SUCCESS", "a"),
        ("LOGS_CAPTURED", None),
        ("STEP_START", "a"),
        ("STEP_OUTPUT", "a"),
        ("ASSET_MATERIALIZATION", "a"),
        ("HANDLED_OUTPUT", "a"),
        ("STEP_SUCCESS", "a"),
        ("ENGINE_EVENT", None),
        ("PIPELINE_SUCCESS", None),
    ]


def test_resources_of_several_steps_belong_to_none() -> None:
    events = order(run(made("a"), made("b")))
    assert ("RESOURCE_INIT_STARTED", None) in events


def test_a_failed_run_names_the_steps() -> None:
    result = run(made("b", lambda: 1 / 0), made("a", lambda: 1 / 0), made("c"))
    event = result.get_run_failure_event()
    assert event.message == "Execution of run for \"__ephemeral_asset_job__\" failed. Steps failed: ['b', 'a']."
    assert event.job_failure_data.failed_step_keys == ["b", "a"]
    assert order(result)[-2][0] == "ENGINE_EVENT"


def test_the_first_error_is_the_one_that_is_raised() -> None:
    def raises(error: Exception) -> Any:
        def function() -> None:
            raise error

        return function

    with pytest.raises(KeyError, match="first"):
        run(made("a", raises(KeyError("first"))), made("b", raises(ValueError("second"))), raise_on_error=True)


def lines_of(*assets: Any) -> list[tuple[int, str, str | None]]:
    with DagsterInstance.ephemeral() as instance:
        result = materialize(assets, instance=instance, raise_on_error=False)
        entries = instance.all_logs(result.run_id)
    return [(entry.level, entry.user_message, entry.step_key) for entry in entries if not entry.is_dagster_event]


def test_a_skip_says_which_output_is_missing() -> None:
    lines = lines_of(made("a", lambda: (each for each in ()), output_required=False), made("b", lambda a: 1))
    assert lines == [(20, "Skipping step b due to skipped dependencies: ['a.result'].", "b")]


def test_a_step_below_a_failure_says_why_it_is_not_executed() -> None:
    lines = lines_of(made("a", lambda: 1 / 0), made("b", lambda a: 1))
    assert [(level, key) for level, _, key in lines] == [(40, "b")]
    assert "a" in lines[0][1]


def test_what_happened_is_stored_in_the_same_order() -> None:
    with DagsterInstance.ephemeral() as instance:
        result = materialize([made("a"), made("b", lambda a: 1)], instance=instance)
        stored = [entry.dagster_event for entry in instance.all_logs(result.run_id) if entry.is_dagster_event]
    assert [event for event in stored if event and not event.is_asset_materialization_planned] == list(result.all_events)


def test_an_interrupt_is_stored_as_a_failure_and_reaches_the_caller() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with DagsterInstance.ephemeral() as instance:
        with pytest.raises(KeyboardInterrupt):
            materialize([made("a", interrupted)], instance=instance)
        assert instance.get_runs()[0].status is DagsterRunStatus.FAILURE


@pytest.mark.parametrize("raise_on_error", [True, False])
def test_an_exception_outside_of_exception_fails_its_step(raise_on_error: bool) -> None:
    class Cancelled(BaseException): ...

    def a() -> None:
        raise Cancelled

    with DagsterInstance.ephemeral() as instance:
        with pytest.raises(Cancelled) if raise_on_error else nullcontext():
            materialize([made("a", a)], instance=instance, raise_on_error=raise_on_error)
        run = instance.get_runs()[0]
        assert run.status is DagsterRunStatus.FAILURE
        assert [entry.step_key for entry in instance.all_logs(run.run_id, of_type=DagsterEventType.STEP_FAILURE)] == ["a"]


def test_a_failure_that_could_not_be_recorded_is_told_with_the_run() -> None:
    class Odd(RetryPolicy, frozen=True):
        def calculate_delay(self, attempt_num: int) -> float:
            raise LookupError("no delay")

    def a() -> None:
        raise ValueError

    with DagsterInstance.ephemeral() as instance:
        result = materialize([made("a", a, retry_policy=Odd())], instance=instance, raise_on_error=False)
    error = result.get_run_failure_event().job_failure_data.error
    assert error is not None
    assert "no delay" in error.message
