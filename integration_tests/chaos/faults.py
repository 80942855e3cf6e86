"""Signals that a process sends to itself at its n-th write: before the transaction, within it, or after it was committed.

A fault waits as a file in the folder `faults` of the project, `<role>.<write>.<moment>.<signal>`; the first process of the role
that writes takes it, so each fault strikes one process. How many writes each process made is noted in the folder `writes`.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dagster.runs.members import RUN_MARK
from dagster.storage.sqlite.connections import SqliteFile

T = TypeVar("T")
MOMENTS = ("before", "during", "after")
SIGNALS = ("KILL", "STOP")


class Fault(msgspec.Struct, frozen=True):
    """A signal at a write.

    Attributes:
        role: of the process.
        write: the number of the write among those of the process, from 1.
        moment: before, during or after the transaction.
        signal: KILL or STOP.
    """

    role: str
    write: int
    moment: str
    signal: str

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.role}.{self.write}.{self.moment}.{self.signal}"

    @classmethod
    def parse(cls, name: str) -> Fault:
        """The fault whose file has this name."""
        role, write, moment, sign = name.split(".")[:4]
        return cls(role, int(write), moment, sign)


class Striker:
    """What one process does at its writes.

    Args:
        folder: of the project.
        role: of the process; None to find it out.
    """

    def __init__(self, folder: Path, role: str | None) -> None:
        self._folder = folder
        self._role = role
        self._lock = threading.Lock()
        self._pid = 0
        self._writes = 0
        self._fault: Fault | None = None

    def write(self, write: Callable[[Callable[[Any], T]], T], work: Callable[[Any], T]) -> T:
        """Do a piece of work in a transaction, unless this is the write at which a fault strikes."""
        with self._lock:
            self._begin()
            self._writes += 1
            number = self._writes
        (self._folder / "writes" / f"{self._role_now()}.{self._pid}").write_text(str(number))
        self._strike(number, "before")

        def struck(transaction: Any) -> T:
            given = work(transaction)
            self._strike(number, "during")
            return given

        given = write(struck)
        self._strike(number, "after")
        return given

    def _begin(self) -> None:
        """A forked process begins anew, and takes the fault that waits for its role."""
        if self._pid == os.getpid():
            return
        self._pid, self._writes, self._fault = os.getpid(), 0, None
        for waiting in sorted((self._folder / "faults").glob(f"{self._role_now()}.*")):
            try:
                waiting.rename(self._folder / "taken" / f"{waiting.name}.{self._pid}")
            except FileNotFoundError:  # another process was faster
                continue
            self._fault = Fault.parse(waiting.name)
            return

    def _role_now(self) -> str:
        return self._role or role_of_this_process()

    def _strike(self, number: int, moment: str) -> None:
        if self._fault is not None and (self._fault.write, self._fault.moment) == (number, moment):
            (self._folder / "struck" / f"{self._fault.name}.{self._pid}").touch()
            os.kill(os.getpid(), signal.Signals[f"SIG{self._fault.signal}"])


def role_of_this_process() -> str:
    """Supervisors and what they start carry the mark of their run; supervisors and evaluators lead a session."""
    leads = os.getsid(0) == os.getpid()
    if RUN_MARK in os.environ:
        return "supervisor" if leads else "step"
    return "evaluator" if leads else "settler"


def arm(folder: str, role: str | None = None) -> None:
    """From here on this process and those forked from it may be struck."""
    striker, write = Striker(Path(folder), role), SqliteFile.write

    def struck_write(self: SqliteFile, work: Callable[[Any], Any]) -> Any:
        return striker.write(lambda struck: write(self, struck), work)

    SqliteFile.write = struck_write  # pyright: ignore[reportAttributeAccessIssue] - on purpose, for all of them
