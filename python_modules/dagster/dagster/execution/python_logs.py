"""The entry `python_logs` of `dagster.yaml` at work: which lines of Python code are kept with a run, and who else gets them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from dagster.errors import DagsterInvalidSettingsError
from dagster.events.entries import EventLogEntry
from dagster.events.failures import error_info
from dagster.execution.contexts import current_step
from dagster.execution.log_records import record_of
from dagster.execution.recorders import RunRecorder
from dagster.instance.instance import DagsterInstance

Listener = Callable[[EventLogEntry], None]
_LEVELS = {"CRITICAL": 50, "FATAL": 50, "ERROR": 40, "WARN": 30, "WARNING": 30, "INFO": 20, "DEBUG": 10, "NOTSET": 0}
_ROOT = "root"


class PythonLogs(msgspec.Struct, frozen=True):
    """What is kept of Python code's lines.

    Attributes:
        least_level: lines below it are dropped; None keeps each logger's own.
        managed: the names of the loggers whose lines are kept; `root` is the one above all.
        handlers: get every line as well.
    """

    least_level: int | None
    managed: Sequence[str] = ()
    handlers: Sequence[logging.Handler] = ()

    def listeners(self, listeners: Sequence[Listener]) -> list[Listener]:
        """The listeners of a run, called for lines of the level alone, and one for the handlers.

        One that `counts_events` is called for every event of the framework: it shows where the run stands.
        """
        least = self.least_level or 0

        def loud(listener: Listener) -> Listener:
            counts = getattr(listener, "counts_events", False)

            def hear(entry: EventLogEntry) -> None:
                if entry.level >= least or (counts and entry.dagster_event is not None):
                    listener(entry)

            return hear

        others = [_handing_to(self.handlers)] if self.handlers else []
        return [loud(listener) for listener in (*listeners, *others)]

    @contextmanager
    def captured(self, recorder: RunRecorder) -> Generator[None]:
        """Keeps the lines of the managed loggers with the run while the block lasts; then they are as they were."""
        handler = _RunHandler(recorder)
        loggers = [logging.getLogger(None if name == _ROOT else name) for name in self.managed]
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.addHandler(handler)
            if self.least_level is not None:
                logger.setLevel(self.least_level)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.removeHandler(handler)
                logger.setLevel(level)


def python_logs_of(instance: DagsterInstance) -> PythonLogs | None:
    """What the settings of an instance say about lines of Python code; None where they say nothing.

    Raises:
        DagsterInvalidSettingsError: a handler cannot be made.
    """
    if not instance.has_setting("python_logs"):
        return None
    name = instance.python_log_level
    return PythonLogs(
        _LEVELS[name.upper()] if name is not None else None,
        tuple(instance.managed_python_loggers),
        tuple(_handlers_of(instance.get_python_log_dagster_handler_config())),
    )


def _handlers_of(written: Mapping[str, Any]) -> list[logging.Handler]:
    """Handlers as `logging.config` makes them, without what it does to the handlers that there are."""
    from logging.config import DictConfigurator

    maker: Any = DictConfigurator({"version": 1, **{kind: dict(named) for kind, named in written.items()}})
    made: list[logging.Handler] = []
    try:
        for kind, make in (("formatters", maker.configure_formatter), ("filters", maker.configure_filter)):
            for name in written.get(kind, {}):
                maker.config[kind][name] = make(maker.config[kind][name])
        for name in written.get("handlers", {}):
            made.append(maker.configure_handler(maker.config["handlers"][name]))  # reads `ext://`, which a plain dict would not
            made[-1].name = name
    except (ValueError, TypeError, KeyError, ImportError) as refused:
        cause = refused.__cause__ or refused
        raise DagsterInvalidSettingsError(f"python_logs.dagster_handler_config: a handler cannot be made: {cause}.") from refused
    return made


def _handing_to(handlers: Sequence[logging.Handler]) -> Listener:
    def hand_on(entry: EventLogEntry) -> None:
        record = record_of(entry)
        for handler in handlers:
            if record.levelno >= handler.level:
                handler.handle(record)

    return hand_on


class _RunHandler(logging.Handler):
    """Keeps the lines that reach it with a run: with the step that is running where they were written."""

    def __init__(self, recorder: RunRecorder) -> None:
        super().__init__()
        self._recorder = recorder
        self._last: logging.LogRecord | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record is self._last or record.name.startswith("dagster.storage"):
            return  # a line passes each managed logger above its own; those of storage tell why nothing can be kept
        self._last = record
        step = current_step.get()
        error = record.exc_info[1] if record.exc_info else None
        step_key = step.step.key if step is not None else None
        self._recorder.keep(record.levelno, record.getMessage(), step_key, error_info(error) if error else None)
