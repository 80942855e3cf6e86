"""`dagster asset move`."""

from __future__ import annotations

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.wiping import asset_key_of, refuse_unknown_assets


@click.command(context_settings=SETTINGS)
@click.argument("old")
@click.argument("new")
def move(old: str, new: str) -> None:
    """Give what is known of the asset OLD to the key NEW: materializations, partitions, checks, and what was made from it.

    A key is written as "sales/orders" or as '["sales", "orders"]'. What is known of NEW already stays, too. Stored
    values stay where they are.
    """
    former, latter = asset_key_of(old), asset_key_of(new)
    if former == latter:
        raise click.UsageError("OLD and NEW are the same key.")
    with instance_of_home() as instance:
        refuse_unknown_assets(instance, [former])
        count = instance.move_asset(former, latter)
    events = "1 event" if count == 1 else f"{count} events"
    click.echo(f"Moved {events} of {former.to_user_string()} to {latter.to_user_string()}.")
