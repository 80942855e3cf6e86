"""The ends of a process's children, for a process that waits for something else as well."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

from dagster.execution.orders import ProcessEnd


class Children:
    """Every child of this process. It owns what Python does at SIGCHLD, and there is one of it in a process."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        for descriptor in (self._reading, self._writing):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def fileno(self) -> int:
        """The descriptor that is readable after a child has ended, and after any other signal that Python handles."""
        return self._reading

    @property
    def descriptors(self) -> tuple[int, int]:
        """Its descriptors, which a child has no business with."""
        return self._reading, self._writing

    def ended(self) -> Iterator[tuple[int, ProcessEnd]]:
        """The children that have ended since the last look, with their pids; adopted ones too."""
        self._drain()
        while True:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            code = os.waitstatus_to_exitcode(status)
            yield (
                pid,
                ProcessEnd(
                    exit_code=code if code >= 0 else None,
                    signal=-code if code < 0 else None,
                    cpu_seconds=used.ru_utime + used.ru_stime,
                    peak_memory_bytes=used.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
                ),
            )

    def _drain(self) -> None:
        try:
            while os.read(self._reading, 4096):
                continue
        except BlockingIOError:
            return

    def close(self) -> None:
        """Listen no more."""
        signal.set_wakeup_fd(-1)
        for descriptor in self.descriptors:
            os.close(descriptor)
