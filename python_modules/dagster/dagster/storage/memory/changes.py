"""Learning of what is stored in memory."""

from __future__ import annotations

import threading
from collections.abc import Callable


class MemoryChanges:
    """The port `ChangeSignal` over the tables of this process.

    Args:
        forget: tells the tables to call `committed` no more.
    """

    def __init__(self, forget: Callable[[MemoryChanges], None]) -> None:
        self._forget = forget
        self._woken = threading.Event()
        self._has_changed = False

    def committed(self) -> None:
        """Something was stored; from any thread."""
        self._has_changed = True
        self._woken.set()

    def wait(self, seconds: float) -> bool:
        """See `ChangeSignal`."""
        self._woken.wait(seconds)
        self._woken.clear()
        changed, self._has_changed = self._has_changed, False
        return changed

    def wake(self) -> None:
        """See `ChangeSignal`."""
        self._woken.set()

    def close(self) -> None:
        """See `ChangeSignal`."""
        self._forget(self)
