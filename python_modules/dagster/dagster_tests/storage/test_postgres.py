from collections.abc import Iterator

import pytest

from dagster.runs.runs import RunsFilter
from dagster.storage.ports import Storage
from dagster.storage.postgres.storage import PostgresStorage
from dagster_tests.contracts.storage import StorageContract
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
