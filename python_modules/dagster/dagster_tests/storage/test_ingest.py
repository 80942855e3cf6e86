"""Writing through the ingest: the contract of storage, and nothing lost or repeated whatever is killed."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dagster import DagsterInstance, serdes
from dagster.errors import DagsterInstanceError, DagsterRunFencedError
from dagster.events.entries import EventLogEntry
from dagster.storage.ingest.claims import connected
from dagster.storage.ingest.clients import IngestClient
from dagster.storage.ingest.messages import Batch
from dagster.storage.ingest.routes import RouteRules
from dagster.storage.ingest.servers import IngestServer
from dagster.storage.ingest.services import IngestService
from dagster.storage.ingest.spools import Spool
from dagster.storage.ingest.storage import IngestedStorage
from dagster.storage.ingest.storing import store
from dagster.storage.ports import Storage
from dagster.storage.sqlite.storage import SqliteStorage
from dagster_tests.busy_machines import fair
from dagster_tests.contracts.storage import StorageContract

DEADLINE_SECONDS = 120.0
processes = multiprocessing.get_context("spawn")


class TestIngestedStorage(StorageContract):
    @pytest.fixture
    def storage(self, tmp_path: Path) -> Iterator[Storage]:
        behind = SqliteStorage(str(tmp_path))
        server = IngestServer(behind, str(tmp_path / "ingest"))
        thread = threading.Thread(target=server.serve)
        thread.start()
        storage: Any = IngestedStorage(
            SqliteStorage(str(tmp_path)), IngestClient(str(tmp_path / "ingest"), SqliteStorage(str(tmp_path)).events)
        )
        yield storage
        storage.close()
        server.stop()
        thread.join()
        behind.close()


def line(run_id: str, text: str) -> EventLogEntry:
    return EventLogEntry(None, 20, text, run_id, time.time(), "step", "job", None)


def client_of(folder: str, **rules: float) -> IngestClient:
    return IngestClient(os.path.join(folder, "ingest"), SqliteStorage(folder).events, RouteRules(**rules))


def serve(folder: str) -> None:
    """What the process of an ingest does."""
    IngestServer(SqliteStorage(folder), os.path.join(folder, "ingest")).serve()


def write(folder: str, run_id: str, count: int, told: Any) -> None:
    """What the process of a writer does: some lines wait for their answer, most do not."""
    client = client_of(folder)
    for number in range(0, count, 2):
        lines = [line(run_id, str(number)), line(run_id, str(number + 1))]
        if number % 50 == 0:
            client.append(lines, 0, number)
        else:
            client.send(lines, 0, number)
        time.sleep(0.0002)
    client.close()
    told.put(run_id)


def stops(folder: str, run_id: str) -> None:
    """A writer that sends much and does not listen to any answer."""
    connection = connected(os.path.join(folder, "ingest"))
    assert connection is not None
    for number in range(20_000):
        batch = Batch(number + 1, run_id, 0, number, [line(run_id, str(number))])
        try:
            connection.sendall(serdes.encode(batch) + b"\n")
        except OSError:  # it was hung up on
            break
    time.sleep(600)


@pytest.fixture
def ingest(tmp_path: Path) -> Iterator[Callable[[], Any]]:
    """Starts the process of an ingest over a storage in the test's folder; it is killed at the end."""
    started: list[Any] = []

    def start() -> Any:
        process = processes.Process(target=serve, args=(str(tmp_path),))
        process.start()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.join()


def runs(folder: Path, count: int) -> list[str]:
    with DagsterInstance.from_config(str(folder)) as instance:
        return [instance.create_run(job_name="job").run_id for _ in range(count)]


def texts(folder: Path, run_id: str) -> list[str]:
    with DagsterInstance.from_config(str(folder)) as instance:
        return [entry.user_message for entry in instance.all_logs(run_id)]


@pytest.mark.processes
def test_of_eight_writers_nothing_is_lost_or_repeated_while_the_ingest_is_killed_ten_times(
    tmp_path: Path, ingest: Callable[[], Any]
) -> None:
    run_ids, count = runs(tmp_path, 8), 3_000
    current, told = ingest(), processes.Queue()
    writers = [processes.Process(target=write, args=(str(tmp_path), run_id, count, told)) for run_id in run_ids]
    for writer in writers:
        writer.start()
    for _ in range(10):
        time.sleep(0.15)  # what is being done when it is killed is left to chance, as a kill is
        current.kill()
        current.join()
        current = ingest()
    ended = {told.get(timeout=DEADLINE_SECONDS) for _ in writers}
    for writer in writers:
        writer.join()
    assert ended == set(run_ids)
    for run_id in run_ids:
        assert texts(tmp_path, run_id) == [str(number) for number in range(count)]


@pytest.mark.processes
def test_a_writer_that_is_stopped_does_not_stop_the_others(tmp_path: Path, ingest: Callable[[], Any]) -> None:
    frozen, other = runs(tmp_path, 2)
    ingest()
    stopped = processes.Process(target=stops, args=(str(tmp_path), frozen))
    stopped.start()
    client = client_of(str(tmp_path))
    try:
        for number in range(50):
            began = time.monotonic()
            client.append([line(other, str(number))], 0, number)
            assert time.monotonic() - began < fair(10)
        assert texts(tmp_path, other) == [str(number) for number in range(50)]
    finally:
        client.close()
        stopped.kill()
        stopped.join()


@pytest.mark.processes
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_a_writer_goes_on_while_the_ingest_is_stopped(tmp_path: Path, ingest: Callable[[], Any]) -> None:
    (run_id,) = runs(tmp_path, 1)
    process = ingest()
    client = client_of(str(tmp_path))
    client.append([line(run_id, "first")], 0, 0)
    os.kill(process.pid, signal.SIGSTOP)
    began = time.monotonic()
    for number in range(1, 200):
        client.send([line(run_id, "while it is away")], 0, number)
    assert time.monotonic() - began < fair(5)
    os.kill(process.pid, signal.SIGCONT)
    client.close()
    assert len(texts(tmp_path, run_id)) == 200


def test_a_writer_that_does_not_wait_learns_that_it_lost_its_run(tmp_path: Path) -> None:
    (run_id,) = runs(tmp_path, 1)
    storage = SqliteStorage(str(tmp_path))
    server = IngestServer(storage, str(tmp_path / "ingest"))
    thread = threading.Thread(target=server.serve)
    thread.start()
    client = client_of(str(tmp_path))
    try:
        with DagsterInstance.from_config(str(tmp_path)) as instance:
            instance.take_run(run_id)
        client.send([line(run_id, "too late")], 0, 0)
        with pytest.raises(DagsterRunFencedError):
            client.drain()
        with pytest.raises(DagsterRunFencedError):
            client.send([line(run_id, "again")], 0, 1)
    finally:
        client.close()
        server.stop()
        thread.join()
        storage.close()
    assert texts(tmp_path, run_id) == []


def test_a_batch_that_cannot_be_stored_is_refused_alone(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path))
    good, bad, last = (Batch(number, f"r{number}", 0, 0, [line(f"r{number}", "text")]) for number in range(3))
    append_all = storage.events.append_all

    def refusing(batches: Any) -> Any:
        if any(batch.entries[0].run_id == "r1" for batch in batches):
            raise DagsterInstanceError("this cannot be stored")
        return append_all(batches)

    storage.events.append_all = refusing  # pyright: ignore[reportAttributeAccessIssue]
    first, refused, third = store(storage.events, [good, bad, last])
    assert (first, third) == ([1], [2])
    assert isinstance(refused, DagsterInstanceError)
    storage.close()


def test_what_an_ingest_left_in_its_spool_is_stored_by_who_opens_the_instance(tmp_path: Path) -> None:
    (run_id,) = runs(tmp_path, 1)
    spool = Spool(str(tmp_path / "ingest.spool"))
    spool.append([serdes.encode(Batch(1, run_id, 0, number, [line(run_id, str(number))])) for number in range(5)])
    spool.close()
    for _ in range(2):
        assert texts(tmp_path, run_id) == [str(number) for number in range(5)]
    assert (tmp_path / "ingest.spool").stat().st_size == 0


def test_there_is_one_ingest_of_an_instance_and_the_next_one_takes_over(tmp_path: Path) -> None:
    (run_id,) = runs(tmp_path, 1)
    storage, path = SqliteStorage(str(tmp_path)), str(tmp_path / "ingest")
    services = [IngestService(storage, path) for _ in range(2)]
    for service in services:
        service.start()
    client = client_of(str(tmp_path), gone_seconds=DEADLINE_SECONDS)
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not os.path.exists(path):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    with pytest.raises(DagsterInstanceError, match="Another process stores events"):
        IngestServer(storage, path)
    client.append([line(run_id, "0")], 0, 0)
    services[0].stop()
    client.append([line(run_id, "1")], 0, 1)
    services[1].stop()
    client.close()
    storage.close()
    assert texts(tmp_path, run_id) == ["0", "1"]


def test_a_writer_stores_its_events_itself_where_no_ingest_is_and_finds_one_that_comes(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)  # longer than the address of a socket may be
    folder.mkdir()
    (run_id,) = runs(folder, 1)
    storage = SqliteStorage(str(folder))
    client = client_of(str(folder), look_seconds=0.01)
    client.append([line(run_id, "0")], 0, 0)
    server = IngestServer(storage, str(folder / "ingest"))
    thread = threading.Thread(target=server.serve)
    thread.start()
    number = 1
    while not client.is_through_ingest:
        assert number < 10_000
        client.append([line(run_id, str(number))], 0, number)
        number += 1
    client.close()
    server.stop()
    thread.join()
    storage.close()
    assert texts(folder, run_id) == [str(each) for each in range(number)]
