"""The zygote of a code location: it has loaded the code, stays single-threaded, and does nothing but start processes and tell of
their ends.

Where the code left something that two processes cannot share, it starts fresh processes instead, which load the code themselves;
one is always kept ready.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from dagster.errors import CheckError, DagsterError
from dagster.events.failures import error_info
from dagster.execution.children import Children
from dagster.execution.forks import Inherited, die_with_parent, fork
from dagster.execution.orders import (
    ProcessEnd,
)
from dagster.instance.launches import RunOrder
from dagster.lines import Lines
from dagster.workspace.complaints import complaint
from dagster.workspace.dotenv_files import take_dotenv
from dagster.workspace.evaluations import serve_evaluator
from dagster.workspace.fresh_processes import FreshProcesses, as_asked
from dagster.workspace.hosts import serve_host
from dagster.workspace.inspections import Inspection
from dagster.workspace.loaded_files import FileWatch, changed, installed_modules
from dagster.workspace.loading import CodeLocation, load
from dagster.workspace.messages import (
    CannotStart,
    CodeHasChanged,
    Ended,
    Loaded,
    LoadFailed,
    Started,
    StartEvaluator,
    StartHost,
    StartRun,
    ZygoteOrder,
)
from dagster.workspace.run_processes import settle, supervise_run
from dagster.workspace.targets import CodeTarget

LAST_TICKS_SECONDS = 90.0
"""How long a tick may go on whose owner is gone; the owner itself waits for less."""


class Zygote:
    """The zygote while it runs.

    Args:
        lines: from and to the owner.
        location: the loaded code.
        inherited: what loading it left; None where this process cannot be forked.
        marks: the files that were read, as they were.
    """

    def __init__(self, lines: Lines[Any], location: CodeLocation, inherited: Inherited | None, marks: Any) -> None:
        self._lines = lines
        self._location = location
        self._inherited = inherited
        self._marks = marks
        self._children = Children()
        self._numbers: dict[int, int] = {}
        self._orders: dict[int, RunOrder] = {}
        self._settlers: set[int] = set()
        self._evaluators: set[int] = set()
        self._owner_gone_since: float | None = None
        self._fresh = FreshProcesses(location.target) if inherited is None else None

    def serve(self) -> int:
        """Carry out orders until the owner is gone and nothing is left; gives the exit code."""
        while not self._lines.is_ended or self._orders or self._settlers or self._evaluators:
            poll = select.poll()
            poll.register(self._children, select.POLLIN)
            if not self._lines.is_ended:
                poll.register(self._lines, select.POLLIN)
            for descriptor, _ in poll.poll(self._rest_milliseconds()):
                if descriptor == self._lines.fileno():
                    for order in self._lines.received():
                        self._carry_out(order)
            for pid, end in self._children.ended():
                self._ended(pid, end)
            self._end_hanging_ticks()
        if self._fresh is not None:
            self._fresh.close()
        return 0

    def _rest_milliseconds(self) -> float | None:
        return 1000.0 if self._lines.is_ended and self._evaluators else None

    def _end_hanging_ticks(self) -> None:
        """The owner ends ticks that take too long; where it is gone, what still goes on after a while is ended here."""
        if not self._lines.is_ended or not self._evaluators:
            return
        self._owner_gone_since = self._owner_gone_since or time.monotonic()
        if time.monotonic() - self._owner_gone_since > LAST_TICKS_SECONDS:
            for pid in self._evaluators:
                os.kill(pid, signal.SIGKILL)  # it is a child that was not waited for, so this pid is no other's

    def _carry_out(self, order: StartRun | StartHost | StartEvaluator) -> None:
        try:
            if isinstance(order, (StartHost, StartEvaluator)):
                self._start_answering(order)
            else:
                self._start_run(order)
        except OSError as refused:
            self._lines.send(CannotStart(number=order.number, sentence=f"No process could be started: {refused.strerror}."))

    def _start_run(self, order: StartRun) -> None:
        paths = changed(self._marks) if order.checks_code else []
        if paths:
            self._lines.send(CodeHasChanged(number=order.number, paths=paths))
            return
        if self._fresh is not None:
            pid = self._fresh.start(order)
        else:
            inherited = self._inherited or Inherited()
            pid = self._forked(lambda: supervise_run(order.order, self._location, as_asked(inherited, self._location.target)))
        self._orders[pid] = order.order
        self._numbers[pid] = order.number
        self._lines.send(Started(number=order.number, pid=pid))

    def _start_answering(self, order: StartHost | StartEvaluator) -> None:
        descriptor = self._lines.take_descriptor()
        serve = serve_host if isinstance(order, StartHost) else serve_evaluator
        try:
            if self._fresh is not None:
                pid = self._fresh.start(order, descriptor)
            else:
                parent = os.getpid()

                def answering() -> int:
                    die_with_parent(parent)
                    return serve(socket.socket(fileno=descriptor), self._location)

                pid = self._forked(answering)
        finally:
            os.close(descriptor)
        if isinstance(order, StartEvaluator):
            self._evaluators.add(pid)
        self._numbers[pid] = order.number
        self._lines.send(Started(number=order.number, pid=pid))

    def _forked(self, body: Callable[[], int]) -> int:
        return fork(body, self._inherited or Inherited(), closed=(self._lines.fileno(), *self._children.descriptors))

    def _ended(self, pid: int, end: ProcessEnd) -> None:
        """Tell of an end. A supervisor that was killed left its run: what is left of it is ended by a process of its own."""
        if pid in self._settlers:
            self._settlers.discard(pid)
            return
        self._evaluators.discard(pid)
        number = self._numbers.pop(pid, None)
        if number is None:
            return
        order = self._orders.pop(pid, None)
        if order is not None and end.exit_code != 0:
            self._settlers.add(self._settler(order, pid, end))
        self._lines.send(Ended(number=number, end=end))

    def _settler(self, order: RunOrder, pid: int, end: ProcessEnd) -> int:
        what = end.sentence.removesuffix(" before its work was done")
        if self._fresh is not None:
            return self._fresh.settle(order, pid, what)
        return self._forked(lambda: settle(order, pid, what))


def run_zygote(connection: socket.socket, target: CodeTarget) -> int:
    """Be the zygote of a location: load its code, tell of it, and serve.

    Returns:
        The exit code.
    """
    lines: Lines[Any] = Lines(connection, ZygoteOrder)
    began = time.monotonic()
    inspection, watch = Inspection(), FileWatch()
    take_dotenv()  # below the watch, so that the code is loaded again when the file changes
    location = loaded_or_told(lines, target, watch)
    if location is None:
        return 1
    main_module_of(target)
    obstacles = inspection.obstacles()
    inherited = inspection.inherited() if not obstacles else None
    marks = watch.marks()
    gc.collect()
    gc.freeze()  # so that the collector does not touch, and so copy, what is shared with children
    lines.send(
        Loaded(
            pid=os.getpid(),
            obstacles=obstacles,
            files=sorted(marks),
            installed=installed_modules(),
            seconds=time.monotonic() - began,
        )
    )
    return Zygote(lines, location, inherited, marks).serve()


def loaded_or_told(lines: Lines[Any], target: CodeTarget, watch: FileWatch) -> CodeLocation | None:
    """The location's code, loaded and checked; None where it cannot be, which is told."""
    location: CodeLocation | None = None
    try:
        location = load(target)
        location.check()
    except (DagsterError, CheckError) as raised:
        failed = LoadFailed(
            complaint=complaint(raised, target=target, location=location), error=error_info(raised), files=sorted(watch.marks())
        )
        lines.send(failed)
        return None
    return location


def main_module_of(target: CodeTarget) -> None:
    """Give the process a main module from which user code can start processes of its own by the method `spawn`."""
    from dagster.workspace import user_mains

    user_mains.remember(target)
    sys.modules["__main__"] = user_mains
