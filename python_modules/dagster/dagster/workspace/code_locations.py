"""A code location as its owner has it: its base, its zygotes and its host, started, asked, replaced and let go.

One thread of the owner listens to all of them. Everything that is asked waits for an answer with a deadline.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from dagster.errors import DagsterCodeLocationError
from dagster.execution.lines import Lines, pair
from dagster.execution.orders import (
    ProcessEnd,
)
from dagster.instance.launches import RunOrder
from dagster.version import __version__
from dagster.workspace.messages import (
    BaseIsReady,
    BaseReport,
    CannotStart,
    CodeHasChanged,
    Ended,
    Environment,
    Loaded,
    LoadFailed,
    MakeZygote,
    Preload,
    Started,
    StartHost,
    StartRun,
    ZygoteEnded,
    ZygoteReport,
)
from dagster.workspace.targets import CodeTarget

LOAD_SECONDS = 180.0
"""How long loading a location's code may take."""

_ANSWER_SECONDS = 30.0


class ZygoteHandle:
    """A zygote, as its owner has it.

    Attributes:
        loaded: what it told when the code was loaded; None before.
        failed: what it told when the code could not be loaded.
        is_gone: whether it has ended.
        ends: how what it started has ended, by number.
    """

    def __init__(self, number: int, lines: Lines[Any], changed: threading.Condition) -> None:
        self.number = number
        self.lines = lines
        self.loaded: Loaded | None = None
        self.failed: LoadFailed | None = None
        self.is_gone = False
        self.started: dict[int, Started | CodeHasChanged | CannotStart] = {}
        self.ends: dict[int, ProcessEnd] = {}
        self._changed = changed

    def take(self, report: Any) -> None:
        """Note what it told."""
        if isinstance(report, Loaded):
            self.loaded = report
        elif isinstance(report, LoadFailed):
            self.failed = report
        elif isinstance(report, Ended):
            self.ends[report.number] = report.end
        else:
            self.started[report.number] = report


class LocationProcesses:
    """The processes of one location.

    Args:
        target: the code.
        environment: with what they are started.
        on_end: called, in the listening thread, with number and end of each process that a zygote started.
    """

    def __init__(
        self,
        target: CodeTarget,
        environment: Environment | None = None,
        on_end: Callable[[int, ProcessEnd], None] = lambda _number, _end: None,
    ) -> None:
        self.target = target
        self._environment = environment or Environment(executable=target.interpreter)
        self._on_end = on_end
        self._changed = threading.Condition()
        self._selector = selectors.DefaultSelector()
        self._numbers = 0
        self._zygotes: dict[int, ZygoteHandle] = {}
        self._base: Lines[Any] | None = None
        self._base_process: subprocess.Popen[bytes] | None = None
        self._base_reports: list[BaseIsReady] = []
        self._installed: list[str] = []
        self._is_closed = False
        self._listener: threading.Thread | None = None
        self.current: ZygoteHandle | None = None

    def start(self) -> ZygoteHandle:
        """Start the base, and a zygote that takes over when it has loaded the code.

        Raises:
            DagsterCodeLocationError: the code cannot be loaded, or not in time.
        """
        zygote = self.begin_zygote()
        self.wait_until_loaded(zygote)
        return zygote

    def begin_zygote(self) -> ZygoteHandle:
        """A zygote that begins to load the code."""
        with self._changed:
            base = self._living_base()
            self._numbers += 1
            ours, theirs = pair()
            zygote = ZygoteHandle(self._numbers, Lines(ours, ZygoteReport), self._changed)
            self._zygotes[zygote.number] = zygote
            base.send(MakeZygote(number=zygote.number, target=self.target), (theirs.fileno(),))
            theirs.close()
            self._selector.register(zygote.lines, selectors.EVENT_READ, zygote)
        return zygote

    def wait_until_loaded(self, zygote: ZygoteHandle, seconds: float = LOAD_SECONDS) -> Loaded:
        """What a zygote told when it had loaded the code; from then on it serves.

        Raises:
            DagsterCodeLocationError: the code cannot be loaded, or not in time.
        """
        self._await(lambda: zygote.loaded or zygote.failed or zygote.is_gone, seconds, "load its code")
        if zygote.loaded is None:
            self.let_go(zygote)
            raise load_error(self.target, zygote.failed)
        with self._changed:
            self.current, earlier = zygote, self.current
            self._installed = list(zygote.loaded.installed)
        if earlier is not None and earlier is not zygote:
            self.let_go(earlier)
        return zygote.loaded

    def preload(self) -> None:
        """Have the base import what the code imported of installed packages, for zygotes to come."""
        with self._changed:
            if self._installed:
                self._living_base().send(Preload(modules=self._installed))

    def let_go(self, zygote: ZygoteHandle) -> None:
        """Give a zygote no more orders; it ends when nothing that it started is left."""
        with self._changed:
            if not zygote.is_gone:
                zygote.is_gone = True
                self._selector.unregister(zygote.lines)
                zygote.lines.close()
            self._zygotes.pop(zygote.number, None)
            if self.current is zygote:
                self.current = None

    def start_run(self, order: RunOrder, *, checks_code: bool = True) -> tuple[int, Started]:
        """Start the supervisor of a run; with code that has changed since, by a zygote that has loaded the new code.

        Returns:
            The number by which its end is told, and where it is.

        Raises:
            DagsterCodeLocationError: the code as it is now cannot be loaded, or no process can be started.
        """
        for _ in range(3):
            zygote = self.living_zygote()
            with self._changed:
                self._numbers += 1
                number = self._numbers
                zygote.lines.send(StartRun(number=number, order=order, checks_code=checks_code))
            self._await(lambda: number in zygote.started or zygote.is_gone, _ANSWER_SECONDS, "start a run")  # noqa: B023 - awaited here
            answer = zygote.started.pop(number, None)
            if isinstance(answer, Started):
                return number, answer
            if isinstance(answer, CannotStart):
                raise DagsterCodeLocationError(answer.sentence)
            if isinstance(answer, CodeHasChanged):
                self.start()
        raise DagsterCodeLocationError(f'The code of location "{self.target.location}" changes while it is being loaded.')

    def start_host(self, listening: socket.socket) -> Started:
        """Start a process that answers questions on a socket.

        Raises:
            DagsterCodeLocationError: the code cannot be loaded, or no process can be started.
        """
        zygote = self.living_zygote()
        with self._changed:
            self._numbers += 1
            number = self._numbers
            zygote.lines.send(StartHost(number=number), (listening.fileno(),))
        self._await(lambda: number in zygote.started or zygote.is_gone, _ANSWER_SECONDS, "start its host")
        answer = zygote.started.pop(number, None)
        if not isinstance(answer, Started):
            raise DagsterCodeLocationError(f'The host of location "{self.target.location}" could not be started.')
        return answer

    def end_host(self, pid: int) -> None:
        """End a process that answers questions."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)

    def living_zygote(self) -> ZygoteHandle:
        """The zygote that serves; a new one where it has ended.

        Raises:
            DagsterCodeLocationError: the code cannot be loaded.
        """
        current = self.current
        return current if current is not None and not current.is_gone else self.start()

    def wait_for_end(self, number: int, seconds: float) -> ProcessEnd:
        """How what was started under a number has ended.

        Raises:
            DagsterCodeLocationError: it has not, in that time.
        """
        zygotes = list(self._zygotes.values())
        self._await(lambda: any(number in zygote.ends for zygote in zygotes), seconds, "end a process")
        return next(zygote.ends[number] for zygote in zygotes if number in zygote.ends)

    def close(self) -> None:
        """Let everything go: what runs goes on and ends by itself, the host ends."""
        with self._changed:
            self._is_closed = True
        for zygote in list(self._zygotes.values()):
            self.let_go(zygote)
        with self._changed:
            if self._base is not None:
                self._selector.unregister(self._base)
                self._base.close()
                self._base = None
        if self._listener is not None:
            self._listener.join()
        self._selector.close()
        if self._base_process is not None:
            self._base_process.wait()

    def _living_base(self) -> Lines[Any]:
        if self._base is not None:
            return self._base
        ours, theirs = pair()
        environment = {**os.environ, **self._environment.variables}
        output = self._environment.output_path
        printed: Any = open(output, "ab") if output is not None else sys.stderr.fileno()  # noqa: SIM115 - closed below
        arguments = [self._environment.executable, "-m", "dagster.workspace.bases", str(theirs.fileno())]
        try:
            self._base_process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                env=environment,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        except OSError as refused:
            raise DagsterCodeLocationError(
                f'The interpreter "{self._environment.executable}" of location "{self.target.location}" cannot be started: '
                f"{refused.strerror}.",
                self.target.asked_in,
            ) from refused
        finally:
            theirs.close()
            if output is not None:
                printed.close()
        self._base = Lines(ours, BaseReport)
        self._selector.register(self._base, selectors.EVENT_READ, None)
        if self._listener is None:
            self._listener = threading.Thread(target=self._listen, name="dagster-location", daemon=True)
            self._listener.start()
        return self._base

    def _listen(self) -> None:
        while not self._is_closed:
            for key, _ in self._selector.select(0.05):
                with self._changed:
                    if self._is_closed:
                        return
                    self._hear(key.data)
                    self._changed.notify_all()

    def _hear(self, zygote: ZygoteHandle | None) -> None:
        lines = self._base if zygote is None else zygote.lines
        if lines is None or (zygote is not None and zygote.is_gone):
            return
        for report in lines.received():
            if zygote is not None:
                zygote.take(report)
                if isinstance(report, Ended):
                    self._on_end(report.number, report.end)
            elif isinstance(report, ZygoteEnded):
                self._zygote_ended(report)
            else:
                self._base_reports.append(report)
        if lines.is_ended:
            self._selector.unregister(lines)
            lines.close()
            if zygote is None:
                self._base = None
                if self._base_process is not None:
                    self._base_process.wait()
            else:
                zygote.is_gone = True

    def _zygote_ended(self, report: ZygoteEnded) -> None:
        self._zygotes.pop(report.number, None)

    def _await(self, is_there: Callable[[], Any], seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        with self._changed:
            while not is_there():
                if self._base is None and self._base_process is not None and self._base_process.poll() not in (None, 0):
                    raise DagsterCodeLocationError(
                        f'The process of location "{self.target.location}" could not {what}: the interpreter '
                        f'"{self._environment.executable}" ended with exit code {self._base_process.returncode}. It must have '
                        f"this package in version {__version__}.",
                        self.target.asked_in,
                    )
                left = deadline - time.monotonic()
                if left <= 0:
                    raise DagsterCodeLocationError(
                        f'The process of location "{self.target.location}" did not {what} in {seconds:.0f} seconds.',
                        self.target.asked_in,
                    )
                self._changed.wait(min(left, 0.5))


def load_error(target: CodeTarget, failed: LoadFailed | None) -> DagsterCodeLocationError:
    """The error of a location whose code cannot be loaded, with the user's file and line."""
    if failed is None:
        return DagsterCodeLocationError(
            f'The process that loaded location "{target.location}" ended before the code was loaded.', target.asked_in
        )
    error = LocationLoadError(failed.complaint.sentence)
    error.failed = failed
    return error


class LocationLoadError(DagsterCodeLocationError):
    """The code of a location cannot be loaded in its process.

    Attributes:
        failed: what the process told.
    """

    failed: LoadFailed
