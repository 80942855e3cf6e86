"""`dagster asset check`: checks of assets, executed without making the assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.following import following
from dagster.cli.instances import home_is_set, instance_for_a_run, say_nothing_is_kept
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import LEVELS, CodeOptions, code_options, config_options, run_config_of
from dagster.cli.progress import RunProgress
from dagster.cli.refusals import Interrupted, Refused
from dagster.cli.selecting import selected_keys
from dagster.cli.summaries import failure_lines, was_interrupted
from dagster.cli.tables import Column, print_table
from dagster.define.asset_jobs import define_asset_job
from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME, JobDefinition, resolved_job
from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError, closest
from dagster.events.asset_events import AssetCheckEvaluation, AssetCheckSeverity
from dagster.events.entries import EventLogEntry
from dagster.events.events import check_evaluation_of
from dagster.execution.materialize import run_job
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetCheckKey
from dagster.planning.job_plans import plan_job
from dagster.specs.selections import AssetSelection
from dagster.workspace.loading import CodeLocation

_COLUMNS = (
    Column("asset", whole=True),
    Column("check", whole=True),
    Column("result", whole=True),
    Column("what it says"),
)
_SAID_AT_MOST = 100


@click.command(context_settings=SETTINGS)
@click.option("--select", metavar="SELECTION", help='Checks of which assets, e.g. "orders+", "group:sales"; without: of all.')
@click.option("--check", "names", multiple=True, metavar="NAME", help="Only checks of this name. Several are possible.")
@click.option("--partition", metavar="KEY", help="The partition to check, of checks that have partitions.")
@config_options
@click.option(
    "--log-level", type=click.Choice(list(LEVELS)), default="info", show_default=True, help="Which logged lines are shown."
)
@code_options
def check(
    code: CodeOptions,
    select: str | None,
    names: tuple[str, ...],
    partition: str | None,
    config_files: tuple[str, ...],
    config_json: str | None,
    log_level: str,
) -> None:
    """Execute checks of assets, here and now, on what is stored of them.

    Ends with a table of what they found. The exit code is 1 when a check could not be executed, or failed with the severity
    ERROR; a failure that is a warning is told and changes nothing. Checks that are executed by the function that makes their
    asset are not among them: materialize the asset.
    """
    config = run_config_of(config_files, config_json)
    failed: list[str] = []
    with instance_for_a_run() as instance:
        for location, keys in _checks(loaded(code.targets()), select, names):
            with refusals(location):
                failed += _check(location, keys, instance, partition, config, LEVELS[log_level])
    if not home_is_set():
        say_nothing_is_kept()
    if failed:
        raise Refused(
            [f"{len(failed)} checks failed: {', '.join(failed)}." if len(failed) > 1 else f"A check failed: {failed[0]}."]
        )


def _checks(
    locations: Sequence[CodeLocation], select: str | None, names: Sequence[str]
) -> list[tuple[CodeLocation, set[AssetCheckKey]]]:
    """The checks of each location that can be executed alone.

    Raises:
        Refused: there is none of what is asked for.
    """
    found: list[tuple[CodeLocation, set[AssetCheckKey]]] = []
    known: set[str] = set()
    for location in locations:
        with refusals(location):
            keys = _checks_of(location.project, select)
        known |= {key.name for key in keys}
        wanted = {key for key in keys if not names or key.name in names}
        if wanted:
            found.append((location, wanted))
    if unknown := [name for name in names if name not in known]:
        raise Refused([f'No check "{unknown[0]}" that can be executed alone.{closest(unknown[0], sorted(known))}'])
    if not found:
        raise Refused(["There is no check that can be executed without making an asset."])
    return found


def _checks_of(project: Project, select: str | None) -> set[AssetCheckKey]:
    alone = {key for definition in project.checks for key in definition.check_keys}
    if select is None:
        return alone
    assets = selected_keys(project, select)
    if not assets:
        raise DagsterInvalidSubsetError(f'No asset is selected by "{select}".')
    return {key for key in alone if key.asset_key in assets}


def _check(
    location: CodeLocation,
    keys: Set[AssetCheckKey],
    instance: DagsterInstance,
    partition: str | None,
    config: Any,
    level: int,
) -> list[str]:
    """Executes checks of a location and prints what they found; gives the names of those that failed, but for warnings."""
    declared = define_asset_job(IMPLICIT_ASSET_JOB_NAME, selection=AssetSelection.checks(*keys))
    job: JobDefinition = resolved_job(location.project, declared)
    progress = RunProgress(plan_job(job))
    found = _Found()
    with following(progress, level) as follower:
        run_job(
            job,
            selected=job.selected_asset_keys,
            run_config=config,
            instance=instance,
            resources=location.project.all_resources,
            partition_key=partition,
            raise_on_error=False,
            listeners=(follower, found),
            keeps_values=False,
        )
    print_table(_COLUMNS, [_row(key, found.evaluations.get(key)) for key in sorted(keys, key=_in_order)])
    if progress.has_failed and was_interrupted(progress.error):
        raise Interrupted(["Interrupted."])
    if progress.has_failed and any(key not in found.evaluations for key in keys):
        click.echo("\n".join(failure_lines(progress, location.target)), err=True)
    return [_in_order(key) for key in sorted(keys, key=_in_order) if _is_failed(found.evaluations.get(key))]


class _Found:
    """Takes the entries of a run and keeps what its checks found, by check."""

    counts_events = True

    def __init__(self) -> None:
        self.evaluations: dict[AssetCheckKey, AssetCheckEvaluation] = {}

    def __call__(self, entry: EventLogEntry) -> None:
        evaluation = check_evaluation_of(entry.dagster_event) if entry.dagster_event is not None else None
        if evaluation is not None:
            self.evaluations[evaluation.asset_check_key] = evaluation


def _in_order(key: AssetCheckKey) -> str:
    return f"{key.asset_key.to_user_string()}: {key.name}"


def _is_failed(evaluation: AssetCheckEvaluation | None) -> bool:
    return evaluation is None or (not evaluation.passed and evaluation.severity is AssetCheckSeverity.ERROR)


def _row(key: AssetCheckKey, evaluation: AssetCheckEvaluation | None) -> list[str]:
    if evaluation is None:
        return [key.asset_key.to_user_string(), key.name, "not executed", ""]
    failed = "failed" if evaluation.severity is AssetCheckSeverity.ERROR else "failed (warning)"
    said = [evaluation.description or "", _told(evaluation.metadata)]
    text = " ".join("; ".join(part for part in said if part).split())
    shown = text if len(text) <= _SAID_AT_MOST else f"{text[:_SAID_AT_MOST]}..."
    return [key.asset_key.to_user_string(), key.name, "passed" if evaluation.passed else failed, shown]


def _told(metadata: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}: {value.value}" for name, value in sorted(metadata.items()))
