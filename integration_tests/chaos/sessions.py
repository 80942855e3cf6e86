"""A project under a control plane that is struck again and again, and what must be true of it afterwards."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from textwrap import dedent

from chaos.faults import Fault
from dagster.events.events import DagsterEvent
from dagster.events.types import DagsterEventType
from dagster.instance import DagsterInstance
from dagster.instance.lifecycle import LAUNCHED_STATUSES
from dagster.runs.members import members_of
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import SCHEDULED_EXECUTION_TIME_TAG
from dagster.runs.ticks import TickFilter, TickStatus
from dagster_tests.daemon.planes import below
from dagster_tests.daemon.served_projects import is_answering, is_of, living, state_of

LIMIT_SECONDS = 30.0
"""G1, G2, G3: by then no run is held by what was struck, and of those that wait one has begun. Leases last 2 seconds here."""

_PATIENCE_SECONDS = 240.0
"""By then everything is done that was asked for: some dozens of runs, two or three at a time, on a machine that is busy."""
_CODE = """
    import os, time
    from pathlib import Path
    from chaos.faults import arm
    from dagster import DefaultScheduleStatus, DefaultSensorStatus, Definitions, RunRequest, job, op, schedule, sensor

    arm(os.getcwd())

    @op
    def one():
        time.sleep(0.2)
        return 1

    @op
    def two(number):
        return number + 1

    @job
    def load():
        two(one())

    @sensor(job=load, default_status=DefaultSensorStatus.RUNNING, minimum_interval_seconds=1)
    def files(context):
        Path("evaluator.new").write_text(str(os.getpid()))
        os.replace("evaluator.new", "evaluator")
        return [RunRequest(name) for name in Path("wanted").read_text().split()]

    @schedule(job=load, cron_schedule="* * * * *", default_status=DefaultScheduleStatus.RUNNING)
    def each_minute():
        return RunRequest()

    defs = Definitions(jobs=[load], sensors=[files], schedules=[each_minute])
"""
_SETTINGS = "concurrency:\n  runs:\n    max_concurrent_runs: 4\nrun_retries:\n  enabled: true\n  max_retries: 6\n"


class Session:
    """A project, the instance that it works on, and its control planes.

    Attributes:
        problems: what was not as it was promised, one sentence each.
        struck: how often something was struck.
        worst_seconds: the longest time from the last strike until no run was held by what was struck and the next one began.
        done_seconds: the longest time until all was done that was asked for.
    """

    def __init__(self, folder: Path, instance: DagsterInstance) -> None:
        self.folder = folder
        self.instance = instance
        self.problems: list[str] = []
        self.struck = 0
        self.worst_seconds = 0.0
        self.done_seconds = 0.0
        self._struck_at = 0.0
        self._keys: list[str] = []
        self._saved = 0
        self._planes: list[subprocess.Popen[bytes]] = []
        self._output = (folder / "output").open("ab")

    def start(self) -> None:
        """Another control plane."""
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        environment["DAGSTER_HOME"] = str(self.folder / "home")
        command = [sys.executable, "-m", "chaos.planes", environment["DAGSTER_HOME"], str(self.folder / "defs.py")]
        self._planes.append(
            subprocess.Popen(
                command, env=environment, cwd=self.folder, stdout=self._output, stderr=self._output, start_new_session=True
            )
        )

    def monitor_each(self, seconds: float) -> None:
        """Have control planes that are started from here on look that rarely for runs that nobody executes any more."""
        (self.folder / "monitoring_seconds").write_text(str(seconds))

    def acts(self) -> bool:
        """Whether a control plane is there that neither ended nor stands still."""
        self._planes = [plane for plane in self._planes if plane.poll() is None]
        return any(state_of(plane.pid) != "T" for plane in self._planes)

    def put(self, fault: Fault, number: int = 0) -> None:
        """Have a fault wait for its process; by their numbers the same one may wait for several."""
        (self.folder / "faults" / f"{fault.name}.{number}").touch()

    def save_code(self) -> None:
        """Save the code anew, as an editor does: it is loaded again, by a base."""
        self._saved += 1
        (self.folder / "defs.new").write_text(f"{dedent(_CODE)}\n# saved {self._saved} times\n")
        os.replace(self.folder / "defs.new", self.folder / "defs.py")

    def want(self, count: int) -> None:
        """Have the sensor ask for so many more runs."""
        self._keys += [f"k{len(self._keys) + number}" for number in range(count)]
        (self.folder / "wanted.new").write_text(" ".join(self._keys))
        os.replace(self.folder / "wanted.new", self.folder / "wanted")

    def pids(self, role: str) -> list[int]:
        """The processes of a role, as they are now."""
        mine = [pid for pid in living() if is_of(self.folder, pid)]
        planes = [plane.pid for plane in self._planes if plane.pid in mine]
        supervisors = [run.process.pid for run in self._runs() if run.process is not None and run.process.is_alive()]
        supervisors = [pid for pid in supervisors if pid not in planes]
        hosts = [pid for pid in mine if pid not in planes and _parent(pid) in mine and is_answering(pid)]
        found: dict[str, Callable[[], list[int]]] = {
            "control plane": lambda: planes,
            "base": lambda: [pid for pid in mine if _parent(pid) in planes],
            "host": lambda: hosts,
            "zygote": lambda: [_parent(pid) for pid in hosts],
            "evaluator": lambda: [pid for pid in [int((self.folder / "evaluator").read_text() or 0)] if pid in mine],
            "supervisor": lambda: supervisors,
            "step": lambda: [child for pid in supervisors for child in below(pid)],
        }
        return found[role]()

    def strike(self, role: str, sign: str, seconds: float, choose: random.Random) -> None:
        """Send a signal to a process of a role; one that was stopped is continued after a while, if it is still there."""
        deadline = time.monotonic() + 10.0
        pids: list[int] = []
        while not pids and time.monotonic() < deadline:
            if not self.acts():  # the last one was killed just now
                self.start()
            with suppress(OSError, ValueError):
                pids = self.pids(role)
            time.sleep(0.005)
        if not pids:
            return
        pid = choose.choice(pids)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.Signals[f"SIG{sign}"])
            self.struck += 1
            self._struck_at = time.time()
        if not self.acts():
            self.start()
        if sign == "STOP":
            time.sleep(seconds)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def settle(self) -> None:
        """Wait until nothing is open, as it must be in time, with everything that was asked for done once."""
        began, recovered = time.time(), None
        while time.time() - began < _PATIENCE_SECONDS and (is_open := self._open()):
            if recovered is None and self._has_recovered():
                recovered = time.time()
            if not self.acts():
                self.start()
            self._continue_steps()
            time.sleep(0.1)
        strike = max(began, self._last_strike())
        seconds = max((recovered or time.time()) - strike, 0.0)
        self.worst_seconds = max(self.worst_seconds, seconds)
        self.done_seconds = max(self.done_seconds, time.time() - strike)
        if seconds > LIMIT_SECONDS:
            self.problems.append(
                f"{seconds:.0f} seconds after the last strike a run was held by what was struck, or none had begun"
            )
        if is_open:
            self.problems.append(f"{_PATIENCE_SECONDS:.0f} seconds after the last strike was still open: {is_open}")

    def _last_strike(self) -> float:
        return max([self._struck_at, *(path.stat().st_mtime for path in (self.folder / "struck").iterdir())])

    def _has_recovered(self) -> bool:
        """Whether no run is held by a process that is gone or stands still, and one of those that waited, if any, has begun."""
        records = self.instance.get_run_records()
        runs = [each.dagster_run for each in records]
        holders = [run.process for run in runs if run.status in LAUNCHED_STATUSES and run.process is not None]
        if any(state_of(process.pid) in "TZ" for process in holders):
            return False
        keys = {run.tags.get("dagster/run_key") for run in runs}
        waits = any(run.status is DagsterRunStatus.QUEUED for run in runs) or not keys.issuperset(self._keys)
        return not waits or any((each.start_time or 0.0) > self._last_strike() for each in records)

    def _continue_steps(self) -> None:
        """A step that stands still is its user's to continue; all others are looked after by the control plane."""
        for path in (self.folder / "struck").glob("step.*.STOP.*"):
            with suppress(ProcessLookupError):
                os.kill(int(path.name.rpartition(".")[2]), signal.SIGCONT)

    def _runs(self) -> list[DagsterRun]:
        return list(self.instance.get_runs())

    def _open(self) -> str:
        """What is still to come, in words; nothing when all is done."""
        runs = self._runs()
        going = [run for run in runs if not run.is_finished]
        if going:
            return f"runs {[(run.run_id[:8], run.status.value) for run in going]}"
        done = {run.tags.get("dagster/run_key") for run in runs}
        missing = [key for key in self._keys if key not in done]
        if missing:
            return f"no run for the keys {missing}"
        children = {run.parent_run_id for run in runs}
        lost = [run.run_id[:8] for run in runs if run.status.value != "SUCCESS" and run.run_id not in children]
        return f"failed runs {lost} were not tried again" if lost else ""

    def _leases_kept(self, finished: set[str]) -> list[str]:
        """The leases of runs that ended which are there after the limit; who was killed leaves its own to the next look."""
        deadline = time.monotonic() + LIMIT_SECONDS
        while True:
            kept = [lease.name for lease in self.instance.storage.leases.leases() if lease.name in finished]
            if not kept or time.monotonic() > deadline:
                return kept
            time.sleep(0.1)

    def check(self) -> None:
        """Look for what must never be, whatever was struck."""
        runs = self._runs()
        by_key = Counter(run.tags["dagster/run_key"] for run in runs if "dagster/run_key" in run.tags)
        by_time = Counter(
            run.tags[SCHEDULED_EXECUTION_TIME_TAG]
            for run in runs
            if SCHEDULED_EXECUTION_TIME_TAG in run.tags and run.parent_run_id is None
        )
        by_parent = Counter(run.parent_run_id for run in runs if run.parent_run_id is not None)
        for what, counted in (("key", by_key), ("time", by_time), ("run that was tried again", by_parent)):
            self.problems += [f"{count} runs for the {what} {name}" for name, count in counted.items() if count != 1]
        for run in runs:
            ends = Counter(event.step_key for event in self._step_ends(run.run_id))
            self.problems += [f"{count} ends of step {key} in run {run.run_id}" for key, count in ends.items() if count != 1]
            if run.is_finished and members_of(run.run_id):
                self.problems.append(f"run {run.run_id} is {run.status.value} and has living processes")
        leases = self._leases_kept({f"run/{run.run_id}" for run in runs if run.is_finished})
        self.problems += [f"the lease {name} of a run that ended was not given back" for name in leases]
        ticks = self.instance.get_ticks(TickFilter(statuses=(TickStatus.STARTED,)))
        self.problems += [
            f"tick {record.tick_id} of {record.tick.name} is STARTED since {time.time() - record.tick.timestamp:.0f} seconds"
            for record in ticks
            if time.time() - record.tick.timestamp > LIMIT_SECONDS
        ]
        self.problems += [str(each) for each in self.instance.disagreements()]

    def _step_ends(self, run_id: str) -> list[DagsterEvent]:
        ends = {DagsterEventType.STEP_SUCCESS, DagsterEventType.STEP_FAILURE}
        return [entry.get_dagster_event() for entry in self.instance.all_logs(run_id, ends)]

    def close(self) -> None:
        """End whatever is left."""
        while left := [pid for pid in living() if is_of(self.folder, pid)]:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for plane in self._planes:
                plane.poll()
        for plane in self._planes:
            plane.wait()
        self._output.close()


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


@contextmanager
def session() -> Iterator[Session]:
    """A session in a folder of its own, with a control plane that acts."""
    with tempfile.TemporaryDirectory(prefix="chaos_", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for each in ("home", "faults", "taken", "struck", "writes"):
            (folder / each).mkdir()
        (folder / "home" / "dagster.yaml").write_text(_SETTINGS)
        (folder / "defs.py").write_text(dedent(_CODE))
        (folder / "wanted").write_text("")
        with DagsterInstance.from_config(str(folder / "home")) as instance:
            made = Session(folder, instance)
            try:
                yield made
            finally:
                made.close()
