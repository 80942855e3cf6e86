"""A control plane with everything that it starts, while processes are killed: nothing is lost and nothing happens twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster.runs.ticks import Tick, TickFilter, TickStatus
from dagster_tests.daemon.planes import below, started
from dagster_tests.workspace.locations import until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc")]

CODE = """
    import os, time
    from pathlib import Path
    from dagster import DefaultSensorStatus, Definitions, RunRequest, SkipReason, job, op, sensor

    ON = {"default_status": DefaultSensorStatus.RUNNING, "minimum_interval_seconds": 1}

    def written(name, text):
        Path(f"{name}.new").write_text(text)
        os.replace(f"{name}.new", name)

    @op
    def waits(context):
        written("step", f"{os.getpid()}")
        while not os.path.exists("go_on"):
            time.sleep(0.02)

    @job
    def load():
        waits()

    @sensor(job=load, **ON)
    def files(context):
        written("evaluator", str(os.getpid()))
        return [RunRequest(name) for name in Path("wanted").read_text().split()]

    @sensor(job=load, **ON)
    def hangs(context):
        while os.path.exists("hang"):
            pass
        return SkipReason("it does not hang")

    @sensor(job=load, **ON)
    def exits(context):
        if os.path.exists("exit"):
            os._exit(7)
        return SkipReason("it does not exit")

    defs = Definitions(jobs=[load], sensors=[files, hangs, exits])
"""
ROLES = ["control plane", "base", "zygote", "host", "evaluator", "supervisor", "step"]
BEGUN = (DagsterRunStatus.STARTED,)


class Plane:
    """A control plane of one project, and the instance that it works on."""

    def __init__(self, folder: Path, instance: DagsterInstance) -> None:
        self.folder = folder
        self.instance = instance
        self._process: subprocess.Popen[bytes] | None = None
        self._seen: set[int] = set()

    def start(self) -> None:
        self._process = started(self.folder / "home", self.folder / "defs.py")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def processes(self) -> list[int]:
        """All of its processes, itself first."""
        found = [self.pid, *below(self.pid)]
        self._seen.update(found)
        return found

    def kill(self, role: str) -> None:
        pid = self.pids()[role]
        os.kill(pid, signal.SIGKILL)
        if pid == self.pid:
            self.reap()

    def reap(self) -> None:
        assert self._process is not None
        self._process.wait()

    def pids(self) -> dict[str, int]:
        """The processes by what they do, while a run goes on."""
        _, base, *_ = self.processes()
        zygote = below(base)[0]
        [run] = [run for run in self.runs().values() if run.status in BEGUN]
        assert run.process is not None
        evaluator = int((self.folder / "evaluator").read_text())
        known = {"control plane": self.pid, "base": base, "zygote": zygote, "evaluator": evaluator}
        known |= {"supervisor": run.process.pid, "step": int((self.folder / "step").read_text())}
        [host] = [pid for pid in children(zygote) if pid not in known.values() and not below(pid) and is_answering(pid)]
        return {**known, "host": host}

    def want(self, *names: str) -> None:
        """Have the sensor ask for runs under these keys."""
        (self.folder / "wanted.new").write_text(" ".join(names))
        os.replace(self.folder / "wanted.new", self.folder / "wanted")

    def runs(self) -> dict[str, DagsterRun]:
        """The runs by their keys; each key has one."""
        found = self.instance.get_runs()
        keys = Counter(run.tags["dagster/run_key"] for run in found)
        assert set(keys.values()) <= {1}, keys
        return {run.tags["dagster/run_key"]: run for run in found}

    def status(self, key: str) -> str | None:
        run = self.runs().get(key)
        return run.status.value if run is not None else None

    def ticks(self, name: str) -> list[Tick]:
        """The ticks of a sensor, newest first."""
        return [record.tick for record in self.instance.get_ticks(TickFilter(selector=f"defs.py:{name}"))]

    def close(self) -> None:
        """End whatever is left."""
        for pid in {*self.processes(), *self._seen} - {os.getpid()}:
            if f"{self.folder}" in environment_of(pid):
                os.kill(pid, signal.SIGKILL)
        self.reap()


def children(pid: int) -> list[int]:
    return [child for child in below(pid) if int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1]) == pid]


def is_answering(pid: int) -> bool:
    """Whether a process listens for questions: the host does, and no other child of a zygote."""
    listening = {line.split()[6] for line in Path("/proc/net/unix").read_text().splitlines()[1:] if line.split()[3] == "00010000"}
    found = [os.readlink(f"/proc/{pid}/fd/{each}") for each in os.listdir(f"/proc/{pid}/fd")]
    return any(target == f"socket:[{inode}]" for target in found for inode in listening)


def environment_of(pid: int) -> str:
    """As it was when the process was started; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/environ").read_text(errors="replace")
    except OSError:
        return ""


@pytest.fixture
def plane(tmp_path: Path) -> Iterator[Plane]:
    home = tmp_path / "home"
    home.mkdir()
    (home / "dagster.yaml").write_text("concurrency:\n  runs:\n    max_concurrent_runs: 1\n")
    (tmp_path / "defs.py").write_text(dedent(CODE))
    (tmp_path / "wanted").write_text("")
    with DagsterInstance.from_config(str(home)) as instance:
        made = Plane(tmp_path, instance)
        made.start()
        try:
            yield made
        finally:
            made.close()


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
        until(lambda: plane.status(held) == "FAILURE", 15.0)
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
    for seconds in (1.2, 1.6, 2.0, 2.4):
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
    until(lambda: plane.status("after") == "SUCCESS", 25.0)
    (plane.folder / "hang").unlink()
    until(lambda: plane.ticks("hangs")[0].status is TickStatus.SKIPPED)


def told(ticks: list[Tick]) -> str:
    error = next(tick.error for tick in ticks if tick.status is TickStatus.FAILURE)
    assert error is not None
    return error.message
