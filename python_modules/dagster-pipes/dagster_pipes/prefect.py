"""Messages as log lines of a Prefect flow run, from where the orchestrating process reads them."""

from __future__ import annotations

import json
import logging
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster_pipes.channels import PipesMessageWriterChannel
from dagster_pipes.checks import handed_over, handed_over_or_none
from dagster_pipes.message_writers import PipesMessageWriter
from dagster_pipes.protocol import PipesMessage, message_of


class PipesPrefectLogsMessageWriterChannel(PipesMessageWriterChannel):
    """Logs each message as a line of JSON.

    Args:
        logger: takes the lines.
        max_message_bytes: Prefect refuses longer lines; instead of one, a warning of it is sent.

    Example:
        >>> import logging
        >>> channel = PipesPrefectLogsMessageWriterChannel(logging.getLogger("prefect.flow_runs.dagster_pipes"), 900_000)
    """

    def __init__(self, logger: logging.Logger, max_message_bytes: int) -> None:
        self._logger = logger
        self._max_message_bytes = max_message_bytes

    def write_message(self, message: PipesMessage) -> None:
        """Log the message."""
        line = json.dumps(message)
        if len(line) > self._max_message_bytes:
            text = (
                f"Dropped a `{message['method']}` Pipes message of {len(line)} bytes, over the {self._max_message_bytes}-byte "
                "limit for Prefect logs. Use a blob store message writer for larger messages."
            )
            line = json.dumps(message_of("log", {"message": text, "level": "WARNING"}))
        self._logger.info(line)


class PipesPrefectLogsMessageWriter(PipesMessageWriter[PipesPrefectLogsMessageWriterChannel]):
    """Logs messages inside of a Prefect flow run.

    Example:
        >>> with PipesPrefectLogsMessageWriter().open({"prefect_logs": True}) as channel:
        ...     type(channel).__name__
        'PipesPrefectLogsMessageWriterChannel'
    """

    PREFECT_LOGS_KEY = "prefect_logs"
    MAX_MESSAGE_BYTES_KEY = "max_message_bytes"
    DEFAULT_MAX_MESSAGE_BYTES = 900_000
    LOGGER_NAME = "prefect.flow_runs.dagster_pipes"

    @contextmanager
    def open(self, params: Mapping[str, Any]) -> Generator[PipesPrefectLogsMessageWriterChannel]:
        """Yields the channel."""
        handed_over(params, self.PREFECT_LOGS_KEY, bool, type(self))
        limit = handed_over_or_none(params, self.MAX_MESSAGE_BYTES_KEY, int, type(self))
        logger = logging.getLogger(self.LOGGER_NAME)
        yield PipesPrefectLogsMessageWriterChannel(logger, self.DEFAULT_MAX_MESSAGE_BYTES if limit is None else limit)
