"""Entries of a run's log as records of the standard library, for handlers and loggers of users."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Any

from dagster.events.entries import EventLogEntry
from dagster.execution.consoles import text_of

_STANDARD = frozenset((*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"))
_extra: ContextVar[Mapping[str, Any] | None] = ContextVar("extra", default=None)


@contextmanager
def with_extra_of(line: logging.LogRecord) -> Generator[None, None, None]:
    """Inside, the records of entries have what `extra=` gave the line. It is for loggers, and is not stored."""
    found = {name: value for name, value in vars(line).items() if name not in _STANDARD}
    token = _extra.set(found) if found else None
    try:
        yield
    finally:
        if token is not None:
            _extra.reset(token)


def record_of(entry: EventLogEntry, logger_name: str = "dagster", job_tags: Mapping[str, str] | None = None) -> logging.LogRecord:
    """The record of an entry; what it belongs to stands in its attribute `dagster_meta`, its event in `dagster_event`.

    Args:
        entry: a line or an event.
        logger_name: the logger that gets it.
        job_tags: the tags of the run.
    """
    record: Any = logging.LogRecord(logger_name, entry.level, "", 0, text_of(entry), (), None)
    extra = _extra.get() if entry.dagster_event is None else None
    for name, value in (extra or {}).items():
        setattr(record, name, value)
    record.created = entry.timestamp
    record.msecs = entry.timestamp % 1 * 1000
    event = entry.dagster_event
    record.dagster_meta = {
        "run_id": entry.run_id,
        "job_name": entry.job_name,
        "job_tags": dict(job_tags or {}),
        "step_key": entry.step_key,
        "op_name": entry.step_key.rpartition(".")[2] if entry.step_key else None,
        "orig_message": entry.message,
        "dagster_event": event,
        "log_message_id": str(uuid.uuid4()),
        "log_timestamp": datetime.fromtimestamp(entry.timestamp, timezone.utc).replace(tzinfo=None).isoformat(),
        "resource_name": None,
        "resource_fn_name": None,
        "dagster_event_batch_metadata": None,
    }
    if event is not None:
        record.dagster_event, record.dagster_event_batch_metadata = event, None
    if entry.error_info is not None:
        record.exc_text = entry.error_info.to_string()
    return record
