"""What places the parts of a run and watches them: one contract, `start / wait / stop / describe`.

An engine places and watches. It never tries again what failed and never runs user code in the process that holds it; what to
start and what an end means is decided above it. The engines here start processes of this host; one that places parts on other
machines keeps the same contract (`dagster_tests/contracts/engines.py`).
"""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from dagster.execution.children import Children
from dagster.execution.forks import Inherited, adopt_orphans, die_with_parent, fork
from dagster.execution.orders import AnyReport, ProcessEnd, WorkOrder
from dagster.lines import Lines, pair
from dagster.runs.members import members_of
from dagster.runs.processes import ProcessIdentity, current_process

Part = Callable[[WorkOrder, "Lines[Any]"], int]
"""What a part's process does: takes the order, reports on the lines, gives the exit code."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a part told, or that its process ended.

    Attributes:
        number: of the part.
        report: what it told.
        end: how its process ended; nothing comes from it any more.
    """

    number: int
    report: AnyReport | None = None
    end: ProcessEnd | None = None


class Engine(Protocol):
    """Places the parts of one run."""

    def start(self, order: WorkOrder) -> None:
        """Starts a part and returns at once.

        Raises:
            OSError: there is no room for it.
        """
        ...

    def wait(self, seconds: float | None) -> list[Happening]:
        """What happened, in order; waits for it up to `seconds`, None for as long as it takes. A signal ends the wait."""
        ...

    def stop(self, *, kill: bool) -> int:
        """Asks every process of the run to end, or kills it, those that parts started too; says how many were still alive."""
        ...

    def describe(self, number: int) -> Mapping[str, str]:
        """Where a part is, for people; nothing once it has ended."""
        ...


class LocalEngine:
    """Processes of this host, children of this one.

    Args:
        run_id: the run; what its steps start carries its id as a mark.
    """

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._pids: dict[int, int] = {}
        self._lines: dict[int, Lines[AnyReport]] = {}
        self._asked: set[ProcessIdentity] = set()
        self._children = Children()
        adopt_orphans()

    def start(self, order: WorkOrder) -> None:
        """See `Engine`."""
        ours, theirs = pair()
        kept = [ours.fileno(), *self._children.descriptors, *(line.fileno() for line in self._lines.values())]
        try:
            pid = self._launched(order, theirs, kept)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._pids[pid] = order.number
        self._lines[order.number] = Lines(ours, AnyReport)

    def _launched(self, order: WorkOrder, channel: socket.socket, kept: list[int]) -> int:
        """Start the process of a part, which takes over `channel` and has no business with what is `kept`; gives its pid."""
        raise NotImplementedError

    def wait(self, seconds: float | None) -> list[Happening]:
        """See `Engine`."""
        poll = select.poll()
        poll.register(self._children, select.POLLIN)
        by_descriptor = {lines.fileno(): number for number, lines in self._lines.items()}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        happened: list[Happening] = []
        for descriptor, _ in poll.poll(None if seconds is None else max(seconds, 0.0) * 1000):
            if descriptor in by_descriptor:
                happened.extend(self._told(by_descriptor[descriptor]))
        happened.extend(self._ended())
        return happened

    def _told(self, number: int) -> list[Happening]:
        lines = self._lines[number]
        told = [Happening(number=number, report=report) for report in lines.received()]
        if lines.is_ended:
            self._lines.pop(number).close()
        return told

    def _ended(self) -> list[Happening]:
        """The ends of children; of those that were adopted nobody wants to know."""
        happened: list[Happening] = []
        for pid, end in self._children.ended():
            number = self._pids.pop(pid, None)
            if number is None:
                continue
            while number in self._lines and self._has_more(number):
                happened.extend(self._told(number))
            if number in self._lines:
                self._lines.pop(number).close()
            happened.append(Happening(number=number, end=self._with_reason(end)))
        return happened

    def _has_more(self, number: int) -> bool:
        """Whether the last words of a process are still on the line; what it started may hold the other end open."""
        poll = select.poll()
        poll.register(self._lines[number], select.POLLIN)
        return bool(poll.poll(0))

    def _with_reason(self, end: ProcessEnd) -> ProcessEnd:
        """A kill that nobody here sent may be the kernel's, which tells so in the counters of the control group."""
        was_killed = end.signal == signal.SIGKILL and not self._asked
        return replace(end, ran_out_of_memory=True) if was_killed and memory_ran_out() else end

    def stop(self, *, kill: bool) -> int:
        """See `Engine`. Asks each process once, and kills as often as it is told to."""
        alive = members_of(self._run_id, current_process())
        for member in alive:
            if kill:
                member.send(signal.SIGKILL)
            elif member not in self._asked:
                member.send(signal.SIGINT)
            self._asked.add(member)
        return len(alive)

    def describe(self, number: int) -> Mapping[str, str]:
        """See `Engine`."""
        pid = next((pid for pid, each in self._pids.items() if each == number), None)
        return {"pid": str(pid), "host": current_process().host} if pid is not None else {}

    def close(self) -> None:
        """Listen no more to what is still under way."""
        while self._lines:
            self._lines.popitem()[1].close()
        self._children.close()


class ForkingEngine(LocalEngine):
    """Processes that are forked from this one, which has user's modules loaded and a single thread.

    Args:
        run_id: the run.
        part: called in each child.
        inherited: what loading user's code left in this process.
        before: called before each fork; closes what must not be open across it.
    """

    def __init__(self, run_id: str, part: Part, inherited: Inherited, before: Callable[[], None]) -> None:
        super().__init__(run_id)
        self._part = part
        self._inherited = inherited
        self._before = before

    def _launched(self, order: WorkOrder, channel: socket.socket, kept: list[int]) -> int:
        self._before()
        parent = os.getpid()

        def part() -> int:
            die_with_parent(parent)
            return self._part(order, Lines(channel, WorkOrder))

        return fork(part, self._inherited, kept)


_kills_seen: int | None = None


def remember_memory_kills() -> None:
    """Look how often the kernel has killed for memory so far, so that a later kill can be told from it."""
    global _kills_seen
    _kills_seen = _memory_kills()


def memory_ran_out() -> bool:
    """Whether the kernel has killed for memory since `remember_memory_kills`."""
    kills = _memory_kills()
    return kills is not None and _kills_seen is not None and kills > _kills_seen


def _memory_kills() -> int | None:
    """How often the kernel killed a process of this control group because memory was used up.

    Source: cgroup-v2, memory.events.
    """
    try:
        with open("/proc/self/cgroup") as file:
            path = next((line.strip().split("::", 1)[1] for line in file if line.startswith("0::")), None)
        if path is None:
            return None
        with open(f"/sys/fs/cgroup{path}/memory.events") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("oom_kill ")), None)
    except (OSError, ValueError):
        return None
