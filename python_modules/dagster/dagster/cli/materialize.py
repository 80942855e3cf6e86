"""`dagster asset materialize`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.following import following
from dagster.cli.instances import home_is_set, instance_for_a_run, say_nothing_is_kept
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import LEVELS, CodeOptions, code_options, config_options, run_config_of
from dagster.cli.progress import RunProgress
from dagster.cli.refusals import Interrupted, Refused
from dagster.cli.selecting import location_of_selection, named_asset, refuse_wrong_partition
from dagster.cli.summaries import failure_lines, print_summary, was_interrupted
from dagster.cli.values import print_value
from dagster.execution.materialize import run_job
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.planning.plans import plan_assets
from dagster.specs.caching import REFRESH_TAG
from dagster.workspace.loading import CodeLocation
from dagster.workspace.targets import CodeTarget


@click.command(context_settings=SETTINGS)
@click.option("--select", required=True, metavar="SELECTION", help='Which assets, e.g. "*", "orders+", "group:sales", or "a,b".')
@click.option("--partition", metavar="KEY", help="The partition to make.")
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
    """
    config = run_config_of(config_files, config_json)
    tags = {REFRESH_TAG: "true"} if is_refreshed else {}
    if is_launched:
        launch_assets(code.targets(), select, partition, config, tags)
        return
    locations = loaded(code.targets())
    with refusals(locations[0] if len(locations) == 1 else None):
        location, keys = location_of_selection(locations, select)
    with refusals(location):
        refuse_wrong_partition(location.project, keys, partition)
        shown = [named_asset(location.project, name) for name in show]
    with instance_for_a_run() as instance, refusals(location):
        progress = _run(location, keys, instance, partition, config, LEVELS[log_level], tags)
        print_summary(progress, is_kept=home_is_set())
        for key in () if progress.has_failed else shown:
            click.echo(f"\n{key.to_user_string()}:")
            print_value(location, instance, key, partition if location.project.graph.get(key).is_partitioned else None)
    if not home_is_set():
        say_nothing_is_kept()
    if progress.has_failed:
        if was_interrupted(progress.error):
            raise Interrupted(["Interrupted."])
        raise Refused(failure_lines(progress, location.target))


def _run(
    location: CodeLocation,
    keys: set[AssetKey],
    instance: DagsterInstance,
    partition: str | None,
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
            partition_key=partition,
            raise_on_error=False,
            listeners=(follower,),
            tags=tags,
            keeps_values=False,
        )
    return progress


def launch_assets(targets: list[CodeTarget], select: str, partition: str | None, config: Any, tags: Mapping[str, str]) -> None:
    """Start a run of a selection of assets in the only location, and print its id."""
    from dagster.cli.launching import launch_in, target_named
    from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME
    from dagster.runs.requests import RunRequest

    parts = [part.strip() for part in select.split(",") if part.strip()]
    request = RunRequest(run_config=config, partition_key=partition, tags=tags)
    launch_in(target_named(targets, None), IMPLICIT_ASSET_JOB_NAME, request, select=parts)
