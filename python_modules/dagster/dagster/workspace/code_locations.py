"""A code location as its owner has it: its processes started, asked, replaced and let go.

One thread of the owner listens to all of them. Everything that is asked waits for an answer with a deadline.
"""

from __future__ import annotations

import selectors
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from dagster.errors import DagsterCodeLocationError
from dagster.execution.orders import ProcessEnd
from dagster.instance.launches import RunOrder
from dagster.runs.processes import ProcessIdentity
from dagster.workspace.dotenv_files import take_dotenv
from dagster.workspace.messages import (
    CannotStart,
    CodeHasChanged,
    Ended,
    Environment,
    Loaded,
    Preload,
    Started,
    StartEvaluator,
    StartHost,
    StartRun,
)
from dagster.workspace.process_handles import BaseHandle, Handle, ZygoteHandle, load_error
from dagster.workspace.targets import CodeTarget

LOAD_SECONDS = 180.0
"""How long loading a location's code may take."""

_ANSWER_SECONDS = 30.0
_TRIES = 3
"""How often code that changes while it is loaded is loaded again for one run."""


class LocationProcesses:
    """The processes of one location.

    Args:
        target: the code.
        environment: with what they are started.
        on_end: called, in the listening thread, with number and end of each process that a zygote started.

    Attributes:
        current: the zygote that serves; None before one has loaded the code, and after it has ended.
    """

    def __init__(
        self,
        target: CodeTarget,
        environment: Environment | None = None,
        on_end: Callable[[int, ProcessEnd], None] = lambda _number, _end: None,
    ) -> None:
        self.target = target
        self.current: ZygoteHandle | None = None
        self._environment = environment or Environment(executable=target.interpreter)
        self._on_end = on_end
        self._changed = threading.Condition()
        self._selector = selectors.DefaultSelector()
        self._closing, self._closed = socket.socketpair()
        self._selector.register(self._closed, selectors.EVENT_READ)
        self._numbers = 0
        self._zygotes: list[ZygoteHandle] = []
        self._base: BaseHandle | None = None
        self._installed: list[str] = []
        self._is_closed = False
        self._may_preload = True
        self._listener: threading.Thread | None = None

    @property
    def base_pid(self) -> int | None:
        """The pid of the base; None before it is ready and after it has ended."""
        base = self._base
        return base.ready.pid if base is not None and not base.is_gone and base.ready is not None else None

    def identities(self) -> list[ProcessIdentity]:
        """Its base and the zygote that serves, those that are there."""
        with self._changed:
            handles = (self._base, self.current)
        return [each.process for each in handles if each is not None and not each.is_gone and each.process is not None]

    def start(self) -> ZygoteHandle:
        """Load the code in a new zygote, which takes over when that has worked; the earlier one ends when nothing of it is left.

        Raises:
            DagsterCodeLocationError: the code cannot be loaded, or not in time; the earlier zygote goes on serving.
        """
        zygote = self._begun_zygote()
        try:
            self._await(lambda: zygote.loaded or zygote.failed or zygote.is_gone, LOAD_SECONDS, "load its code")
            if zygote.loaded is None:
                # Its base is known to have ended a moment after the zygote's line has.
                self._await(lambda: zygote.failed or zygote.base.ready or zygote.base.is_gone, _ANSWER_SECONDS, "start")
                raise load_error(self.target, zygote)
        except DagsterCodeLocationError:
            self.let_go(zygote)
            raise
        self._take_over(zygote, zygote.loaded)
        return zygote

    def _begun_zygote(self) -> ZygoteHandle:
        take_dotenv()  # runs get the environment of this process
        with self._changed:
            if self._base is not None and self._base.is_outdated:
                self._may_preload = not (self._base.ready and self._base.ready.obstacles)
                self._hang_up(self._base)
            if self._base is None or self._base.is_gone:
                self._base = BaseHandle(self.target, self._environment)
                self._listen_to(self._base)
            self._numbers += 1
            zygote = self._base.make_zygote(self._numbers)
            self._zygotes.append(zygote)
            self._listen_to(zygote)
        return zygote

    def _take_over(self, zygote: ZygoteHandle, loaded: Loaded) -> None:
        with self._changed:
            earlier, self.current = self.current, zygote
            self._installed = list(loaded.installed)
        if earlier is not None:
            self.let_go(earlier)

    def preload(self) -> None:
        """Have the base import the installed packages that the code imported, for zygotes to come."""
        with self._changed:
            base = self._base
            if base is not None and not base.is_gone and not base.is_preloaded and self._installed and self._may_preload:
                base.is_preloaded = True
                base.lines.send(Preload(modules=self._installed))

    def let_go(self, zygote: ZygoteHandle) -> None:
        """Give a zygote no more orders; it ends when nothing that it started is left."""
        with self._changed:
            self._hang_up(zygote)
            if zygote in self._zygotes:
                self._zygotes.remove(zygote)
            if self.current is zygote:
                self.current = None

    def start_run(self, order: RunOrder, *, checks_code: bool = True) -> tuple[int, Started]:
        """Start the supervisor of a run; of code that has changed since, by a zygote that has loaded the new code.

        Returns:
            The number by which its end is told, and where it is.

        Raises:
            DagsterCodeLocationError: the code as it is now cannot be loaded, or no process can be started.
        """
        for _ in range(_TRIES):
            number, answer = self._ask(lambda number: StartRun(number=number, order=order, checks_code=checks_code))
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
        for _ in range(_TRIES):
            _, answer = self._ask(lambda number: StartHost(number=number), listening.fileno())
            if isinstance(answer, Started):
                return answer
            if answer is not None:  # else the zygote ended before it answered, maybe killed a moment ago: another one is asked
                break
        raise DagsterCodeLocationError(f'The host of location "{self.target.location}" could not be started.')

    def begin_evaluator(self, zygote: ZygoteHandle, theirs: socket.socket) -> int | None:
        """Have a zygote start a process that asks schedules and sensors; returns at once.

        Returns:
            The number by which the zygote tells of it; None where the zygote is gone.
        """
        with self._changed:
            if zygote.is_gone:
                return None
            self._numbers += 1
            is_sent = zygote.lines.send(StartEvaluator(number=self._numbers), (theirs.fileno(),))
            return self._numbers if is_sent else None

    def is_going_on(self, zygote: ZygoteHandle, started: Started) -> bool:
        """Whether a zygote serves, and what it has started is not known to have ended."""
        return zygote is self.current and not zygote.is_gone and started.number not in zygote.ends

    def end_host(self, host: ProcessIdentity) -> None:
        """End a process that answers questions."""
        host.send(signal.SIGTERM)

    def _ask(self, order: Callable[[int], Any], *descriptors: int) -> tuple[int, Any]:
        """What came of an order to the zygote that serves; None where it ended instead. Without a zygote, one is started."""
        zygote = self.current
        if zygote is None or zygote.is_gone:
            zygote = self.start()
        with self._changed:
            self._numbers += 1
            number = self._numbers
            zygote.lines.send(order(number), descriptors)
        self._await(lambda: number in zygote.answers or zygote.is_gone, _ANSWER_SECONDS, "answer")
        return number, zygote.answers.pop(number, None)

    def wait_for_end(self, number: int, seconds: float) -> ProcessEnd:
        """How what was started under a number has ended.

        Raises:
            DagsterCodeLocationError: it has not, in that time.
        """

        def end() -> ProcessEnd | None:
            return next((zygote.ends[number] for zygote in self._zygotes if number in zygote.ends), None)

        return self._await(end, seconds, "end a process")

    def close(self) -> None:
        """Let everything go: what runs goes on and ends by itself, hosts end."""
        for zygote in list(self._zygotes):
            if zygote.process is not None and zygote.process.is_stopped():
                zygote.process.send(signal.SIGKILL)  # it would never hear that it is let go
            self.let_go(zygote)
        with self._changed:
            if self._base is not None:
                self._hang_up(self._base)
            self._is_closed = True
        self._closing.close()  # at which the listening thread wakes
        if self._listener is not None:
            self._listener.join()
        self._selector.close()
        self._closed.close()

    def _listen_to(self, handle: Handle) -> None:
        self._selector.register(handle.lines, selectors.EVENT_READ, handle)
        if self._listener is None:
            self._listener = threading.Thread(target=self._listen, name="dagster-location", daemon=True)
            self._listener.start()

    def _hang_up(self, handle: Handle) -> None:
        if not handle.is_gone:
            self._selector.unregister(handle.lines)
            handle.close()

    def _listen(self) -> None:
        while not self._is_closed:
            for key, _ in self._selector.select():
                if key.data is None:
                    return
                with self._changed:
                    self._hear(key.data)
                    self._changed.notify_all()

    def _hear(self, handle: Handle) -> None:
        if handle.is_gone:  # it was let go between hearing and listening
            return
        for report in handle.lines.received():
            handle.take(report)
            if isinstance(report, Ended):
                self._on_end(report.number, report.end)
        if handle.lines.is_ended:
            self._hang_up(handle)

    def _await(self, is_there: Callable[[], Any], seconds: float, what: str) -> Any:
        """What `is_there` gives once it gives something true."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while not (found := is_there()):
                left = deadline - time.monotonic()
                if left <= 0:
                    raise DagsterCodeLocationError(
                        f'The process of location "{self.target.location}" did not {what} in {seconds:.0f} seconds.',
                        self.target.asked_in,
                    )
                self._changed.wait(left)
        return found
