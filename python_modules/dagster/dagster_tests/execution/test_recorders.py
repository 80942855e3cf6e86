import threading
from collections.abc import Sequence

import pytest

from dagster import DagsterInstance, asset, instance_for_test, materialize
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.events.types import DagsterEventType
from dagster.execution.recorders import RunRecorder
from dagster.runs.runs import DagsterRun

SECONDS = 10


class Keeping:
    """Stands for an instance: remembers what it was given, batch by batch."""

    def __init__(self, *, is_persistent: bool = True) -> None:
        self.is_persistent = is_persistent
        self.batches: list[list[EventLogEntry]] = []
        self.numbers: list[int | None] = []
        self.is_broken = False
        self.is_spooling = False
        self.stored = threading.Event()

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int | None) -> list[int]:
        if self.is_broken:
            raise OSError("no space left")
        before = sum(map(len, self.batches))
        self.batches.append(list(entries))
        self.numbers.append(first_sequence)
        self.stored.set()
        return list(range(before + 1, before + 1 + len(entries)))

    def append_safely(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> list[int] | None:
        ids = self.append(entries, attempt=attempt, first_sequence=first_sequence)
        return None if self.is_spooling else ids

    def append_soon(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> None:
        self.append(entries, attempt=attempt, first_sequence=first_sequence)

    @property
    def texts(self) -> list[list[str]]:
        return [[entry.user_message for entry in batch] for batch in self.batches]


def event(message: str, kind: DagsterEventType = DagsterEventType.ENGINE_EVENT) -> DagsterEvent:
    return DagsterEvent(event_type_value=kind.value, job_name="j", message=message)


def recorder(keeping: Keeping, **options: object) -> RunRecorder:
    return RunRecorder(DagsterRun("j", "r"), keeping, **options)  # pyright: ignore[reportArgumentType]


def test_events_are_stored_together_when_flushed() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    taking.record(event("a"))
    taking.record(event("b"))
    assert keeping.batches == []
    taking.flush()
    assert keeping.texts == [["a", "b"]]
    assert [each.message for each in taking.events] == ["a", "b"]


def test_nothing_new_is_no_transaction() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    taking.record(event("a"))
    taking.flush()
    taking.flush()
    assert len(keeping.batches) == 1


def test_entries_are_numbered_through_all_batches() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    for batch in ("ab", "c", "de"):
        for message in batch:
            taking.record(event(message))
        taking.flush()
    assert keeping.numbers == [0, 2, 3]


def test_what_could_not_be_stored_is_tried_again() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    taking.record(event("a"))
    keeping.is_broken = True
    with pytest.raises(OSError, match="no space"):
        taking.flush()
    taking.record(event("b"))
    keeping.is_broken = False
    taking.flush()
    assert (keeping.texts, keeping.numbers) == ([["a", "b"]], [0])


def test_an_event_is_stored_when_its_place_is_asked_for() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    first, second = taking.record(event("a")), taking.record(event("a"))
    assert (taking.storage_id_of(second), taking.storage_id_of(first)) == (2, 1)
    assert len(keeping.batches) == 1


def test_a_line_is_stored_soon_without_a_flush() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    taking.log(20, "first", "s")
    assert keeping.texts == [["first"]]
    keeping.stored.clear()
    taking.log(20, "second", "s")
    assert keeping.stored.wait(SECONDS)
    assert keeping.texts == [["first"], ["second"]]


def test_many_lines_are_few_transactions() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    for number in range(1000):
        taking.log(20, str(number), "s")
    taking.flush()
    assert [text for batch in keeping.texts for text in batch] == [str(number) for number in range(1000)]
    assert len(keeping.batches) < 100


def test_debug_lines_wait_for_the_next_flush() -> None:
    keeping = Keeping()
    taking = recorder(keeping)
    taking.log(10, "debug", "s")
    assert keeping.batches == []
    taking.flush()
    assert keeping.texts == [["debug"]]


def test_an_instance_in_memory_is_not_hurried() -> None:
    keeping = Keeping(is_persistent=False)
    recorder(keeping).log(40, "error", None)
    assert keeping.batches == []


def test_lines_of_many_threads_are_all_stored_once() -> None:
    keeping = Keeping()
    taking = recorder(keeping)

    def work(name: str) -> None:
        for number in range(200):
            taking.log(20, f"{name}{number}", "s")

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    taking.flush()
    texts = [text for batch in keeping.texts for text in batch]
    assert sorted(texts) == sorted(f"{name}{number}" for name in "abcd" for number in range(200))
    assert [text for text in texts if text.startswith("a")] == [f"a{number}" for number in range(200)]


def test_listeners_hear_everything_at_once() -> None:
    heard: list[str] = []
    taking = recorder(Keeping(), listeners=[lambda entry: heard.append(entry.message)])
    taking.record(event("a"))
    taking.log(10, "b", None)
    assert heard == ["a", "b"]


def test_failures_stand_out() -> None:
    levels = [
        entry.level
        for entry in recorder(Keeping()).entries_of(
            [event("a"), event("b", DagsterEventType.STEP_FAILURE), event("c", DagsterEventType.RUN_FAILURE)]
        )
    ]
    assert levels == [10, 40, 40]


class Counting:
    """Remembers which events were stored in one transaction of a real instance."""

    def __init__(self, instance: DagsterInstance, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[list[str]] = []
        append = instance.append_safely

        def counted(entries: Sequence[EventLogEntry], **options: int) -> list[int] | None:
            self.batches.append([e.dagster_event.event_type_value for e in entries if e.dagster_event is not None])
            return append(entries, **options)

        monkeypatch.setattr(instance, "append_safely", counted)


def test_the_end_of_a_step_and_the_start_of_the_next_are_one_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    @asset
    def first() -> None: ...

    @asset(deps=[first])
    def second() -> None: ...

    with DagsterInstance.ephemeral() as instance:
        counting = Counting(instance, monkeypatch)
        assert materialize([first, second], instance=instance).success
    assert [(batch[0], batch[-1]) for batch in counting.batches if "STEP_START" in batch] == [
        ("PIPELINE_START", "STEP_START"),
        ("STEP_OUTPUT", "STEP_START"),
    ]
    between = next(batch for batch in counting.batches if batch[0] == "STEP_OUTPUT" and "STEP_START" in batch)
    assert between.index("STEP_SUCCESS") == len(between) - 2


def test_what_a_step_logs_can_be_read_while_it_runs() -> None:
    found: list[bool] = []

    @asset
    def talks(context) -> None:
        context.log.info("one")
        context.log.info("two")
        deadline = threading.Event()
        for _ in range(SECONDS * 100):
            lines = [entry.user_message for entry in context.instance.all_logs(context.run_id)]
            if {"one", "two"} <= set(lines):
                found.append(True)
                return
            deadline.wait(0.01)

    with instance_for_test() as instance:
        materialize([talks], instance=instance)
    assert found == [True]


def test_the_place_of_an_event_that_is_only_safe_yet_is_asked_for_once_more() -> None:
    keeping = Keeping()
    keeping.is_spooling = True
    taking = recorder(keeping)
    taking.record(event("a"))
    later = taking.record(event("b"))
    taking.flush()
    assert keeping.texts == [["a", "b"]]
    assert taking.storage_id_of(later) == 3
    assert (keeping.texts[1:], keeping.numbers) == ([["b"]], [0, 1])
    assert taking.storage_id_of(later) == 3


def test_who_waits_for_the_database_does_not_go_on_with_what_is_only_safe() -> None:
    keeping = Keeping()
    keeping.is_spooling = True
    taking = recorder(keeping, waits_for_database=True)
    first = taking.record(event("a"))
    taking.flush()
    assert (taking.storage_id_of(first), keeping.numbers) == (1, [0])
