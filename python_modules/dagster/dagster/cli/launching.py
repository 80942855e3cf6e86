"""`dagster job launch`, and `--launch` of `dagster asset materialize`: runs that go on when the command has ended.

Without a control plane the command starts the location's processes itself. They load the code once, start the run, and end when
nothing of it is left.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import refusals
from dagster.cli.options import CodeOptions, code_options, config_options, input_options, run_config_of, tags_of, with_inputs
from dagster.cli.refusals import Refused
from dagster.events.types import DagsterEventType
from dagster.instance.instance import DagsterInstance
from dagster.runs.requests import RunRequest
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.launchers import launch, launching_processes
from dagster.workspace.process_handles import LocationLoadError
from dagster.workspace.targets import CodeTarget


@click.command("launch", context_settings=SETTINGS)
@click.option("-j", "--job", "job_name", required=True, metavar="NAME", help="The job.")
@click.option("-l", "--location", metavar="NAME", help="The code location, where there are several.")
@click.option("--partition", metavar="KEY", help="The partition to run.")
@click.option("--tags", metavar="JSON", help="Tags of the run, as a JSON object.")
@click.option("--run-id", metavar="ID", help="The id of the run; without: a new one.")
@click.option(
    "--op", "ops", multiple=True, metavar="NAME", help="Only this op. Several are possible; `+` and `*` for its neighbours."
)
@config_options
@input_options
@code_options
def launch_job(
    code: CodeOptions,
    job_name: str,
    location: str | None,
    partition: str | None,
    tags: str | None,
    run_id: str | None,
    ops: tuple[str, ...],
    config_files: tuple[str, ...],
    config_json: str | None,
    inputs: tuple[str, ...],
) -> None:
    """Start a run of a job, and print its id.

    The run goes on when this command has ended. See it with `dagster run watch` and `dagster run logs`, stop it with `dagster run
    terminate`.
    """
    config = with_inputs(run_config_of(config_files, config_json), inputs)
    request = RunRequest(run_config=config, tags=tags_of(tags), partition_key=partition)
    launch_in(target_named(code.targets(), location), job_name, request, op_selection=list(ops) or None, run_id=run_id)


def launch_in(target: CodeTarget, job_name: str, request: RunRequest, **options: Any) -> None:
    """Launch a run in a location and print its id.

    Raises:
        Refused: the code cannot be loaded, what is asked for does not fit, or the run could not be started.
    """
    launch_all_in(target, job_name, [request], **options)


def launch_all_in(target: CodeTarget, job_name: str, requests: Sequence[RunRequest], **options: Any) -> None:
    """Launch runs in a location, one after another, and print their ids, each when it is under way.

    Raises:
        Refused: the code cannot be loaded, what is asked for does not fit, or a run could not be started.
    """
    with instance_of_home() as instance, refusals(), launching_in(instance, target) as processes:
        for request in requests:
            made = launch(processes, instance, job_name, request, **options)
            click.echo(made.run.run_id)
            refuse_not_started(instance, made.run.run_id)


@contextmanager
def launching_in(instance: DagsterInstance, target: CodeTarget) -> Generator[LocationProcesses]:
    """The processes of a location that launch runs.

    Raises:
        Refused: the code cannot be loaded.
    """
    try:
        with launching_processes(target, output_path(instance, target)) as processes:
            yield processes
    except LocationLoadError as failed:
        raise Refused(failed.failed.complaint.lines()) from failed


def refuse_not_started(instance: DagsterInstance, run_id: str) -> None:
    """Nothing where a run that was launched is under way, or has been.

    Raises:
        Refused: it failed before it began.
    """
    run = instance.get_run_by_id(run_id)
    if run is not None and run.is_failure and not instance.all_logs(run_id, DagsterEventType.RUN_START):
        raise Refused([f"Run {run_id} could not be started. See: dagster run watch {run_id}"])


def target_named(targets: list[CodeTarget], location: str | None) -> CodeTarget:
    """The only target, or the one of this name.

    Raises:
        Refused: there are several, or none of this name.
    """
    found = [target for target in targets if location in (None, target.location)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(target.location for target in targets)
    raise Refused([f"Say which location: --location NAME. There are: {names}."])


def output_path(instance: DagsterInstance, target: CodeTarget) -> str:
    """Where goes what the processes of a location print that belongs to no run."""
    folder = os.path.join(instance.root_directory, "logs")
    os.makedirs(folder, exist_ok=True)
    return os.path.join(folder, f"{target.location.replace(os.sep, '_')}.log")
