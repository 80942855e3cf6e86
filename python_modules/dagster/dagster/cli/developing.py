"""`dagster dev`: everything that a project needs, in the foreground, until it is interrupted."""

from __future__ import annotations

import threading

import click

from dagster.cli.instances import home_is_set, instance_to_serve
from dagster.cli.options import CodeOptions, code_options, empty_workspace
from dagster.cli.serving import control_plane, log_level, logs_folder, run_until_stopped, stopping, tell_on_stderr
from dagster.cli.web import WebOptions, options_of_before, settings_without_short_help, web_options, web_pages
from dagster.daemon.control_planes import ControlPlane
from dagster.instance.instance import DagsterInstance
from dagster.runs.members import DEFAULT_GRACE_SECONDS
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.statuses import DagsterRunStatus

_END_SECONDS = DEFAULT_GRACE_SECONDS + 5.0


@click.command(context_settings=settings_without_short_help())
@web_options
@options_of_before
@empty_workspace
@log_level
@code_options
def dev(code: CodeOptions, web: WebOptions, log_level: str) -> None:
    """Serve a project: pages in the browser, schedules and sensors, runs, changed files. Ctrl-C ends it.

    Without DAGSTER_HOME history and data are kept in a temporary folder, which is removed at the end.
    """
    tell_on_stderr(log_level)
    with instance_to_serve() as instance, control_plane(code, instance) as plane:
        click.echo(f"Instance {instance.root_directory}, output of the locations in {logs_folder(instance)}", err=True)
        with web_pages(instance, plane.locations, web) as url:
            pages = f"Open {url}" if url is not None else "For pages in the browser: pip install dagster-webserver."
            click.secho(f"{pages} Ctrl-C ends everything.", err=True, bold=True)
            run_until_stopped(plane)
            _end_runs(plane, instance)


def _end_runs(plane: ControlPlane, instance: DagsterInstance) -> None:
    """Stop the runs that were launched here, and name those that go on."""
    hurry = threading.Event()
    with stopping(lambda _number: hurry.set()):
        going_on = plane.stop_runs()
        if going_on:
            click.echo(
                f"Canceling what goes on: {', '.join(run.run_id for run in going_on)}. Ctrl-C again does not wait for them.",
                err=True,
            )
        for run in plane.wait_for_ends(going_on, _END_SECONDS, hurry):
            click.secho(f"Run {run.run_id} goes on: {_told(run)}", err=True, fg="yellow")
    waiting = instance.get_runs_count(RunsFilter(statuses=[DagsterRunStatus.QUEUED]))
    if waiting and home_is_set():
        click.echo(f"Runs in the queue, which start with the next `dagster dev`: {waiting}.", err=True)


def _told(run: DagsterRun) -> str:
    process = run.process
    return f"it is {run.status.value}" + (f", pid {process.pid} on {process.host}." if process is not None else ".")
