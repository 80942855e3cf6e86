"""`dagster asset status` and `dagster asset partitions`: where assets and their partitions stand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import instance_of_home
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.partition_options import partitions_in_common
from dagster.cli.pictures import LEGEND, picture
from dagster.cli.quantities import count, local_time, utc_text
from dagster.cli.selecting import location_of_selection, selected_keys
from dagster.cli.tables import Column, print_table
from dagster.errors import DagsterInvalidSubsetError
from dagster.events.entries import EventLogEntry
from dagster.instance.partition_statuses import AssetPartitionStatus, PartitionStatuses
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetNode
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.multi_subsets import MultiSubset
from dagster.partitions.position_subsets import PositionsSubset
from dagster.partitions.subsets import PartitionsSubset
from dagster.partitions.window_subsets import WindowsSubset

_MATERIALIZED, _UNDER_WAY, _FAILED = (
    AssetPartitionStatus.MATERIALIZED,
    AssetPartitionStatus.IN_PROGRESS,
    AssetPartitionStatus.FAILED,
)
_NAMES = {_MATERIALIZED: "materialized", _UNDER_WAY: "in progress", _FAILED: "failed", None: "missing"}
_WIDTH = 40
_COLUMNS = (
    Column("asset", whole=True),
    Column("status", whole=True),
    Column("last materialized", whole=True),
    Column("partitions", right=True, whole=True),
    Column("where they stand", whole=True),
    Column("location"),
)
_RANGE_FIELDS = ("status", "first", "last", "partitions")
_RANGE_COLUMNS = (
    Column("status", whole=True),
    Column("first", whole=True),
    Column("last", whole=True),
    Column("partitions", right=True, whole=True),
)


@click.command(context_settings=SETTINGS)
@click.option("--select", metavar="SELECTION", help='Which assets, e.g. "orders+", "group:sales"; without: all that can be made.')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def status(code: CodeOptions, select: str | None, as_json: bool) -> None:
    """Show where assets stand: when each was last materialized, and of partitions which were."""
    found: list[AssetNode] = []
    homes: list[str] = []
    locations = loaded(code.targets())
    for location in locations:
        with refusals(location):
            keys = selected_keys(location.project, select)
            homes += [location.name] * len(keys)
            found += [location.project.graph.get(key) for key in sorted(keys, key=AssetKey.to_user_string)]
    with instance_of_home() as instance:
        latest = instance.get_latest_materialization_events([node.key for node in found])
        standing = {node.key: instance.partition_statuses(node.key, node.partitions_def) for node in found if node.is_partitioned}
        whole = instance.asset_statuses([node.key for node in found if not node.is_partitioned])
        described = [
            {**_described(node, latest.get(node.key), standing.get(node.key), whole.get(node.key)), "location": home}
            for node, home in zip(found, homes, strict=True)
        ]
        pictures = [] if as_json else [picture(standing[node.key], _WIDTH) if node.is_partitioned else "" for node in found]
    if as_json:
        click.echo(json.dumps(described, indent=2))
        return
    times = [latest.get(node.key) for node in found]
    homes = homes if len(locations) > 1 else [""] * len(found)
    rows = [[*_row(told, entry), shown, home] for told, entry, shown, home in zip(described, times, pictures, homes, strict=True)]
    print_table(_COLUMNS, rows)
    if any(pictures):
        click.echo(LEGEND, err=True)


def _described(
    node: AssetNode,
    latest: EventLogEntry | None,
    standing: PartitionStatuses[AssetPartitionStatus] | None,
    whole: AssetPartitionStatus | None,
) -> dict[str, Any]:
    told: dict[str, Any] = {"key": node.key.to_user_string(), "status": _NAMES[whole]}
    told["last_materialization"] = utc_text(latest.timestamp) if latest is not None else None
    if standing is not None:
        counts, total = standing.counts(), standing.total()
        told["partitions"] = {"total": total, **{_NAMES[status]: number for status, number in counts.items()}}
        told["status"] = _status_of(counts, total)
    return told


def _status_of(counts: Mapping[AssetPartitionStatus, int], total: int) -> str:
    if counts[_FAILED] or counts[_UNDER_WAY]:
        parts = [f"{counts[status]} {_NAMES[status]}" for status in (_FAILED, _UNDER_WAY) if counts[status]]
        return ", ".join(parts)
    left = total - counts[_MATERIALIZED]
    return _NAMES[_MATERIALIZED] if not left and total else f"{count(left)} missing" if total else "no partitions"


def _row(told: Mapping[str, Any], latest: EventLogEntry | None) -> list[str]:
    partitions = told.get("partitions")
    made = f"{count(partitions['materialized'])} of {count(partitions['total'])}" if partitions is not None else ""
    return [told["key"], told["status"], local_time(latest.timestamp if latest is not None else None), made]


@click.command("partitions", context_settings=SETTINGS)
@click.argument("asset")
@click.option(
    "--status",
    "wanted",
    multiple=True,
    type=click.Choice(["materialized", "failed", "in-progress", "missing"]),
    help="Only those that stand there. Several are possible.",
)
@click.option("--keys", "as_keys", is_flag=True, help="Print each key in a line of its own, not ranges.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def partitions(code: CodeOptions, asset: str, wanted: tuple[str, ...], as_keys: bool, as_json: bool) -> None:
    """Show where the partitions of an asset stand, range by range."""
    locations = loaded(code.targets())
    with refusals(locations[0] if len(locations) == 1 else None):
        location, keys = location_of_selection(locations, asset)
        if len(keys) != 1:
            raise DagsterInvalidSubsetError(f'"{asset}" selects {len(keys)} assets. Name one of them.')
    chosen = {name.replace("-", " ") for name in wanted} or set(_NAMES.values())
    with instance_of_home() as instance, refusals(location):
        definition = partitions_in_common(location.project, keys)
        statuses = instance.partition_statuses(next(iter(keys)), definition)
        if as_keys:
            _print_keys(statuses, chosen)
            return
        shown = _ranges(statuses, chosen)
        if as_json:
            click.echo(json.dumps([dict(zip(_RANGE_FIELDS, each, strict=True)) for each in shown], indent=2))
            return
        if shown:
            print_table(_RANGE_COLUMNS, [[name, first, last, count(number)] for name, first, last, number in shown])
        _say_how_many(statuses)


def _ranges(statuses: PartitionStatuses[AssetPartitionStatus], chosen: Set[str]) -> list[tuple[str, str, str, int]]:
    """Status, first key, last key and number of partitions of each range, in the order of windows and of fixed lists."""
    definition, found = statuses.definition, list[tuple[int, str, str, str, int]]()
    with partition_loading_context(new_ctx=statuses.loading):
        for status, name in _NAMES.items():
            if name not in chosen:
                continue
            subset = statuses.missing() if status is None else statuses.subsets[status]
            for each in _ranges_of(subset):
                held = definition.subset_with_partition_range(each)
                found.append((_place(held, each.start), name, each.start, each.end, len(held)))
    return [told for _, *told in sorted(found, key=lambda each: each[0])]  # pyright: ignore[reportReturnType] - four are left


def _place(held: PartitionsSubset, first_key: str) -> int:
    """Where a range stands among all, of partitions whose order is known without listing them."""
    if isinstance(held, WindowsSubset):
        return held.stretches[0][0]
    return (held.ordered.position(first_key) or 0) if isinstance(held, PositionsSubset) else 0


def _ranges_of(subset: PartitionsSubset) -> Sequence[PartitionKeyRange]:
    return subset.boxes() if isinstance(subset, MultiSubset) else subset.get_partition_key_ranges()


def _print_keys(statuses: PartitionStatuses[AssetPartitionStatus], chosen: Set[str]) -> None:
    for status, name in _NAMES.items():
        if name in chosen:
            for key in statuses.missing_keys() if status is None else statuses.keys(status):
                click.echo(str(key))


def _say_how_many(statuses: PartitionStatuses[AssetPartitionStatus]) -> None:
    counts, total = statuses.counts(), statuses.total()
    parts = [f"{count(number)} {_NAMES[status]}" for status, number in counts.items() if number]
    left = total - sum(counts.values())
    line = picture(statuses, _WIDTH)
    said = ", ".join([*parts, *([f"{count(left)} missing"] if left else [])])
    click.echo(f"{line}\n{said}, of {count(total)}" if total else "There are no partitions yet.", err=True)
