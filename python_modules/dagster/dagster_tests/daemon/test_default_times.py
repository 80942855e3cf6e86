"""The guarantees with the times that users have: lease, grace, deadlines and back-off as they are by default. Three stories."""

import itertools
import os
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dagster import DagsterInstance
from dagster.instance.setting_models import IngestEntry
from dagster.runs.members import DEFAULT_GRACE_SECONDS, members_of
from dagster.runs.tags import SCHEDULED_EXECUTION_TIME_TAG
from dagster.runs.ticks import Tick, TickFilter, TickStatus
from dagster_tests.busy_machines import fair
from dagster_tests.cli.running import DEV, running
from dagster_tests.daemon.planes import below
from dagster_tests.daemon.served_projects import CODE as WAITING
from dagster_tests.daemon.served_projects import Plane, is_answering, served
from dagster_tests.workspace.locations import until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os, signal, subprocess, sys, time
    from pathlib import Path
    from dagster import DefaultScheduleStatus, DefaultSensorStatus, Definitions, RunRequest, SkipReason, job, op, schedule, sensor

    ON = {"default_status": DefaultSensorStatus.RUNNING, "minimum_interval_seconds": 1}
    DEAF = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(flush=True); time.sleep(90)"

    def written(name, text):
        Path(f"{name}.new").write_text(text)
        os.replace(f"{name}.new", name)

    @op
    def waits(context):
        key = context.run.tags["dagster/run_key"]
        if key == "stubborn":
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            other = subprocess.Popen([sys.executable, "-c", DEAF], env={}, start_new_session=True, stdout=subprocess.PIPE)
            other.stdout.readline()
            written("other", str(other.pid))
        written(f"step_{key}", str(os.getpid()))
        while key == "stubborn" or not os.path.exists("go_on"):
            time.sleep(0.02)

    @job
    def load():
        waits()

    @op
    def nothing(): ...

    @job
    def quick():
        nothing()

    @sensor(job=load, **ON)
    def files(context):
        written("evaluator", str(os.getpid()))
        with open("asked", "a") as file:
            file.write(f"{time.time()}\\n")
        return [RunRequest(name) for name in Path("wanted").read_text().split()]

    @sensor(job=load, **ON)
    def hangs(context):
        while os.path.exists("hang"):
            time.sleep(0.02)
        return SkipReason("it does not hang")

    @sensor(job=load, **ON)
    def exits(context):
        if os.path.exists("exit"):
            os._exit(7)
        return SkipReason("it does not exit")

    @schedule(job=quick, cron_schedule="* * * * *", default_status=DefaultScheduleStatus.RUNNING)
    def each_minute():
        return RunRequest()

    defs = Definitions(jobs=[load, quick], sensors=[files, hangs, exits], schedules=[each_minute])
"""
HELD = ("killed", "stopped", "stubborn", "goes")


class Story(Plane):
    """A plane whose runs are looked up by their keys; those of the schedule have none."""

    def runs(self) -> dict[str, Any]:
        found = [run for run in self.instance.get_runs() if "dagster/run_key" in run.tags]
        assert all(count == 1 for count in Counter(run.tags["dagster/run_key"] for run in found).values())
        return {run.tags["dagster/run_key"]: run for run in found}

    def supervisor(self, key: str) -> int:
        process = self.runs()[key].process
        assert process is not None
        return process.pid

    def ended(self, key: str, seconds: float) -> float:
        """When a run ended, which has to be within so many seconds from now."""
        until(lambda: self.runs()[key].is_finished, seconds)
        end = self.instance.get_run_record_by_id(self.runs()[key].run_id)
        assert end is not None
        assert end.end_time is not None
        return end.end_time

    def longest_gap(self) -> float:
        moments = [float(line) for line in (self.folder / "asked").read_text().split()]
        return max(later - earlier for earlier, later in itertools.pairwise(moments))

    def ticks_of(self, name: str, status: TickStatus) -> list[Tick]:
        found = TickFilter(selector=f"defs.py:{name}", statuses=(status,))
        return [record.tick for record in self.instance.get_ticks(found)]


def measured(act: Callable[[], object]) -> float:
    began = time.monotonic()
    act()
    return time.monotonic() - began


def test_each_guarantee_holds_with_the_times_that_users_have(tmp_path: Path) -> None:
    """Side by side, since these stories wait most of the time: for the deadline of a sensor, which is a minute, alone."""
    stories = (
        what_is_killed_stopped_or_hangs_costs_nothing_else,
        an_interrupt_ends_also_what_does_not_listen_and_what_stands_still,
        runs_go_on_while_their_control_plane_stands_still,
    )
    with ThreadPoolExecutor(len(stories)) as side_by_side:
        told = [side_by_side.submit(story, tmp_path / story.__name__) for story in stories]
    for story in told:
        story.result()


def what_is_killed_stopped_or_hangs_costs_nothing_else(folder: Path) -> None:
    with served(folder, CODE, most=5, settings="") as made:
        story = Story(folder, made.instance)
        made.start("default")
        story._process = made._process  # pyright: ignore[reportPrivateUsage] - one process, looked at in two ways
        tell(story, made)


def tell(story: Story, plane: Plane) -> None:
    folder, instance = story.folder, story.instance
    story.want(*HELD)
    until(lambda: all((folder / f"step_{key}").exists() for key in HELD))
    until(lambda: all(story.status(key) == "STARTED" for key in HELD))
    ids = {key: run.run_id for key, run in story.runs().items()}
    sensors_fail_and_delay_no_other(folder)
    hanging_since = time.time()

    # G1, G3: a killed process's run is final in 2 seconds on the same host, and its place is free.
    killed_at = time.time()
    os.kill(story.supervisor("killed"), signal.SIGKILL)
    assert story.ended("killed", fair(30.0)) - killed_at < fair(2.0)
    assert members_of(ids["killed"]) == []

    # G4: a stopped supervisor loses its run, and is killed while it is stopped.
    stopped = story.runs()["stopped"].process
    stopped_at = time.time()
    os.kill(story.supervisor("stopped"), signal.SIGSTOP)

    # G5, G6: an answer at once, the grace time, and nothing left; other runs of the location are not delayed.
    assert measured(lambda: instance.terminate_run(ids["stubborn"])) < fair(5.0)
    asked_at = time.time()
    story.want(*HELD, "meanwhile")
    until(lambda: story.status("meanwhile") == "STARTED", fair(15.0))

    # G22: a crashed location is served again.
    before = below(story.pid)
    os.kill(below(before[0])[0], signal.SIGKILL)
    until(lambda: any(is_answering(pid) for pid in below(story.pid) if pid not in before), fair(15.0))

    assert story.ended("stopped", fair(30.0)) - stopped_at < fair(30.0)
    assert stopped is not None
    assert not stopped.is_alive()
    other = int((folder / "other").read_text())
    grace = story.ended("stubborn", fair(45.0)) - asked_at
    assert story.status("stubborn") == "CANCELED"
    assert not os.path.exists(f"/proc/{other}/exe")
    assert DEFAULT_GRACE_SECONDS <= grace < DEFAULT_GRACE_SECONDS + fair(10.0)

    # G10, G21: the tick of a sensor that hangs fails at its deadline, and others were asked all the time.
    until(lambda: story.ticks_of("exits", TickStatus.FAILURE))
    until(lambda: story.ticks_of("hangs", TickStatus.FAILURE), fair(70.0) - (time.time() - hanging_since))
    assert story.longest_gap() < fair(15.0)
    until(lambda: story.ticks_of("hangs", TickStatus.STARTED), fair(15.0))

    # G2: after the end of everything and a restart nothing seems to go on, and a new run starts.
    assert story.status("goes") == "STARTED"
    for pid in reversed(plane.processes()):
        os.kill(pid, signal.SIGKILL)
    plane.reap()
    (folder / "hang").unlink()
    (folder / "go_on").touch()
    story.want("new")
    plane.start("default")
    until(lambda: all(story.runs()[key].is_finished for key in ("goes", "meanwhile")), fair(30.0))
    until(lambda: story.status("new") == "SUCCESS", fair(30.0))
    until(lambda: not story.ticks_of("hangs", TickStatus.STARTED), fair(30.0))

    # G8: for each time of the schedule there is one run.
    times = Counter(run.tags.get(SCHEDULED_EXECUTION_TIME_TAG) for run in instance.get_runs())
    times.pop(None, None)
    assert set(times.values()) == {1}


def sensors_fail_and_delay_no_other(folder: Path) -> None:
    (folder / "hang").touch()
    (folder / "exit").touch()


STUBBORN = """
    import os, signal, time
    from pathlib import Path
    from dagster import DefaultSensorStatus, Definitions, RunRequest, job, op, sensor

    @op
    def waits(context):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Path(context.run.tags["dagster/run_key"]).touch()
        while True:
            time.sleep(0.02)

    @job
    def load():
        waits()

    @sensor(job=load, minimum_interval_seconds=1, default_status=DefaultSensorStatus.RUNNING)
    def files(context):
        return [RunRequest("deaf"), RunRequest("stopped")]

    defs = Definitions(jobs=[load], sensors=[files])
"""


def an_interrupt_ends_also_what_does_not_listen_and_what_stands_still(path: Path) -> None:
    """G7."""
    path.mkdir()
    Folder(path).write("defs.py", STUBBORN)
    with running(Folder(path), DEV, "dev", "-f", "defs.py") as dev:
        until(lambda: (path / "deaf").exists() and (path / "stopped").exists())
        [home] = re.findall(r"export DAGSTER_HOME=(\S+)", dev.said)
        with DagsterInstance.from_config(home) as instance:
            runs = {run.tags["dagster/run_key"]: run for run in instance.get_runs()}
        assert runs["stopped"].process is not None
        processes = below(dev.process.pid)
        base, zygote, *_ = processes
        for pid in (runs["stopped"].process.pid, zygote, base):
            os.kill(pid, signal.SIGSTOP)
        dev.process.send_signal(signal.SIGINT)
        took = measured(lambda: dev.process.wait(DEFAULT_GRACE_SECONDS + fair(25.0)))
        assert took < DEFAULT_GRACE_SECONDS + fair(15.0), dev.said
        until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in processes))


def runs_go_on_while_their_control_plane_stands_still(folder: Path) -> None:
    """G1 for what cannot answer: its runs store their events themselves, as soon as it has been silent for too long."""
    with served(folder, WAITING, settings="") as plane:
        plane.start("default")
        plane.want("first")
        until(lambda: plane.status("first") == "STARTED" and (folder / "step").exists())
        os.kill(plane.pid, signal.SIGSTOP)
        (folder / "go_on").touch()
        until(lambda: plane.status("first") == "SUCCESS", IngestEntry().silence_seconds + fair(10.0))
        plane.want("first", "second")
        plane.go_on("default")
        until(lambda: plane.status("second") == "SUCCESS", fair(30.0))
        assert plane.status("first") == "SUCCESS"
