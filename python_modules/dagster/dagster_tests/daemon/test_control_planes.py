"""A control plane with everything that it starts, while processes are killed: nothing is lost and nothing happens twice."""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.runs.ticks import Tick, TickStatus
from dagster_tests.daemon.served_projects import Plane, served
from dagster_tests.workspace.locations import until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

ROLES = ["control plane", "base", "zygote", "host", "evaluator", "supervisor", "step"]


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    with served(tmp_path) as made:
        made.start()
        yield made


@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_killed_each_key_has_one_run_and_the_next_one_starts(plane: Plane, role: str) -> None:
    plane.want("first", "second")
    until(lambda: "STARTED" in (plane.status("first"), plane.status("second")) and (plane.folder / "step").exists())
    [held] = [key for key in ("first", "second") if plane.status(key) == "STARTED"]
    until(lambda: plane.pids())
    plane.kill(role)
    if role == "control plane":
        plane.start()
    if role in ("supervisor", "step"):
        until(lambda: plane.status(held) == "FAILURE", 120.0)
    plane.want("first", "second", "third")
    (plane.folder / "go_on").touch()
    until(lambda: all(plane.status(key) in ("SUCCESS", "FAILURE") for key in ("first", "second", "third")))
    expected = "FAILURE" if role in ("supervisor", "step") else "SUCCESS"
    assert (plane.status(held), plane.status("third")) == (expected, "SUCCESS")


def test_when_everything_is_killed_runs_end_and_new_ones_start_after_a_restart(plane: Plane) -> None:
    plane.want("first")
    until(lambda: plane.status("first") == "STARTED" and (plane.folder / "step").exists())
    for pid in reversed(plane.processes()):
        os.kill(pid, signal.SIGKILL)
    plane.reap()
    (plane.folder / "go_on").touch()
    plane.want("first", "second")
    plane.start()
    until(lambda: plane.status("second") == "SUCCESS")
    assert plane.status("first") == "FAILURE"


def test_a_control_plane_that_is_killed_again_and_again_starts_each_run_once(plane: Plane) -> None:
    (plane.folder / "go_on").touch()
    keys = [f"k{number}" for number in range(8)]
    plane.want(*keys)
    for seconds in (1.2, 1.6, 2.0):
        time.sleep(seconds)  # a kill that comes whatever goes on
        os.kill(plane.pid, signal.SIGKILL)
        plane.reap()
        plane.start()
    until(lambda: all(plane.status(key) == "SUCCESS" for key in keys))


def test_a_sensor_that_hangs_and_one_that_exits_fail_their_ticks_and_delay_no_other(plane: Plane) -> None:
    until(lambda: plane.ticks("files") and plane.ticks("hangs") and plane.ticks("exits"))
    (plane.folder / "hang").touch()
    (plane.folder / "exit").touch()
    until(lambda: Counter(tick.status for tick in plane.ticks("hangs"))[TickStatus.FAILURE] >= 2)
    until(lambda: Counter(tick.status for tick in plane.ticks("exits"))[TickStatus.FAILURE] >= 2)
    assert "gave no answer within 1.5 seconds" in told(plane.ticks("hangs"))
    assert "ended with exit code 7" in told(plane.ticks("exits"))
    assert all(tick.status is not TickStatus.STARTED for tick in plane.ticks("exits"))
    (plane.folder / "go_on").touch()
    plane.want("after")
    until(lambda: plane.status("after") == "SUCCESS", 120.0)
    (plane.folder / "hang").unlink()
    until(lambda: plane.ticks("hangs")[0].status is TickStatus.SKIPPED)


def told(ticks: list[Tick]) -> str:
    error = next(tick.error for tick in ticks if tick.status is TickStatus.FAILURE)
    assert error is not None
    return error.message
