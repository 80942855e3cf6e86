"""A control plane with everything that it starts, while processes are stopped (SIGSTOP) and maybe continued: others go on."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.runs.members import members_of
from dagster.runs.processes import identity_of
from dagster_tests.daemon.served_projects import Plane, served
from dagster_tests.workspace.locations import until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

ENDS = ("SUCCESS", "FAILURE", "CANCELED")


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    """A control plane with a run of the key `first` whose step waits for the file `go_on`."""
    with served(tmp_path) as made:
        made.start()
        made.want("first")
        until(
            lambda: made.status("first") == "STARTED" and (made.folder / "step").exists() and (made.folder / "evaluator").exists()
        )
        until(lambda: made.pids())
        yield made


def next_run_ends(plane: Plane, key: str) -> None:
    """A run that is asked for now starts and ends."""
    (plane.folder / "go_on").touch()
    plane.want("first", key)
    until(lambda: plane.status(key) == "SUCCESS")


@pytest.mark.parametrize("role", ["base", "zygote", "host", "evaluator"])
def test_what_is_stopped_is_replaced_and_the_runs_go_on(plane: Plane, role: str) -> None:
    stopped = identity_of(plane.stop(role))
    next_run_ends(plane, "second")
    until(lambda: not stopped.is_alive())
    next_run_ends(plane, "third")
    assert plane.status("first") == "SUCCESS"


def test_a_stopped_supervisor_loses_its_run_and_is_killed_with_all_of_it(plane: Plane) -> None:
    [run] = plane.runs().values()
    assert run.process is not None
    plane.stop("supervisor")
    until(lambda: plane.status("first") == "FAILURE")
    assert not run.process.is_alive()
    assert members_of(run.run_id) == []
    # Told by who was first: the monitoring, the zygote whose child it was, or a process that opened the instance meanwhile.
    causes = ("did not renew its lease any more", "SIGKILL", "ended without a word")
    told = plane.instance.all_logs(run.run_id)[-1].message
    assert any(cause in told for cause in causes)
    next_run_ends(plane, "second")


def test_a_run_with_a_stopped_supervisor_is_canceled_when_nothing_of_it_is_left(plane: Plane) -> None:
    [run] = plane.runs().values()
    plane.stop("supervisor")
    assert plane.instance.terminate_run(run.run_id)
    until(lambda: plane.status("first") == "CANCELED")
    assert members_of(run.run_id) == []
    next_run_ends(plane, "second")


def test_a_stopped_step_leaves_its_run_going_and_is_killed_when_the_run_is_stopped(plane: Plane) -> None:
    [run] = plane.runs().values()
    plane.stop("step")
    assert plane.instance.terminate_run(run.run_id)
    until(lambda: plane.status("first") == "CANCELED")
    assert members_of(run.run_id) == []
    next_run_ends(plane, "second")


def test_a_stopped_step_that_is_continued_ends_its_run_well(plane: Plane) -> None:
    pid = plane.stop("step")
    (plane.folder / "go_on").touch()
    os.kill(pid, signal.SIGCONT)
    until(lambda: plane.status("first") == "SUCCESS")


def test_another_control_plane_takes_over_from_a_stopped_one_which_then_repeats_nothing(plane: Plane) -> None:
    other = Plane(plane.folder, plane.instance)
    plane.stop("control plane")
    other.start()
    try:
        next_run_ends(other, "second")
        plane.go_on()
        next_run_ends(other, "third")
        assert [plane.status(key) for key in ("first", "second", "third")] == ["SUCCESS"] * 3
    finally:
        other.close()


def test_a_control_plane_that_is_continued_goes_on_with_what_ended_meanwhile(plane: Plane) -> None:
    plane.stop("control plane")
    (plane.folder / "go_on").touch()
    until(lambda: plane.status("first") == "SUCCESS")
    plane.go_on()
    next_run_ends(plane, "second")
