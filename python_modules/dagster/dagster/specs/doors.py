"""What selections can do that needs a floor above them: be read and written, and be looked up on a graph of assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from dagster.specs import selection_grammar
from dagster.specs.selections import (
    AndAssetSelection,
    AssetSelection,
    DownstreamAssetSelection,
    KeysAssetSelection,
    MaterializableAssetSelection,
    OrAssetSelection,
    ParentSourcesAssetSelection,
    RequiredNeighborsAssetSelection,
    RootsAssetSelection,
    SinksAssetSelection,
    SubtractAssetSelection,
    UpstreamAssetSelection,
)

if TYPE_CHECKING:
    from dagster.keys import AssetCheckKey, AssetKey
    from dagster.lineage.graph import AssetGraph

parse_selection = selection_grammar.parse
print_selection = selection_grammar.print_selection
needs_parentheses = selection_grammar.needs_parentheses


def graph_of(all_assets: Any) -> AssetGraph:
    """The graph itself, or one of these definitions."""
    from dagster.lineage.graph import AssetGraph

    if isinstance(all_assets, AssetGraph):
        return all_assets
    from dagster.define.projects import Project

    return Project(assets=all_assets).graph


def resolve_on_graph(selection: AssetSelection, graph: AssetGraph, allow_missing: bool) -> set[AssetKey]:
    from dagster.lineage.selections import resolve

    return resolve(selection, graph, allow_missing)


def resolve_checks_on_graph(selection: AssetSelection, graph: AssetGraph, allow_missing: bool) -> set[AssetCheckKey]:
    from dagster.lineage.selections import check_keys_of, resolve_checks

    return resolve_checks(selection, graph, check_keys_of(graph), allow_missing)


def as_data(selection: AssetSelection, graph: AssetGraph) -> AssetSelection:
    """The selection with what a user's classes select in it looked up and named by key."""
    rebuild = _REBUILT.get(type(selection))
    if rebuild is not None:
        return rebuild(selection, graph)
    if type(selection).resolve_inner is AssetSelection.resolve_inner:
        return selection
    return KeysAssetSelection(selected_keys=tuple(sorted(selection.resolve(graph))))


def _with_operands(selection: Any, graph: AssetGraph) -> AssetSelection:
    return replace(selection, operands=tuple(each.to_serializable_asset_selection(graph) for each in selection.operands))


def _with_sides(selection: Any, graph: AssetGraph) -> AssetSelection:
    left = selection.left.to_serializable_asset_selection(graph)
    return replace(selection, left=left, right=selection.right.to_serializable_asset_selection(graph))


def _with_child(selection: Any, graph: AssetGraph) -> AssetSelection:
    return replace(selection, child=selection.child.to_serializable_asset_selection(graph))


_REBUILT: Mapping[type[AssetSelection], Callable[[Any, Any], AssetSelection]] = {
    OrAssetSelection: _with_operands,
    AndAssetSelection: _with_operands,
    SubtractAssetSelection: _with_sides,
    UpstreamAssetSelection: _with_child,
    DownstreamAssetSelection: _with_child,
    RootsAssetSelection: _with_child,
    SinksAssetSelection: _with_child,
    ParentSourcesAssetSelection: _with_child,
    MaterializableAssetSelection: _with_child,
    RequiredNeighborsAssetSelection: _with_child,
}
