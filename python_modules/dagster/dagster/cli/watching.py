"""`dagster run watch`, `logs` and `terminate`: runs that are executed elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import refusals
from dagster.cli.refusals import Refused
from dagster.execution.captures import STDERR, STDOUT, output_folder
from dagster.execution.consoles import line_of
from dagster.instance.instance import DagsterInstance
from dagster.runs.runs import DagsterRun
from dagster.storage.refusals import no_run

_LOOK_SECONDS = 0.1


@click.command(context_settings=SETTINGS)
@click.argument("run_id")
def watch(run_id: str) -> None:
    """Show what happens in a run until it ends.

    The exit code is 1 when the run does not end well.
    """
    with instance_of_home() as instance, refusals():
        run = _stored(instance, run_id)
        cursor = None
        while True:
            page = instance.get_records_for_run(run_id, cursor=cursor)
            for record in page.records:
                click.echo(line_of(record.event_log_entry, colored=False), nl=False)
            cursor = page.cursor
            if run.is_finished:
                break
            run = _stored(instance, run_id)
            if not run.is_finished:
                time.sleep(_LOOK_SECONDS)
    click.echo(f"Run {run_id}: {run.status.value}")
    if not run.is_success:
        raise SystemExit(1)


@click.command(context_settings=SETTINGS)
@click.argument("run_id")
@click.option("-f", "--follow", is_flag=True, help="Go on until the run ends.")
@click.option("--step", "steps", multiple=True, metavar="KEY", help="Only of this step. Several are possible.")
@click.option("--stdout", "only", flag_value=STDOUT, help="Only what was written to stdout.")
@click.option("--stderr", "only", flag_value=STDERR, help="Only what was written to stderr.")
def logs(run_id: str, follow: bool, steps: tuple[str, ...], only: str | None) -> None:
    """Print what the processes of a run wrote to stdout and stderr."""
    with instance_of_home() as instance, refusals():
        run = _stored(instance, run_id)
        written = _Written(output_folder(instance.storage_directory(), run_id), steps, only)
        while True:
            for line in written.new_lines():
                click.echo(line)
            if run.is_finished or not follow:
                break
            run = _stored(instance, run_id)
            if not run.is_finished:
                time.sleep(_LOOK_SECONDS)
        for line in written.rest():
            click.echo(line)


@click.command(context_settings=SETTINGS)
@click.argument("run_id")
@click.option("--wait", is_flag=True, help="Wait until the run has ended.")
def terminate(run_id: str, wait: bool) -> None:
    """Stop a run. What does not stop when it is asked is killed after a grace time."""
    with instance_of_home() as instance, refusals():
        if not instance.terminate_run(run_id):
            raise Refused([f"Run {run_id} has ended already: {_stored(instance, run_id).status.value}."])
        run = _stored(instance, run_id)
        while wait and not run.is_finished:
            time.sleep(_LOOK_SECONDS)
            run = _stored(instance, run_id)
    click.echo(f"Run {run_id}: {run.status.value}")


def _stored(instance: DagsterInstance, run_id: str) -> DagsterRun:
    run = instance.get_run_by_id(run_id)
    if run is None:
        raise no_run(run_id)
    return run


class _Written:
    """The files into which the processes of a run write, and how far each has been read."""

    def __init__(self, folder: str, steps: tuple[str, ...], only: str | None) -> None:
        self._folder = folder
        self._steps = steps
        self._only = only
        self._read: dict[str, int] = {}
        self._begun: dict[str, str] = {}

    def _names(self) -> list[str]:
        try:
            names = sorted(os.listdir(self._folder))
        except FileNotFoundError:
            return []
        return [name for name in names if name.endswith(self._only or (STDOUT, STDERR)) and self._is_wanted(name)]

    def _is_wanted(self, name: str) -> bool:
        return not self._steps or os.path.splitext(name)[0] in self._steps

    def new_lines(self) -> Iterator[str]:
        """The whole lines that were written since; each begins with its step where there are several."""
        for name in self._names():
            with open(os.path.join(self._folder, name), encoding="utf-8", errors="replace") as file:
                file.seek(self._read.get(name, 0))
                text = self._begun.pop(name, "") + file.read()
                self._read[name] = file.tell()
            *lines, rest = text.split("\n")
            if rest:
                self._begun[name] = rest
            yield from (self._told(name, line) for line in lines)

    def rest(self) -> Iterator[str]:
        """The lines that have begun and did not end."""
        yield from (self._told(name, line) for name, line in self._begun.items())

    def _told(self, name: str, line: str) -> str:
        return line if len(self._steps) == 1 else f"{os.path.splitext(name)[0]}: {line}"
