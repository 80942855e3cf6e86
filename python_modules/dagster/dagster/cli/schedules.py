"""`dagster schedule`."""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

import click

from dagster.automation.instigators import first_state, question_of
from dagster.automation.schedule_times import next_time
from dagster.cli.answers import print_answer
from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.quantities import local_time, utc_text
from dagster.cli.switching import Shown, chosen, declared, schedules_of, selector, switch, with_states
from dagster.cli.tables import Column, print_table
from dagster.cli.ticks import print_ticks
from dagster.partitions.zones import zone_named
from dagster.runs.instigators import InstigatorStatus
from dagster.specs.schedules import ScheduleSpec

_COLUMNS = (
    Column("schedule", whole=True),
    Column("status", whole=True),
    Column("cron"),
    Column("zone"),
    Column("next", whole=True),
    Column("job"),
    Column("location"),
)
_NAME = click.argument("name", required=False)


@click.command("list", context_settings=SETTINGS)
@click.option("--running", is_flag=True, help="Only those that are on.")
@click.option("--stopped", is_flag=True, help="Only those that are off.")
@click.option("--name", "names_only", is_flag=True, help="Print names only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def list_schedules(code: CodeOptions, running: bool, stopped: bool, names_only: bool, as_json: bool) -> None:
    """List the schedules of a project, and when each is due next."""
    with instance_of_home() as instance:
        shown = with_states(instance, declared(code, schedules_of))
    if running or stopped:
        shown = [each for each in shown if each.status == ("RUNNING" if running else "STOPPED")]
    now = time.time()
    if names_only:
        click.echo("".join(f"{each.located.value.name}\n" for each in shown), nl=False)
    elif as_json:
        click.echo(json.dumps([_described(each, now) for each in shown], indent=2))
    elif shown:
        several = len({each.located.location for each in shown}) > 1
        print_table(_COLUMNS, [_row(each, now, several) for each in shown])
    else:
        click.echo("No schedules.", err=True)


def _spec(shown: Shown) -> ScheduleSpec:
    return cast("ScheduleSpec", shown.located.value)


def _next(shown: Shown, now: float) -> int | None:
    return next_time(_spec(shown), now) if shown.status == "RUNNING" else None


def _row(shown: Shown, now: float, several: bool) -> list[str]:
    spec = _spec(shown)
    job = "" if spec.job_name.startswith("__") else spec.job_name
    zone = spec.execution_timezone or "UTC"
    cron = ", ".join(spec.cron_schedules)
    return [spec.name, shown.status, cron, zone, local_time(_next(shown, now)), job, shown.located.location if several else ""]


def _described(shown: Shown, now: float) -> dict[str, Any]:
    spec = _spec(shown)
    return {
        "name": spec.name,
        "status": shown.status,
        "cron_schedules": list(spec.cron_schedules),
        "execution_timezone": spec.execution_timezone or "UTC",
        "job_name": spec.job_name,
        "next_time": utc_text(_next(shown, now)),
        "location": shown.located.location,
    }


@click.command(context_settings=SETTINGS)
@_NAME
@click.option("--start-all", is_flag=True, help="All schedules of the project.")
@code_options
def start(code: CodeOptions, name: str | None, start_all: bool) -> None:
    """Start a schedule. What was due while it was stopped is not made up for."""
    found = chosen(declared(code, schedules_of), name, start_all, "schedule")
    switch(found, InstigatorStatus.RUNNING, "schedule")


@click.command(context_settings=SETTINGS)
@click.argument("name")
@code_options
def stop(code: CodeOptions, name: str) -> None:
    """Stop a schedule. Runs that it started go on."""
    switch(chosen(declared(code, schedules_of), name, False, "schedule"), InstigatorStatus.STOPPED, "schedule")


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many times.")
@click.option("--runs", is_flag=True, help="Ask it too: what would it start at the first of them? Nothing is stored.")
@code_options
def preview(code: CodeOptions, name: str, limit: int, runs: bool) -> None:
    """Show the next times of a schedule, in its own time zone, and what it would start."""
    [located, *_] = chosen(declared(code, schedules_of), name, False, "schedule")
    spec = cast("ScheduleSpec", located.value)
    zone = zone_named(spec.execution_timezone or "UTC")
    times = list(islice(_times(spec, time.time()), limit))
    for moment in times:
        click.echo(datetime.datetime.fromtimestamp(moment, zone).strftime("%Y-%m-%d %H:%M:%S %Z"))
    if runs and times:
        state = first_state(spec, located.location)
        print_answer(code, question_of(state, located.location, float(times[0])))


def _times(spec: ScheduleSpec, after: float) -> Iterator[int]:
    moment = next_time(spec, after)
    while moment is not None:
        yield moment
        moment = next_time(spec, moment)


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many ticks.")
@click.option("--lines", "with_lines", is_flag=True, help="Show what was logged with `context.log`, oldest first.")
@code_options
def logs(code: CodeOptions, name: str, limit: int, with_lines: bool) -> None:
    """Show the last ticks of a schedule, newest first."""
    [located, *_] = chosen(declared(code, schedules_of), name, False, "schedule")
    with instance_of_home() as instance:
        print_ticks(instance, selector(located), limit, with_lines=with_lines)
