from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dagster.events.types import DagsterEventType
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.patience import Patience
from dagster.storage.postgres.connections import PostgresDatabase
from dagster.storage.relational.databases import Database
from dagster.storage.relational.storage import RelationalStorage
from dagster.storage.sqlite.connections import SqliteFile
from dagster_tests.contracts.storage_facts import a_run, checked, crashed, entry, observed, planned, written
from dagster_tests.storage.faults import Fault, FaultyDatabase
from dagster_tests.storage.servers import EMPTY, database, require_server

T, S = DagsterEventType, DagsterRunStatus


def acts(storage: RelationalStorage) -> list[Callable[[], object]]:
    """Every kind of write, each safe to repeat as those who call it do: with numbers, or only if it did not take place."""
    runs, events = storage.runs, storage.events
    started = [planned("r1", "a"), entry("r1", T.RUN_START), entry("r1", T.STEP_START, step_key="s")]
    ended = [written("r1", "a", "x"), checked("r1", "a", "c", True), entry("r1", T.STEP_SUCCESS, step_key="s")]
    return [
        lambda: runs.add_run(a_run(run_id="r1", tags={"t": "1"}), [], 1.0),
        lambda: events.append(started, first_sequence=0),
        lambda: events.append(ended, first_sequence=3),
        lambda: runs.add_run_tags("r1", {"u": "2"}, 2.0),
        lambda: events.append([entry("r1", T.RUN_SUCCESS)], first_sequence=6),
        lambda: runs.add_run(a_run(run_id="r2", status=S.STARTED), [written("r2", "b"), observed("r2", "a")], 3.0),
        lambda: runs.settle("r2", 0, [S.STARTED], [crashed("r2")], 4.0),
        lambda: runs.add_run(a_run(run_id="r3"), [written("r3", "a", "y")], 5.0),
        lambda: runs.delete_run("r3"),
        lambda: storage.dynamic_partitions.add("d", ["x", "y"], 6.0),
        lambda: storage.notes.set_note("n", "1"),
    ]


def state(storage: RelationalStorage) -> Any:
    """All that can be read, without the clock."""
    return (
        [(r.dagster_run, r.start_time, r.end_time) for r in storage.runs.runs(RunsFilter())],
        [[record.event_log_entry for record in storage.events.run_log(run_id)] for run_id in ("r1", "r2", "r3")],
        [(r.storage_id, r.asset_entry.asset_key, r.asset_entry.last_run_id) for r in storage.assets.asset_records()],
        storage.runs.step_marks("r1"),
        [key for _, key in storage.dynamic_partitions.keys("d")],
        storage.notes.note("n"),
    )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service)])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Makes empty databases of one kind."""
    if request.param == "sqlite":
        numbers = iter(range(10**6))

        def sqlite() -> Database:
            folder = tmp_path / str(next(numbers))
            folder.mkdir()
            return SqliteFile(str(folder))

        yield sqlite
        return
    require_server()
    with database() as url:

        def postgres() -> Database:
            import psycopg

            one = PostgresDatabase(url)
            one.read(one.sql.SCHEMA_VERSION_OF_FILE)
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(EMPTY)
            return one

        yield postgres


def fail() -> None:
    raise Fault


def test_a_fault_at_any_statement_stores_nothing_and_a_repetition_stores_it_once(fresh: Callable[[], Database]) -> None:
    whole = FaultyDatabase(fresh(), 0, fail)
    storage = RelationalStorage(whole)
    for act in acts(storage):
        act()
    expected = state(storage)
    storage.close()
    for fatal in range(1, whole.count + 1):
        faulty = FaultyDatabase(fresh(), fatal, fail)
        storage = RelationalStorage(faulty)
        for act in acts(storage):
            before = state(storage)
            try:
                act()
            except Fault:
                assert state(storage) == before
                act()
        assert faulty.count > fatal
        assert state(storage) == expected
        assert storage.maintenance.disagreements() == []
        storage.close()


@pytest.mark.service
def test_a_session_that_is_cut_at_any_statement_is_not_noticed() -> None:
    """The server ends the session; the write is begun again by itself."""
    import psycopg

    require_server()
    with database() as url, psycopg.connect(url, autocommit=True) as other:

        def cut() -> None:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

        one = PostgresDatabase(url, Patience(30.0, 0.001))
        one.read(one.sql.SCHEMA_VERSION_OF_FILE)
        whole = FaultyDatabase(one, 0, fail)
        for act in acts(RelationalStorage(whole)):
            act()
        expected = state(RelationalStorage(one))
        for fatal in range(1, whole.count + 1):
            other.execute(EMPTY)
            storage = RelationalStorage(FaultyDatabase(one, fatal, cut))
            for act in acts(storage):
                act()
            assert state(storage) == expected
        assert storage.maintenance.disagreements() == []
        one.close()


@pytest.mark.service
@pytest.mark.parametrize("took_place", [True, False])
def test_an_end_that_was_not_heard_is_asked_for(took_place: bool) -> None:
    """The connection breaks at COMMIT: whether it took place is not known here, but the server knows."""
    import psycopg

    class Deaf(psycopg.Connection[Any]):
        """Breaks at the first COMMIT."""

        heard = False

        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            if query == "COMMIT" and not Deaf.heard:
                Deaf.heard = True
                if took_place:
                    super().execute(query)
                self.close()
                raise psycopg.OperationalError("the connection is lost")
            return super().execute(query, *arguments, **options)

    require_server()
    with database() as url:
        one = PostgresDatabase(url, Patience(30.0, 0.001))
        storage = RelationalStorage(one)
        storage.runs.run_count(RunsFilter())
        one.close()
        one._connect = lambda: Deaf.connect(url, autocommit=True)  # pyright: ignore[reportAttributeAccessIssue]
        places = storage.events.append([written("", "a")])
        assert Deaf.heard
        assert [record.storage_id for record in storage.events.run_log("")] == places == [1]
        one.close()
