from typing import Any

import pytest

from dagster import AssetKey, AssetMaterialization, AssetObservation, DagsterInstance, Failure
from dagster.errors import DagsterInvariantViolationError
from dagster.events.events import NodeHandle
from dagster.events.types import DagsterEventType
from dagster_tests.execution.runs import made, run


def fails() -> None:
    raise Failure("no")


def observes(context: Any) -> int:
    context.log_event(AssetObservation("x"))
    return 1


def test_a_run_that_ended_well_says_so() -> None:
    result = run(made("a"))
    assert (result.success, result.dagster_run.is_success) == (True, True)
    assert result.run_id == result.dagster_run.run_id
    assert result.get_run_success_event() == result.get_job_success_event()
    assert result.job_def.name == result.dagster_run.job_name
    assert "success=True" in repr(result)
    with pytest.raises(DagsterInvariantViolationError, match="no RUN_FAILURE event: it ended as SUCCESS"):
        result.get_run_failure_event()


def test_a_run_that_failed_says_where() -> None:
    result = run(made("a", fails), made("b", lambda a: 1), made("c"))
    assert (result.success, result.get_failed_step_keys()) == (False, {"a"})
    assert result.get_run_failure_event() == result.get_job_failure_event()
    assert [result.is_node_failed(key) for key in "abc"] == [True, False, False]
    assert [result.is_node_success(key) for key in "abc"] == [False, False, True]
    assert [result.is_node_untouched(key) for key in "abc"] == [False, True, False]
    assert result.failure_data_for_node("c") is None
    with pytest.raises(DagsterInvariantViolationError, match="no RUN_SUCCESS event"):
        result.get_run_success_event()


def test_values_are_found_by_step_and_by_asset() -> None:
    result = run(made("a", key_prefix="p"), made("b", lambda: None))
    assert (result.output_for_node("p__a"), result.asset_value(["p", "a"]), result.asset_value("b")) == (1, 1, None)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (lambda result: result.output_for_node("x"), "no op named x"),
        (lambda result: result.output_for_node("a", "x"), "has no output named x"),
        (lambda result: result.output_for_node("b"), "No outputs found"),
        (lambda result: result.asset_value("x"), "was not made by this run"),
        (lambda result: result.asset_value("b"), "No outputs found"),
        (lambda result: result.output_value(), "top-level outputs"),
    ],
)
def test_values_that_are_not_there_are_refused(question: Any, sentence: str) -> None:
    with pytest.raises(DagsterInvariantViolationError, match=sentence):
        question(run(made("a"), made("b", fails)))


def test_what_was_skipped_is_told() -> None:
    result = run(made("a", lambda: (each for each in ()), output_required=False), made("b", lambda a: 1))
    assert result.is_node_skipped("b")
    assert [event.step_key for event in result.get_step_skipped_events()] == ["b"]


def test_events_are_found_by_type() -> None:
    result = run(made("a", observes), made("b", fails))
    assert [event.step_key for event in result.get_step_success_events()] == ["a"]
    assert [event.step_key for event in result.get_step_failure_events()] == ["b"]
    assert [event.asset_key for event in result.get_asset_materialization_events()] == [AssetKey("a")]
    assert [event.asset_key for event in result.get_asset_observation_events()] == [AssetKey("x")]
    assert result.get_asset_check_evaluations() == []


def test_events_are_found_by_step() -> None:
    result = run(made("a", observes), made("b"))
    assert {event.step_key for event in result.events_for_node("a")} == {"a"}
    assert result.compute_events_for_handle(NodeHandle("a")) == result.events_for_node("a")
    assert len(result.all_node_events) == len(result.events_for_node("a")) + len(result.events_for_node("b"))
    assert result.events_for_node("nowhere") == []


def test_events_are_found_by_a_question() -> None:
    found = run(made("a")).filter_events(lambda event: event.is_step_start)
    assert [event.event_type for event in found] == [DagsterEventType.STEP_START]


def test_what_a_step_says_is_found() -> None:
    result = run(made("a", observes))
    assert [type(each) for each in result.asset_materializations_for_node("a")] == [AssetMaterialization]
    assert [each.asset_key for each in result.asset_observations_for_node("a")] == [AssetKey("x")]
    assert result.retry_attempts_for_node("a") == 0


def test_the_list_of_events_is_the_one_of_the_run() -> None:
    kinds = [event.event_type_value for event in run(made("a")).all_events]
    assert (kinds[0], kinds[-1]) == ("PIPELINE_START", "PIPELINE_SUCCESS")


def test_what_a_run_plans_is_stored_with_it_and_no_event_of_its_result() -> None:
    with DagsterInstance.ephemeral() as instance:
        result = run(made("a"), instance=instance)
        stored = instance.all_logs(result.run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION_PLANNED)
    assert result.get_asset_materialization_planned_events() == []
    assert [entry.get_dagster_event().asset_key for entry in stored] == [AssetKey("a")]
