"""`dagster job execute`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
import msgspec

from dagster.cli.commands import SETTINGS
from dagster.cli.following import following
from dagster.cli.instances import home_is_set, instance_for_a_run, say_nothing_is_kept
from dagster.cli.jobs import job_named
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import LEVELS, CodeOptions, code_options, config_options, input_options, run_config_of, with_inputs
from dagster.cli.progress import RunProgress
from dagster.cli.refusals import Interrupted, Refused
from dagster.cli.summaries import failure_lines, print_steps, print_summary, was_interrupted
from dagster.define.jobs import JobDefinition
from dagster.execution.job_executions import execute, reexecute
from dagster.execution.job_results import JobExecutionResult
from dagster.execution.reexecutions import ReexecutionOptions
from dagster.instance.instance import DagsterInstance
from dagster.workspace.targets import CodeTarget


class _Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What of a job is to run, and how."""

    ops: tuple[str, ...]
    steps: tuple[str, ...]
    from_failure: str | None
    parent: str | None
    options: Mapping[str, Any]


@click.command("execute", context_settings=SETTINGS)
@click.option("-j", "--job", "name", metavar="NAME", help="The job; may be left out where there is only one.")
@click.option(
    "-o", "--op-selection", metavar="OPS", help='Some of its ops, e.g. "load+", "*total", or "a,b"; without: all of them.'
)
@click.option("--partition", metavar="KEY", help="The partition to run.")
@click.option("--tags", metavar="JSON", help='Tags of the run: \'{"team": "sales"}\'.')
@config_options
@input_options
@click.option("--from-failure", metavar="RUN_ID", help="Go on where this run failed: only what is missing is executed.")
@click.option("--again", metavar="RUN_ID", help="Execute this run again: all of it, or the steps that --steps names.")
@click.option("--steps", metavar="STEPS", help='With --again, the steps, e.g. "load[a]", "load[?]+", "*total", or "a,b".')
@click.option(
    "--log-level", type=click.Choice(list(LEVELS)), default="info", show_default=True, help="Which logged lines are shown."
)
@code_options
def execute_job(
    code: CodeOptions,
    name: str | None,
    op_selection: str | None,
    partition: str | None,
    tags: str | None,
    config_files: tuple[str, ...],
    config_json: str | None,
    inputs: tuple[str, ...],
    from_failure: str | None,
    again: str | None,
    steps: str | None,
    log_level: str,
) -> None:
    """Execute a job, here and now.

    Runs in this process, shows each step as it goes, and ends with a table of them. Values and history are kept under
    DAGSTER_HOME. The exit code is 1 when a step failed; --from-failure then goes on after a fix.
    """
    config = with_inputs(run_config_of(config_files, config_json), inputs)
    options = {"run_config": config, "tags": _tags(tags)}
    wanted = _Wanted(
        ops=_parts(op_selection), steps=_parts(steps), from_failure=from_failure, parent=again, options=_given(options)
    )
    _refuse_contradictions(wanted, partition)
    locations = loaded(code.targets())
    with refusals(locations[0] if len(locations) == 1 else None):
        location, job = job_named(locations, name)
    if partition is not None:
        wanted = msgspec.structs.replace(wanted, options={**wanted.options, "partition_key": partition})
    progress = RunProgress()
    with instance_for_a_run() as instance, refusals(location):
        result = _run(job, instance, wanted, progress, LEVELS[log_level])
        (print_summary if job.is_asset_job else print_steps)(progress, is_kept=home_is_set())
    if not home_is_set():
        say_nothing_is_kept()
    _say_how_it_ended(progress, result, job, location.target)


def _say_how_it_ended(progress: RunProgress, result: JobExecutionResult, job: JobDefinition, target: CodeTarget) -> None:
    if not progress.has_failed:
        click.echo(f"\nRun {result.run_id} succeeded.", err=True)
        return
    if was_interrupted(progress.error):
        raise Interrupted(["Interrupted."])
    if home_is_set():
        go_on = f"dagster job execute -j {job.name} --from-failure {result.run_id}"
        click.echo(f"\nRun {result.run_id} failed. After a fix, execute what is missing: {go_on}", err=True)
    raise Refused(failure_lines(progress, target))


def _run(job: JobDefinition, instance: DagsterInstance, wanted: _Wanted, progress: RunProgress, level: int) -> JobExecutionResult:
    with following(progress, level) as follower:
        options: dict[str, Any] = {**wanted.options, "listeners": (follower,), "planned": progress.begin}
        if wanted.from_failure is not None:
            return reexecute(job, instance, ReexecutionOptions.from_failure(wanted.from_failure, instance), **options)
        if wanted.parent is not None:
            return reexecute(job, instance, ReexecutionOptions(wanted.parent, wanted.steps), **options)
        return execute(job, instance, op_selection=wanted.ops or None, **options)


def _refuse_contradictions(wanted: _Wanted, partition: str | None) -> None:
    if wanted.from_failure is not None and wanted.parent is not None:
        raise click.UsageError("--from-failure and --again exclude each other.")
    is_again = wanted.from_failure is not None or wanted.parent is not None
    for flag, given in (("--op-selection", wanted.ops), ("--partition", partition)):
        if is_again and given:
            raise click.UsageError(f"A run that is executed again has its own selection and partition: leave {flag} out.")
    if wanted.steps and wanted.parent is None:
        raise click.UsageError("--steps goes with --again RUN_ID. To run some ops of a job, use --op-selection.")


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _tags(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    import json

    try:
        tags = json.loads(text)
    except ValueError as refused:
        raise click.BadParameter(f"it is no JSON: {refused}", param_hint="--tags") from refused
    if not isinstance(tags, dict):
        raise click.BadParameter('it is no JSON object: write \'{"team": "sales"}\'.', param_hint="--tags")
    return tags  # pyright: ignore[reportUnknownVariableType] - checked where the run is made
