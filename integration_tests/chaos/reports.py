"""The report of a matrix, as a page of the documentation."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import datetime, timezone

from chaos.matrix import Result


def commit() -> str:
    """The commit that was tested, and whether the files were as it has them."""
    try:
        name = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
        changed = subprocess.run(["git", "status", "--porcelain"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name}{' with changes' if changed else ''}"


def report(results: Sequence[Result], planned: int, seed: int, seconds: float, parallel: int) -> str:
    """The page: what came of those sessions of the planned ones that are over."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    problems = [(result, problem) for result in results for problem in result.problems]
    lines = [
        "# Last result of `make chaos`",
        "",
        "Processes are killed (KILL) and stopped (STOP) before, during and after each of their writes, and at random moments,",
        "while a sensor and a schedule start runs. 30 seconds after the last strike at most no run is held by what was struck,",
        "and of the runs that waited one has begun. In the end every key and time has one run, each run is final and was tried",
        "again where it failed, each step has one end, no process and no lease is left, and the projections say what the log",
        "says. Leases last 2 seconds here. Written by `integration_tests/chaos/`; what is promised stands in guarantees.md.",
        "",
        f"- commit {commit()}, {datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC",
        f"- {os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}",
        f"- {sum(result.struck for result in results)} strikes in {len(results)} of {planned} sessions, {parallel} at a time,"
        f" {seconds / 60:.0f} minutes, seed {seed}",
        f"- **{len(problems)} problems**",
        "",
        "| role | signal | at writes | not reached | at random | problems | longest until it went on | until all was done |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for role, sign in dict.fromkeys((result.batch.role, result.batch.signal) for result in results):
        of = [result for result in results if (result.batch.role, result.batch.signal) == (role, sign)]
        at_writes = sum(result.struck for result in of if result.batch.faults)
        missed = sum(result.not_reached for result in of)
        at_random = sum(result.struck for result in of if not result.batch.faults)
        wrong = sum(len(result.problems) for result in of)
        worst = max(result.worst_seconds for result in of)
        done = max(result.done_seconds for result in of)
        lines.append(f"| {role} | {sign} | {at_writes} | {missed} | {at_random} | {wrong} | {worst:.1f} s | {done:.0f} s |")
    lines += ["", "A write is not reached where no process of the role made that many, as when its run was over before.", ""]
    if problems:
        lines += ["## Problems", ""]
        lines += [f"- {result.batch.role}, {result.batch.signal}, {_where(result)}: {problem}" for result, problem in problems]
        lines.append("")
    return "\n".join(lines)


def _where(result: Result) -> str:
    batch = result.batch
    if batch.faults:
        return f"writes {batch.faults[0].write} to {batch.faults[-1].write}"
    return f"at random (seed {batch.seed})"
