import pytest
from msgspec.structs import replace

from dagster.runs.retries import ReexecutionStrategy, RetryRules, is_retried, retry_of, strategy_of
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.contracts.storage_facts import a_run

RULES = RetryRules(enabled=True, most=2)


def failed(**tags: str) -> DagsterRun:
    return a_run(
        run_id="first", status=DagsterRunStatus.FAILURE, tags={key.replace("__", "/"): value for key, value in tags.items()}
    )


@pytest.mark.parametrize(
    ("tags", "tried", "expected"),
    [
        ({}, 0, True),
        ({}, 1, True),
        ({}, 2, False),
        ({"dagster__max_retries": "0"}, 0, False),
        ({"dagster__max_retries": "3"}, 2, True),
        ({"dagster__max_retries": "x"}, 0, False),
        ({"dagster__failure_reason": "STEP_FAILURE"}, 0, True),
        ({"dagster__failure_reason": "STEP_FAILURE", "dagster__retry_on_asset_or_op_failure": "false"}, 0, False),
        ({"dagster__failure_reason": "RUN_WORKER_CRASH", "dagster__retry_on_asset_or_op_failure": "false"}, 0, True),
    ],
)
def test_a_failed_run_is_tried_again_as_its_tags_or_the_settings_say(tags: dict[str, str], tried: int, expected: bool) -> None:
    assert is_retried(failed(**tags), tried, RULES) is expected


def test_only_failed_runs_are_tried_again_and_only_where_it_is_on() -> None:
    assert not is_retried(failed(), 0, RetryRules(most=2))
    assert not is_retried(a_run(status=DagsterRunStatus.CANCELED), 0, RULES)
    assert not is_retried(a_run(status=DagsterRunStatus.SUCCESS), 0, RULES)


def test_failures_of_steps_count_for_nothing_where_the_settings_say_so() -> None:
    of_step = failed(dagster__failure_reason="STEP_FAILURE")
    rules = RetryRules(enabled=True, most=2, on_step_failure=False)
    assert not is_retried(of_step, 0, rules)
    assert is_retried(of_step.with_tags({**of_step.tags, "dagster/retry_on_asset_or_op_failure": "true"}), 0, rules)


def test_the_run_that_tries_again_goes_on_from_the_failure_and_knows_its_chain() -> None:
    run = failed(team="sales", dagster__will_retry="true", dagster__failure_reason="STEP_FAILURE", dagster__run_key="k")
    second = retry_of(run, 0, "second")
    assert (second.run_id, second.status, second.root_run_id, second.parent_run_id) == (
        "second",
        DagsterRunStatus.NOT_STARTED,
        "first",
        "first",
    )
    assert second.tags == {
        "team": "sales",
        "dagster/parent_run_id": "first",
        "dagster/root_run_id": "first",
        "dagster/retry_number": "1",
        "dagster/is_resume_retry": "true",
    }
    third = retry_of(second, 1, "third")
    assert (third.root_run_id, third.parent_run_id, third.tags["dagster/retry_number"]) == ("first", "second", "2")


def test_all_steps_are_executed_again_where_the_tag_says_so() -> None:
    run = failed(dagster__retry_strategy="ALL_STEPS")
    assert strategy_of(run) is ReexecutionStrategy.ALL_STEPS
    assert "dagster/is_resume_retry" not in retry_of(run, 0, "second").tags
    narrowed = replace(run, step_keys_to_execute=["a"])
    assert retry_of(narrowed, 0, "second").step_keys_to_execute == ["a"]
    assert retry_of(narrowed.with_tags({}), 0, "second").step_keys_to_execute is None
    assert strategy_of(failed(dagster__retry_strategy="nope")) is ReexecutionStrategy.FROM_FAILURE
