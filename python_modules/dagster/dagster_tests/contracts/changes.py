"""What every kind of storage promises about telling what was stored. `StorageContract` inherits it."""

import queue
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from dagster.events.types import DagsterEventType
from dagster.runs.heartbeats import Heartbeat
from dagster.storage.change_signals import Change, ChangeSignal
from dagster.storage.changes import ChangeWatch
from dagster.storage.ports import Storage
from dagster_tests.contracts.storage_facts import a_run, a_tick, entry

T = DagsterEventType
DEADLINE_SECONDS = 120.0


class ChangesContract:
    @pytest.fixture
    def signal(self, storage: Storage) -> Iterator[ChangeSignal]:
        storage.events.latest_id()
        signal = storage.changes()
        yield signal
        signal.close()

    def test_nothing_is_told_while_nothing_is_stored(self, storage: Storage, signal: ChangeSignal) -> None:
        storage.events.latest_id()
        storage.runs.run("nope")
        assert not signal.wait(0.1)

    @pytest.mark.parametrize("what", ["event", "run", "tick", "note", "heartbeat", "lease", "keys"])
    def test_whatever_is_stored_is_told_once(self, storage: Storage, signal: ChangeSignal, what: str) -> None:
        stored: dict[str, Any] = {
            "event": lambda: storage.events.append([entry("r1", T.RUN_START)], first_sequence=0),
            "run": lambda: storage.runs.add_run(a_run(), [], 1.0),
            "tick": lambda: storage.ticks.add(a_tick()),
            "note": lambda: storage.notes.set_note("name", "text"),
            "heartbeat": lambda: storage.heartbeats.beat([Heartbeat(loop="l", holder="h", timestamp=1.0)]),
            "lease": lambda: storage.leases.take("l", "h", 30.0, 1.0),
            "keys": lambda: storage.dynamic_partitions.add("d", ["k"], 1.0),
        }
        stored[what]()
        assert signal.wait(DEADLINE_SECONDS)
        assert not signal.wait(0.0)

    def test_several_commits_may_be_told_as_one_and_the_next_is_told_again(self, storage: Storage, signal: ChangeSignal) -> None:
        for number in range(20):
            storage.events.append([entry("r1", T.ENGINE_EVENT)], first_sequence=number)
        assert signal.wait(DEADLINE_SECONDS)
        while signal.wait(0.05):
            pass
        storage.events.append([entry("r1", T.RUN_SUCCESS)], first_sequence=20)
        assert signal.wait(DEADLINE_SECONDS)

    def test_who_waits_is_told_what_another_thread_stores(self, storage: Storage, signal: ChangeSignal) -> None:
        writer = threading.Timer(0.05, lambda: storage.events.append([entry("r1", T.RUN_START)], first_sequence=0))
        writer.start()
        assert signal.wait(DEADLINE_SECONDS)
        writer.join()

    def test_who_waits_can_be_woken(self, storage: Storage, signal: ChangeSignal) -> None:
        waker = threading.Timer(0.05, signal.wake)
        waker.start()
        assert not signal.wait(DEADLINE_SECONDS)
        waker.join()

    def test_a_watch_tells_the_highest_id_that_can_be_read(self, storage: Storage) -> None:
        told: queue.Queue[Change] = queue.Queue()
        read: queue.Queue[int] = queue.Queue()
        watch = ChangeWatch(storage)
        watch.add(told.put)
        watch.add(lambda _change: read.put(storage.events.latest_id()))
        [first] = storage.events.append([entry("r1", T.RUN_START)], first_sequence=0)
        change = told.get(timeout=DEADLINE_SECONDS)
        assert (change.number, change.latest_event_id) == (1, first)
        ids = [storage.events.append([entry("r1", T.ENGINE_EVENT)], first_sequence=number)[0] for number in range(1, 30)]
        while change.latest_event_id < ids[-1]:
            before, change = change, told.get(timeout=DEADLINE_SECONDS)
            assert change.number == before.number + 1
            assert before.latest_event_id <= change.latest_event_id <= ids[-1]
            assert len(storage.events.run_log("r1")) >= change.latest_event_id - first + 1
        watch.close()
        assert read.get_nowait() >= first

    def test_a_listener_that_fails_or_ends_keeps_no_other_from_knowing(self, storage: Storage) -> None:
        told: queue.Queue[Change] = queue.Queue()
        watch = ChangeWatch(storage)

        def fails(_change: Change) -> None:
            watch.remove(fails)
            raise ValueError("this listener fails")

        watch.add(fails)
        watch.add(told.put)
        for number in range(2):
            storage.events.append([entry("r1", T.ENGINE_EVENT)], first_sequence=number)
            told.get(timeout=DEADLINE_SECONDS)
        watch.close()
        storage.events.append([entry("r1", T.ENGINE_EVENT)], first_sequence=2)
        watch.add(told.put)
        storage.runs.add_run(a_run(), [], 1.0)
        assert told.get(timeout=DEADLINE_SECONDS).number == 1
        watch.close()
