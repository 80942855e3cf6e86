"""Which assets and checks of a graph a selection means.

A selection is evaluated on sets of the graph's numbers; each node of the tree costs at most one walk over nodes and edges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cached_property
from typing import Any, TypeVar

from dagster.errors import DagsterInvalidAssetSelectionError, DagsterInvalidSubsetError, closest
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.metadata.tags import KIND_TAG_PREFIX
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetSpec
from dagster.specs.selections import (
    AllAssetCheckSelection,
    AllSelection,
    AndAssetSelection,
    AssetCheckKeysSelection,
    AssetChecksForAssetKeysSelection,
    AssetSelection,
    AttributeAssetSelection,
    ColumnTagAssetSelection,
    DownstreamAssetSelection,
    GroupsAssetSelection,
    KeyPrefixesAssetSelection,
    KeysAssetSelection,
    KeySubstringAssetSelection,
    KeyWildCardAssetSelection,
    KindAssetSelection,
    MaterializableAssetSelection,
    OrAssetSelection,
    OwnerAssetSelection,
    ParentSourcesAssetSelection,
    PartitionsAssetSelection,
    RequiredNeighborsAssetSelection,
    RootsAssetSelection,
    SinksAssetSelection,
    SubtractAssetSelection,
    TagAssetSelection,
    UpstreamAssetSelection,
)

T = TypeVar("T")

# For a longer list of unknown keys, finding close ones would take seconds.
MISSING_KEYS_WITH_HINTS = 5


def resolve(selection: AssetSelection, graph: AssetGraph, allow_missing: bool = False) -> set[AssetKey]:
    """The keys of the selected assets.

    Args:
        selection: what to choose.
        graph: every asset there is.
        allow_missing: whether keys of assets that are not there are left out instead of refused.

    Raises:
        DagsterInvalidSubsetError: a key of no asset; the message names the closest ones.
        DagsterInvalidAssetSelectionError: the selection asks for something that definitions do not say.
    """
    keys = graph.keys
    return {keys[position] for position in resolve_positions(selection, graph, allow_missing)}


def resolve_positions(selection: AssetSelection, graph: AssetGraph, allow_missing: bool = False) -> set[int]:
    """Same as `resolve`, as the graph's numbers."""
    return _Evaluation(graph, allow_missing).positions(selection)


def resolve_checks(
    selection: AssetSelection, graph: AssetGraph, checks: Iterable[AssetCheckKey], allow_missing: bool = False
) -> set[AssetCheckKey]:
    """The keys of the selected checks: those of the selected assets, where the selection does not say otherwise.

    Args:
        selection: what to choose.
        graph: every asset there is.
        checks: the key of every check there is.
        allow_missing: whether keys of assets and checks that are not there are left out instead of refused.

    Raises:
        DagsterInvalidSubsetError: a key of no asset or of no check.
    """
    return _checks(selection, _Evaluation(graph, allow_missing), frozenset(checks))


def check_keys_of(graph: AssetGraph) -> set[AssetCheckKey]:
    """The checks that the definitions in the graph make."""
    definitions = {id(definition): definition for definition in [*graph.definitions, *graph.check_definitions]}.values()
    return {key for definition in definitions for key in getattr(definition, "check_keys", ())}


class _Evaluation:
    """One look at a graph."""

    def __init__(self, graph: AssetGraph, allow_missing: bool) -> None:
        self.graph = graph
        self.allow_missing = allow_missing

    def positions(self, selection: AssetSelection) -> set[int]:
        evaluate = _MEANINGS.get(type(selection))
        return evaluate(selection, self) if evaluate else self._of_a_users_class(selection)

    def _of_a_users_class(self, selection: AssetSelection) -> set[int]:
        if type(selection).resolve_inner is AssetSelection.resolve_inner:
            raise NotImplementedError(f"{type(selection).__name__} selects nothing: override `resolve_inner`.")
        return self.known(selection.resolve_inner(self.graph, self.allow_missing))

    @cached_property
    def materializable(self) -> set[int]:
        kinds = self.graph.execution_types
        return {position for position, kind in enumerate(kinds) if kind is AssetExecutionType.MATERIALIZATION}

    @property
    def everything(self) -> set[int]:
        return set(range(len(self.graph.keys)))

    def among(self, include_sources: bool) -> set[int]:
        """What filters look at."""
        return self.everything if include_sources else self.materializable

    def where(self, include_sources: bool, claim: Callable[[AssetSpec], bool]) -> set[int]:
        specs = self.graph.specs
        return {position for position in self.among(include_sources) if claim(specs[position])}

    def known(self, keys: Iterable[AssetKey]) -> set[int]:
        """The positions of these keys; of those that are there if some may be missing.

        Raises:
            DagsterInvalidSubsetError: one is missing and none may be.
        """
        has, position = self.graph.has, self.graph.position
        given = list(keys)
        missing = [key for key in given if not has(key)]
        if missing and not self.allow_missing:
            raise DagsterInvalidSubsetError(_unknown_keys(missing, self.graph.keys))
        return {position(key) for key in given if has(key)} if missing else {position(key) for key in given}


def _unknown_keys(missing: Sequence[AssetKey], known: Sequence[AssetKey]) -> str:
    names = [f'"{key.to_user_string()}"' for key in missing]
    asked_for = f"No asset {names[0]}" if len(names) == 1 else f"No assets {', '.join(names)}"
    hints = [_closest_keys(key, known) for key in missing[:MISSING_KEYS_WITH_HINTS]]
    return f"{asked_for}.{''.join(dict.fromkeys(hints))}"


def _closest_keys(missing: AssetKey, known: Sequence[AssetKey]) -> str:
    """Assets of the same name under another prefix are closest."""
    same_name = [key.to_user_string() for key in known if key.parts[-1:] == missing.parts[-1:]]
    if same_name:
        return f" Close: {', '.join(repr(name) for name in same_name[:3])}."
    return closest(missing.to_user_string(), (key.to_user_string() for key in known))


def _reached(edges: Sequence[Sequence[int]], start: set[int], depth: int | None) -> set[int]:
    """`start` and what lies along the edges from it, at most `depth` steps away."""
    seen = set(start)
    frontier = seen
    steps = len(edges) if depth is None else depth
    while frontier and steps > 0:
        frontier = {following for position in frontier for following in edges[position]} - seen
        seen |= frontier
        steps -= 1
    return seen


def _upstream(selection: UpstreamAssetSelection, look: _Evaluation) -> set[int]:
    start = look.positions(selection.child)
    found = _reached(look.graph.parents, start, selection.depth) & look.materializable
    return found if selection.include_self else found - start


def _downstream(selection: DownstreamAssetSelection, look: _Evaluation) -> set[int]:
    start = look.positions(selection.child)
    found = _reached(look.graph.children, start, selection.depth)
    return found if selection.include_self else found - start


def _ends(edges: Sequence[Sequence[int]], selected: set[int]) -> set[int]:
    """Those of `selected` that are not reached along the edges from others of them."""
    following = {each for position in selected for each in edges[position]}
    return selected - _reached(edges, following, None)


def _external_ancestors(selection: ParentSourcesAssetSelection, look: _Evaluation) -> set[int]:
    return _reached(look.graph.parents, look.positions(selection.child), None) - look.materializable


def _neighbors(selection: RequiredNeighborsAssetSelection, look: _Evaluation) -> set[int]:
    selected = look.positions(selection.child)
    definitions = look.graph.definitions
    whole = {id(definitions[position]) for position in selected if _is_made_as_a_whole(definitions[position])}
    return selected | {position for position, definition in enumerate(definitions) if id(definition) in whole}


def _is_made_as_a_whole(definition: Any) -> bool:
    return definition is not None and not getattr(definition, "can_subset", False)


def _union(selection: OrAssetSelection, look: _Evaluation) -> set[int]:
    return set[int]().union(*(look.positions(operand) for operand in selection.operands))


def _intersection(selection: AndAssetSelection, look: _Evaluation) -> set[int]:
    return _common([look.positions(operand) for operand in selection.operands])


def _common(sets: Sequence[set[T]]) -> set[T]:
    first, *others = sets
    return first.intersection(*others)


def _groups(selection: GroupsAssetSelection, look: _Evaluation) -> set[int]:
    groups = frozenset(selection.selected_groups)
    return look.where(selection.include_sources, lambda spec: (spec.group_name or DEFAULT_GROUP_NAME) in groups)


def _key_prefixes(selection: KeyPrefixesAssetSelection, look: _Evaluation) -> set[int]:
    prefixes = selection.selected_key_prefixes
    return look.where(selection.include_sources, lambda spec: any(spec.key.has_prefix(prefix) for prefix in prefixes))


def _key_substring(selection: KeySubstringAssetSelection, look: _Evaluation) -> set[int]:
    substring = selection.selected_key_substring
    return look.where(selection.include_sources, lambda spec: substring in spec.key.to_user_string())


def _key_wildcard(selection: KeyWildCardAssetSelection, look: _Evaluation) -> set[int]:
    pieces = map(re.escape, selection.selected_key_wildcard.split("*"))
    matches = re.compile(".*".join(pieces), re.DOTALL).fullmatch
    return look.where(True, lambda spec: matches(spec.key.to_user_string()) is not None)


def _kind(selection: KindAssetSelection, look: _Evaluation) -> set[int]:
    if selection.kind_str is None:
        return look.where(selection.include_sources, lambda spec: not spec.kinds)
    tag = KIND_TAG_PREFIX + selection.kind_str
    return look.where(selection.include_sources, lambda spec: tag in spec.tags)


def _owner(selection: OwnerAssetSelection, look: _Evaluation) -> set[int]:
    owner = selection.selected_owner
    return look.where(True, lambda spec: owner in spec.owners if owner is not None else not spec.owners)


def _tag(selection: TagAssetSelection, look: _Evaluation) -> set[int]:
    key, value = selection.key, selection.value
    return look.where(selection.include_sources, lambda spec: spec.tags.get(key) == value)


_KINDS_OF_PARTITIONS = {
    "StaticPartitionsDefinition": "static",
    "TimeWindowPartitionsDefinition": "time",
    "DynamicPartitionsDefinition": "dynamic",
    "MultiPartitionsDefinition": "multi",
}


def _partitions(selection: PartitionsAssetSelection, look: _Evaluation) -> set[int]:
    wanted = selection.selected_partitions or "none"
    return look.where(True, lambda spec: _kind_of_partitions(spec.partitions_def) == wanted)


def _kind_of_partitions(partitions: Any) -> str | None:
    if partitions is None:
        return "none"
    names = (_KINDS_OF_PARTITIONS.get(ancestor.__name__) for ancestor in type(partitions).__mro__)
    return next((name for name in names if name), None)


def _unanswerable(selection: AttributeAssetSelection | ColumnTagAssetSelection, look: _Evaluation) -> set[int]:
    attribute = selection.attribute if isinstance(selection, AttributeAssetSelection) else "column_tag"
    raise DagsterInvalidAssetSelectionError(
        f"`{attribute}:` cannot be used to select assets in user code: it asks for what the definitions of assets do not say. "
        "Select by key, group, tag, kind or owner."
    )


_MEANINGS: Mapping[type[AssetSelection], Callable[[Any, _Evaluation], set[int]]] = {
    AllSelection: lambda it, look: set(look.among(it.include_sources)),
    KeysAssetSelection: lambda it, look: look.known(it.selected_keys),
    KeyWildCardAssetSelection: _key_wildcard,
    GroupsAssetSelection: _groups,
    KeyPrefixesAssetSelection: _key_prefixes,
    KeySubstringAssetSelection: _key_substring,
    KindAssetSelection: _kind,
    OwnerAssetSelection: _owner,
    TagAssetSelection: _tag,
    PartitionsAssetSelection: _partitions,
    AttributeAssetSelection: _unanswerable,
    ColumnTagAssetSelection: _unanswerable,
    AssetCheckKeysSelection: lambda it, look: set(),
    AssetChecksForAssetKeysSelection: lambda it, look: set(),
    AllAssetCheckSelection: lambda it, look: set(),
    OrAssetSelection: _union,
    AndAssetSelection: _intersection,
    SubtractAssetSelection: lambda it, look: look.positions(it.left) - look.positions(it.right),
    UpstreamAssetSelection: _upstream,
    DownstreamAssetSelection: _downstream,
    RootsAssetSelection: lambda it, look: _ends(look.graph.children, look.positions(it.child)),
    SinksAssetSelection: lambda it, look: _ends(look.graph.parents, look.positions(it.child)),
    ParentSourcesAssetSelection: _external_ancestors,
    MaterializableAssetSelection: lambda it, look: look.positions(it.child) & look.materializable,
    RequiredNeighborsAssetSelection: _neighbors,
}


def _checks(selection: AssetSelection, look: _Evaluation, checks: Set[AssetCheckKey]) -> set[AssetCheckKey]:
    if isinstance(selection, OrAssetSelection):
        return set[AssetCheckKey]().union(*(_checks(operand, look, checks) for operand in selection.operands))
    if isinstance(selection, AndAssetSelection):
        return _common([_checks(operand, look, checks) for operand in selection.operands])
    if isinstance(selection, SubtractAssetSelection):
        return _checks(selection.left, look, checks) - _checks(selection.right, look, checks)
    if isinstance(selection, AllAssetCheckSelection):
        return set(checks)
    if isinstance(selection, AssetChecksForAssetKeysSelection):
        return {check for check in checks if check.asset_key in selection.selected_asset_keys}
    if isinstance(selection, AssetCheckKeysSelection):
        return _known_checks(selection.selected_asset_check_keys, look, checks)
    if type(selection).resolve_checks_inner is not AssetSelection.resolve_checks_inner:
        return set(selection.resolve_checks_inner(look.graph, look.allow_missing))
    keys = look.graph.keys
    selected = {keys[position] for position in look.positions(selection)}
    return {check for check in checks if check.asset_key in selected}


def _known_checks(selected: Iterable[AssetCheckKey], look: _Evaluation, checks: Set[AssetCheckKey]) -> set[AssetCheckKey]:
    given = set(selected)
    missing = sorted(key.to_user_string() for key in given - checks)
    if missing and not look.allow_missing:
        hints = dict.fromkeys(closest(name, (key.to_user_string() for key in checks)) for name in missing)
        names = ", ".join(f'"{name}"' for name in missing)
        raise DagsterInvalidSubsetError(f"No asset check{'s' if len(missing) > 1 else ''} {names}.{''.join(hints)}")
    return given & checks
