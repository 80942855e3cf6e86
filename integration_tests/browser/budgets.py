"""Figures beside what they may be, and how busy the machine was meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass

_ROUNDS = 400_000
_NOISY = 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured figure.

    Attributes:
        name: what was measured.
        value: in `unit`.
        limit: what it may be at most.
        unit: of both.
        is_wall: whether other work on the machine makes it larger; it is judged only where there is none.
    """

    name: str
    value: float
    limit: float
    unit: str
    is_wall: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """What else the machine did: how much longer than its CPU time a loop took, and the load of a minute."""

    contention: float
    load: float

    @property
    def is_idle(self) -> bool:
        """Whether wall-clock figures say something about the pages."""
        return self.contention <= _NOISY and self.load < (os.cpu_count() or 1)

    def __str__(self) -> str:
        return f"load {self.load:.1f} on {os.cpu_count()} cores, contention {self.contention:.2f}"


def machine() -> Machine:
    """How busy the machine is now. Takes some milliseconds where it is not."""
    cpu, wall = time.thread_time(), time.perf_counter()
    total = 0
    for number in range(_ROUNDS):
        total += number & 7
    return Machine((time.perf_counter() - wall) / (time.thread_time() - cpu), os.getloadavg()[0])


class Budgets:
    """Figures of one test, each said in a line of the summary.

    Args:
        say: takes the line.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._before = machine()

    def judge(self, *figures: Figure) -> list[Figure]:
        """The figures over their limits; those of wall-clock time only where the machine had nothing else to do."""
        after = machine()
        busier = max(self._before, after, key=lambda each: each.contention)
        over: list[Figure] = []
        for figure in figures:
            is_judged = not figure.is_wall or (busier.is_idle and self._before.is_idle)
            if figure.value > figure.limit and is_judged:
                over.append(figure)
            verdict = "" if is_judged else ", not judged"
            self._say(f"{figure.name}: {figure.value:,.1f} {figure.unit} of {figure.limit:g} ({busier}{verdict})")
        return over
