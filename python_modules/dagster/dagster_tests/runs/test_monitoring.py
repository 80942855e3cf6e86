from datetime import datetime, timezone

import pytest

from dagster.events.data import RunFailureReason
from dagster.runs.monitoring import End, LaunchAgain, Measure, MonitoringRules, Sign, Stop, measure
from dagster.runs.runs import RunRecord
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.contracts.storage_facts import a_run

S, R = DagsterRunStatus, RunFailureReason
RULES = MonitoringRules(start_seconds=60, cancel_seconds=30)


def record(status: DagsterRunStatus, **tags: str) -> RunRecord:
    moment = datetime.fromtimestamp(1000.0, timezone.utc)
    run = a_run(status=status, tags={key.replace("__", "/"): value for key, value in tags.items()})
    return RunRecord(storage_id=1, dagster_run=run, create_timestamp=moment, update_timestamp=moment, start_time=1000.0)


def kind(found: Measure) -> object:
    if isinstance(found, End):
        return S.CANCELED if found.is_canceled else found.reason
    return type(found)


@pytest.mark.parametrize(
    ("status", "sign", "seconds", "expected"),
    [
        (S.QUEUED, Sign.UNKNOWN, 9e9, type(None)),
        (S.STARTING, Sign.UNKNOWN, 59, type(None)),
        (S.STARTING, Sign.UNKNOWN, 61, R.START_TIMEOUT),
        (S.STARTING, Sign.ALIVE, 61, R.START_TIMEOUT),
        (S.STARTING, Sign.GONE, 0, LaunchAgain),
        (S.STARTED, Sign.ALIVE, 9e9, type(None)),
        (S.STARTED, Sign.UNKNOWN, 9e9, type(None)),
        (S.STARTED, Sign.GONE, 0, R.RUN_WORKER_CRASH),
        (S.STARTED, Sign.LOST, 0, R.RUN_WORKER_CRASH),
        (S.STARTING, Sign.LOST, 0, LaunchAgain),
        (S.CANCELING, Sign.LOST, 0, R.RUN_WORKER_CRASH),
        (S.CANCELING, Sign.ALIVE, 31, type(None)),
        (S.CANCELING, Sign.UNKNOWN, 29, type(None)),
        (S.CANCELING, Sign.UNKNOWN, 31, S.CANCELED),
        (S.CANCELING, Sign.GONE, 0, S.CANCELED),
        (S.SUCCESS, Sign.GONE, 9e9, type(None)),
    ],
)
def test_what_is_done_follows_from_status_sign_and_time(
    status: DagsterRunStatus, sign: Sign, seconds: float, expected: object
) -> None:
    assert kind(measure(record(status), sign, RULES, 1000.0 + seconds)) is expected


def test_a_launch_that_is_lost_again_and_again_is_a_failure() -> None:
    found = [measure(record(S.STARTING), Sign.GONE, RULES, 1000.0, launches=number) for number in (1, 2, 3)]
    assert [kind(each) for each in found] == [LaunchAgain, LaunchAgain, R.START_TIMEOUT]


@pytest.mark.parametrize(
    ("told", "rules", "seconds", "expected"),
    [
        ("5", RULES, 4, None),
        ("5", RULES, 6, Stop("Exceeded maximum runtime of 5 seconds.")),
        ("0", MonitoringRules(runtime_seconds=5), 6, None),
        ("x", MonitoringRules(runtime_seconds=5), 6, Stop("Exceeded maximum runtime of 5 seconds.")),
        ("9", MonitoringRules(runtime_seconds=5), 6, None),
    ],
)
def test_a_run_that_takes_too_long_is_stopped(told: str, rules: MonitoringRules, seconds: float, expected: Measure) -> None:
    assert measure(record(S.STARTED, dagster__max_runtime=told), Sign.ALIVE, rules, 1000.0 + seconds) == expected
