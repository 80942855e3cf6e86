"""What `--select` means: selections, separated by commas."""

from __future__ import annotations

from collections.abc import Sequence, Set

from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError, closest
from dagster.keys import AssetKey
from dagster.workspace.loading import CodeLocation


def selected_keys(project: Project, select: str | None) -> set[AssetKey]:
    """The assets that a selection names; all that a run can do anything with for None.

    Raises:
        DagsterInvalidAssetSelectionError: it cannot be read.
        DagsterInvalidSubsetError: it names an asset that is not there.
    """
    if select is None:
        return project.graph.executable_asset_keys
    from dagster.lineage.selections import resolve
    from dagster.specs.selections import AssetSelection

    parts = [part.strip() for part in select.split(",") if part.strip()]
    return {key for part in parts or [""] for key in resolve(AssetSelection.from_coercible(part), project.graph)}


def location_of_selection(locations: Sequence[CodeLocation], select: str) -> tuple[CodeLocation, set[AssetKey]]:
    """The only location in which the selection finds assets that can be made, and these.

    Raises:
        DagsterInvalidSubsetError: it finds them in none, or in several.
    """
    found: list[tuple[CodeLocation, set[AssetKey]]] = []
    unknown: DagsterInvalidSubsetError | None = None
    for location in locations:
        try:
            keys = selected_keys(location.project, select) & location.project.graph.executable_asset_keys
        except DagsterInvalidSubsetError as refused:
            unknown = refused
            continue
        if keys:
            found.append((location, keys))
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(location.name for location, _ in found)
        raise DagsterInvalidSubsetError(
            f'"{select}" selects assets in several locations: {names}. Name one of them with -f or -m.'
        )
    if unknown is not None:
        raise unknown
    known = sorted({key.to_user_string() for each in locations for key in each.project.graph.executable_asset_keys})
    raise DagsterInvalidSubsetError(f'"{select}" selects no asset that can be made. There are: {_listed(known)}.')


def named_asset(project: Project, name: str) -> AssetKey:
    """The asset of this name.

    Raises:
        DagsterInvalidSubsetError: there is none.
    """
    key = AssetKey.from_user_string(name)
    if not project.graph.has(key):
        known = (each.to_user_string() for each in project.graph.keys)
        raise DagsterInvalidSubsetError(f'No asset "{name}".{closest(name, known)}')
    return key


def refuse_wrong_partition(project: Project, keys: Set[AssetKey], partition: str | None) -> None:
    """A partition is named where, and only where, a selected asset has partitions.

    Raises:
        DagsterInvalidSubsetError: it is not.
    """
    partitioned = sorted(key.to_user_string() for key in keys if project.graph.get(key).is_partitioned)
    if partitioned and partition is None:
        raise DagsterInvalidSubsetError(
            f'Asset "{partitioned[0]}" has partitions. Say which to make: --partition KEY, or --partition-range FIRST...LAST.'
        )
    if partition is not None and not partitioned:
        names = _listed(sorted(key.to_user_string() for key in keys))
        raise DagsterInvalidSubsetError(f"--partition {partition} is given, and none of these has partitions: {names}.")


def _listed(names: Sequence[str], at_most: int = 10) -> str:
    more = f" and {len(names) - at_most} more (`dagster asset list`)" if len(names) > at_most else ""
    return (", ".join(names[:at_most]) or "none") + more
