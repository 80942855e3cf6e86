"""The machine and what else it was doing: without it a number means nothing."""

from __future__ import annotations

import os
import platform
import time
from pathlib import Path

import msgspec

from benchmarks.measuring import WORKPLACE

LOOP_ROUNDS = 3_000_000
SYNCS = 20
NOISY = 1.1


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """A fixed piece of work, done before and after: both costs would be equal on an idle machine."""

    load_average: tuple[float, float, float]
    loop_cpu_seconds: float
    loop_wall_seconds: float
    sync_ms: float
    """Median of writing and syncing 4 KiB where the instances lie; storage cannot be faster than this."""

    def contention(self) -> float:
        """1.0 when the loop had a core for itself."""
        return self.loop_wall_seconds / self.loop_cpu_seconds


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    processor: str
    cores: int
    system: str
    python: str
    before: Moment
    after: Moment

    def is_noisy(self) -> bool:
        costs = sorted([self.before.loop_cpu_seconds, self.after.loop_cpu_seconds])
        return costs[1] > NOISY * costs[0] or max(self.before.contention(), self.after.contention()) > NOISY


def moment() -> Moment:
    cpu, wall = time.process_time(), time.perf_counter()
    total = 0
    for number in range(LOOP_ROUNDS):
        total += number & 7
    return Moment(
        load_average=os.getloadavg(),
        loop_cpu_seconds=time.process_time() - cpu,
        loop_wall_seconds=time.perf_counter() - wall,
        sync_ms=_sync_ms(),
    )


def machine(before: Moment, after: Moment) -> Machine:
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        system=f"{platform.system()} {platform.release()}",
        python=platform.python_version(),
        before=before,
        after=after,
    )


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _sync_ms() -> float:
    WORKPLACE.mkdir(parents=True, exist_ok=True)
    path = WORKPLACE / f"sync-{os.getpid()}"
    times: list[float] = []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            started = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            times.append((time.perf_counter() - started) * 1000)
    path.unlink()
    return sorted(times)[SYNCS // 2]
