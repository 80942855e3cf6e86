import os
import subprocess
import sys

import pytest
from msgspec.structs import replace

from dagster.runs.processes import ProcessIdentity, current_process
from dagster.serdes import decode, encode

linux_only = pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="only Linux says when a process started")


def identity_of(pid: int) -> ProcessIdentity:
    with open(f"/proc/{pid}/stat") as file:
        ticks = int(file.read().rpartition(")")[2].split()[19])
    return replace(current_process(), pid=pid, start_ticks=ticks)


def test_this_process_is_alive_and_here() -> None:
    me = current_process()
    assert me.pid == os.getpid()
    assert me.is_alive()
    assert me.is_on_this_host()


def test_an_identity_is_read_as_it_was_written() -> None:
    assert decode(encode(current_process()), ProcessIdentity) == current_process()


def test_a_process_of_another_boot_is_gone() -> None:
    assert not replace(current_process(), boot_id="another").is_alive()


@pytest.mark.parametrize("other", [{"host": "elsewhere"}, {"pid_namespace": "pid:[1]"}])
def test_a_process_elsewhere_is_not_on_this_host(other: dict[str, str]) -> None:
    assert not replace(current_process(), **other).is_on_this_host()


@linux_only
def test_a_later_process_with_the_same_number_is_another_one() -> None:
    me = current_process()
    assert not replace(me, start_ticks=me.start_ticks + 1).is_alive()


@linux_only
def test_a_killed_process_is_gone_also_before_it_is_reaped() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    identity = identity_of(child.pid)
    assert identity.is_alive()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not identity.is_alive()
    child.communicate()
    assert not identity.is_alive()


def test_a_fork_has_an_identity_of_its_own() -> None:
    program = (
        "import os\n"
        "from dagster.runs.processes import current_process\n"
        "before = current_process()\n"
        "pid = os.fork()\n"
        "if pid == 0:\n"
        "    os._exit(0 if current_process().pid == os.getpid() and current_process() != before else 1)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_without_start_times_a_number_in_use_is_alive() -> None:
    unknown = replace(current_process(), start_ticks=0)
    assert unknown.is_alive()
    assert not replace(unknown, pid=2**22 + 1).is_alive()
