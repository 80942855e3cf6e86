"""Writers, ingests killed or stopped at any moment, a database and a disk that go away: nothing is lost, twice or unordered."""

import tempfile
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dagster import serdes
from dagster.errors import DagsterStorageAwayError
from dagster.events.entries import EventLogEntry
from dagster.storage.ingest.messages import Answer, Batch, Greeting, Request, Stored
from dagster.storage.ingest.outboxes import Outbox
from dagster.storage.ingest.queues import IngestQueue, IngestRules, Outcome, Told, Waiting, answer_to
from dagster.storage.ingest.routes import Route, RouteRules
from dagster.storage.ingest.spools import ENDING, Spool
from dagster.storage.ingest.storing import replay, store, store_left
from dagster.storage.memory.storage import MemoryStorage
from dagster.storage.ports import EventBatch

WRITERS = st.integers(0, 2)
RULES = IngestRules(events_at_once=4, spool_after_seconds=1.0, retry_seconds=0.5, held_bytes=3_000, spool_bytes=20_000)
ROUTES = RouteRules(gone_seconds=2.0, silent_seconds=5.0, look_seconds=1.0, retry_seconds=0.1)
read_request, read_answer = serdes.reader(Request), serdes.reader(Answer)


class Database:
    """The log, which may be away."""

    def __init__(self) -> None:
        self.events = MemoryStorage().events
        self.is_away = False

    def append_all(self, batches: list[EventBatch]) -> list[Any]:
        if self.is_away:
            raise DagsterStorageAwayError("the database is away")
        return self.events.append_all(batches)


class Disk(Spool):
    """A spool on a disk that may be full."""

    is_full = False

    def append(self, batches: Any) -> None:
        if Disk.is_full:
            raise OSError("no space left")
        super().append(batches)


class Ingest:
    """The process of an ingest: what `IngestServer` does with its queue, a step at a time."""

    def __init__(self, path: str) -> None:
        self.spool = Disk(path + ENDING)
        self.queue = IngestQueue(RULES, self.spool.left_bytes)
        self.is_stopped = False
        self.job: list[Waiting] | str | None = None
        self.writers: dict[int, Writer] = {}
        self.count = 0

    def begin(self, now: float) -> None:
        if self.job is not None:
            return
        if self.queue.wants_replay(now):
            self.job = "replay"
        else:
            self.job = list(self.queue.to_store(now)) or None

    def do(self, database: Database) -> Any:
        """What the thread of the database does."""
        if self.job == "replay":
            return replay(database, self.spool)  # pyright: ignore[reportArgumentType]
        assert isinstance(self.job, list)
        batches = [each.request for each in self.job if isinstance(each.request, Batch)]
        outcomes = iter(store(database, batches) if batches else ())  # pyright: ignore[reportArgumentType]
        return [next(outcomes) if isinstance(each.request, Batch) else () for each in self.job]

    def end(self, done: int | list[Outcome] | None, now: float) -> None:
        """What the other thread hears of it."""
        was_replay, self.job = self.job == "replay", None
        if done is None:
            self.queue.away(now)
        elif was_replay:
            assert isinstance(done, int)
            self.spool.take_out(done)
            self.queue.replayed(self.spool.left_bytes)
        else:
            assert isinstance(done, list)
            self.tell(self.queue.stored(done))

    def put_into_spool(self, now: float) -> None:
        if those := self.queue.to_spool(now):
            try:
                self.spool.append([each.line for each in those])
            except OSError:
                self.queue.not_spooled(now)
            else:
                self.tell(self.queue.spooled(those, self.spool.left_bytes))

    def tell(self, told: list[Told]) -> None:
        for number, answer in told:
            if number in self.writers:
                self.writers[number].answers.append(serdes.encode(answer))


class Writer:
    """The process of a writer: what `IngestClient` does with its outbox and its route, a step at a time."""

    def __init__(self, run_id: str) -> None:
        self.run_id = run_id
        self.written = 0
        self.safe = 0
        self.begin()

    def begin(self) -> None:
        self.outbox = Outbox()
        self.route = Route(ROUTES)
        self.ingest: Ingest | None = None
        self.number = 0
        self.unsent: deque[bytes] = deque()
        self.answers: deque[bytes] = deque()
        self.waits: dict[int, int] = {}

    def write(self, count: int, wants_ids: bool) -> None:
        entries = [
            EventLogEntry(None, 20, str(number), self.run_id, 1.0, "s", "j", None)
            for number in range(self.written, self.written + count)
        ]
        number, line = self.outbox.put(entries, 0, self.written, wants_ids=wants_ids, is_waited_for=True)
        self.written += count
        self.waits[number] = self.written
        if self.route.is_through_ingest:
            self.unsent.append(line)

    def connect(self, ingest: Ingest) -> None:
        self.ingest = ingest
        ingest.count += 1
        self.number = ingest.count
        ingest.writers[self.number] = self
        ingest.tell([(self.number, Greeting(1))])

    def hang_up(self, now: float) -> None:
        self.route.hung_up(now)
        if self.ingest is not None:
            self.ingest.writers.pop(self.number, None)
        self.ingest = None
        self.unsent.clear()
        self.answers.clear()

    def hear(self, now: float) -> None:
        while self.answers:
            answer = read_answer(self.answers.popleft())
            if isinstance(answer, Greeting):
                self.route.greeted()
                self.unsent = deque(serdes.encode(request) + b"\n" for request in self.outbox.requests)
            else:
                self.outbox.take(answer)
            self.route.heard(now, self.outbox.is_empty)
        self.note()

    def note(self) -> None:
        """What was waited for and answered is stored or safe, and so is what was written before."""
        for number in [number for number in self.waits if self.outbox.is_known(number)]:
            self.outbox.take_ids(number)
            self.safe = max(self.safe, self.waits.pop(number))


class Ingests(RuleBasedStateMachine):
    """What must hold at every moment, and in the end."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = str(Path(self.folder.name) / "ingest")
        self.database = Database()
        Disk.is_full = False
        self.now = 100.0
        self.writers = [Writer(f"r{number}") for number in range(3)]
        self.ingest: Ingest | None = None

    def teardown(self) -> None:
        try:
            self.recovers()
        finally:
            self.folder.cleanup()

    # --- what happens ---------------------------------------------------------------------------------------------------

    @initialize()
    def all_write_through_an_ingest(self) -> None:
        self.an_ingest_starts()
        self.everything_goes_on(2, 0.1, True)

    @rule(number=WRITERS, count=st.integers(1, 3), wants_ids=st.booleans())
    def a_writer_writes(self, number: int, count: int, wants_ids: bool) -> None:
        self.writers[number].write(count, wants_ids)

    @rule(number=WRITERS, seconds=st.sampled_from((0.0, 0.3, 1.0, 3.0, 6.0)), sends=st.integers(0, 5))
    def a_writer_goes_on(self, number: int, seconds: float, sends: int) -> None:
        self.now += seconds
        writer, now = self.writers[number], self.now
        if writer.route.is_silent(now):
            writer.hang_up(now)
        if writer.route.may_look(now):
            writer.route.looked(self.ingest is not None, now)
            if self.ingest is not None:
                writer.connect(self.ingest)
        writer.hear(now)
        if writer.route.is_direct(now):
            self.stores_itself(writer)
        for _ in range(sends):
            if writer.ingest is not None and writer.unsent and writer.ingest.queue.may_read:
                line = writer.unsent.popleft()
                writer.route.asked(now)
                # What is in the socket of an ingest that is stopped is read when it goes on.
                writer.ingest.queue.received(writer.number, read_request(line), line.rstrip())

    @rule(rounds=st.integers(1, 6), seconds=st.sampled_from((0.1, 0.6, 1.5)), ends=st.booleans())
    def everything_goes_on(self, rounds: int, seconds: float, ends: bool) -> None:
        for _ in range(rounds):
            for number in range(len(self.writers)):
                self.a_writer_goes_on(number, 0.0, 3)
            if self.ingest is not None and not self.ingest.is_stopped:
                self.the_ingest_goes_on(seconds, ends)

    def stores_itself(self, writer: Writer) -> None:
        with suppress(DagsterStorageAwayError):
            if writer.outbox.is_behind:
                self.stores_what_was_left(writer)
                writer.outbox.stored_what_was_spooled()
            batches = [request for request in writer.outbox.requests if isinstance(request, Batch)]
            for batch, outcome in zip(batches, store(self.database, batches) if batches else (), strict=True):  # pyright: ignore[reportArgumentType]
                writer.outbox.take(answer_to(batch.number, outcome))
            for request in writer.outbox.requests:
                writer.outbox.take(Stored(request.number, 0, -1))
        writer.note()

    def stores_what_was_left(self, writer: Writer) -> None:
        """As it is done where an ingest holds the claim, and where none does."""
        if self.ingest is None:
            store_left(self.database, self.path, writer.outbox.run_ids)  # pyright: ignore[reportArgumentType]
            return
        from dagster.storage.ingest.claims import claimed

        claim = claimed(self.path)
        assert claim is not None
        try:
            store_left(self.database, self.path, writer.outbox.run_ids)  # pyright: ignore[reportArgumentType]
        finally:
            claim.close()

    @precondition(lambda self: self.ingest is not None and not self.ingest.is_stopped)
    @rule(seconds=st.sampled_from((0.0, 0.6, 1.5)), ends=st.booleans())
    def the_ingest_goes_on(self, seconds: float, ends: bool) -> None:
        assert self.ingest is not None
        self.now += seconds
        self.ingest.begin(self.now)
        if ends and self.ingest.job is not None:
            try:
                done = self.ingest.do(self.database)
            except DagsterStorageAwayError:
                done = None
            self.ingest.end(done, self.now)
        self.ingest.put_into_spool(self.now)

    @precondition(lambda self: self.ingest is not None)
    @rule(has_stored=st.booleans(), half_a_line=st.booleans())
    def the_ingest_is_killed(self, has_stored: bool, half_a_line: bool) -> None:
        """At any moment: what it was doing has been done or not, and nobody was told."""
        assert self.ingest is not None
        if has_stored and self.ingest.job is not None:
            with suppress(DagsterStorageAwayError):
                self.ingest.do(self.database)
        for writer in self.writers:
            if writer.ingest is self.ingest:
                writer.hear(self.now)  # what was said before its end can be read
                writer.hang_up(self.now)
        self.ingest.spool.close()
        self.ingest = None
        if half_a_line:
            with Path(self.path + ENDING).open("ab") as file:
                file.write(b'0badcafe ["Bat')

    @precondition(lambda self: self.ingest is None)
    @rule()
    def an_ingest_starts(self) -> None:
        self.ingest = Ingest(self.path)

    @precondition(lambda self: self.ingest is not None)
    @rule()
    def the_ingest_is_stopped_or_continued(self) -> None:
        assert self.ingest is not None
        self.ingest.is_stopped = not self.ingest.is_stopped

    @rule()
    def the_database_goes_or_comes(self) -> None:
        self.database.is_away = not self.database.is_away

    @rule()
    def the_disk_is_full_or_has_room(self) -> None:
        Disk.is_full = not Disk.is_full

    # --- what must hold -------------------------------------------------------------------------------------------------

    def stored(self, writer: Writer) -> list[int]:
        log = self.database.events.run_log(writer.run_id)
        return [int(record.event_log_entry.user_message) for record in log]

    def spooled(self, writer: Writer) -> set[int]:
        spool = Spool(self.path + ENDING)
        found: set[int] = set()
        while spool.left_bytes:
            lines, place = spool.read()
            batches = [read_request(line) for line in lines]
            found |= {int(entry.user_message) for batch in batches if batch.run_id == writer.run_id for entry in batch.entries}
            spool.take_out(place, empties=False)
        return found

    @invariant()
    def each_log_is_the_beginning_of_what_was_written(self) -> None:
        for writer in self.writers:
            stored = self.stored(writer)
            assert stored == list(range(len(stored)))

    @invariant()
    def what_was_answered_is_stored_or_on_disk(self) -> None:
        for writer in self.writers:
            stored = len(self.stored(writer))
            if writer.safe > stored:
                assert set(range(stored, writer.safe)) <= self.spooled(writer)

    @invariant()
    def memory_is_bounded(self) -> None:
        if self.ingest is not None:
            held = sum(len(each.line) for each in (*self.ingest.queue._waiting, *self.ingest.queue._storing))  # pyright: ignore[reportPrivateUsage]
            assert held <= RULES.held_bytes + 1_000

    def recovers(self) -> None:
        """With everything back, whatever was written is stored."""
        self.database.is_away = Disk.is_full = False
        if self.ingest is None:
            self.an_ingest_starts()
        assert self.ingest is not None
        self.ingest.is_stopped = False
        for _ in range(200):
            for number in range(len(self.writers)):
                self.a_writer_goes_on(number, 0.1, 100)
            self.the_ingest_goes_on(0.6, True)
        for writer in self.writers:
            assert self.stored(writer) == list(range(writer.written))
            assert writer.outbox.is_empty
        assert self.ingest.queue.is_empty
        assert not Path(self.path + ENDING).exists() or Path(self.path + ENDING).stat().st_size == 0


Ingests.TestCase.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
TestIngests = Ingests.TestCase
