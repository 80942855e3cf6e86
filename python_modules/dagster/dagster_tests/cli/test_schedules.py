import json
import time

import pytest
from click.testing import CliRunner, Result

from dagster.cli.daemons import daemon
from dagster.instance.instance import DagsterInstance
from dagster.runs.heartbeats import Heartbeat
from dagster.runs.instigators import InstigatorStatus
from dagster.runs.ticks import InstigatorType, Tick, TickStatus
from dagster_tests.cli.commands import call
from dagster_tests.workspace.projects import Folder

SHOP = """
import dagster as dg

@dg.asset
def orders():
    return 1

nightly = dg.define_asset_job("nightly", "orders")
at_two = dg.ScheduleDefinition("at_two", job=nightly, cron_schedule="30 2 * * *", execution_timezone="Europe/Berlin")
hourly = dg.ScheduleDefinition(
    "hourly", target="orders", cron_schedule="@hourly", default_status=dg.DefaultScheduleStatus.RUNNING
)

@dg.sensor(target="orders", minimum_interval_seconds=90)
def new_files(context):
    return dg.SkipReason("none")

defs = dg.Definitions([orders], jobs=[nightly], schedules=[at_two, hourly], sensors=[new_files])
"""


@pytest.fixture(autouse=True)
def shop(folder: Folder) -> None:
    folder.write("shop.py", SHOP)


def state(selector: str) -> object:
    with DagsterInstance.get() as instance:
        return instance.get_instigator_states([selector]).get(selector)


def test_schedules_are_listed_with_what_is_on_and_due_next() -> None:
    heading, first, second = call("schedule", "list", "-f", "shop.py").stdout.splitlines()
    assert heading.split() == ["SCHEDULE", "STATUS", "CRON", "ZONE", "NEXT", "JOB"]
    assert first.split() == ["at_two", "STOPPED", "30", "2", "*", "*", "*", "Europe/Berlin", "nightly"]
    assert second.split()[:4] == ["hourly", "RUNNING", "@hourly", "UTC"]
    assert call("schedule", "list", "-f", "shop.py", "--running", "--name").stdout == "hourly\n"
    described = json.loads(call("schedule", "list", "-f", "shop.py", "--json").stdout)
    assert [each["next_time"] is None for each in described] == [True, False]


def test_a_schedule_is_started_and_stopped() -> None:
    assert call("schedule", "start", "at_two", "-f", "shop.py").stdout == "Started schedule at_two\n"
    assert call("schedule", "list", "-f", "shop.py", "--running", "--name").stdout == "at_two\nhourly\n"
    found = state("shop.py:at_two")
    assert found is not None
    assert (found.status, found.due_until is not None) == (InstigatorStatus.RUNNING, True)  # pyright: ignore[reportAttributeAccessIssue]
    assert call("schedule", "stop", "hourly", "-f", "shop.py").stdout == "Stopped schedule hourly\n"
    assert call("schedule", "list", "-f", "shop.py", "--stopped", "--name").stdout == "hourly\n"
    assert call("schedule", "start", "--start-all", "-f", "shop.py").stdout.splitlines()[1] == "Started schedule hourly"


def test_an_unknown_name_is_refused_with_what_is_close() -> None:
    result = call("schedule", "start", "hourli", "-f", "shop.py")
    assert (result.exit_code, "hourly" in result.stderr) == (1, True)
    assert call("sensor", "start", "-f", "shop.py").exit_code == 2


def test_the_next_times_of_a_schedule_are_shown_in_its_own_zone() -> None:
    lines = call("schedule", "preview", "at_two", "-f", "shop.py", "--limit", "3").stdout.splitlines()
    assert len(lines) == 3
    assert all(line.endswith(("02:30:00 CET", "02:30:00 CEST", "03:00:00 CEST")) for line in lines)


def test_ticks_are_shown_newest_first() -> None:
    assert call("schedule", "logs", "hourly", "-f", "shop.py").stderr == "It was not asked yet.\n"
    with DagsterInstance.get() as instance:
        for number, status in enumerate((TickStatus.SUCCESS, TickStatus.SKIPPED)):
            tick = Tick(
                instigator_type=InstigatorType.SCHEDULE,
                selector="shop.py:hourly",
                name="hourly",
                status=status,
                timestamp=1000.0 + number,
                end_timestamp=1002.5,
                run_ids=("r1",) if status is TickStatus.SUCCESS else (),
                skip_reason="nothing" if status is TickStatus.SKIPPED else None,
            )
            instance.add_tick(tick)
    lines = call("schedule", "logs", "hourly", "-f", "shop.py").stdout.splitlines()
    assert [line.split()[2] for line in lines[1:]] == ["SKIPPED", "SUCCESS"]
    assert (lines[1].endswith("nothing"), lines[2].endswith("r1")) == (True, True)


def test_sensors_are_listed_started_and_have_a_cursor() -> None:
    assert call("sensor", "list", "-f", "shop.py").stdout.splitlines()[1].split() == [
        "new_files",
        "STOPPED",
        "standard",
        "1",
        "min",
        "30",
        "s",
    ]
    assert call("sensor", "start", "new_files", "-f", "shop.py").stdout == "Started sensor new_files\n"
    assert call("sensor", "cursor", "new_files", "--set", "a.csv", "-f", "shop.py").exit_code == 0
    assert call("sensor", "cursor", "new_files", "-f", "shop.py").stdout == "a.csv\n"
    [described] = json.loads(call("sensor", "list", "-f", "shop.py", "--json").stdout)
    assert (described["status"], described["cursor"]) == ("RUNNING", "a.csv")
    assert call("sensor", "cursor", "new_files", "--delete", "-f", "shop.py").exit_code == 0
    assert call("sensor", "cursor", "new_files", "-f", "shop.py").stdout == "\n"
    assert call("sensor", "stop", "new_files", "-f", "shop.py").stdout == "Stopped sensor new_files\n"


def liveness(*arguments: str) -> Result:
    return CliRunner().invoke(daemon, ["liveness-check", *arguments])


def test_a_daemon_is_alive_while_all_of_its_loops_are() -> None:
    assert (liveness().exit_code, "none has ever run" in liveness().stderr) == (1, True)
    with DagsterInstance.get() as instance:
        beats = [Heartbeat(loop=name, holder="d", timestamp=time.time(), is_leader=True) for name in ("QUEUE", "SENSORS")]
        instance.storage.heartbeats.beat(beats)
        assert (liveness().exit_code, liveness().stdout) == (0, "Daemon live\n")
        instance.storage.heartbeats.beat([Heartbeat(loop="SENSORS", holder="d", timestamp=time.time() - 100)])
    assert (liveness().exit_code, "SENSORS (last seen 1 min 40 s ago)" in liveness().stderr) == (1, True)
    assert liveness("--heartbeat-tolerance", "200").exit_code == 0
