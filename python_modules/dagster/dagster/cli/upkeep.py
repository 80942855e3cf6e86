"""`dagster instance migrate`, `reindex` and `prune`."""

from __future__ import annotations

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home, refusals_of_home
from dagster.cli.refusals import Refused

_SHOWN_AT_MOST = 20


@click.command(context_settings=SETTINGS)
@click.option("--bigint-migration", is_flag=True, hidden=True, expose_value=False, help="Taken for the API; ids have 64 bits.")
def migrate() -> None:
    """Bring what an older version stored up to date.

    A SQLite file is brought up to date by whoever opens it; a PostgreSQL database is shared, so that is said by this command.
    Stop what still uses it, and make a copy of it, before.
    """
    from dagster.instance.homes import dagster_home
    from dagster.instance.storages import migrate as migrate_storage

    with refusals_of_home():
        versions = migrate_storage(dagster_home())
    if versions is None:
        click.echo("A storage of your own is not migrated by this command.")
    elif versions[0] == versions[1]:
        click.echo(f"Schema {versions[1]}: up to date.")
    else:
        click.echo(f"Schema {versions[0]} became schema {versions[1]}.")


@click.command(context_settings=SETTINGS)
@click.option("--verify", is_flag=True, help="Only compare; exit with 1 if something is wrong.")
def reindex(verify: bool) -> None:
    """Compare what is known of assets, partitions, checks, runs and steps with the log, and make it right.

    The log is read from its beginning. Without --verify nobody can write meanwhile.
    """
    wrong: list[str] = []
    with instance_of_home() as instance:
        if verify:
            wrong.extend(instance.disagreements())
        else:
            instance.reindex(wrong.append)
    for sentence in wrong[:_SHOWN_AT_MOST]:
        click.echo(sentence)
    if len(wrong) > _SHOWN_AT_MOST:
        click.echo(f"... and {len(wrong) - _SHOWN_AT_MOST} more")
    if not wrong:
        click.echo("What is known is what the log says.")
    elif verify:
        raise Refused([f"{len(wrong)} places do not say what the log says. Make them right: dagster instance reindex"])
    else:
        click.echo(f"{len(wrong)} places were made right.")


@click.command(context_settings=SETTINGS)
def prune() -> None:
    """Remove old history, as the entry `retention` of dagster.yaml says.

    The latest materialization, observation and evaluation of each asset, partition and check stay known, and the newest tick of
    each schedule and sensor. The same is done by itself once a day, by whoever opens the instance.
    """
    with instance_of_home() as instance:
        if not instance.has_setting("retention"):
            raise Refused(
                [
                    "dagster.yaml does not say what may go. To remove runs after 90 days and skipped ticks of sensors after 7:",
                    "  retention: {runs: {purge_after_days: 90}, sensor: {purge_after_days: {skipped: 7}}}",
                ]
            )
        removed = instance.prune()
    parts = (_counted(removed.runs, "run"), f"{_counted(removed.events, 'event')} without a run", _counted(removed.ticks, "tick"))
    click.echo(f"Removed: {', '.join(parts)}.")


def _counted(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
