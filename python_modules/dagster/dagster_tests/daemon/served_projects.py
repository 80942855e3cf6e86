"""A project under a control plane whose processes a test stops and kills, with their roles and what became of the runs."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import dedent

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster.runs.ticks import Tick, TickFilter
from dagster_tests.daemon.planes import below, started

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
BEGUN = (DagsterRunStatus.STARTED,)
# Runs wait as long for a word of a control plane that stands still.
QUICK_SETTINGS = "ingest:\n  silence_seconds: 1\n"


class Plane:
    """A control plane of one project, and the instance that it works on."""

    def __init__(self, folder: Path, instance: DagsterInstance) -> None:
        self.folder = folder
        self.instance = instance
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        self._process = started(self.folder / "home", self.folder / "defs.py", *options)

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def processes(self) -> list[int]:
        """All of its processes, itself first."""
        return [self.pid, *below(self.pid)]

    def stop(self, role: str) -> int:
        """Has the process of a role stand still; gives its pid."""
        pid = self.pids()[role]
        os.kill(pid, signal.SIGSTOP)
        return pid

    def go_on(self, *options: str) -> None:
        """Has the control plane that stood still go on. One that did so amid a write was killed: nobody else could write."""
        if state_of(self.pid) == "Z":
            self.reap()
            self.start(*options)
        else:
            os.kill(self.pid, signal.SIGCONT)

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
        """End whatever is left, also what belongs to nobody any more."""
        while left := [pid for pid in living() if is_of(self.folder, pid)]:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        if self._process is not None:  # another plane of this project may have ended it
            self.reap()


def children(pid: int) -> list[int]:
    return [child for child in below(pid) if int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1]) == pid]


def is_answering(pid: int) -> bool:
    """Whether a process listens for questions: the host does, and no other child of a zygote."""
    listening = {line.split()[6] for line in Path("/proc/net/unix").read_text().splitlines()[1:] if line.split()[3] == "00010000"}
    try:
        found = [os.readlink(f"/proc/{pid}/fd/{each}") for each in os.listdir(f"/proc/{pid}/fd")]
    except OSError:
        return False
    return any(target == f"socket:[{inode}]" for target in found for inode in listening)


def living() -> list[int]:
    """Every process but this one that has not ended."""
    return [pid for name in os.listdir("/proc") if name.isdigit() and (pid := int(name)) != os.getpid() and state_of(pid) != "Z"]


def state_of(pid: int) -> str:
    """The letter of proc(5); Z also for what is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def is_of(folder: Path, pid: int) -> bool:
    """Whether a process was started for the project in a folder: by its environment, or else by its directory."""
    try:
        told = Path(f"/proc/{pid}/environ").read_text(errors="replace")
        return str(folder) in told or os.readlink(f"/proc/{pid}/cwd") == str(folder)
    except OSError:
        return False


@contextmanager
def served(folder: Path, code: str = CODE, most: int = 1, settings: str = QUICK_SETTINGS) -> Iterator[Plane]:
    """A plane over a project in a folder, not yet started; whatever it left is ended in the end.

    Args:
        folder: for the project and its instance; it may exist.
        code: of the project.
        most: how many runs may go on at once.
        settings: further ones of the instance.
    """
    home = folder / "home"
    home.mkdir(parents=True)
    (home / "dagster.yaml").write_text(f"concurrency:\n  runs:\n    max_concurrent_runs: {most}\n{settings}")
    (folder / "defs.py").write_text(dedent(code))
    (folder / "wanted").write_text("")
    with DagsterInstance.from_config(str(home)) as instance:
        made = Plane(folder, instance)
        try:
            yield made
        finally:
            made.close()
