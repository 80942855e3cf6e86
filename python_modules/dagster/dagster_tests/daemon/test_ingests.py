"""The control plane stores the events of runs: it is killed, stopped, cut off from its database, put on a full disk."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from dagster import DagsterInstance
from dagster.runs.runs import DagsterRun
from dagster_tests.daemon import planes
from dagster_tests.storage.proxies import Proxy
from dagster_tests.storage.servers import database, require_server

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals"),
]
DEADLINE_SECONDS = 120.0
# The guarantee is for 60 seconds; every test run waits for less of it.
OUTAGE_SECONDS = float(os.environ.get("DAGSTER_TEST_OUTAGE_SECONDS", "3"))

CODE = """
import os
import time
from pathlib import Path

from dagster import DefaultSensorStatus, Definitions, RunRequest, job, op, sensor

HERE = Path(__file__).parent

@op
def writes(context):
    number = 0
    while not (HERE / "go_on").exists():
        context.log.info(str(number))
        number += 1
        (HERE / "count.new").write_text(str(number))
        os.replace(HERE / "count.new", HERE / "count")
        time.sleep(0.005)
    return number

@op
def ends(context, number):
    context.log.info(f"{number} lines")

@job
def long():
    ends(writes())

@sensor(job=long, minimum_interval_seconds=1, default_status=DefaultSensorStatus.RUNNING)
def wants(context):
    if (HERE / "wanted").exists():
        yield RunRequest(run_key="one")

defs = Definitions(jobs=[long], sensors=[wants])
"""


def until(is_so: Callable[[], Any], seconds: float = DEADLINE_SECONDS) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.01)
    return found


class Plane:
    """A control plane over a project whose run writes lines until it is told to end."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home = folder, home
        (folder / "defs.py").write_text(dedent(CODE))
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self.started.append(planes.started(self.home, self.folder / "defs.py"))

    def kill(self) -> None:
        """Kill the control plane alone."""
        self.started[-1].kill()
        self.started[-1].wait()

    def signal(self, number: int) -> None:
        os.kill(self.started[-1].pid, number)

    def begin(self) -> None:
        """Start the run, and wait until it writes through the control plane."""
        (self.folder / "wanted").touch()
        until(lambda: self.count > 20)
        assert (self.home / "ingest").is_socket()

    @property
    def count(self) -> int:
        """How many lines the code of the run has written."""
        with contextlib.suppress(FileNotFoundError):
            return int((self.folder / "count").read_text())
        return 0

    def writes_on(self, lines: int = 100, seconds: float = DEADLINE_SECONDS) -> None:
        """Wait until the code of the run has gone on."""
        goal = self.count + lines
        until(lambda: self.count >= goal, seconds)

    def close(self) -> None:
        for process in self.started:
            for pid in [*planes.below(process.pid), process.pid]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.wait()
        for entry in Path("/proc").iterdir() if sys.platform == "linux" else ():
            with contextlib.suppress(OSError):
                is_other = entry.name.isdigit() and int(entry.name) != os.getpid()
                if is_other and str(self.folder) in (entry / "environ").read_text(errors="replace"):
                    os.kill(int(entry.name), signal.SIGKILL)


def the_run(instance: DagsterInstance) -> DagsterRun:
    [run] = instance.get_runs()
    return run


def stored_lines(instance: DagsterInstance) -> list[str]:
    """The lines that the run's code wrote, in the order of the log."""
    log = instance.all_logs(the_run(instance).run_id)
    return [entry.user_message for entry in log if not entry.is_dagster_event and entry.level == 20]


def check_end(plane: Plane, instance: DagsterInstance, seconds: float = DEADLINE_SECONDS) -> None:
    """Have the run end: it succeeds, and each of its lines is there once and in order."""
    (plane.folder / "go_on").touch()
    until(lambda: the_run(instance).is_finished, seconds)
    assert the_run(instance).status.value == "SUCCESS"
    count = plane.count
    assert stored_lines(instance) == [*map(str, range(count)), f"{count} lines"]
    kinds = [entry.dagster_event.event_type_value for entry in instance.all_logs(the_run(instance).run_id) if entry.dagster_event]
    assert [kinds.count(kind) for kind in ("STEP_START", "STEP_SUCCESS", "PIPELINE_SUCCESS")] == [2, 2, 1]
    assert instance.disagreements() == []


@contextlib.contextmanager
def planned(folder: Path, home: Path, settings: str = "") -> Iterator[tuple[Plane, DagsterInstance]]:
    home.mkdir(exist_ok=True)
    (home / "dagster.yaml").write_text(settings)
    with DagsterInstance.from_config(str(home)) as instance:
        plane = Plane(folder, home)
        try:
            plane.start()
            plane.begin()
            yield plane, instance
        finally:
            plane.close()


def test_a_run_goes_on_without_the_control_plane_and_the_next_one_takes_over(tmp_path: Path) -> None:
    with planned(tmp_path, tmp_path / "home") as (plane, instance):
        plane.kill()
        plane.writes_on()
        without = plane.count
        until(lambda: len(stored_lines(instance)) > without)
        plane.start()
        until((plane.home / "ingest").is_socket)
        plane.writes_on()
        check_end(plane, instance)


def test_a_control_plane_that_was_stopped_writes_nothing_twice_when_it_goes_on(tmp_path: Path) -> None:
    with planned(tmp_path, tmp_path / "home", "ingest:\n  silence_seconds: 1\n") as (plane, instance):
        plane.signal(signal.SIGSTOP)
        plane.writes_on()
        without = plane.count
        until(lambda: len(stored_lines(instance)) > without)
        plane.signal(signal.SIGCONT)
        plane.writes_on()
        check_end(plane, instance)


def test_a_run_on_a_full_disk_is_final_soon_after_space_is_freed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(home)]
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root of Linux may mount a small disk")
    try:
        with planned(tmp_path, home) as (plane, instance):
            with (home / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * 4096)
            plane.writes_on()
            assert the_run(instance).status.value == "STARTED"
            stored = len(stored_lines(instance))
            assert 0 < stored < plane.count
            (home / "filler").unlink()
            check_end(plane, instance, seconds=60.0)
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    require_server()
    with database() as url:
        made = Proxy(url)
        yield made
        made.cut()


@pytest.mark.service
@pytest.mark.parametrize("is_killed", [False, True], ids=["goes on", "is killed"])
def test_a_run_goes_on_while_the_database_is_away_and_the_control_plane(tmp_path: Path, proxy: Proxy, is_killed: bool) -> None:
    settings = f"storage:\n  postgres:\n    postgres_url: {proxy.url}\n"
    with planned(tmp_path, tmp_path / "home", settings) as (plane, instance):
        spool = tmp_path / "home" / "ingest.spool"
        proxy.cut()
        away_until = time.monotonic() + OUTAGE_SECONDS
        plane.writes_on()
        until(lambda: spool.exists() and spool.stat().st_size > 0)
        assert stat.S_IMODE(spool.stat().st_mode) == 0o600
        if is_killed:
            plane.kill()
        plane.writes_on()
        until(lambda: time.monotonic() >= away_until)
        proxy.repair()
        if is_killed:
            plane.start()
        check_end(plane, instance)
        until(lambda: spool.stat().st_size == 0)
