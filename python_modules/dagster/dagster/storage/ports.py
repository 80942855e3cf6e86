"""What storage can be asked, as small protocols; every kind of storage answers the same (one contract suite).

Times are seconds since the epoch, UTC. Storage ids grow with every event stored and are never given twice; cursors are storage
ids and exclusive. Every method is one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from dagster.errors import DagsterRunFencedError
from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetRecord, EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.leases import Lease
from dagster.runs.processes import ProcessIdentity
from dagster.runs.runs import DagsterRun, RunRecord, RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.projections import AssetMarks, CheckMarks, CheckPartitionGroup, PartitionGroup, StepMarks

if TYPE_CHECKING:
    from dagster.runs.ticks import Tick, TickFilter, TickRecord
    from dagster.storage.change_signals import ChangeSignal
    from dagster.storage.replays import Disagreement
    from dagster.storage.running_ports import HeartbeatStore, InstigatorStore, PoolStore


class RunStore(Protocol):
    """Runs: what was asked for and where it stands."""

    def add_run(self, run: DagsterRun, events: Sequence[EventLogEntry], now: float) -> list[int]:
        """Stores a new run together with its first events; gives the events' storage ids.

        Raises:
            DagsterRunAlreadyExists: there is a run with this id.
        """
        ...

    def run(self, run_id: str) -> RunRecord | None:
        """The run, None if there is none. One indexed row."""
        ...

    def runs(
        self,
        conditions: RunsFilter,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        order_by: str = "id",
        ascending: bool = False,
    ) -> list[RunRecord]:
        """The runs that meet all conditions, newest first; `cursor` is the id of the run after which to go on."""
        ...

    def run_count(self, conditions: RunsFilter) -> int:
        """How many runs meet all conditions."""
        ...

    def add_run_tags(self, run_id: str, tags: Mapping[str, str], now: float) -> None:
        """Adds tags to a run; one with a known key replaces it.

        Raises:
            DagsterRunNotFoundError: there is no such run.
        """
        ...

    def replace_run(self, run: DagsterRun, now: float) -> None:
        """Stores another body for a run: its process, its attempt. Its status stays as its events left it.

        Raises:
            DagsterRunNotFoundError: there is no such run.
            DagsterRunFencedError: a newer attempt holds the run.
        """
        ...

    def delete_run(self, run_id: str) -> None:
        """Removes a run and its events; the projections then hold what the other runs' events say."""
        ...

    def settle(
        self, run_id: str, attempt: int, statuses: Collection[DagsterRunStatus], events: Sequence[EventLogEntry], now: float
    ) -> bool:
        """Stores `events` as those of attempt + 1 if the run still is at `attempt` in one of `statuses`; says whether it was.

        False also where they end a step whose end was stored meanwhile: then they are to be thought out anew.
        Of several callers exactly one gets True, and whoever holds the old attempt can store nothing any more.
        """
        ...

    def take(
        self,
        run_id: str,
        attempt: int,
        statuses: Collection[DagsterRunStatus],
        process: ProcessIdentity,
        events: Sequence[EventLogEntry],
        now: float,
    ) -> DagsterRun | None:
        """Gives the run to a process, as attempt + 1, if it still is at `attempt` in one of `statuses`, and stores `events`.

        Of several callers exactly one gets the run as it now stands, the others None, and whoever holds the old attempt can store
        nothing any more.
        """
        ...

    def step_marks(self, run_id: str) -> dict[str, StepMarks]:
        """What is known of the run's steps, keyed by step key, in the order of their first event."""
        ...

    def tag_keys(self) -> list[str]:
        """The keys of all tags of all runs, in their order."""
        ...

    def tag_values(self, keys: Sequence[str], prefix: str | None = None, limit: int | None = None) -> list[tuple[str, str]]:
        """The keys and values of tags that runs have, each once and in their order; of values that begin with `prefix`."""
        ...


class EventBatch(msgspec.Struct, frozen=True, gc=False):
    """Entries of one attempt at one run. Attributes are the arguments of `EventStore.append`."""

    entries: Sequence[EventLogEntry]
    attempt: int
    first_sequence: int


class Touch(msgspec.Struct, frozen=True, gc=False):
    """What an event is about: enough to know what to look at again.

    Attributes:
        storage_id: of the event.
        run_id: empty for an event outside of runs.
        event_type: the value of its type; None for a line that was logged.
        asset_key: None for an event that is about no asset.
    """

    storage_id: int
    run_id: str
    event_type: str | None
    asset_key: AssetKey | None


class EventStore(Protocol):
    """The log: append only."""

    def append(self, entries: Sequence[EventLogEntry], *, attempt: int = 0, first_sequence: int | None = None) -> list[int]:
        """Stores entries and what they change in the projections; gives their storage ids.

        Args:
            entries: of any runs; of one run where `first_sequence` is given.
            attempt: the attempt that writes.
            first_sequence: the number of the first entry among all of this attempt, the others count on. An entry whose number
                is stored already is not stored again and gives the id it has.

        Raises:
            DagsterRunFencedError: a newer attempt holds one of the runs; nothing was stored.
        """
        ...

    def append_safely(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> list[int] | None:
        """Like `append`, and need not wait until they can be read, if they are kept where no crash loses them.

        Gives their storage ids, None where they are not known yet: `append` of the same entries gives them later.
        """
        ...

    def append_soon(self, entries: Sequence[EventLogEntry], *, attempt: int, first_sequence: int) -> None:
        """Like `append`, and need not wait until they are stored; what is appended later is stored later."""
        ...

    def append_all(self, batches: Sequence[EventBatch]) -> list[list[int] | DagsterRunFencedError]:
        """Stores several batches in one transaction; gives what `append` would give or raise for each."""
        ...

    def run_log(
        self,
        run_id: str,
        *,
        after: int | None = None,
        before: int | None = None,
        types: Collection[DagsterEventType] | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> list[EventLogRecord]:
        """The entries of a run in the order they were stored."""
        ...

    def records(
        self,
        conditions: EventRecordsFilter,
        *,
        job_names: Collection[str] | None = None,
        limit: int | None = None,
        ascending: bool = False,
    ) -> list[EventLogRecord]:
        """The entries of one type that meet all conditions, latest first; with `job_names` those of runs of these jobs."""
        ...

    def check_records(
        self, key: AssetCheckKey, *, partition: str | None = None, before: int | None = None, limit: int
    ) -> list[EventLogRecord]:
        """What was planned and found of a check, latest first: of one partition, below a storage id."""
        ...

    def latest_id(self) -> int:
        """The highest storage id given, 0 before the first."""
        ...

    def touched_after(self, after: int, limit: int) -> list[Touch]:
        """What the events after a storage id are about, in the order they were stored. By the primary key."""
        ...


class AssetStore(Protocol):
    """The projections: what the log says last of assets, partitions and checks."""

    def asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[AssetKey]:
        """The assets of which something is stored, in the order of their keys' stored text; `cursor` is such a text."""
        ...

    def asset_records(self, keys: Sequence[AssetKey] | None = None) -> list[AssetRecord]:
        """What is known of the assets that have a row, all of them for None, in the order of `asset_keys`. One query."""
        ...

    def latest_materializations(self, keys: Sequence[AssetKey]) -> dict[AssetKey, EventLogRecord]:
        """The latest materialization of each asset that has one. One query."""
        ...

    def asset_marks(self, keys: Sequence[AssetKey]) -> dict[AssetKey, AssetMarks]:
        """The latest events about each asset that has a row. One query."""
        ...

    def partition_marks(self, key: AssetKey, partitions: Sequence[str] | None = None) -> dict[str, AssetMarks]:
        """The latest events about each partition of an asset that has a row, keyed by partition."""
        ...

    def partition_groups(self, key: AssetKey) -> list[PartitionGroup]:
        """The partitions of an asset that were ever materialized or planned, by where they stand.

        One whose plan belongs to a run that is gone stands where it stood before. One query, two if some are planned, one more
        if keys contain commas.
        """
        ...

    def check_marks(self, keys: Sequence[AssetCheckKey]) -> dict[AssetCheckKey, CheckMarks]:
        """The latest events about each check that has a row."""
        ...

    def check_partition_groups(self, key: AssetCheckKey) -> list[CheckPartitionGroup]:
        """The partitions of a check for which it was ever planned or executed, by where they stand. One query.

        Those that were materialized since, by a run without the check, are left out.
        """
        ...

    def move(self, old: AssetKey, new: AssetKey) -> int:
        """Gives everything that is known of an asset to another key, where it joins what is known of that; says how many events.

        Events say the new key from then on, also in the logs of runs, and as what others were made from.
        """
        ...

    def wipe(self, key: AssetKey, partitions: Sequence[str] | None = None, events: Sequence[EventLogEntry] = ()) -> None:
        """Forgets an asset, or some of its partitions, and stores the events that tell of it.

        The logs of the runs stay readable, but the asset is not found by them.
        """
        ...


class DynamicPartitionStore(Protocol):
    """The keys that dynamic partitions definitions have at the moment."""

    def add(self, definition: str, keys: Sequence[str], now: float) -> None:
        """Adds keys; those that are there stay where they are."""
        ...

    def keys(
        self,
        definition: str,
        *,
        among: Sequence[str] | None = None,
        after: int | None = None,
        before: int | None = None,
        limit: int | None = None,
        ascending: bool = True,
    ) -> list[tuple[int, str]]:
        """The keys with their places, in the order in which they were added; `among` looks only for these."""
        ...

    def delete(self, definition: str, key: str) -> None:
        """Removes a key, if it is there."""
        ...


class TickStore(Protocol):
    """What schedules, sensors and conditions said when they were asked."""

    def add(self, tick: Tick) -> int:
        """Stores a new tick and gives its number; numbers grow and are never given twice."""
        ...

    def update(self, tick_id: int, tick: Tick) -> bool:
        """Stores what became of a tick; says whether it is still there."""
        ...

    def ticks(
        self, conditions: TickFilter, *, cursor: int | None = None, limit: int | None = None, ascending: bool = False
    ) -> list[TickRecord]:
        """The ticks that meet all conditions, newest first; `cursor` is the number of the tick after which to go on."""
        ...

    def latest(self, selectors: Sequence[str]) -> dict[str, TickRecord]:
        """The newest tick of each of these that has one, keyed by selector. One query."""
        ...

    def prune(self, conditions: TickFilter) -> int:
        """Removes the ticks that meet all conditions, but the newest of each selector; says how many."""
        ...


class NoteStore(Protocol):
    """Small texts that the instance keeps for itself, by name."""

    def note(self, name: str) -> str | None:
        """The text, None if there is none."""
        ...

    def set_note(self, name: str, content: str) -> None:
        """Keeps a text in place of the one before."""
        ...


class LeaseStore(Protocol):
    """Who may do what only one process at a time may."""

    def take(self, name: str, holder: str, seconds: float, now: float) -> Lease | None:
        """The lease, as `holder` has it now; None while somebody else holds it.

        Somebody else's lease that was not renewed in its time, or was released, is taken with a higher epoch.
        """
        ...

    def renew(self, name: str, epoch: int, now: float) -> bool:
        """Makes a lease last on; False where it is not held at this epoch any more."""
        ...

    def release(self, name: str, epoch: int) -> bool:
        """Gives a lease back, which keeps its epoch; False where it is not held at this epoch any more."""
        ...

    def drop(self, name: str) -> None:
        """Forgets a lease that nobody will ask for again."""
        ...

    def leases(self) -> list[Lease]:
        """All of them, held or not, by name."""
        ...


class Maintenance(Protocol):
    """Looking after what is kept."""

    def disagreements(self) -> list[Disagreement]:
        """Where the projections say something else than the log, read from its beginning."""
        ...

    def repair(self) -> list[Disagreement]:
        """Makes the projections say what the log says; gives where they said something else."""
        ...

    def wipe(self) -> None:
        """Removes all runs, all events and what they said. Dynamic partitions and notes stay, and so do the storage ids given."""
        ...

    def prune_runs(self, before: float) -> int:
        """Removes runs that ended and were last changed before a time, with their events; says how many.

        The events stay by which assets, partitions and checks are known.
        """
        ...

    def prune_events(self, before: float) -> int:
        """Removes events that belong to no run and happened before a time, but those that `prune_runs` leaves; says how many."""
        ...


class Storage(Protocol):
    """Everything that is kept, in one place."""

    @property
    def runs(self) -> RunStore:
        """Runs."""
        ...

    @property
    def events(self) -> EventStore:
        """The log."""
        ...

    @property
    def assets(self) -> AssetStore:
        """The projections of assets."""
        ...

    @property
    def dynamic_partitions(self) -> DynamicPartitionStore:
        """The keys of dynamic partitions."""
        ...

    @property
    def ticks(self) -> TickStore:
        """What was asked whether to run."""
        ...

    @property
    def leases(self) -> LeaseStore:
        """Who may do something alone."""
        ...

    @property
    def pools(self) -> PoolStore:
        """How much may go on at once."""
        ...

    @property
    def instigators(self) -> InstigatorStore:
        """Schedules and sensors."""
        ...

    @property
    def heartbeats(self) -> HeartbeatStore:
        """Which daemons are alive."""
        ...

    @property
    def notes(self) -> NoteStore:
        """Small texts."""
        ...

    @property
    def maintenance(self) -> Maintenance:
        """Looking after what is kept."""
        ...

    def changes(self) -> ChangeSignal:
        """Tells what is committed from now on, by whatever process; one for each thread that waits."""
        ...

    def close(self) -> None:
        """Gives back files and connections; asking afterwards opens them again where that is possible."""
        ...
