"""Runs whose supervisor is on another host, of which nothing is known but its lease: here it gives the name of another host."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from dagster.runs.processes import ProcessIdentity
from dagster_tests.daemon.planes import below
from dagster_tests.daemon.served_projects import CODE, Plane, served
from dagster_tests.workspace.locations import until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

ELSEWHERE = """
    from dagster.runs import processes
    processes._host = lambda: "elsewhere"
    processes._current = None
"""


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    """A control plane with a run that goes on, as it seems, on another host; there is one place for runs."""
    with served(tmp_path, dedent(ELSEWHERE) + dedent(CODE)) as made:
        made.start()
        made.want("first")
        until(lambda: made.status("first") == "STARTED" and (made.folder / "step").exists())
        yield made


def supervisor(plane: Plane) -> ProcessIdentity:
    """As it says of itself; it is not on the host of the tests."""
    process = plane.runs()["first"].process
    assert process is not None
    assert not process.is_on_this_host()
    return process


def test_a_run_goes_on_as_long_as_its_lease_is_renewed_and_fails_when_it_is_not(plane: Plane) -> None:
    [lease] = [each for each in plane.instance.storage.leases.leases() if each.name.startswith("run/")]
    until(
        lambda: (
            sum(each.renewed - lease.renewed for each in plane.instance.storage.leases.leases() if each.name == lease.name) > 3
        )
    )
    assert plane.status("first") == "STARTED"
    os.kill(below(below(plane.pid)[0])[0], signal.SIGKILL)  # its zygote, which would tell
    os.kill(supervisor(plane).pid, signal.SIGKILL)
    until(lambda: plane.status("first") == "FAILURE", 120.0)
    (plane.folder / "go_on").touch()
    plane.want("first", "second")
    until(lambda: plane.status("second") == "SUCCESS")


def test_a_supervisor_that_was_taken_for_lost_ends_and_stores_nothing_more(plane: Plane) -> None:
    process = supervisor(plane)
    os.kill(process.pid, signal.SIGSTOP)
    until(lambda: plane.status("first") == "FAILURE", 120.0)
    run_id = plane.runs()["first"].run_id
    before = [entry.message for entry in plane.instance.all_logs(run_id)]
    os.kill(process.pid, signal.SIGCONT)
    step = int((plane.folder / "step").read_text())
    until(lambda: not any(os.path.exists(f"/proc/{pid}/exe") for pid in (process.pid, step)), 120.0)
    assert [entry.message for entry in plane.instance.all_logs(run_id)] == before
