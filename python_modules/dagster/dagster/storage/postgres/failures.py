"""What PostgreSQL reports, as sentences; and which of it passes by itself."""

from __future__ import annotations

from typing import Any

from dagster.errors import DagsterInstanceError
from dagster.storage.statements.postgresql import SCHEMA_NAME

_AWAY = frozenset(
    {
        "57P01",  # an administrator ends the session
        "57P02",  # another session crashed
        "57P03",  # the server starts
        "57P05",  # the session was idle for too long
        "25P03",  # the same, inside of a transaction: this process was stopped for a while
        "53300",  # too many connections
        "53100",  # the server's disk is full
        "53200",  # the server's memory is full
        "25006",  # the server became a copy that cannot be written
        "40001",  # somebody else's transaction came in between
        "40P01",  # two transactions waited for each other
    }
)
"""Codes of failures that pass. Source: PostgreSQL's appendix A, "Error Codes"."""

STARTING = "57P03"

_NO_TABLE = ("42P01", "3F000")
"""Codes for a table or a schema that is not there."""


def code_of(reported: Exception | None) -> str | None:
    """The server's code for a failure, None where the connection itself failed."""
    return getattr(reported, "sqlstate", None)


def is_missing_table(reported: Exception) -> bool:
    """Whether our tables are not there."""
    return code_of(reported) in _NO_TABLE


def is_passing(reported: Exception | None, psycopg: Any) -> bool:
    """Whether a failure may pass by itself: the server is away, is full or was busy with somebody else."""
    code = code_of(reported)
    if code is None:
        return isinstance(reported, (psycopg.OperationalError, psycopg.InterfaceError))
    return code in _AWAY or code.startswith("08")


def instance_error(place: str, reported: Exception, psycopg: Any) -> DagsterInstanceError:
    """The error for people; what PostgreSQL reported stands at its end."""
    words = " ".join(str(reported).split())
    sentence = _SENTENCES.get(code_of(reported) or "") or _sentence_without_code(reported, psycopg)
    return DagsterInstanceError(f"{sentence.format(place=place)} (PostgreSQL: {words})")


def _sentence_without_code(reported: Exception, psycopg: Any) -> str:
    if code_of(reported) is not None:
        return "The PostgreSQL database {place} refused."
    # The library itself refuses a value, before anything is sent.
    return _NO_VALUE if isinstance(reported, psycopg.DataError) else _UNREACHABLE


_NO_VALUE = (
    "The PostgreSQL database {place} cannot take a value that was given: in names, tags and keys of partitions no character may "
    "have the code 0."
)
_UNREACHABLE = "The PostgreSQL database {place} does not answer. See that the server runs and that host and port are right."
_SENTENCES = {
    "53100": (
        "The disk of the PostgreSQL database {place} is full. Nothing of this write was stored; what was stored before is safe."
    ),
    "28P01": "The PostgreSQL database {place} refuses this user's password. Correct it under `storage` in dagster.yaml.",
    "28000": "The PostgreSQL database {place} lets this user not in. Correct the user under `storage` in dagster.yaml.",
    "3D000": "There is no PostgreSQL database {place}. Create it with `createdb`, or correct `storage` in dagster.yaml.",
    "42501": (
        "The user may not work in the PostgreSQL database {place}. "
        f"It needs the right to create the schema {SCHEMA_NAME} and to write in it."
    ),
}
