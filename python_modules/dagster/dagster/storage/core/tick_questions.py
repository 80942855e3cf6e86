"""What is written and asked about ticks, in Core. Part of `questions`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, literal_column, select, update
from sqlalchemy import insert as plain_insert

from dagster.storage.core.dialects import POSTGRESQL_SCHEMA, OneOf
from dagster.storage.core.tables import ticks

_COLUMNS = ("instigator_type", "selector", "status", "timestamp", "body")


def of_ticks(dialect: str) -> dict[str, Any]:
    """The questions by name. The number that a tick was given is known to the connection that stored it."""
    row: dict[str, Any] = {name: bindparam(name) for name in _COLUMNS}
    this = ticks.c.id == bindparam("tick_id")
    other = ticks.alias("other")
    newest = select(func.max(other.c.id)).where(other.c.selector == ticks.c.selector).scalar_subquery()
    newest_of_each = select(func.max(other.c.id)).where(OneOf(other.c.selector, "selectors")).group_by(other.c.selector)
    given: Any = func.last_insert_rowid()
    if dialect == "postgresql":
        given = func.currval(literal_column(f"'{POSTGRESQL_SCHEMA}.ticks_id_seq'"))
    return {
        "ADD_TICK": plain_insert(ticks).values(row),
        "TICK_ADDED": select(given),
        "HAS_TICK": select(ticks.c.id).where(this),
        "CHANGE_TICK": update(ticks).where(this).values(row),
        "TICKS": select(ticks.c.id, ticks.c.body),
        "LATEST_TICKS": select(ticks.c.id, ticks.c.body).where(ticks.c.id.in_(newest_of_each)),
        "TICKS_BUT_THE_NEWEST": select(ticks.c.id).where(ticks.c.id < newest),
        "DELETE_TICKS_IN": delete(ticks).where(OneOf(ticks.c.id, "tick_ids")),
    }


def tick_conditions() -> dict[str, ColumnElement[bool]]:
    """The conditions by name; they stand in `FROM ticks`."""
    return {
        "WHERE_TICK_OF_TYPE": ticks.c.instigator_type == bindparam("instigator_type"),
        "WHERE_TICK_OF": ticks.c.selector == bindparam("selector"),
        "WHERE_TICK_STATUS_IN": OneOf(ticks.c.status, "statuses"),
        "WHERE_TICK_LATER_THAN": ticks.c.timestamp > bindparam("after_timestamp"),
        "WHERE_TICK_EARLIER_THAN": ticks.c.timestamp < bindparam("before_timestamp"),
        "WHERE_TICK_AFTER": ticks.c.id > bindparam("after_tick"),
        "WHERE_TICK_BEFORE": ticks.c.id < bindparam("before_tick"),
    }
