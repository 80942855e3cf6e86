"""The lines that a schedule or sensor logs while it is asked: they are kept with its tick."""

from __future__ import annotations

import logging
import traceback

from dagster.runs.ticks import TickLine

MOST_LINES = 500
MOST_CHARACTERS = 4_000


class TickLines(logging.Handler):
    """Takes the lines of one tick, as many as a row of a database may bear.

    Attributes:
        logger: what user code logs with; what handlers of the logger `dagster` do, they do with these lines too.
        lines: the lines so far.
    """

    def __init__(self, name: str) -> None:
        super().__init__(logging.DEBUG)
        self.logger = logging.Logger(f"dagster.{name}", logging.DEBUG)  # unregistered: it goes with the tick
        self.logger.parent = logging.getLogger("dagster")
        self.logger.addHandler(self)
        self._lines: list[TickLine] = []
        self._left_out = 0

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`."""
        if len(self._lines) >= MOST_LINES:
            self._left_out += 1
            return
        error = "".join(traceback.format_exception(*record.exc_info)) if record.exc_info else None
        self._lines.append(
            TickLine(
                timestamp=record.created,
                level=record.levelno,
                message=_shortened(record.getMessage()),
                error=_shortened(error) if error is not None else None,
            )
        )

    @property
    def lines(self) -> tuple[TickLine, ...]:
        """The lines so far; of very many the first ones, and how many there were."""
        if not self._left_out:
            return tuple(self._lines)
        last = TickLine(self._lines[-1].timestamp, logging.WARNING, f"{self._left_out} more lines are not kept.")
        return (*self._lines, last)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}… ({len(text)} characters)"
