import os
import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from dagster.errors import DagsterInstanceError
from dagster.events.types import DagsterEventType
from dagster.runs.runs import RunsFilter
from dagster.storage.patience import NO_PATIENCE
from dagster.storage.sqlite.connections import FILE_NAME, SPARE_SECONDS, SqliteFile
from dagster.storage.sqlite.storage import SqliteStorage
from dagster.storage.statements.sqlite import SCHEMA_VERSION
from dagster_tests.contracts.storage_facts import a_run, entry


def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        storage = SqliteStorage(str(tmp_path))
        storage.runs.add_run(a_run(), [], 1.0)
    finally:
        os.umask(previous)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(["dagster.db", "dagster.db-wal", "dagster.db-shm", "dagster.db.lock"], 0o600)


def test_every_commit_is_synced(tmp_path: Path) -> None:
    file = SqliteFile(str(tmp_path))
    assert file.read("PRAGMA journal_mode") == [("wal",)]
    assert file.read("PRAGMA synchronous") == [(2,)]


def test_what_was_stored_is_there_after_closing(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path))
    storage.runs.add_run(a_run(run_id="r1"), [], 1.0)
    storage.close()
    assert storage.runs.run("r1") is not None
    assert SqliteStorage(str(tmp_path)).runs.run("r1") is not None


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    SqliteStorage(str(tmp_path)).runs.run_count(RunsFilter())
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version=99")
    connection.close()
    with pytest.raises(DagsterInstanceError, match=r"newer version.*schema is number 99.*Update"):
        SqliteStorage(str(tmp_path)).runs.run_count(RunsFilter())


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("no database " * 1000)
    with pytest.raises(DagsterInstanceError, match="not a database of this program"):
        SqliteStorage(str(tmp_path)).runs.run_count(RunsFilter())


def test_one_line_tells_of_the_history_of_the_reference_which_is_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "runs.db").write_bytes(b"theirs")
    for _ in range(2):
        storage = SqliteStorage(str(tmp_path))
        storage.runs.add_run(a_run(), [], 1.0)
        storage.close()
    assert ["left alone" in record.getMessage() for record in caplog.records] == [True]
    assert (tmp_path / "history" / "runs.db").read_bytes() == b"theirs"


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DagsterInstanceError, match="cannot be opened: No such file or directory"):
        SqliteStorage(str(tmp_path / "nope")).runs.run_count(RunsFilter())


def test_on_a_full_disk_the_cause_is_named_and_reading_goes_on(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path), NO_PATIENCE)
    file = storage.database  # one connection, on which the disk can be made small
    storage.runs.add_run(a_run(run_id="r1"), [], 1.0)
    [(pages,)] = file.read("PRAGMA page_count")
    file.read(f"PRAGMA max_page_count={pages}")
    big = [entry("r1", DagsterEventType.ENGINE_EVENT, step_key="x" * 5000) for _ in range(100)]
    with pytest.raises(DagsterInstanceError, match=r"The disk that holds .* is full"):
        storage.events.append(big)
    assert storage.runs.run("r1") is not None
    assert storage.events.run_log("r1") == []
    file.read("PRAGMA max_page_count=1000000")
    assert len(storage.events.append(big)) == 100


def test_a_failing_write_leaves_nothing_and_the_turn_to_others(tmp_path: Path) -> None:
    file, other = SqliteFile(str(tmp_path)), SqliteStorage(str(tmp_path))
    with pytest.raises(DagsterInstanceError, match="refused: near"), file.transaction() as transaction:  # noqa: PT012 - what was written before it
        transaction.do("INSERT INTO schema_version (version) VALUES (7)")
        transaction.do("no statement")
    assert file.read("SELECT version FROM schema_version") == [(SCHEMA_VERSION,)]
    other.runs.add_run(a_run(run_id="r1"), [], 1.0)


def test_threads_write_side_by_side(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path))
    failures: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for _ in range(20):
                storage.events.append([entry(name, DagsterEventType.ENGINE_EVENT)])
        except BaseException as raised:
            failures.append(raised)

    threads = [threading.Thread(target=write, args=(f"r{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [len(storage.events.run_log(f"r{number}")) for number in range(4)] == [20] * 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_opens_the_file_for_itself(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path))
    storage.runs.add_run(a_run(run_id="parent"), [], 1.0)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            assert isinstance(storage.database, SqliteFile)
            assert storage.database._idle == []
            storage.runs.add_run(a_run(run_id="child"), [], 1.0)
            storage.close()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    storage.runs.add_run(a_run(run_id="after"), [], 1.0)
    assert storage.runs.run("child") is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_the_child_of_a_writer_that_died_does_not_keep_its_turn(tmp_path: Path) -> None:
    file = SqliteFile(str(tmp_path))
    wait, go = os.pipe()
    writer = os.fork()
    if writer == 0:
        with SqliteFile(str(tmp_path)).transaction():
            if os.fork() == 0:
                os.close(go)
                os.read(wait, 1)  # until the test has ended
            os._exit(0)
    os.close(wait)
    os.waitpid(writer, 0)
    with file.transaction() as transaction:
        transaction.do("INSERT INTO schema_version (version) VALUES (7)")
    os.close(go)


@pytest.mark.skipif(sys.platform != "linux", reason="open files are counted by /proc")
def test_connections_that_only_a_rush_has_needed_are_closed_when_they_were_not_needed_for_a_while(tmp_path: Path) -> None:
    now = [100.0]
    file = SqliteFile(str(tmp_path), clock=lambda: now[0])

    def connections() -> int:
        # Of the file itself SQLite keeps descriptors while any connection has a lock on it, and uses them again.
        return sum(each.resolve() == Path(file.turn_path).resolve() for each in Path("/proc/self/fd").iterdir())

    def nested(depth: int) -> None:
        file.snapshot(lambda transaction: nested(depth - 1) if depth else transaction.ask("SELECT 1"))

    nested(3)
    assert connections() == 4
    for seconds, left in ((SPARE_SECONDS, 4), (1.0, 3), (0.1, 2), (0.1, 1), (2 * SPARE_SECONDS, 1)):
        now[0] += seconds
        file.read("SELECT 1")
        assert connections() == left
    file.close()
    assert connections() == 0
