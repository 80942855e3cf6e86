"""Ticks on the console."""

from __future__ import annotations

from logging import getLevelName

import click

from dagster.cli.quantities import duration, local_time
from dagster.cli.tables import Column, print_table
from dagster.instance.instance import DagsterInstance
from dagster.runs.ticks import Tick, TickFilter

_COLUMNS = (
    Column("time", whole=True),
    Column("status", whole=True),
    Column("duration", right=True, whole=True),
    Column("runs"),
    Column("told"),
)


def print_ticks(instance: DagsterInstance, selector: str, limit: int, *, with_lines: bool = False) -> None:
    """Print the last ticks of a schedule or sensor, newest first; or the lines that they logged, oldest first."""
    records = instance.get_ticks(TickFilter(selector=selector), limit=limit)
    if records and with_lines:
        for record in reversed(records):
            _print_lines(record.tick)
    elif records:
        print_table(_COLUMNS, [_row(record.tick) for record in records])
    else:
        click.echo("It was not asked yet.", err=True)


def _print_lines(tick: Tick) -> None:
    for line in tick.lines:
        click.echo(f"{local_time(line.timestamp)} {getLevelName(line.level)} {line.message}")
        if line.error is not None:
            click.echo(line.error.rstrip())


def _row(tick: Tick) -> list[str]:
    seconds = tick.end_timestamp - tick.timestamp if tick.end_timestamp is not None else None
    return [local_time(tick.timestamp), tick.status.value, duration(seconds), ", ".join(tick.run_ids), _told(tick)]


def _told(tick: Tick) -> str:
    if tick.error is not None:
        return tick.error.message.strip().splitlines()[-1]
    if tick.run_keys and not tick.run_ids:
        return f"there are runs for {', '.join(tick.run_keys)}"
    often = f" ({tick.times} times since {local_time(tick.since)})" if tick.times > 1 else ""
    return f"{tick.skip_reason or ''}{often}".strip()
