import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from dagster.runs.members import RUN_MARK, descendants_of, members_of, stop
from dagster.runs.processes import ProcessIdentity, current_process, identity_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are found in /proc")


@pytest.fixture
def marked() -> Iterator[subprocess.Popen[bytes]]:
    """A process of the run `r1`, in a session of its own, that does not listen to SIGINT."""
    code = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(flush=True); time.sleep(600)"
    process = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, RUN_MARK: "r1"}, start_new_session=True, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_process_with_the_mark_of_a_run_is_a_member_of_it(marked: subprocess.Popen[bytes]) -> None:
    assert [member.pid for member in members_of("r1")] == [marked.pid]
    assert members_of("r") == []


def test_what_is_below_the_supervisor_is_a_member_and_the_supervisor_is_not(marked: subprocess.Popen[bytes]) -> None:
    assert marked.pid in [member.pid for member in members_of("another", current_process())]
    assert os.getpid() not in [member.pid for member in members_of("another", current_process())]
    assert marked.pid in [member.pid for member in descendants_of(os.getpid())]


def test_what_has_ended_is_no_member_although_nobody_asked_how(marked: subprocess.Popen[bytes]) -> None:
    marked.kill()
    os.waitid(os.P_PID, marked.pid, os.WEXITED | os.WNOWAIT)
    assert members_of("r1") == []


def test_what_does_not_stop_when_it_is_asked_is_killed_after_the_grace_time(marked: subprocess.Popen[bytes]) -> None:
    times = iter([0.0, 1.0, 2.0, *([4.0] * 10_000)])
    stop(lambda: members_of("r1"), 3.0, clock=lambda: next(times), sleep=lambda _seconds: None)
    assert marked.wait() == -signal.SIGKILL


def test_a_signal_reaches_a_process_and_not_a_later_one_of_its_number(marked: subprocess.Popen[bytes]) -> None:
    identity = identity_of(marked.pid)
    earlier = ProcessIdentity(identity.host, identity.boot_id, identity.pid_namespace, identity.pid, identity.start_ticks - 1)
    assert not earlier.send(signal.SIGKILL)
    assert identity.send(signal.SIGKILL)
    assert marked.wait() == -signal.SIGKILL
    assert not identity.send(signal.SIGKILL)
