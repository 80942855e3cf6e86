"""`dagster sensor`."""

from __future__ import annotations

import json
from typing import Any, cast

import click
from msgspec.structs import replace

from dagster.automation.instigators import first_state, question_of
from dagster.cli.answers import print_answer
from dagster.cli.commands import SETTINGS
from dagster.cli.instances import home_is_set, instance_of_home
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.quantities import duration, local_time, utc_text
from dagster.cli.switching import Shown, change, chosen, declared, selector, sensors_of, switch, with_states
from dagster.cli.tables import Column, print_table
from dagster.cli.ticks import print_ticks
from dagster.runs.instigators import InstigatorStatus
from dagster.specs.sensors import SensorSpec

_COLUMNS = (
    Column("sensor", whole=True),
    Column("status", whole=True),
    Column("kind"),
    Column("interval", right=True, whole=True),
    Column("last asked", whole=True),
    Column("cursor"),
    Column("location"),
)
_CURSOR_AT_MOST = 40


@click.command("list", context_settings=SETTINGS)
@click.option("--running", is_flag=True, help="Only those that are on.")
@click.option("--stopped", is_flag=True, help="Only those that are off.")
@click.option("--name", "names_only", is_flag=True, help="Print names only.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def list_sensors(code: CodeOptions, running: bool, stopped: bool, names_only: bool, as_json: bool) -> None:
    """List the sensors of a project."""
    with instance_of_home() as instance:
        shown = with_states(instance, declared(code, sensors_of))
    if running or stopped:
        shown = [each for each in shown if each.status == ("RUNNING" if running else "STOPPED")]
    if names_only:
        click.echo("".join(f"{each.located.value.name}\n" for each in shown), nl=False)
    elif as_json:
        click.echo(json.dumps([_described(each) for each in shown], indent=2))
    elif shown:
        several = len({each.located.location for each in shown}) > 1
        print_table(_COLUMNS, [_row(each, several) for each in shown])
    else:
        click.echo("No sensors.", err=True)


def _spec(shown: Shown) -> SensorSpec:
    return cast("SensorSpec", shown.located.value)


def _row(shown: Shown, several: bool) -> list[str]:
    spec, state = _spec(shown), shown.state
    cursor = (state.cursor if state is not None else None) or ""
    return [
        spec.name,
        shown.status,
        spec.sensor_type.value.lower().replace("_", " "),
        duration(spec.minimum_interval_seconds),
        local_time(state.tick_ended if state is not None else None),
        cursor if len(cursor) <= _CURSOR_AT_MOST else f"{cursor[: _CURSOR_AT_MOST - 1]}…",
        shown.located.location if several else "",
    ]


def _described(shown: Shown) -> dict[str, Any]:
    spec, state = _spec(shown), shown.state
    return {
        "name": spec.name,
        "status": shown.status,
        "sensor_type": spec.sensor_type.value,
        "minimum_interval_seconds": spec.minimum_interval_seconds,
        "cursor": state.cursor if state is not None else None,
        "last_asked": utc_text(state.tick_ended) if state is not None else None,
        "location": shown.located.location,
    }


@click.command(context_settings=SETTINGS)
@click.argument("name", required=False)
@click.option("--start-all", is_flag=True, help="All sensors of the project.")
@code_options
def start(code: CodeOptions, name: str | None, start_all: bool) -> None:
    """Start a sensor. It goes on from the cursor that it has."""
    switch(chosen(declared(code, sensors_of), name, start_all, "sensor"), InstigatorStatus.RUNNING, "sensor")


@click.command(context_settings=SETTINGS)
@click.argument("name")
@code_options
def stop(code: CodeOptions, name: str) -> None:
    """Stop a sensor. Runs that it started go on."""
    switch(chosen(declared(code, sensors_of), name, False, "sensor"), InstigatorStatus.STOPPED, "sensor")


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.option("--set", "text", metavar="CURSOR", help="The cursor that the next tick finds.")
@click.option("--delete", is_flag=True, help="Take the cursor away.")
@code_options
def cursor(code: CodeOptions, name: str, text: str | None, delete: bool) -> None:
    """Set the cursor of a sensor, or take it away; without an option print it."""
    if text is not None and delete:
        raise click.UsageError("--set and --delete exclude each other.")
    [located, *_] = chosen(declared(code, sensors_of), name, False, "sensor")
    with instance_of_home() as instance:
        if text is None and not delete:
            [shown] = with_states(instance, [located])
            click.echo((shown.state.cursor if shown.state is not None else None) or "")
            return
        change(instance, located, lambda state: replace(state, cursor=text))
    click.echo(f'Cursor of sensor {name} is "{text}"' if text is not None else f"Cursor of sensor {name} is gone")


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.option("--cursor", "text", metavar="CURSOR", help="The cursor that it finds; without: the one that is kept.")
@click.option("--last_run_key", "--last-run-key", metavar="KEY", help="The key of the last run that it asked for.")
@click.option("--since", type=float, metavar="SECONDS", help="When the last tick ended, in seconds since the epoch.")
@code_options
def preview(code: CodeOptions, name: str, text: str | None, last_run_key: str | None, since: float | None) -> None:
    """Ask a sensor, and show what it would start. Nothing is stored."""
    [located, *_] = chosen(declared(code, sensors_of), name, False, "sensor")
    state = first_state(located.value, located.location)
    if home_is_set():
        with instance_of_home() as instance:
            [shown] = with_states(instance, [located])
            state = shown.state or state
    given = {"cursor": text, "last_run_key": last_run_key, "last_tick_ended": since}
    question = question_of(state, located.location)
    print_answer(code, replace(question, **{name: value for name, value in given.items() if value is not None}))


@click.command(context_settings=SETTINGS)
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many ticks.")
@click.option("--lines", "with_lines", is_flag=True, help="Show what was logged with `context.log`, oldest first.")
@code_options
def logs(code: CodeOptions, name: str, limit: int, with_lines: bool) -> None:
    """Show the last ticks of a sensor, newest first."""
    [located, *_] = chosen(declared(code, sensors_of), name, False, "sensor")
    with instance_of_home() as instance:
        print_ticks(instance, selector(located), limit, with_lines=with_lines)
