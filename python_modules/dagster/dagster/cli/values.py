"""`dagster asset show`: what is stored of an asset."""

from __future__ import annotations

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.previews import preview
from dagster.cli.quantities import local_time
from dagster.cli.selecting import location_of_selection, refuse_wrong_partition
from dagster.cli.tables import print_table
from dagster.errors import DagsterInvalidSubsetError
from dagster.events.entries import EventLogEntry
from dagster.events.records import AssetRecordsFilter
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.metadata.tables import TableSchema
from dagster.metadata.values import TableMetadataValue
from dagster.workspace.loading import CodeLocation

_ROWS = 20
_TEXT_AT_MOST = 200


@click.command(context_settings=SETTINGS)
@click.argument("asset")
@click.option("--partition", metavar="KEY", help="The partition to show.")
@click.option(
    "--rows", type=click.IntRange(min=1), default=_ROWS, show_default=True, help="How many rows of a table at the most."
)
@code_options
def show(code: CodeOptions, asset: str, partition: str | None, rows: int) -> None:
    """Show what is stored of an asset: its latest materialization and its value, loaded by its IO manager."""
    locations = loaded(code.targets())
    with instance_of_home() as instance:
        with refusals(locations[0] if len(locations) == 1 else None):
            location, keys = location_of_selection(locations, asset)
            if len(keys) != 1:
                raise DagsterInvalidSubsetError(f'"{asset}" selects {len(keys)} assets. Name one of them.')
        with refusals(location):
            key = next(iter(keys))
            if partition is not None:
                refuse_wrong_partition(location.project, keys, partition)
            _print_materialization(instance, key, partition)
            print_value(location, instance, key, partition, rows)


def _print_materialization(instance: DagsterInstance, key: AssetKey, partition: str | None) -> None:
    entry = _latest_materialization(instance, key, partition)
    if entry is None or entry.asset_materialization is None:
        return
    made = entry.asset_materialization.partition
    name = key.to_user_string() if made is None else f"{key.to_user_string()} [{made}]"
    click.echo(f"{name}, materialized {local_time(entry.timestamp)} in run {entry.run_id}", err=True)
    for name, value in sorted(entry.asset_materialization.metadata.items()):
        click.echo(f"  {name}: {_on_one_line(value.value)}", err=True)


def _latest_materialization(instance: DagsterInstance, key: AssetKey, partition: str | None) -> EventLogEntry | None:
    if partition is None:
        return instance.get_latest_materialization_event(key)
    records = instance.fetch_materializations(AssetRecordsFilter(key, asset_partitions=[partition]), limit=1).records
    return records[0].event_log_entry if records else None


def _on_one_line(value: object) -> str:
    if isinstance(value, TableSchema):
        text = ", ".join(f"{column.name} {column.type}" for column in value.columns)
    elif isinstance(value, TableMetadataValue):
        rows = (", ".join(f"{name} {cell}" for name, cell in record.data.items()) for record in value.records)
        text = "; ".join(rows)
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= _TEXT_AT_MOST else f"{text[:_TEXT_AT_MOST]}..."


def print_value(
    location: CodeLocation, instance: DagsterInstance, key: AssetKey, partition: str | None, rows: int = _ROWS
) -> None:
    """Load the stored value of an asset and print it on stdout, of a table the first rows.

    Raises:
        DagsterError: there is no such asset, or nothing is stored of it.
    """
    with location.definitions.get_asset_value_loader(instance) as loader:
        value = loader.load_asset_value(key, partition_key=partition)
    seen = preview(value, rows)
    if seen.columns:
        print_table(seen.columns, seen.rows)
    for line in seen.lines:
        click.echo(line)
