"""Logs of an outside process that lie somewhere of their own, not among its messages."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any


class PipesLogReader(ABC):
    """Follows a log while a session is open and prints it here. A message reader starts and stops it.

    Example:
        >>> class Driver(PipesLogReader):
        ...     is_on = False
        ...     def target_is_readable(self, params): return "log" in params
        ...     def start(self, params, is_session_closed): self.is_on = True
        ...     def stop(self): self.is_on = False
        ...     def is_running(self): return self.is_on
        >>> Driver().name
        'Driver'
    """

    @abstractmethod
    def start(self, params: Mapping[str, Any], is_session_closed: threading.Event) -> None:
        """Begin to follow the log, in a thread of one's own.

        Args:
            params: those of the message reader, with what was told when the process was launched and when it opened the session.
            is_session_closed: set when the session ends.
        """

    @abstractmethod
    def stop(self) -> None:
        """Print what is left, and end."""

    @abstractmethod
    def is_running(self) -> bool:
        """Whether it was started and not stopped."""

    @abstractmethod
    def target_is_readable(self, params: Mapping[str, Any]) -> bool:
        """Whether the log is there; asked again until it is."""

    @property
    def name(self) -> str:
        """For messages about it."""
        return type(self).__name__

    @property
    def debug_info(self) -> str | None:
        """Where it looks, for messages about it."""
        return None

    def with_debug_info(self, message: str) -> str:
        """A message with where it looks."""
        return f"{message}\nDebug info: {self.debug_info}" if self.debug_info else message
