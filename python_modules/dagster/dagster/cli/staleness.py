"""`dagster asset why`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.selecting import location_of_selection, named_asset
from dagster.errors import DagsterInvalidSubsetError
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetGraph
from dagster.partitions.loading import partition_loading_context

if TYPE_CHECKING:
    from dagster.lineage.staleness import StaleCause, Staleness

_PARTITIONS_SHOWN = 20


@click.command(context_settings=SETTINGS)
@click.argument("key")
@click.option("--partition", metavar="KEY", help="Of this partition; without: of each partition that is stale.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def why(code: CodeOptions, key: str, partition: str | None, as_json: bool) -> None:
    """Say whether an asset is fresh, stale or missing, and why.

    What is upstream of it and stale is told as well: the asset is still made from the data that are there.
    """
    locations = loaded(code.targets())
    with refusals(), instance_of_home() as instance:
        location, _ = location_of_selection(locations, f'key:"{key}"')
        graph = location.project.graph
        asset = named_asset(location.project, key)
        instance.take_over_aliases(graph.specs)
        staleness = instance.staleness(graph)
        with partition_loading_context(dynamic_partitions_store=instance):
            partitions, missing = _partitions(instance, graph, asset, partition)
            told = [_told(staleness, asset, each) for each in partitions]
        upstream = list(_stale_upstream(staleness, graph, asset))
    if as_json:
        import json

        click.echo(json.dumps({"key": key, "standing": told, "missing": missing, "stale_upstream": upstream}, indent=2))
    else:
        of_one = partition is not None or not graph.get(asset).is_partitioned
        click.echo("\n".join(_lines(key, told, None if of_one else missing, upstream)))


def _partitions(
    instance: DagsterInstance, graph: AssetGraph, key: AssetKey, partition: str | None
) -> tuple[Sequence[str | None], int]:
    """The partitions to tell of, those that were made where none is named; and how many others there are."""
    definition = graph.get(key).partitions_def
    name = key.to_user_string()
    if definition is None:
        if partition is not None:
            raise DagsterInvalidSubsetError(f'Asset "{name}" has no partitions, so it has no partition {partition}.')
        return [None], 0
    if partition is None:
        every = definition.subset_with_all_partitions()
        made = every & definition.subset_with_partition_keys(instance.get_materialized_partitions(key))
        return made.get_partition_keys(), len(every) - len(made)
    if not definition.has_partition_key(partition):
        raise DagsterInvalidSubsetError(f'Asset "{name}" has no partition {partition}.')
    return [partition], 0


def _told(staleness: Staleness, key: AssetKey, partition: str | None) -> dict[str, Any]:
    return {
        "partition": partition,
        "status": staleness.status(key, partition).value,
        "causes": [_described(cause) for cause in staleness.causes(key, partition)],
    }


def _described(cause: StaleCause) -> dict[str, Any]:
    return {
        "key": cause.key.to_user_string(),
        "partition": cause.partition_key,
        "category": cause.category.value,
        "reason": cause.reason,
        "dependency": cause.dependency.to_user_string() if cause.dependency is not None else None,
        "dependency_partition": cause.dependency_partition_key,
        "sentence": str(cause),
    }


def _stale_upstream(staleness: Staleness, graph: AssetGraph, key: AssetKey) -> Iterator[str]:
    """The assets without partitions that it depends on, near or far, and that are stale, nearest first."""
    seen = {key}
    waiting = [key]
    for each in waiting:  # grows while it is walked
        parents = sorted(graph.get_parents(each) - seen)
        seen.update(parents)
        waiting.extend(parents)
    staleness.load(waiting)
    yield from (each.to_user_string() for each in waiting[1:] if staleness.causes(each))


def _lines(key: str, told: Sequence[dict[str, Any]], missing: int | None, upstream: Sequence[str]) -> Iterator[str]:
    if missing is None:
        yield from _standing(key, told[0])
    else:
        stale = [each for each in told if each["status"] == "STALE"]
        yield f"{key}: {len(told) - len(stale)} fresh, {len(stale)} stale, {missing} missing partitions"
        for each in stale[:_PARTITIONS_SHOWN]:
            yield from _standing(key, each)
        if len(stale) > _PARTITIONS_SHOWN:
            yield f"... and {len(stale) - _PARTITIONS_SHOWN} more."
    if upstream:
        yield f"Stale upstream: {', '.join(upstream)}"


def _standing(key: str, told: dict[str, Any]) -> Iterator[str]:
    partition = f" [{told['partition']}]" if told["partition"] is not None else ""
    yield f"{key}{partition} is {told['status'].lower()}"
    yield from (f"  {cause['category'].lower()}: {cause['sentence']}" for cause in told["causes"])
