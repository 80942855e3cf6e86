"""`dagster asset wipe`, `dagster run delete` and `dagster run wipe`."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.partition_options import partitions_in_common, range_of
from dagster.cli.refusals import Refused
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.workspace.loading import CodeLocation

_WORD = "DELETE"


@click.command(context_settings=SETTINGS)
@click.argument("keys", metavar="[KEY]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="All assets.")
@click.option("--partition", "partitions", multiple=True, metavar="KEY", help="Only these partitions of one asset.")
@click.option("--partition-range", metavar="FIRST...LAST", help="Only these partitions of one asset; needs the project.")
@click.option(
    "--values", "--delete-data", is_flag=True, help="Delete the stored values as well, by the IO managers of the project."
)
@click.option("--noprompt", is_flag=True, help="Do not ask.")
@code_options
def wipe(
    code: CodeOptions,
    keys: tuple[str, ...],
    every: bool,
    partitions: tuple[str, ...],
    partition_range: str | None,
    values: bool,
    noprompt: bool,
) -> None:
    """Forget what is known of assets: materializations, observations, checks, plans.

    A KEY is written as "sales/orders" or as '["sales", "orders"]'. Logs of runs stay, and without --values
    the stored values too; the options that name code go with it and with --partition-range. Cannot be undone.
    """
    if every == bool(keys):
        raise click.UsageError("Name assets, or --all.")
    if (partitions or partition_range) and len(keys) != 1:
        raise click.UsageError("--partition and --partition-range go with one asset.")
    key_range = range_of(partitions[0] if partitions else None, partition_range)
    with instance_of_home() as instance:
        wanted = list(instance.all_asset_keys()) if every else [asset_key_of(text) for text in keys]
        refuse_unknown_assets(instance, wanted)
        if key_range is not None and not partitions:
            partitions = _partitions_in(code, instance, wanted[0], key_range)
        what = "all assets" if every else ", ".join(key.to_user_string() for key in wanted)
        named = f"{partition_range or ', '.join(partitions)} of {what}" if partitions else what
        _confirm(f"{named}, and the stored values" if values else named, noprompt)
        if values:
            _delete_values(code, instance, wanted, partitions)
        if partitions:
            instance.wipe_asset_partitions(wanted[0], list(partitions))
        else:
            instance.wipe_assets(wanted)
    click.echo(f"Forgotten: {named}.")


@click.command("delete", context_settings=SETTINGS)
@click.argument("run_id")
@click.option("-f", "--force", is_flag=True, help="Do not ask.")
def delete_run(run_id: str, force: bool) -> None:
    """Delete a run and its events; what only they said of assets is forgotten. Cannot be undone."""
    with instance_of_home() as instance:
        if not instance.has_run(run_id):
            raise Refused([f"There is no run {run_id}. List the runs: dagster run list"])
        _confirm(f"run {run_id} and its events", force)
        instance.delete_run(run_id)
    click.echo(f"Deleted run {run_id}.")


@click.command("wipe", context_settings=SETTINGS)
@click.option("-f", "--force", is_flag=True, help="Do not ask.")
def wipe_runs(force: bool) -> None:
    """Delete all runs and all events, and with them all that is known of assets. Stored values stay. Cannot be undone."""
    with instance_of_home() as instance:
        _confirm("all runs and all events", force)
        instance.wipe()
    click.echo("Deleted all runs and all events.")


def _partitions_in(code: CodeOptions, instance: DagsterInstance, key: AssetKey, key_range: PartitionKeyRange) -> tuple[str, ...]:
    """The partitions of a range of which something is known.

    Raises:
        Refused: the project has no such asset, it has no partitions, or nothing is known of any in the range.
    """
    location = location_of_asset(loaded(code.targets()), key, "nobody knows what lies in a range of its partitions")
    with refusals(location), partition_loading_context(dynamic_partitions_store=instance):
        definition = partitions_in_common(location.project, {key})
        wanted = definition.subset_with_partition_range(key_range)
        known = definition.subset_with_existing_partition_keys(instance.partition_marks(key)) & wanted
        found = tuple(map(str, known.get_partition_keys()))
    if not found:
        raise Refused([f"Nothing is known of the partitions {'...'.join(key_range)} of {key.to_user_string()}."])
    return found


def _delete_values(code: CodeOptions, instance: DagsterInstance, keys: list[AssetKey], partitions: tuple[str, ...]) -> None:
    """Deletes the values before they are forgotten: what is known says which partitions there are."""
    locations = loaded(code.targets())
    for key in keys:
        location = location_of_asset(locations, key, "nobody knows where its value is")
        with refusals(location), location.definitions.get_asset_value_loader(instance) as loader:
            for partition in partitions or sorted(instance.get_materialized_partitions(key)) or [None]:
                loader.delete_asset_value(key, partition_key=partition)


def location_of_asset(locations: Sequence[CodeLocation], key: AssetKey, otherwise: str) -> CodeLocation:
    """The location that has an asset.

    Raises:
        Refused: none has; it says what follows from that.
    """
    location = next((each for each in locations if each.project.graph.has(key)), None)
    if location is None:
        raise Refused([f"No asset {key.to_user_string()} in this project, so {otherwise}."])
    return location


def asset_key_of(text: str) -> AssetKey:
    """The key that a text names, as `sales/orders` or as JSON."""
    if not text.startswith("["):
        return AssetKey.from_user_string(text)
    try:
        return AssetKey(json.loads(text))
    except ValueError as refused:
        raise click.UsageError(f"{text} is no asset key: {refused}") from refused


def refuse_unknown_assets(instance: DagsterInstance, keys: list[AssetKey]) -> None:
    """Raises Refused for an asset of which nothing is known."""
    from difflib import get_close_matches

    unknown = [key for key in keys if not instance.has_asset_key(key)]
    if unknown:
        name = unknown[0].to_user_string()
        close = get_close_matches(name, [key.to_user_string() for key in instance.all_asset_keys()])
        hint = f" Close: {', '.join(close)}." if close else ""
        raise Refused([f"Nothing is known of an asset {name}.{hint}"])


def _confirm(what: str, is_sure: bool) -> None:
    if is_sure:
        return
    typed = click.prompt(f"This deletes what is known of {what}. Type {_WORD} to go on", default="", show_default=False, err=True)
    if typed != _WORD:
        raise Refused(["Nothing was deleted."])
