"""Coordinators and launchers of a user's own."""

from collections.abc import Generator
from typing import Any

import pytest

from dagster import DagsterInstance, QueuedRunCoordinator
from dagster.errors import DagsterInvalidSettingsError
from dagster.runs.statuses import DagsterRunStatus
from dagster_tests.daemon.launchers import KeptLauncher
from dagster_tests.instance import own_classes
from dagster_tests.instance.own_classes import LAUNCHED, NotingLauncher, TaggingCoordinator

COORDINATOR = {"module": own_classes.__name__, "class": "TaggingCoordinator", "config": {"max_concurrent_runs": 3}}
LAUNCHER = {"module": own_classes.__name__, "class": "NotingLauncher"}


@pytest.fixture
def instance() -> Generator[DagsterInstance]:
    with DagsterInstance.local_temp(overrides={"run_coordinator": COORDINATOR, "run_launcher": LAUNCHER}) as made:
        yield made


def test_a_coordinator_of_ones_own_sees_what_is_submitted_and_its_limits_hold(instance: DagsterInstance) -> None:
    assert type(instance.run_coordinator) is TaggingCoordinator
    assert instance.queue_rules.most == 3
    run = instance.submit_run(instance.create_run(job_name="j").run_id, headers={"x-user": "ada"})
    stored = instance.get_run_by_id(run.run_id)
    assert stored is not None
    assert (stored.status, stored.tags) == (DagsterRunStatus.QUEUED, {"user": "ada"})


def test_a_launcher_of_ones_own_launches_or_refuses(instance: DagsterInstance) -> None:
    assert type(instance.run_launcher) is NotingLauncher
    launcher = KeptLauncher()
    run = instance.create_run(job_name="j")
    instance.launch_run(run.run_id, launcher)
    assert (LAUNCHED[-1], list(launcher.orders)) == (run.run_id, [run.run_id])
    refused = instance.create_run(job_name="forbidden")
    with pytest.raises(ValueError, match="not on weekends"):
        instance.launch_run(refused.run_id, launcher)
    stored = instance.get_run_by_id(refused.run_id)
    assert stored is not None
    assert stored.is_failure


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ({"module": "nowhere_at_all", "class": "X"}, "cannot be imported"),
        ({"module": own_classes.__name__, "class": "Nope"}, "cannot be imported"),
        ({"module": own_classes.__name__, "class": "NoLauncher"}, "derived from DefaultRunLauncher"),
        ({**LAUNCHER, "config": {"size": 3}}, "does not take its config"),
    ],
)
def test_a_class_that_cannot_be_used_is_refused(entry: dict[str, Any], sentence: str) -> None:
    with (
        DagsterInstance.local_temp(overrides={"run_launcher": entry}) as instance,
        pytest.raises(DagsterInvalidSettingsError, match=sentence),
    ):
        _ = instance.run_launcher


def test_a_class_of_an_integration_that_is_not_known_is_refused_when_the_settings_are_read() -> None:
    entry = {"module": "dagster_k8s", "class": "K8sRunLauncher"}
    with pytest.raises(DagsterInvalidSettingsError, match="not known here"):
        DagsterInstance.local_temp(overrides={"run_launcher": entry})


def test_a_coordinator_without_settings_is_the_queue() -> None:
    with DagsterInstance.local_temp() as instance:
        assert type(instance.run_coordinator) is QueuedRunCoordinator
        assert instance.run_coordinator is instance.run_coordinator
