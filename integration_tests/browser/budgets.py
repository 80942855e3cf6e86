"""Figures beside what they may be, and how busy and how fast the machine was meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

_ROUNDS = 400_000
# What the rounds cost on the machine for which the limits were set.
_USUAL_SECONDS = 0.03
_NOISY = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure.

    Attributes:
        name: what was measured.
        value: in `unit`.
        limit: what it may be at most.
        unit: of both.
        kind: bytes are the same everywhere; CPU time is longer on a slower machine; wall-clock time also where there is
            other work, and is judged only on a fast one without.
    """

    name: str
    value: float
    limit: float
    unit: str
    kind: Literal["bytes", "cpu", "wall"]


@dataclass(frozen=True, slots=True)
class Machine:
    """What else the machine did.

    Attributes:
        contention: how much longer than its CPU time a loop took.
        slowness: how much more CPU time than usual it took; 1 on a machine as fast as usual, or faster.
        load: of a minute.
    """

    contention: float
    slowness: float
    load: float

    @property
    def is_quiet(self) -> bool:
        """Whether wall-clock figures say something about the pages."""
        return max(self.contention, self.slowness) <= _NOISY and self.load < (os.cpu_count() or 1)

    def __str__(self) -> str:
        return f"load {self.load:.1f} on {os.cpu_count()} cores, contention {self.contention:.2f}, slowness {self.slowness:.2f}"


def machine() -> Machine:
    """How busy the machine is now. Takes some milliseconds where it is not."""
    cpu, wall = time.thread_time(), time.perf_counter()
    total = 0
    for number in range(_ROUNDS):
        total += number & 7
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    return Machine(wall / cpu, max(1.0, cpu / _USUAL_SECONDS), os.getloadavg()[0])


class Budgets:
    """Figures of one test, each said in a line of the summary.

    Args:
        say: takes the line.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._before = machine()

    def judge(self, *figures: Figure) -> list[Figure]:
        """The figures over their limits."""
        after = machine()
        between = Machine(*(max(pair) for pair in zip(_parts(self._before), _parts(after), strict=True)))
        over: list[Figure] = []
        for figure in figures:
            limit = figure.limit * between.slowness if figure.kind == "cpu" else figure.limit
            is_judged = figure.kind != "wall" or between.is_quiet
            if is_judged and figure.value > limit:
                over.append(figure)
            remark = "" if is_judged else ", not judged"
            self._say(f"{figure.name}: {figure.value:,.1f} {figure.unit} of {figure.limit:g} ({between}{remark})")
        return over


def _parts(found: Machine) -> tuple[float, float, float]:
    return found.contention, found.slowness, found.load
