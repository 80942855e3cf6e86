"""`context.log`: a standard library logger whose lines belong to a step of a run."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from dagster.events.failures import error_info
from dagster.execution.log_records import with_extra_of
from dagster.execution.recorders import RunRecorder

_LEVELS = {"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20, "DEBUG": 10}


class DagsterLogManager(logging.Logger):
    """A logger whose lines are stored in the run's log and printed.

    Made once per step that asks for `context.log`; it takes messages, arguments and `exc_info` like any other logger.

    Args:
        recorder: takes the lines.
        step_key: the step they belong to, None for the run as a whole.
        level: lines below it are dropped.

    Example:
        >>> @asset
        ... def told(context: AssetExecutionContext) -> None:
        ...     context.log.info("%d rows", 3)
        >>> instance = DagsterInstance.ephemeral()
        >>> run = materialize([told], instance=instance)
        >>> [entry.user_message for entry in instance.all_logs(run.run_id) if entry.dagster_event is None]
        ['3 rows']
    """

    def __init__(self, recorder: RunRecorder, step_key: str | None = None, level: int = logging.DEBUG) -> None:
        super().__init__("dagster", level)
        self._recorder = recorder
        self._step_key = step_key
        self.propagate = False

    def log(self, level: int | str, msg: object, *args: object, **kwargs: Any) -> None:
        """Like the standard library's, where the level may also be a name, e.g. `"WARNING"`."""
        super().log(_LEVELS[level.upper()] if isinstance(level, str) else level, msg, *args, **kwargs)

    def callHandlers(self, record: logging.LogRecord) -> None:
        """Stores and prints the line, then hands it to handlers that user code added."""
        error = record.exc_info[1] if record.exc_info else None
        with with_extra_of(record):
            self._recorder.log(record.levelno, _text_of(record), self._step_key, error_info(error) if error else None)
        if self.handlers:
            super().callHandlers(record)

    @property
    def logging_metadata(self) -> Mapping[str, Any]:
        """What each line is tagged with."""
        return {"step_key": self._step_key} if self._step_key else {}


def _text_of(record: logging.LogRecord) -> str:
    """The line; one whose arguments do not fit is kept as it was given, since a log line must not end a step."""
    try:
        return record.getMessage()
    except Exception as refused:
        return f"{record.msg} {record.args!r} (cannot be formatted: {refused})"
