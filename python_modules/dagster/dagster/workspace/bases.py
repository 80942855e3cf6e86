"""The base of a code location: a process with installed packages imported and no module of the user's.

Zygotes are forked from it, so that a changed file costs the import of the user's own modules and nothing else. Run as
`python -m dagster.workspace.bases <descriptor>`.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
from importlib import import_module
from typing import Any

from msgspec.structs import replace

from dagster.execution.children import Children
from dagster.execution.forks import fork
from dagster.lines import Lines
from dagster.version import __version__
from dagster.workspace.inspections import Inspection
from dagster.workspace.loaded_files import package_folders
from dagster.workspace.messages import BaseIsReady, BaseOrder, MakeZygote, Preload, ZygoteEnded
from dagster.workspace.zygotes import run_zygote

_OURS = (
    "dagster.workspace.hosts",
    "dagster.workspace.run_processes",
    "dagster.execution.workers",
    "dagster.storage.ingest.clients",
    "dagster.storage.ingest.storage",
    "dagster.storage.sqlite.storage",
    "dagster.io.defaults",
)
"""Modules of ours that every run needs: imported once, here."""


class Base:
    """The base while it runs.

    Args:
        lines: from and to the owner.
    """

    def __init__(self, lines: Lines[Any]) -> None:
        self._lines = lines
        self._children = Children()
        self._zygotes: dict[int, int] = {}

    def serve(self) -> int:
        """Carry out orders until the owner is gone; gives the exit code."""
        poll = select.poll()
        poll.register(self._lines, select.POLLIN)
        poll.register(self._children, select.POLLIN)
        self._lines.send(self._ready())
        while not self._lines.is_ended:
            for descriptor, _ in poll.poll():
                if descriptor == self._lines.fileno():
                    for order in self._lines.received():
                        self._carry_out(order)
            for pid, end in self._children.ended():
                number = self._zygotes.pop(pid, None)
                if number is not None:
                    self._lines.send(ZygoteEnded(number=number, end=end))
        return 0

    def _ready(self) -> BaseIsReady:
        return BaseIsReady(pid=os.getpid(), version=__version__, package_folders=sorted(package_folders()))

    def _carry_out(self, order: MakeZygote | Preload) -> None:
        if isinstance(order, Preload):
            inspection = Inspection()
            for name in order.modules:
                _import_quietly(name)
            _rest_collector()
            self._lines.send(replace(self._ready(), obstacles=inspection.obstacles()))
            return
        channel = self._lines.take_descriptor()

        def zygote() -> int:
            return run_zygote(socket.socket(fileno=channel), order.target)

        pid = fork(zygote, closed=(self._lines.fileno(), *self._children.descriptors))
        os.close(channel)
        self._zygotes[pid] = order.number


def _import_quietly(name: str) -> None:
    """Import a package, if that works without what the user's code did before it."""
    try:
        import_module(name)
    except BaseException:
        sys.modules.pop(name, None)


def _rest_collector() -> None:
    """Leave what is imported out of collections: each zygote makes one, which would take longer and copy these pages."""
    gc.collect()
    gc.freeze()


def main(descriptor: int) -> int:
    """Be the base of the location whose owner is at the other end of a socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _OURS:
        import_module(name)
    _rest_collector()
    return Base(Lines(socket.socket(fileno=descriptor), BaseOrder)).serve()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
