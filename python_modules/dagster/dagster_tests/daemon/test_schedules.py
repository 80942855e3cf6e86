from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from dagster.automation.instigators import switched
from dagster.daemon.schedules import SchedulesLoop
from dagster.events.failures import SerializableErrorInfo
from dagster.instance.instance import DagsterInstance
from dagster.runs.evaluations import TickAnswer
from dagster.runs.instigators import InstigatorStatus
from dagster.runs.leases import Lease
from dagster.runs.ticks import TickStatus
from dagster.specs.schedules import DefaultScheduleStatus, ScheduleSpec
from dagster_tests.daemon.launchers import instance_in_memory
from dagster_tests.daemon.locations import KeptLocations, a_schedule, runs

S = TickStatus
LEASE = Lease(name="SCHEDULES", holder="d", epoch=1, renewed=0.0, seconds=9e9)
NINE = datetime(2024, 5, 1, 9, tzinfo=timezone.utc).timestamp()
MINUTE, HOUR = 60.0, 3600.0


class Schedules:
    """A loop of schedules with a clock."""

    def __init__(self, instance: DagsterInstance, spec: ScheduleSpec) -> None:
        self.instance = instance
        self.spec = spec
        self.locations = KeptLocations(spec)
        self.locations.says = lambda question: runs("k")
        self.loop = SchedulesLoop(instance, self.locations)
        instance.storage.leases.take("SCHEDULES", "d", 9e9, 0.0)

    def at(self, *moments: float) -> None:
        for moment in moments:
            self.loop.turn(LEASE, moment)
            self.loop.turn(LEASE, moment + 0.5)

    def ticks(self) -> list[tuple[TickStatus, float]]:
        return [(record.tick.status, record.tick.timestamp) for record in self.instance.get_ticks(ascending=True)]

    def switch(self, status: InstigatorStatus, now: float) -> None:
        state: Any = self.instance.get_instigator_states(["shop:hourly"])["shop:hourly"]
        assert self.instance.change_instigator_state(switched(self.spec, state, status, now)) is not None


@pytest.fixture
def instance(tmp_path: Path) -> DagsterInstance:
    return instance_in_memory(str(tmp_path))


def test_a_tick_that_a_daemon_left_is_asked_again_also_where_the_clock_was_set_back(instance: DagsterInstance) -> None:
    left = Schedules(instance, a_schedule())
    left.locations.says = lambda question: None
    left.at(NINE - 30 * MINUTE, NINE, NINE + 10.0)
    assert left.ticks() == [(S.STARTED, NINE)]
    Schedules(instance, left.spec).at(NINE - HOUR)
    assert left.ticks() == [(S.SUCCESS, NINE)]
    assert instance.get_runs_count() == 1


def test_an_answer_that_does_not_come_is_given_up_also_where_the_clock_was_set_back(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule())
    schedules.locations.says = lambda question: None
    schedules.at(NINE - 30 * MINUTE, NINE, NINE - HOUR, NINE - HOUR + 70.0)
    assert schedules.ticks() == [(S.FAILURE, NINE)]


def test_each_time_has_one_tick_and_one_run_however_often_one_looks(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule())
    schedules.at(NINE - 30 * MINUTE, *(NINE + number * 10 * MINUTE for number in range(-1, 10)))
    assert schedules.ticks() == [(S.SUCCESS, NINE), (S.SUCCESS, NINE + HOUR)]
    assert [question.scheduled for question in schedules.locations.asked] == [NINE, NINE + HOUR]
    first, second = instance.get_runs(ascending=True)
    assert first.tags["dagster/schedule_name"] == "hourly"
    assert first.tags[".dagster/scheduled_execution_time"] == "2024-05-01T09:00:00+00:00"
    assert (first.tags["dagster/run_key"], second.tags["dagster/run_key"]) == ("k", "k")


def test_after_a_while_without_a_daemon_the_latest_times_are_made_up_for(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule())
    schedules.at(NINE - MINUTE, NINE)
    later = NINE + 20 * HOUR + MINUTE
    schedules.at(*(later + seconds for seconds in range(10)))
    assert [moment for _, moment in schedules.ticks()][1:] == [NINE + number * HOUR for number in range(16, 21)]


def test_a_schedule_that_raises_has_failed_at_that_time_and_goes_on_with_the_next(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule())
    schedules.locations.says = lambda question: TickAnswer(error=SerializableErrorInfo("no", [], "ValueError"))
    schedules.at(NINE - MINUTE, NINE, NINE + MINUTE, NINE + HOUR)
    assert schedules.ticks() == [(S.FAILURE, NINE), (S.FAILURE, NINE + HOUR)]


def test_one_that_is_switched_off_and_on_makes_up_for_nothing(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule())
    schedules.at(NINE - MINUTE)
    schedules.switch(InstigatorStatus.STOPPED, NINE - 1)
    schedules.at(NINE, NINE + HOUR)
    schedules.switch(InstigatorStatus.RUNNING, NINE + 90 * MINUTE)
    schedules.at(NINE + 90 * MINUTE, NINE + 2 * HOUR)
    assert schedules.ticks() == [(S.SUCCESS, NINE + 2 * HOUR)]


def test_one_that_is_off_as_declared_is_not_asked(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule(default_status=DefaultScheduleStatus.STOPPED))
    schedules.at(NINE - MINUTE, NINE, NINE + HOUR)
    assert (schedules.locations.asked, instance.all_instigator_state()) == ([], [])


def test_a_time_that_was_being_asked_for_when_the_daemon_was_killed_has_its_run(instance: DagsterInstance) -> None:
    schedules = Schedules(instance, a_schedule())
    schedules.locations.says = lambda question: None
    schedules.at(NINE - MINUTE, NINE, NINE + 10)
    assert schedules.ticks() == [(S.STARTED, NINE)]
    again = Schedules(instance, a_schedule())
    again.at(NINE + 20)
    assert again.ticks() == [(S.SUCCESS, NINE)]
    assert instance.get_runs_count() == 1
