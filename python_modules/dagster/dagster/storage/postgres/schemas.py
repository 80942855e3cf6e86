"""Our schema in a PostgreSQL database: making it, and refusing one of another version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dagster.storage.refusals import newer_schema, older_schema
from dagster.storage.statements import postgresql as sql

if TYPE_CHECKING:
    from psycopg import Connection

_LOCK = 0x64616773746572  # "dagster"
# Asked of the catalog's rows: what `to_regclass` says is remembered by the session beyond the commit of another one.
_IS_THERE = f"""SELECT EXISTS (SELECT 1 FROM pg_class JOIN pg_namespace ON pg_class.relnamespace = pg_namespace.oid
WHERE nspname = '{sql.SCHEMA_NAME}' AND relname = 'schema_version')"""
_REFERENCE_IS_THERE = """SELECT nspname FROM pg_namespace JOIN pg_class ON pg_class.relnamespace = pg_namespace.oid
WHERE relname IN ('event_logs', 'runs', 'bulk_actions') AND nspname <> %(ours)s GROUP BY nspname HAVING count(*) = 3"""


def check_schema(connection: Connection[Any], place: str) -> None:
    """Makes our tables if they are not there; any number of processes may do so at once.

    Raises:
        DagsterInstanceError: they are of another version.
    """
    if not _one(connection, _IS_THERE):
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
            if not _one(connection, _IS_THERE):
                _make_schema(connection, place)
    version = _one(connection, sql.SCHEMA_VERSION_OF_FILE)
    if version > sql.SCHEMA_VERSION:
        raise newer_schema(f"The PostgreSQL database {place}", version, sql.SCHEMA_VERSION)
    if version < sql.SCHEMA_VERSION:
        raise older_schema(f"The PostgreSQL database {place}", version, sql.SCHEMA_VERSION)


def migrate_schema(connection: Connection[Any]) -> tuple[int, int]:
    """Brings an older schema up to date, in the transaction that was begun; gives the numbers before and after.

    Raises:
        DagsterInstanceError: a newer version wrote it.
    """
    from dagster.storage.migrations.upgrades import upgrade

    connection.execute("SELECT pg_advisory_xact_lock(%(lock)s)", {"lock": _LOCK})
    found: int = _one(connection, sql.SCHEMA_VERSION_OF_FILE)
    if found < sql.SCHEMA_VERSION:
        upgrade(connection, "postgresql+psycopg", found, sql.SCHEMA_NAME)
        connection.execute(_query(sql.CHANGE_SCHEMA_VERSION), {"version": sql.SCHEMA_VERSION})
    return found, sql.SCHEMA_VERSION


def _make_schema(connection: Connection[Any], place: str) -> None:
    for statement in sql.SCHEMA:
        connection.execute(_query(statement))
    connection.execute(_query(sql.SET_COUNTER), {"name": "events", "latest": 0})
    connection.execute(_query(sql.SET_REVISION), {"version_num": sql.REVISION})
    connection.execute(_query(sql.SET_SCHEMA_VERSION), {"version": sql.SCHEMA_VERSION})
    found = connection.execute(_query(_REFERENCE_IS_THERE), {"ours": sql.SCHEMA_NAME}).fetchone()
    if found is not None:
        _tell(
            f'The PostgreSQL database {place} also holds tables of the reference implementation, in the schema "{found[0]}". '
            f'They are left alone; runs and events are kept in the schema "{sql.SCHEMA_NAME}".'
        )


def _one(connection: Connection[Any], statement: str) -> Any:
    row = connection.execute(_query(statement)).fetchone()
    return row[0] if row is not None else 0


def _query(statement: str) -> Any:
    return statement


def _tell(sentence: str) -> None:
    import logging

    logging.getLogger("dagster.storage").warning(sentence)
