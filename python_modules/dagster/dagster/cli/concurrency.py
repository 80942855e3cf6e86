"""`dagster instance concurrency`: the limits of pools, and who has their places."""

from __future__ import annotations

import json

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.refusals import Refused
from dagster.instance.instance import DagsterInstance
from dagster.runs.pools import MOST_SLOTS, PoolInfo


@click.command(context_settings=SETTINGS)
@click.argument("key", required=False)
@click.option("--all", "is_all", is_flag=True, help="Show all pools that have a limit, a step that runs or one that waits.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def get(key: str | None, is_all: bool, as_json: bool) -> None:
    """Show how many places of a pool are taken, and by which steps."""
    if key is None and not is_all:
        raise Refused(["Name a pool, or ask for --all. See: dagster instance concurrency get --help"])
    with instance_of_home() as instance:
        names = _known_pools(instance) if is_all or key is None else [key]
        pools = [instance.get_concurrency_info(name) for name in names]
    if as_json:
        click.echo(json.dumps([_described(pool) for pool in pools], indent=2))
        return
    if is_all and not pools:
        click.echo("No concurrency limits set. Run `dagster instance concurrency set <key> <limit>` to set limits.")
        return
    if is_all:
        click.echo("Concurrency limits:")
    for pool in pools:
        for line in _lines(pool):
            click.echo(line)


def _known_pools(instance: DagsterInstance) -> list[str]:
    from dagster.storage.clocks import now

    claimed = {claim.pool for claim in instance.storage.pools.claims(now())}
    return sorted(claimed | instance.get_concurrency_keys())


def _lines(pool: PoolInfo) -> list[str]:
    of = f"{len(pool.held)} / {pool.limit} slots occupied" if pool.limit is not None else f"{len(pool.held)} steps, no limit"
    lines = [f'"{pool.name}": {of}']
    lines += [f"  {claim.run_id} {claim.step_key}" for claim in pool.held]
    return lines + [f"  {claim.run_id} {claim.step_key} (waits)" for claim in pool.waiting]


def _described(pool: PoolInfo) -> dict[str, object]:
    return {
        "pool": pool.name,
        "limit": pool.limit,
        "is_default_limit": pool.from_default,
        "held": [{"run_id": claim.run_id, "step_key": claim.step_key} for claim in pool.held],
        "waiting": [{"run_id": claim.run_id, "step_key": claim.step_key} for claim in pool.waiting],
    }


@click.command("set", context_settings=SETTINGS)
@click.argument("key")
@click.argument("limit", type=click.IntRange(min=0, max=MOST_SLOTS))
def set_limit(key: str, limit: int) -> None:
    """Set how many steps may go on at once in a pool; of runs, where dagster.yaml says so."""
    with instance_of_home() as instance:
        instance.set_concurrency_slots(key, limit)
    click.echo(f"Set concurrency limit for {key} to {limit}.")


@click.command("delete", context_settings=SETTINGS)
@click.argument("key")
def delete_limit(key: str) -> None:
    """Forget the limit of a pool."""
    with instance_of_home() as instance:
        if key not in instance.get_concurrency_keys():
            raise Refused([f'The pool "{key}" has no limit. See: dagster instance concurrency get --all'])
        instance.delete_concurrency_limit(key)
    click.echo(f"Pool {key} has no limit of its own any more.")


@click.command(context_settings=SETTINGS)
@click.argument("run_id")
@click.option("--step", metavar="KEY", help="Only of this step.")
def free(run_id: str, step: str | None) -> None:
    """Take away the places in pools that a run has or waits for. Those of runs that ended do not count anyway."""
    with instance_of_home() as instance:
        freed = instance.storage.pools.release(run_id, step)
    click.echo(f"{freed} place{'s' if freed != 1 else ''} freed.")
