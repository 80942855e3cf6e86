"""`dagster asset list`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from dagster.cli.commands import SETTINGS
from dagster.cli.instances import home_is_set
from dagster.cli.loading import loaded, refusals
from dagster.cli.options import CodeOptions, code_options
from dagster.cli.quantities import local_time, utc_text
from dagster.cli.selecting import selected_keys
from dagster.cli.tables import Column, print_table
from dagster.define.descriptions import notes_on_assets
from dagster.errors import DagsterError
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetNode
from dagster.workspace.loading import CodeLocation

_COLUMNS = (
    Column("asset", whole=True),
    Column("group"),
    Column("kinds"),
    Column("depends on"),
    Column("last materialized"),
    Column("description"),
    Column("location"),
)
_DESCRIPTION_AT_MOST = 60

Materialized = Mapping[AssetKey, Any]


@click.command("list", context_settings=SETTINGS)
@click.option("--select", metavar="SELECTION", help='Which assets, e.g. "orders+", "group:sales"; without: all that can be made.')
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@code_options
def list_assets(code: CodeOptions, select: str | None, as_json: bool) -> None:
    """List the assets of a project."""
    found: list[tuple[CodeLocation, AssetNode]] = []
    locations = loaded(code.targets())
    for location in locations:
        with refusals(location):
            keys = selected_keys(location.project, select)
        found.extend((location, location.project.graph.get(key)) for key in sorted(keys, key=AssetKey.to_user_string))
    latest = _latest_materializations([node.key for _, node in found])
    if as_json:
        _print_json(found, latest)
    elif found:
        several = len(locations) > 1
        print_table(_COLUMNS, [_row(location.name if several else "", node, latest) for location, node in found])
        for note in (note for location in locations for note in notes_on_assets(location.project)):
            click.echo(note, err=True)
    else:
        click.echo("No assets." if select is None else f'No asset is selected by "{select}".', err=True)


def _latest_materializations(keys: Sequence[AssetKey]) -> Materialized:
    """The latest materialization of each asset, where there is a history; a listing needs none."""
    if not home_is_set() or not keys:
        return {}
    try:
        with DagsterInstance.get() as instance:
            return {key: entry for key, entry in instance.get_latest_materialization_events(keys).items() if entry is not None}
    except DagsterError as refused:
        click.echo(f"The history is not shown. {refused}", err=True)
        return {}


def _row(location: str, node: AssetNode, latest: Materialized) -> list[str]:
    entry = latest.get(node.key)
    return [
        node.key.to_user_string(),
        node.group_name,
        ", ".join(sorted(node.kinds)),
        ", ".join(_deps(node)),
        local_time(entry.timestamp) if entry is not None else "",
        _first_line(node.description or ""),
        location,
    ]


def _deps(node: AssetNode) -> list[str]:
    return sorted(key.to_user_string() for key in node.parent_keys)


def _first_line(description: str) -> str:
    line = description.strip().partition("\n")[0].strip()
    return line if len(line) <= _DESCRIPTION_AT_MOST else f"{line[: _DESCRIPTION_AT_MOST - 3]}..."


def _print_json(found: Sequence[tuple[CodeLocation, AssetNode]], latest: Materialized) -> None:
    import json

    click.echo(json.dumps([_described(location, node, latest) for location, node in found], indent=2))


def _described(location: CodeLocation, node: AssetNode, latest: Materialized) -> dict[str, Any]:
    entry = latest.get(node.key)
    return {
        "key": node.key.to_user_string(),
        "group": node.group_name,
        "kinds": sorted(node.kinds),
        "deps": _deps(node),
        "description": node.description,
        "owners": list(node.owners),
        "tags": {name: value for name, value in node.tags.items() if not name.startswith("dagster/kind/")},
        "code_version": node.code_version,
        "is_executable": node.is_executable,
        "is_partitioned": node.is_partitioned,
        "location": location.name,
        "last_materialization": {"time": utc_text(entry.timestamp), "run_id": entry.run_id} if entry is not None else None,
    }
