"""`dagster asset move`."""

from __future__ import annotations

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.wiping import asset_key_of, refuse_unknown_assets
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey


@click.command(context_settings=SETTINGS)
@click.argument("old")
@click.argument("new")
def move(old: str, new: str) -> None:
    """Give what is known of the asset OLD to the key NEW: materializations, partitions, checks, and what was made from it.

    A key is written as "sales/orders" or as '["sales", "orders"]'. What is known of NEW already stays, too. Stored
    values stay where they are; the command says where that is.
    """
    former, latter = asset_key_of(old), asset_key_of(new)
    if former == latter:
        raise click.UsageError("OLD and NEW are the same key.")
    with instance_of_home() as instance:
        refuse_unknown_assets(instance, [former])
        stored_at = _stored_at(instance, former)
        count = instance.move_asset(former, latter)
    events = "1 event" if count == 1 else f"{count} events"
    click.echo(f"Moved {events} of {former.to_user_string()} to {latter.to_user_string()}.")
    if stored_at is not None:
        click.echo(
            f"Values stay where they were stored, the latest one at {stored_at}. Before they are read as "
            f"{latter.to_user_string()}, move them to where its IO manager looks, or make the asset again."
        )


def _stored_at(instance: DagsterInstance, key: AssetKey) -> str | None:
    """Where the IO manager stored the latest value, None where it did not say."""
    latest = instance.get_latest_materialization_event(key)
    written = latest.asset_materialization if latest is not None else None
    path = written.metadata.get("path") if written is not None else None
    return str(path.value) if path is not None and path.value is not None else None
