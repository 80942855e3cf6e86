import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dagster.errors import DagsterInstanceError
from dagster.events.records import EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.migrations.upgrades import revision_of, scripts, upgrade
from dagster.storage.postgres.connections import PostgresDatabase
from dagster.storage.postgres.storage import PostgresStorage
from dagster.storage.sqlite.connections import FILE_NAME
from dagster.storage.sqlite.storage import SqliteStorage
from dagster.storage.statements import postgresql, sqlite
from dagster_tests.contracts.storage_facts import a_run, a_state, a_tick, written
from dagster_tests.storage.servers import database, require_server

OLD_FILES = Path(__file__).parent / "files"


def old_file(folder: Path, version: int) -> None:
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.executescript((OLD_FILES / f"schema_{version}.sql").read_text())
    connection.close()


def schema_of_file(path: Path) -> set[tuple[str, str]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'sqlite_sequence'")
        schema = {(name, " ".join(sql.replace("CONSTRAINT schema_revision_pkc ", "").split())) for name, sql in found}
    connection.close()
    return {(name, sql.replace(" )", ")")) for name, sql in schema}


def test_where_partitions_of_checks_stand_is_read_from_the_log_of_an_old_file(tmp_path: Path) -> None:
    old_file(tmp_path, 5)
    storage = SqliteStorage(str(tmp_path))
    found = storage.assets.check_partition_groups(AssetCheckKey(AssetKey("a"), "c"))
    assert {group.passed: group.partitions for group in found} == {False: ["x"], True: ["y"]}
    assert storage.maintenance.disagreements() == []
    storage.close()


def test_each_schema_has_its_migration() -> None:
    numbers = range(1, sqlite.SCHEMA_VERSION + 1)
    found = [script.revision for script in scripts().walk_revisions()]
    assert found[::-1] == [revision_of(number) for number in numbers]
    assert sqlite.REVISION == postgresql.REVISION == revision_of(sqlite.SCHEMA_VERSION)


@pytest.mark.parametrize("version", range(1, sqlite.SCHEMA_VERSION))
def test_an_old_file_is_opened_with_all_it_holds(tmp_path: Path, version: int) -> None:
    old_file(tmp_path, version)
    storage = SqliteStorage(str(tmp_path))
    assert [record.dagster_run.run_id for record in storage.runs.runs(RunsFilter(tags={"team": "a"}))] == ["r1"]
    assert [record.dagster_run.status for record in storage.runs.runs(RunsFilter())] == [
        DagsterRunStatus.FAILURE,
        DagsterRunStatus.SUCCESS,
    ]
    key = AssetKey("a")
    assert set(storage.assets.partition_marks(key)) == {"x", "y"}
    assert len(storage.events.records(EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, key))) == 2
    latest = storage.events.latest_id()
    assert storage.events.append([written("r3", "a")]) == [latest + 1]
    storage.dynamic_partitions.add("regions", ["eu", "us"], 300.0)
    assert [key for _, key in storage.dynamic_partitions.keys("regions")] == ["eu", "us"]
    assert storage.ticks.add(a_tick()) == 1
    assert storage.instigators.change(a_state()) is not None
    assert storage.leases.take("queue", "d", 10.0, 1.0) is not None
    storage.close()


@pytest.mark.parametrize("version", range(1, sqlite.SCHEMA_VERSION))
def test_a_migrated_file_is_as_a_fresh_one(tmp_path: Path, version: int) -> None:
    for name in ("old", "fresh"):
        (tmp_path / name).mkdir()
    old_file(tmp_path / "old", version)
    for name in ("old", "fresh"):
        storage = SqliteStorage(str(tmp_path / name))
        assert storage.database.read(sqlite.SCHEMA_VERSION_OF_FILE) == [(sqlite.SCHEMA_VERSION,)]
        assert storage.database.read("SELECT version_num FROM schema_revision") == [(sqlite.REVISION,)]
        assert storage.database.read("PRAGMA user_version") == [(sqlite.SCHEMA_VERSION,)]
        storage.close()
    assert schema_of_file(tmp_path / "old" / FILE_NAME) == schema_of_file(tmp_path / "fresh" / FILE_NAME)


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_file(tmp_path, 1)
    with monkeypatch.context() as broken:
        broken.setattr("dagster.storage.sqlite.connections.sql.CHANGE_SCHEMA_VERSION", "no statement")
        with pytest.raises(DagsterInstanceError, match="refused"):
            SqliteStorage(str(tmp_path)).runs.run("r1")
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT name FROM sqlite_master WHERE name IN ('notes', 'schema_revision')").fetchall() == []
    connection.close()
    assert SqliteStorage(str(tmp_path)).runs.run("r1") is not None


COLUMNS = """SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns
WHERE table_schema = 'dagster_free' AND table_name <> 'schema_revision'"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'dagster_free' AND tablename <> 'schema_revision'"


def schema_of_database(connection: Any) -> tuple[set[Any], set[Any]]:
    return set(connection.execute(COLUMNS).fetchall()), set(connection.execute(INDEXES).fetchall())


@pytest.mark.service
class TestPostgres:
    @pytest.fixture
    def url(self) -> Iterator[str]:
        require_server()
        with database() as fresh:
            yield fresh

    def test_a_database_that_was_migrated_step_by_step_is_as_a_fresh_one(self, url: str) -> None:
        import psycopg

        with database() as other, psycopg.connect(url) as migrated:
            PostgresStorage(other).runs.run_count(RunsFilter())
            migrated.execute("CREATE SCHEMA dagster_free")
            upgrade(migrated, "postgresql+psycopg", 0, "dagster_free")
            with psycopg.connect(other) as fresh:
                assert schema_of_database(migrated) == schema_of_database(fresh)

    def test_an_older_database_is_migrated_when_it_is_asked_for(self, url: str) -> None:
        import psycopg

        storage = PostgresStorage(url)
        storage.runs.add_run(a_run(run_id="r1"), [], 1.0)
        storage.close()
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE dagster_free.schema_version SET version = 1")
            connection.execute("UPDATE dagster_free.schema_revision SET version_num = '0001'")
            later = ("notes", "dynamic_partitions", "counters", "ticks", "leases", "pool_limits", "pool_claims")
            later += ("instigators", "run_keys", "heartbeats", "asset_check_partitions")
            connection.execute("DROP INDEX dagster_free.events_by_check")
            connection.execute(f"DROP TABLE {', '.join(f'dagster_free.{name}' for name in later)}")
        with pytest.raises(DagsterInstanceError, match=r"older version.*dagster instance migrate"):
            PostgresStorage(url).runs.run("r1")
        assert PostgresDatabase(url).migrate() == (1, postgresql.SCHEMA_VERSION)
        assert PostgresDatabase(url).migrate() == (postgresql.SCHEMA_VERSION, postgresql.SCHEMA_VERSION)
        migrated = PostgresStorage(url)
        assert migrated.runs.run("r1") is not None
        assert migrated.events.append([written("r1", "a")]) == [1]
        migrated.close()
