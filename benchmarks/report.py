"""The comparison as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from benchmarks.comparison import Row, Spread
from benchmarks.machine import Machine

VERDICTS = {True: "met", False: "NOT MET", None: ""}


def markdown(rows: Sequence[Row], machine: Machine, repetitions: int) -> str:
    lines = [
        "| benchmark | measure | ours | reference | ours / reference | limit | |",
        "|---|---|--:|--:|--:|--:|---|",
        *(_line(row) for row in rows),
        "",
        closing(rows),
        "",
        f"Medians of {repetitions} repetitions (least to most), alternating; of one to three for what takes minutes.",
        _machine(machine),
    ]
    return "\n".join(lines)


def closing(rows: Sequence[Row]) -> str:
    """How many limits are kept, and which are not."""
    missed = [f"{row.case} ({row.measure})" for row in rows if row.is_met is False]
    kept = sum(row.is_met is True for row in rows)
    return f"{kept} limits kept, {len(missed)} missed{': ' if missed else ''}{', '.join(missed)}."


def _line(row: Row) -> str:
    ratio = row.ratio()
    return (
        f"| {row.case} | {row.measure}, {row.unit} | {_spread(row.ours)} | {_spread(row.reference)} "
        f"| {'' if ratio is None else f'{ratio:.3f}'} | {row.limit} | {VERDICTS[row.is_met]} |"
    )


def _spread(spread: Spread | None) -> str:
    if spread is None:
        return "-"
    return f"{_number(spread.median)} ({_number(spread.least)} to {_number(spread.most)})"


def _number(value: float) -> str:
    """Three digits say enough: the spread is wider than the fourth."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _machine(machine: Machine) -> str:
    before, after = machine.before, machine.after
    sentence = (
        f"{machine.processor}, {machine.cores} cores, {machine.system}, Python {machine.python}; "
        f"load {before.load_average[0]:.2f} before and {after.load_average[0]:.2f} after; "
        f"a fixed loop took {before.loop_cpu_seconds * 1000:.0f} ms of CPU before and {after.loop_cpu_seconds * 1000:.0f} after, "
        f"wall / CPU {before.contention():.2f} and {after.contention():.2f}; "
        f"one synced write of 4 KiB took {before.sync_ms:.2f} and {after.sync_ms:.2f} ms."
    )
    warning = " The machine was busy: repeat before believing a verdict that is close." if machine.is_noisy() else ""
    return sentence + warning


def as_json(rows: Sequence[Row], machine: Machine, repetitions: int) -> bytes:
    listed: list[dict[str, Any]] = [{**msgspec.to_builtins(row), "ratio": row.ratio()} for row in rows]
    report = {"repetitions": repetitions, "machine": msgspec.to_builtins(machine), "rows": listed}
    return msgspec.json.format(msgspec.json.encode(report), indent=1)
