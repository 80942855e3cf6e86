"""`dagster asset materialize`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.following import following
from dagster.cli.instances import home_is_set, instance_for_a_run, say_nothing_is_kept
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import LEVELS, CodeOptions, code_options, config_options, run_config_of
from dagster.cli.partition_options import partition_options, range_of, runs_of_range
from dagster.cli.progress import RunProgress
from dagster.cli.refusals import Interrupted, Refused
from dagster.cli.selecting import location_of_selection, named_asset, refuse_wrong_partition
from dagster.cli.summaries import failure_lines, print_summary, was_interrupted
from dagster.cli.values import print_value
from dagster.execution.materialize import run_job
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.planning.partition_runs import options_of_range
from dagster.planning.plans import plan_assets
from dagster.specs.caching import REFRESH_TAG
from dagster.workspace.loading import CodeLocation
from dagster.workspace.targets import CodeTarget


@click.command(context_settings=SETTINGS)
@click.option("--select", required=True, metavar="SELECTION", help='Which assets, e.g. "*", "orders+", "group:sales", or "a,b".')
@partition_options
@config_options
@click.option("--refresh", "is_refreshed", is_flag=True, help="Make everything anew, whatever a cache policy says.")
@click.option("--launch", "is_launched", is_flag=True, help="Start a run that goes on when this command has ended; print its id.")
@click.option(
    "--show", multiple=True, metavar="ASSET", help="Print the stored value of this asset at the end. Several are possible."
)
@click.option(
    "--log-level", type=click.Choice(list(LEVELS)), default="info", show_default=True, help="Which logged lines are shown."
)
@code_options
def materialize(
    code: CodeOptions,
    select: str,
    partition: str | None,
    partition_range: str | None,
    config_files: tuple[str, ...],
    config_json: str | None,
    show: tuple[str, ...],
    log_level: str,
    is_launched: bool,
    is_refreshed: bool,
) -> None:
    """Make a selection of assets, here and now.

    Runs in this process, shows each asset as it goes, and ends with a table of what was stored where. Values and history are
    kept under DAGSTER_HOME. The exit code is 1 when an asset failed.

    A range of partitions is one run where the assets have a backfill policy that says so (BackfillPolicy.single_run()), else as
    many as it says: one for each partition without any. When one of them fails, the others still run.
    """
    config, wanted = run_config_of(config_files, config_json), range_of(partition, partition_range)
    tags = {REFRESH_TAG: "true"} if is_refreshed else {}
    if is_launched:
        launch_assets(code.targets(), select, wanted, config, tags)
        return
    locations = loaded(code.targets())
    with refusals(locations[0] if len(locations) == 1 else None):
        location, keys = location_of_selection(locations, select)
    with refusals(location):
        refuse_wrong_partition(location.project, keys, None if wanted is None else wanted.start)
        shown = [named_asset(location.project, name) for name in show]
    with instance_for_a_run() as instance, refusals(location):
        is_range = wanted is not None and wanted.start != wanted.end
        runs = runs_of_range(location.project, keys, wanted, instance) if wanted is not None and is_range else [wanted]
        made = [_made(location, keys, instance, each, config, LEVELS[log_level], tags, len(runs)) for each in runs]
        last = None if wanted is None else wanted.end
        for key in () if any(progress.has_failed for progress in made) else shown:
            click.echo(f"\n{key.to_user_string()}:")
            print_value(location, instance, key, last if location.project.graph.get(key).is_partitioned else None)
    if not home_is_set():
        say_nothing_is_kept()
    _refuse_failed(location, runs, made)


def _made(
    location: CodeLocation,
    keys: set[AssetKey],
    instance: DagsterInstance,
    key_range: PartitionKeyRange | None,
    config: Any,
    level: int,
    tags: Mapping[str, str],
    runs: int,
) -> RunProgress:
    """One of several runs, with its table."""
    if runs > 1 and key_range is not None:
        click.echo(f"{'partition' if key_range.start == key_range.end else 'partitions'} {_named(key_range)}", err=True)
    progress = _run(location, keys, instance, key_range, config, level, tags)
    print_summary(progress, is_kept=home_is_set())
    if was_interrupted(progress.error):
        raise Interrupted(["Interrupted."])
    if runs > 1 and progress.has_failed:
        click.echo("\n".join(failure_lines(progress, location.target)), err=True)
    return progress


def _refuse_failed(location: CodeLocation, runs: Sequence[PartitionKeyRange | None], made: Sequence[RunProgress]) -> None:
    failed = [(each, progress) for each, progress in zip(runs, made, strict=True) if progress.has_failed]
    if failed and len(runs) == 1:
        raise Refused(failure_lines(failed[0][1], location.target))
    if failed:
        named = ", ".join(_named(each) for each, _ in failed if each is not None)
        raise Refused([f"{len(failed)} of {len(runs)} runs failed: {named}."])


def _named(key_range: PartitionKeyRange) -> str:
    return key_range.start if key_range.start == key_range.end else f"{key_range.start}...{key_range.end}"


def _run(
    location: CodeLocation,
    keys: set[AssetKey],
    instance: DagsterInstance,
    key_range: PartitionKeyRange | None,
    config: Any,
    level: int,
    tags: Mapping[str, str],
) -> RunProgress:
    job = location.definitions.resolve_implicit_global_asset_job_def()
    progress = RunProgress(plan_assets(location.project, keys))
    with following(progress, level) as follower:
        run_job(
            job,
            selected=keys,
            run_config=config,
            instance=instance,
            resources=location.project.all_resources,
            raise_on_error=False,
            listeners=(follower,),
            keeps_values=False,
            **options_of_range(key_range, tags),
        )
    return progress


def launch_assets(
    targets: list[CodeTarget], select: str, wanted: PartitionKeyRange | None, config: Any, tags: Mapping[str, str]
) -> None:
    """Start the runs of a selection of assets in the only location, and print their ids.

    The code is loaded here only where a range is to be cut into runs.
    """
    from dagster.cli.launching import launch_all_in, target_named
    from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME
    from dagster.runs.requests import RunRequest

    parts = [part.strip() for part in select.split(",") if part.strip()]
    target = target_named(targets, None)
    runs: Sequence[PartitionKeyRange | None] = [wanted]
    if wanted is not None and wanted.start != wanted.end:
        [location] = loaded([target])
        with instance_for_a_run() as instance, refusals(location):
            _, keys = location_of_selection([location], select)
            runs = runs_of_range(location.project, keys, wanted, instance)
    requests = [RunRequest(run_config=config, **options_of_range(each, tags)) for each in runs]
    launch_all_in(target, IMPLICIT_ASSET_JOB_NAME, requests, select=parts)
