"""Databases of a PostgreSQL server, one for each test."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from uuid import uuid4

import pytest

URL = os.environ.get("DAGSTER_TEST_POSTGRES_URL", "postgresql://root@127.0.0.1:5432/test")


@lru_cache(maxsize=1)
def unavailable() -> str | None:
    """Why there is no server to test on, None if there is one."""
    try:
        import psycopg

        psycopg.connect(URL, connect_timeout=3).close()
    except Exception as missing:
        return f"no PostgreSQL at DAGSTER_TEST_POSTGRES_URL: {missing}"
    return None


def require_server() -> None:
    """Skips the test where there is no server; in continuous integration that is a failure."""
    reason = unavailable()
    if reason is not None:
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def database(url: str = URL) -> Iterator[str]:
    """The URL of an empty database, dropped at the end."""
    import psycopg

    name = f"dagster_test_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # pyright: ignore[reportArgumentType]
        try:
            yield url.rpartition("/")[0] + f"/{name}"
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # pyright: ignore[reportArgumentType]


# By rows and not by TRUNCATE, which makes new files and waits for the disk.
EMPTY = """DO $$ DECLARE found record; BEGIN
FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'dagster_free'
AND tablename NOT IN ('counters', 'schema_version', 'schema_revision') LOOP
EXECUTE format('DELETE FROM dagster_free.%I', found.tablename); END LOOP;
FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'dagster_free' LOOP
PERFORM setval(format('dagster_free.%I', found.sequencename), 1, false); END LOOP;
UPDATE dagster_free.counters SET latest = 0; END $$"""
