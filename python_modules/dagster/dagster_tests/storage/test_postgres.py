from collections.abc import Iterator

import pytest

from dagster.errors import DagsterInstanceError
from dagster.runs.runs import RunsFilter
from dagster.storage.ports import Storage
from dagster.storage.postgres.storage import PostgresStorage
from dagster_tests.contracts.storage import StorageContract
from dagster_tests.contracts.storage_facts import a_run
from dagster_tests.storage.servers import EMPTY, database, require_server

pytestmark = pytest.mark.service


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    require_server()
    with database() as fresh:
        PostgresStorage(fresh).runs.run_count(RunsFilter())
        yield fresh


class TestPostgresStorage(StorageContract):
    @pytest.fixture
    def storage(self, url: str) -> Iterator[Storage]:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(EMPTY)
        storage = PostgresStorage(url)
        yield storage
        storage.close()


def test_one_line_tells_of_the_tables_of_the_reference_which_are_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    import psycopg

    require_server()
    with database() as fresh, psycopg.connect(fresh, autocommit=True) as connection:
        for table in ("event_logs", "runs", "bulk_actions", "alembic_version"):
            connection.execute(f"CREATE TABLE {table} (id int)")  # pyright: ignore[reportArgumentType]
        for _ in range(2):
            storage = PostgresStorage(fresh)
            storage.runs.add_run(a_run(), [], 1.0)
            storage.close()
        assert ['in the schema "public"' in record.getMessage() for record in caplog.records] == [True]
        assert connection.execute("SELECT count(*) FROM public.runs").fetchone() == (0,)


def test_a_column_takes_what_is_longer_than_an_index_may_be(url: str) -> None:
    storage = PostgresStorage(url)
    storage.runs.add_run(a_run(run_id="long", tags={"config": "x" * 100_000}), [], 1.0)
    assert len(storage.runs.runs(RunsFilter(tags={"config": "x" * 100_000}))) == 1
    storage.close()


def test_a_value_that_no_column_takes_is_told_as_such_and_nothing_is_lost(url: str) -> None:
    storage = PostgresStorage(url)
    for tags in ({"k": "a\0b"}, {"a\0b": "v"}):
        with pytest.raises(DagsterInstanceError, match="cannot take a value that was given: in names, tags and keys"):
            storage.runs.add_run(a_run(run_id="nul", tags=tags), [], 1.0)
    with pytest.raises(DagsterInstanceError, match="no character may have the code 0"):
        storage.runs.runs(RunsFilter(job_name="a\0b"))
    assert storage.runs.runs(RunsFilter(run_ids=["nul"])) == []
    storage.close()
