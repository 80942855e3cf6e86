"""`context.log`: a logger of the standard library whose lines go into the log of the run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from dagster_pipes.protocol import Method

_LEVELS = ((50, "CRITICAL"), (40, "ERROR"), (30, "WARNING"), (20, "INFO"))


class PipesLogHandler(logging.Handler):
    """Sends each line with its level; an exception that is logged follows in the lines after it."""

    def __init__(self, send: Callable[[Method, Mapping[str, Any]], None]) -> None:
        super().__init__()
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        """Send a line."""
        self._send("log", {"message": self.format(record), "level": level_name(record.levelno)})


def level_name(level: int) -> str:
    """The level of the protocol for a level of `logging`: the highest one that is not above it.

    >>> level_name(25)
    'INFO'
    """
    return next((name for least, name in _LEVELS if level >= least), "DEBUG")


def pipes_logger(send: Callable[[Method, Mapping[str, Any]], None]) -> logging.Logger:
    """A logger of its own: it is in no tree, so nothing that the script configures changes it."""
    logger = logging.Logger("dagster-pipes")
    logger.addHandler(PipesLogHandler(send))
    return logger
