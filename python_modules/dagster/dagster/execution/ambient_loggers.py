"""Loggers for code that gets no context: their lines find the step that is running."""

from __future__ import annotations

import logging

from dagster.execution.contexts import current_step


def get_dagster_logger(name: str | None = None) -> logging.Logger:
    """A logger for code that gets no context: its lines are stored in the log of the step that is running here.

    Args:
        name: shown with the lines; without: `dagster.builtin`.

    Example:
        >>> get_dagster_logger().info("called from a helper")
    """
    logger = logging.getLogger(f"dagster.builtin.{name}" if name else "dagster.builtin")
    root = logging.getLogger("dagster.builtin")
    if not root.handlers:
        root.addHandler(_CurrentStepHandler())
        root.setLevel(logging.DEBUG)
        root.propagate = False
    return logger


class _CurrentStepHandler(logging.Handler):
    """Hands lines to the step that is running in the same context; to stderr where none is."""

    def emit(self, record: logging.LogRecord) -> None:
        step = current_step.get()
        if step is not None:
            step.log.handle(record)
        elif logging.lastResort is not None and record.levelno >= logging.lastResort.level:
            logging.lastResort.handle(record)
