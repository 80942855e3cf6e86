"""Selections of assets as expression trees: what to choose, written down as data.

`lineage.selections` says which assets of a graph a tree means; `selection_grammar` writes a tree as a string and reads it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.errors import CheckError, DagsterInvalidAssetSelectionError, ParameterCheckError
from dagster.keys import AssetCheckKey, AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix, key_prefix_of

if TYPE_CHECKING:
    from typing import TypeAlias


class AssetSelection:
    """Which assets, and which of their checks, as an expression that is looked up later on a graph of assets.

    Selections are combined with `|`, `&` and `-`. A subclass of a user overrides `resolve_inner`.

    Example:
        >>> orders = AssetSelection.keys("sales/orders")
        >>> str(orders.downstream() - AssetSelection.groups("marts"))
        'key:"sales/orders"+ and not group:"marts"'
    """

    __slots__ = ()

    @staticmethod
    def all(include_sources: bool = False) -> AllSelection:
        """Every asset that a run can make; with `include_sources` also external assets."""
        return AllSelection(include_sources=include_sources)

    @staticmethod
    def keys(*asset_keys: CoercibleToAssetKey) -> KeysAssetSelection:
        """The assets of these keys; a string `a/b` is the key of the parts `a` and `b`.

        Example:
            >>> AssetSelection.keys("a/b", ["a", "c"]).selected_keys
            (AssetKey(['a', 'b']), AssetKey(['a', 'c']))
        """
        return KeysAssetSelection(selected_keys=tuple(_key(each) for each in asset_keys))

    @staticmethod
    def assets(*assets_defs: Any) -> KeysAssetSelection:
        """The assets of these definitions, specs and keys; a definition of several assets stands for all of them."""
        return KeysAssetSelection(selected_keys=_keys_of(assets_defs))

    @staticmethod
    def groups(*group_strs: str, include_sources: bool = False) -> GroupsAssetSelection:
        """The assets of these groups."""
        return GroupsAssetSelection(selected_groups=_strings(group_strs), include_sources=include_sources)

    @staticmethod
    def key_prefixes(*key_prefixes: CoercibleToAssetKeyPrefix, include_sources: bool = False) -> KeyPrefixesAssetSelection:
        """The assets whose key begins with one of these prefixes; a string is one part, a list several.

        Example:
            >>> AssetSelection.key_prefixes("a", ["b", "c"]).selected_key_prefixes
            (('a',), ('b', 'c'))
        """
        prefixes = tuple(_strings(key_prefix_of(_checked_prefix(each))) for each in key_prefixes)
        return KeyPrefixesAssetSelection(selected_key_prefixes=prefixes, include_sources=include_sources)

    @staticmethod
    def key_substring(key_substring: str, include_sources: bool = False) -> KeySubstringAssetSelection:
        """The assets whose key, written with slashes, holds this text."""
        substring = _string("selected_key_substring", key_substring)
        return KeySubstringAssetSelection(selected_key_substring=substring, include_sources=include_sources)

    @staticmethod
    def kind(kind: str | None, include_sources: bool = False) -> KindAssetSelection:
        """The assets of this kind; with None those without any kind."""
        return KindAssetSelection(kind_str=_string_or_none("kind_str", kind), include_sources=include_sources)

    @staticmethod
    def owner(owner: str | None) -> OwnerAssetSelection:
        """The assets of this owner, external ones too; with None those without any owner."""
        return OwnerAssetSelection(selected_owner=_string_or_none("selected_owner", owner))

    @staticmethod
    def tag(key: str, value: str, include_sources: bool = False) -> TagAssetSelection:
        """The assets whose tag `key` has this value."""
        return TagAssetSelection(key=_string("key", key), value=_string("value", value), include_sources=include_sources)

    @staticmethod
    def tag_string(string: str, include_sources: bool = False) -> TagAssetSelection:
        """The assets with the tag `key=value`; without `=` the value is the empty string.

        Raises:
            CheckError: there is more than one `=`.
        """
        key, *values = _string("string", string).split("=")
        if len(values) > 1:
            raise CheckError(f"Invalid tag selection string: {string}. Must have no more than one '='.")
        return TagAssetSelection(key=key, value=values[0] if values else "", include_sources=include_sources)

    @staticmethod
    def checks(*assets_defs_or_check_keys: Any) -> AssetCheckKeysSelection:
        """These checks and no asset: keys of checks, and definitions for the checks that they make."""
        return AssetCheckKeysSelection(selected_asset_check_keys=_check_keys_of(assets_defs_or_check_keys))

    @staticmethod
    def checks_for_assets(*assets_defs: Any) -> AssetChecksForAssetKeysSelection:
        """Every check of these assets, without the assets."""
        return AssetChecksForAssetKeysSelection(selected_asset_keys=_keys_of(assets_defs))

    @staticmethod
    def all_asset_checks() -> AllAssetCheckSelection:
        """Every check and no asset."""
        return AllAssetCheckSelection()

    @classmethod
    def from_string(cls, string: str, include_sources: bool = False) -> AssetSelection:
        """The selection that the string says.

        Raises:
            DagsterInvalidAssetSelectionError: the string is no selection; points at the character.

        Example:
            >>> AssetSelection.from_string("+group:marts") == AssetSelection.groups("marts").upstream()
            True
        """
        from dagster.specs.doors import parse_selection

        return parse_selection(_string("string", string), include_sources)

    @classmethod
    def from_coercible(cls, selection: CoercibleToAssetSelection) -> AssetSelection:
        """The selection from anything that a `selection` argument takes.

        Raises:
            DagsterInvalidAssetSelectionError: it is nothing that selects assets, or a string that is no selection.
        """
        if isinstance(selection, AssetSelection):
            return selection
        if isinstance(selection, str):
            return cls.from_string(selection)
        if isinstance(selection, (list, tuple)):
            return _from_items(selection)
        raise _no_selection(selection)

    def upstream(self, depth: int | None = None, include_self: bool = True) -> UpstreamAssetSelection:
        """What the selected assets depend on, `depth` steps far; never external assets."""
        return UpstreamAssetSelection(child=self, depth=_depth(depth), include_self=include_self)

    def downstream(self, depth: int | None = None, include_self: bool = True) -> DownstreamAssetSelection:
        """What depends on the selected assets, `depth` steps far; external assets too."""
        return DownstreamAssetSelection(child=self, depth=_depth(depth), include_self=include_self)

    def roots(self) -> RootsAssetSelection:
        """The selected assets that lie downstream of no other selected one."""
        return RootsAssetSelection(child=self)

    def sources(self) -> RootsAssetSelection:
        """Same as `roots`."""
        return self.roots()

    def sinks(self) -> SinksAssetSelection:
        """The selected assets that lie upstream of no other selected one."""
        return SinksAssetSelection(child=self)

    def upstream_source_assets(self) -> ParentSourcesAssetSelection:
        """The external assets among the selected ones and what they depend on."""
        return ParentSourcesAssetSelection(child=self)

    def materializable(self) -> MaterializableAssetSelection:
        """The selected assets that a run can make."""
        return MaterializableAssetSelection(child=self)

    def required_multi_asset_neighbors(self) -> RequiredNeighborsAssetSelection:
        """The selected assets and those that can only be made together with them."""
        return RequiredNeighborsAssetSelection(child=self)

    def without_checks(self) -> SubtractAssetSelection:
        """The same assets without their checks."""
        return self - AllAssetCheckSelection()

    def __or__(self, other: AssetSelection) -> OrAssetSelection:
        return OrAssetSelection(operands=_flat(OrAssetSelection, self, _checked(other)))

    def __and__(self, other: AssetSelection) -> AndAssetSelection:
        return AndAssetSelection(operands=_flat(AndAssetSelection, self, _checked(other)))

    def __sub__(self, other: AssetSelection) -> SubtractAssetSelection:
        return SubtractAssetSelection(left=self, right=_checked(other))

    def resolve(self, all_assets: Any, allow_missing: bool = False) -> set[AssetKey]:
        """The keys of the selected assets.

        Args:
            all_assets: definitions of assets, or a graph of them.
            allow_missing: whether keys of assets that are not there are left out instead of refused.

        Raises:
            DagsterInvalidSubsetError: a key of no asset.
        """
        from dagster.specs.doors import graph_of

        return set(self.resolve_inner(graph_of(all_assets), allow_missing))

    def resolve_inner(self, asset_graph: Any, allow_missing: bool) -> Set[AssetKey]:
        """Same as `resolve` on a graph; a subclass of a user says here what it selects."""
        from dagster.specs.doors import resolve_on_graph

        return resolve_on_graph(self, asset_graph, allow_missing)

    def resolve_checks(self, asset_graph: Any, allow_missing: bool = False) -> set[AssetCheckKey]:
        """The keys of the selected checks: those of the selected assets, where the selection does not say otherwise.

        Raises:
            DagsterInvalidSubsetError: a key of no asset or of no check.
        """
        return set(self.resolve_checks_inner(asset_graph, allow_missing))

    def resolve_checks_inner(self, asset_graph: Any, allow_missing: bool) -> Set[AssetCheckKey]:
        """Same as `resolve_checks`; a subclass of a user says here which checks it selects."""
        from dagster.specs.doors import resolve_checks_on_graph

        return resolve_checks_on_graph(self, asset_graph, allow_missing)

    def to_serializable_asset_selection(self, asset_graph: Any) -> AssetSelection:
        """The same selection as data of ours alone: what a subclass of a user selects is looked up and named by key."""
        from dagster.specs.doors import as_data

        return as_data(self, asset_graph)

    def to_selection_str(self) -> str:
        """The selection as a string that `from_string` reads; `include_sources` is not part of it.

        Raises:
            NotImplementedError: strings cannot say this selection.
        """
        from dagster.specs.doors import print_selection

        return print_selection(self)

    def operand_to_selection_str(self) -> str:
        """Same as `to_selection_str`, in parentheses where `and` and `or` need them."""
        string = self.to_selection_str()
        return f"({string})" if self.needs_parentheses_when_operand() else string

    def needs_parentheses_when_operand(self) -> bool:
        """Whether its string stands in parentheses beside `and` and `or`."""
        from dagster.specs.doors import needs_parentheses

        return needs_parentheses(self)

    def __str__(self) -> str:
        try:
            return self.to_selection_str()
        except NotImplementedError:
            return repr(self)


class _Node(msgspec.Struct, AssetSelection, frozen=True, tag=True, tag_field="type"):
    """A selection of ours: a frozen value, tagged on the wire with the name of its class."""


class AllSelection(_Node, frozen=True):
    include_sources: bool = False


class KeysAssetSelection(_Node, frozen=True):
    selected_keys: tuple[AssetKey, ...]


class KeyWildCardAssetSelection(_Node, frozen=True):
    """Keys, written with slashes, that match; `*` stands for any text. Selecting nothing is no error."""

    selected_key_wildcard: str


class GroupsAssetSelection(_Node, frozen=True):
    selected_groups: tuple[str, ...]
    include_sources: bool = False


class KeyPrefixesAssetSelection(_Node, frozen=True):
    selected_key_prefixes: tuple[tuple[str, ...], ...]
    include_sources: bool = False


class KeySubstringAssetSelection(_Node, frozen=True):
    selected_key_substring: str
    include_sources: bool = False


class KindAssetSelection(_Node, frozen=True):
    kind_str: str | None
    include_sources: bool = False


class OwnerAssetSelection(_Node, frozen=True):
    selected_owner: str | None


class TagAssetSelection(_Node, frozen=True):
    key: str
    value: str
    include_sources: bool = False


class PartitionsAssetSelection(_Node, frozen=True):
    """By the kind of their partitions: static, time, dynamic, multi; none, or None, for unpartitioned ones."""

    selected_partitions: str | None


class AttributeAssetSelection(_Node, frozen=True):
    """By something that the definitions of assets do not say, such as a status or the jobs that target them.

    Attributes:
        attribute: the name before the colon.
        value: the value after it; None for `<null>`.
    """

    attribute: str
    value: str | None


class ColumnTagAssetSelection(_Node, frozen=True):
    key: str
    value: str


class AssetCheckKeysSelection(_Node, frozen=True):
    selected_asset_check_keys: tuple[AssetCheckKey, ...]


class AssetChecksForAssetKeysSelection(_Node, frozen=True):
    selected_asset_keys: tuple[AssetKey, ...]


class AllAssetCheckSelection(_Node, frozen=True):
    pass


class OrAssetSelection(_Node, frozen=True):
    operands: tuple[Operand, ...]


class AndAssetSelection(_Node, frozen=True):
    operands: tuple[Operand, ...]


class SubtractAssetSelection(_Node, frozen=True):
    left: Operand
    right: Operand


class UpstreamAssetSelection(_Node, frozen=True):
    child: Operand
    depth: int | None = None
    include_self: bool = True


class DownstreamAssetSelection(_Node, frozen=True):
    child: Operand
    depth: int | None = None
    include_self: bool = True


class RootsAssetSelection(_Node, frozen=True):
    child: Operand


class SinksAssetSelection(_Node, frozen=True):
    child: Operand


class ParentSourcesAssetSelection(_Node, frozen=True):
    child: Operand


class MaterializableAssetSelection(_Node, frozen=True):
    child: Operand


class RequiredNeighborsAssetSelection(_Node, frozen=True):
    child: Operand


if TYPE_CHECKING:
    Operand: TypeAlias = AssetSelection
else:
    # On the wire an operand is one of ours, told apart by the tag; the class of a user has no wire form.
    Operand = (
        AllSelection
        | KeysAssetSelection
        | KeyWildCardAssetSelection
        | GroupsAssetSelection
        | KeyPrefixesAssetSelection
        | KeySubstringAssetSelection
        | KindAssetSelection
        | OwnerAssetSelection
        | TagAssetSelection
        | PartitionsAssetSelection
        | AttributeAssetSelection
        | ColumnTagAssetSelection
        | AssetCheckKeysSelection
        | AssetChecksForAssetKeysSelection
        | AllAssetCheckSelection
        | OrAssetSelection
        | AndAssetSelection
        | SubtractAssetSelection
        | UpstreamAssetSelection
        | DownstreamAssetSelection
        | RootsAssetSelection
        | SinksAssetSelection
        | ParentSourcesAssetSelection
        | MaterializableAssetSelection
        | RequiredNeighborsAssetSelection
    )

CoercibleToAssetSelection: TypeAlias = str | Sequence[str] | Sequence[AssetKey] | Sequence[Any] | AssetSelection


def _key(key: object) -> AssetKey:
    if isinstance(key, str):
        return AssetKey.from_user_string(key)
    if isinstance(key, (AssetKey, list, tuple)):
        return AssetKey.from_coercible(key)  # pyright: ignore[reportUnknownArgumentType] - checked inside
    raise CheckError(f"Unexpected type for AssetKey: {type(key)}. A key is an AssetKey, a string or a sequence of strings.")


def _keys_of(items: Iterable[Any]) -> tuple[AssetKey, ...]:
    return tuple(key for item in items for key in _keys_behind(item))


def _keys_behind(item: Any) -> Iterable[AssetKey]:
    """A definition has `keys`, a spec has a `key`; a key stands for itself."""
    if isinstance(item, (str, list, tuple, AssetKey)):
        return (_key(item),)  # pyright: ignore[reportUnknownArgumentType] - checked inside
    if isinstance(keys := getattr(item, "keys", None), (set, frozenset)):
        specs = getattr(item, "specs", None)
        return [spec.key for spec in specs] if specs else sorted(keys)  # pyright: ignore[reportUnknownArgumentType]
    return (_key(getattr(item, "key", item)),)


def _check_keys_of(items: Iterable[Any]) -> tuple[AssetCheckKey, ...]:
    found: list[AssetCheckKey] = []
    for item in items:
        if not isinstance(item, AssetCheckKey) and not hasattr(item, "check_keys"):
            raise CheckError(f"A check is selected by its AssetCheckKey or its definition. Got {item!r}, which is {type(item)}.")
        found.extend((item,) if isinstance(item, AssetCheckKey) else sorted(item.check_keys))
    return tuple(found)


def _from_items(items: Sequence[Any]) -> AssetSelection:
    """Strings are selections; everything else has keys, which make one selection."""
    parts: list[AssetSelection] = []
    keys: list[AssetKey] = []
    for item in items:
        if isinstance(item, (str, AssetSelection)):
            parts.append(AssetSelection.from_coercible(item))
        elif not _has_keys(item):
            raise _no_selection(items, f", of which one item is {item!r}")
        elif not getattr(item, "keys", True) and getattr(item, "check_keys", None):
            parts.append(AssetSelection.checks(item))
        else:
            keys.extend(_keys_behind(item))
    if keys or not parts:
        parts.append(KeysAssetSelection(selected_keys=tuple(keys)))
    return parts[0] if len(parts) == 1 else OrAssetSelection(operands=_flat(OrAssetSelection, *parts))


def _has_keys(item: Any) -> bool:
    return isinstance(item, AssetKey) or any(
        isinstance(getattr(item, name, None), (AssetKey, set, frozenset)) for name in ("keys", "key")
    )


def _no_selection(found: object, details: str = "") -> DagsterInvalidAssetSelectionError:
    return DagsterInvalidAssetSelectionError(
        "selection argument must be one of str, Sequence[str], Sequence[AssetKey], Sequence[AssetsDefinition], "
        f"AssetSelection. Got {found!r}, which is {type(found)}{details}."
    )


def _flat(joined: type[OrAssetSelection] | type[AndAssetSelection], *operands: AssetSelection) -> tuple[AssetSelection, ...]:
    """The operands, those of the same kind opened: `(a | b) | c` has three."""
    return tuple(part for operand in operands for part in (operand.operands if isinstance(operand, joined) else (operand,)))


def _checked(other: object) -> AssetSelection:
    if not isinstance(other, AssetSelection):
        raise ParameterCheckError("other", other, "a AssetSelection")
    return other


def _string(param: str, value: object) -> str:
    if not isinstance(value, str):
        raise ParameterCheckError(param, value, "a str")
    return value


def _string_or_none(param: str, value: object) -> str | None:
    return None if value is None else _string(param, value)


def _strings(values: Iterable[object]) -> tuple[str, ...]:
    for value in values:
        if not isinstance(value, str):
            raise CheckError(f"Member of tuple mismatches type. Expected <class 'str'>. Got {value!r} of type {type(value)}.")
    return tuple(values)  # pyright: ignore[reportReturnType] - checked above


def _checked_prefix(prefix: Any) -> CoercibleToAssetKeyPrefix:
    if not isinstance(prefix, (str, list, tuple)):
        raise CheckError(f"Unexpected type for key_prefix: {type(prefix)}. A prefix is a string or a sequence of strings.")
    return prefix  # pyright: ignore[reportUnknownVariableType] - parts are checked by the caller


def _depth(depth: object) -> int | None:
    if depth is not None and not isinstance(depth, int):
        raise ParameterCheckError("depth", depth, "a int")
    return depth if depth is None else int(depth)
