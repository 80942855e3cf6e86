"""A disk that runs full in the middle of a run: reading goes on, the cause is named, and with space the run goes on."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster.errors import DagsterInstanceError
from dagster.events.types import DagsterEventType
from dagster.instance import DagsterInstance
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.patience import NO_PATIENCE, Patience
from dagster.storage.sqlite.storage import SqliteStorage
from dagster_tests.contracts.storage_facts import a_run, entry
from dagster_tests.instance.processes import finish, start

DEADLINE_SECONDS = 120.0


def wait_for_line(caplog: pytest.LogCaptureFixture, words: str) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not any(words in record.getMessage() for record in caplog.records):
        assert time.monotonic() < deadline, f"nothing said {words!r}"
        threading.Event().wait(0.01)


def test_a_write_waits_for_space(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    storage = SqliteStorage(str(tmp_path), Patience(DEADLINE_SECONDS, 0.01, 0.01))
    storage.runs.add_run(a_run(run_id="r1"), [], 1.0)
    [(pages,)] = storage.database.read("PRAGMA page_count")
    storage.database.read(f"PRAGMA max_page_count={pages}")
    big = [entry("r1", DagsterEventType.ENGINE_EVENT, step_key="x" * 5000) for _ in range(100)]
    places: list[int] = []
    writer = threading.Thread(target=lambda: places.extend(storage.events.append(big, first_sequence=0)))
    writer.start()
    wait_for_line(caplog, "is full")
    # The connection is the writer's own, lent between two tries.
    while storage.database.read("PRAGMA max_page_count=1000000") != [(1000000,)] or writer.is_alive():
        assert storage.runs.run("r1") is not None
        writer.join(0.01)
    assert len(places) == len(storage.events.run_log("r1")) == 100
    storage.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("only root of Linux may mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


RUN = """
import sys
from dagster import AssetExecutionContext, DagsterInstance, asset, materialize_to_memory
from pathlib import Path

home, filler = sys.argv[1], Path(sys.argv[2])

@asset
def fills_the_disk(context: AssetExecutionContext):
    context.log.info("before")
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            print("full", flush=True)
    for number in range(300):
        context.log.info("a long line " * 100)

with DagsterInstance.from_config(home) as instance:
    result = materialize_to_memory([fills_the_disk], instance=instance)
    print(result.run_id, result.success, flush=True)
"""
READ = """
import sys
from dagster import DagsterInstance
with DagsterInstance.from_config(sys.argv[1]) as instance:
    [run] = instance.get_runs()
    print(run.status.value, len(instance.all_logs(run.run_id)))
"""


@pytest.mark.processes
def test_a_run_on_a_full_disk_waits_and_becomes_final(small_disk: Path) -> None:
    filler = small_disk / "filler"
    home = small_disk / "home"
    home.mkdir()
    running = start(RUN, home, filler)
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline() == "full\n"
    while "is full" not in (line := running.stderr.readline()):
        assert line, "the run ended without naming the cause"
    assert f'The disk that holds "{home / "dagster.db"}" is full' in line
    status, count = finish(start(READ, home)).split()
    assert status == "STARTED"
    assert int(count) > 0
    filler.unlink()
    out, errors = running.communicate(timeout=60)
    assert running.returncode == 0, errors
    run_id, success = out.split()
    assert success == "True"
    with DagsterInstance.from_config(str(home)) as instance:
        [run] = instance.get_runs()
        assert (run.run_id, run.status) == (run_id, DagsterRunStatus.SUCCESS)
        lines = [each.user_message for each in instance.all_logs(run_id) if each.user_message.startswith("a long line")]
        assert len(lines) == 300
        assert instance.disagreements() == []


@pytest.mark.processes
def test_a_process_that_starts_on_a_full_disk_can_read(small_disk: Path) -> None:
    storage = SqliteStorage(str(small_disk))
    storage.runs.add_run(a_run(run_id="r1"), [], 1.0)
    storage.close()
    with (small_disk / "filler").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    other = SqliteStorage(str(small_disk), NO_PATIENCE)
    assert other.runs.run("r1") is not None
    with pytest.raises(DagsterInstanceError, match="is full"):
        other.runs.add_run(a_run(run_id="r2"), [], 1.0)
    (small_disk / "filler").unlink()
    other.runs.add_run(a_run(run_id="r2"), [], 1.0)
    other.close()
