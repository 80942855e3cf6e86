import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from dagster.runs.processes import ProcessIdentity, identity_of
from dagster.workspace.stopped_processes import StoppedProcesses
from dagster_tests.workspace.locations import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="whether a process is stopped is read in /proc")


@pytest.fixture
def process() -> Iterator[ProcessIdentity]:
    other = subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    other.stdout.readline()
    yield identity_of(other.pid)
    other.kill()
    other.communicate()


def stopped(process: ProcessIdentity) -> None:
    process.send(signal.SIGSTOP)
    until(process.is_stopped)


def test_what_is_stopped_for_long_enough_is_killed(process: ProcessIdentity) -> None:
    stopped(process)
    watch = StoppedProcesses(2.0)
    assert [watch.kill([process, None], moment) for moment in (0.0, 0.9, 1.8)] == [[], [], []]
    assert watch.kill([process], 2.7) == [process]
    until(lambda: not process.is_alive())


def test_what_was_continued_in_between_has_its_time_anew(process: ProcessIdentity) -> None:
    stopped(process)
    watch = StoppedProcesses(2.0)
    watch.kill([process], 0.0)
    watch.kill([process], 1.0)
    process.send(signal.SIGCONT)
    until(lambda: not process.is_stopped())
    watch.kill([process], 1.9)
    stopped(process)
    assert [watch.kill([process], moment) for moment in (2.0, 3.0)] == [[], []]


def test_where_the_looking_process_itself_stood_still_nobody_is_killed(process: ProcessIdentity) -> None:
    stopped(process)
    watch = StoppedProcesses(2.0)
    watch.kill([process], 0.0)
    assert watch.kill([process], 3600.0) == []
    assert process.is_alive()


def test_a_process_that_is_gone_is_not_stopped() -> None:
    assert not identity_of(os.getpid()).is_stopped()
    assert not ProcessIdentity("h", "", "", 4194304 - 1, 1).is_stopped()
