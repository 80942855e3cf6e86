"""`dagster run reexecute`: a stored run is executed again, all of it or what is missing, in processes of its location."""

from __future__ import annotations

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.launching import launching_in, refuse_not_started, target_named
from dagster.cli.loading import refusals
from dagster.cli.options import CodeOptions, code_options, config_options, run_config_of, tags_of
from dagster.execution.reexecutions import ReexecutionOptions
from dagster.runs.requests import RunRequest
from dagster.runs.retries import ReexecutionStrategy
from dagster.runs.runs import DagsterRun
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster.storage.refusals import no_run
from dagster.workspace.launchers import relaunch
from dagster.workspace.targets import CodeTarget


@click.command(context_settings=SETTINGS)
@click.argument("run_id")
@click.option("--from-failure", "of", flag_value="FROM_FAILURE", help="The steps that did not end well, and what follows them.")
@click.option("--from-asset-failure", "of", flag_value="FROM_ASSET_FAILURE", help="The assets that it was to make and did not.")
@click.option("--all", "of", flag_value="ALL_STEPS", help="Everything.")
@click.option("--steps", metavar="STEPS", help='These steps, e.g. "load[a]", "total*", or "a,b".')
@click.option("-l", "--location", metavar="NAME", help="The code location, where there are several and the run names none.")
@click.option("--tags", metavar="JSON", help="Tags of the new run, as a JSON object, over those of the earlier one.")
@config_options
@code_options
def reexecute(
    code: CodeOptions,
    run_id: str,
    of: str | None,
    steps: str | None,
    location: str | None,
    tags: str | None,
    config_files: tuple[str, ...],
    config_json: str | None,
) -> None:
    """Execute a run again, and print the id of the new one.

    The new run has the config of the earlier one, unless other config is given, its partition and its selection. It goes on when
    this command has ended, see `dagster run watch`.
    """
    if (of is None) == (steps is None):
        raise click.UsageError("Say what to execute again: --from-failure, --from-asset-failure, --all, or --steps STEPS.")
    options = ReexecutionOptions(run_id, _parts(steps), ReexecutionStrategy(of or "ALL_STEPS"))
    request = RunRequest(run_config=run_config_of(config_files, config_json) or {}, tags=tags_of(tags))
    with instance_of_home() as instance, refusals():
        run = instance.get_run_by_id(run_id)
        if run is None:
            raise no_run(run_id)
        with launching_in(instance, _target_of(run, code.targets(), location)) as processes:
            made = relaunch(processes, instance, options, request)
        refuse_not_started(instance, made.run.run_id)
    click.echo(made.run.run_id)


def _target_of(run: DagsterRun, targets: list[CodeTarget], location: str | None) -> CodeTarget:
    """Where the job of the run is: as said, or as the run tells, or the only one."""
    told = run.tags.get(CODE_LOCATION_TAG)
    known = {target.location for target in targets}
    return target_named(targets, location if location is not None or told not in known else told)


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())
