"""What an asset is, as data: its key, what it depends on, what people should know about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, Union, cast

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.arguments import checked_metadata
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError, ParameterCheckError
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.metadata.tags import KIND_TAG_PREFIX, checked_definition_tags, checked_kinds, kind_tags, kinds_of
from dagster.specs.names import checked_group_name, checked_owners
from dagster.values import Frozen

if TYPE_CHECKING:
    from types import EllipsisType
    from typing import TypeAlias

DEFAULT_GROUP_NAME = "default"
IO_MANAGER_KEY_METADATA = "dagster/io_manager_key"

CoercibleToAssetDep: TypeAlias = Union["AssetDep", "AssetSpec", CoercibleToAssetKey]


_NO_KINDS: frozenset[str] = frozenset()


class AssetDep(Frozen):
    """A dependency on another asset.

    Args:
        asset: what is depended on: a key, a string, or anything that has a key.
        partition_mapping: which of its partitions a partition depends on.
        metadata: of this edge.

    Example:
        >>> AssetDep("orders").asset_key
        AssetKey(['orders'])
    """

    __slots__ = ("asset_key", "metadata", "partition_mapping")

    asset_key: AssetKey
    partition_mapping: Any
    metadata: Mapping[str, Any]

    def __init__(self, asset: Any, *, partition_mapping: Any = None, metadata: Mapping[str, Any] | None = None) -> None:
        if partition_mapping is not None:
            check_class("partition_mapping", partition_mapping, "PartitionMapping")
        self._set(
            asset_key=_key_of_dependency(asset),
            partition_mapping=partition_mapping,
            metadata=checked_metadata(metadata) if metadata else {},
        )

    def __repr__(self) -> str:
        return f"AssetDep(asset_key={self.asset_key!r}, partition_mapping={self.partition_mapping!r}, metadata={self.metadata!r})"

    @staticmethod
    def from_coercible(arg: Any) -> AssetDep:
        """A dependency from a dependency or from what its constructor takes."""
        return arg if isinstance(arg, AssetDep) else AssetDep(arg)


def _key_of_dependency(asset: Any) -> AssetKey:
    if isinstance(asset, (AssetKey, str, list, tuple)):
        return AssetKey.from_coercible(cast("CoercibleToAssetKey", asset))
    keys = getattr(asset, "keys", None)
    if isinstance(keys, Set) and len(several := cast("Set[AssetKey]", keys)) > 1:
        raise DagsterInvariantViolationError(
            f"This definition makes {len(several)} assets, so it is not clear which one is depended on: "
            f"{', '.join(sorted(key.to_user_string() for key in several))}. Give the key of one of them."
        )
    if not isinstance(key := getattr(asset, "key", None), AssetKey):
        raise CheckError(f"An asset is depended on by its key, spec or definition. Got {asset!r}, which is {type(asset)}.")
    return key


def coerce_deps(deps: Iterable[Any] | None, of_what: str) -> list[AssetDep]:
    """Dependencies from anything that `AssetDep` takes, in the order given; equal ones once.

    Raises:
        DagsterInvariantViolationError: the same asset twice with different mappings.
    """
    if not deps:
        return []
    if isinstance(deps, str):
        raise CheckError(f'Param "deps" of {of_what} is not a list. Got the string {deps!r}; write [{deps!r}].')
    found: dict[AssetKey, AssetDep] = {}
    for dep in deps:
        for each in _specs_behind(dep):
            coerced = AssetDep.from_coercible(each)
            earlier = found.setdefault(coerced.asset_key, coerced)
            if earlier.partition_mapping != coerced.partition_mapping:
                raise DagsterInvariantViolationError(
                    f"Cannot set a dependency on asset {coerced.asset_key} more than once with different partition "
                    f"mappings, in {of_what}."
                )
    return list(found.values())


def _specs_behind(dep: Any) -> Sequence[Any]:
    """A definition that makes several assets stands for all of them."""
    specs: Any = None if isinstance(dep, (AssetDep, AssetKey, AssetSpec, str, list, tuple)) else getattr(dep, "specs", None)
    return specs or [dep]


class AssetSpec(msgspec.Struct, frozen=True, weakref=True):
    """What an asset is, without the function that makes it. On its own in `Definitions` it is an external asset.

    Args:
        key: the asset's name.
        deps: what it depends on.
        description: Markdown for people.
        metadata: shown with the asset.
        skippable: whether its function may leave it out of a run.
        group_name: the group it is shown in.
        code_version: the version of the code that makes it.
        automation_condition: when it should be made.
        owners: e-mail addresses or `team:name`.
        tags: by which people and filters find it.
        kinds: what it is made of or with, shown as icons; stored as tags.
        partitions_def: its partitions.
        freshness_policy: how fresh it should be.
        is_virtual: whether it is a view, never run.
        legacy_freshness_policy: of early versions; kept and not read.
        auto_materialize_policy: of early versions; kept as the automation condition that says the same.
        aliases: keys that it had before, such as "raw/orders"; what is known under them belongs to it.

    Example:
        >>> spec = AssetSpec("orders", deps=["customers"], kinds={"table"})
        >>> spec.deps[0].asset_key
        AssetKey(['customers'])
        >>> spec.kinds
        {'table'}
    """

    key: AssetKey
    deps: list[AssetDep] = msgspec.field(default_factory=list)
    description: str | None = None
    metadata: Mapping[str, Any] = {}
    group_name: str | None = None
    skippable: bool = False
    code_version: str | None = None
    freshness_policy: Any = None
    automation_condition: Any = None
    owners: list[str] = msgspec.field(default_factory=list)
    tags: Mapping[str, str] = {}
    partitions_def: Any = None
    is_virtual: bool = False
    legacy_freshness_policy: Any = None
    auto_materialize_policy: Any = None
    aliases: list[AssetKey] = msgspec.field(default_factory=list)
    kinds: Set[str] = msgspec.UNSET  # pyright: ignore[reportAssignmentType] - derived from the tags

    if TYPE_CHECKING:

        def __init__(
            self,
            key: CoercibleToAssetKey,
            *,
            deps: Iterable[Any] | None = None,
            description: str | None = None,
            metadata: Mapping[str, Any] | None = None,
            skippable: bool = False,
            group_name: str | None = None,
            code_version: str | None = None,
            automation_condition: Any = None,
            owners: Sequence[str] | None = None,
            tags: Mapping[str, str] | None = None,
            kinds: Iterable[str] | None = None,
            partitions_def: Any = None,
            freshness_policy: Any = None,
            is_virtual: bool = False,
            legacy_freshness_policy: Any = None,
            auto_materialize_policy: Any = None,
            aliases: Iterable[CoercibleToAssetKey] | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        key = AssetKey.from_coercible(self.key)
        force_setattr(self, "key", key)
        force_setattr(self, "deps", coerce_deps(self.deps, f'asset "{key.to_user_string()}"') if self.deps else [])
        force_setattr(self, "metadata", checked_metadata(self.metadata) if self.metadata else {})
        checked_group_name(self.group_name)
        _check_text("description", self.description)
        _check_text("code_version", self.code_version)
        if self.auto_materialize_policy is not None:
            self._automate_by_policy()
        if self.automation_condition is not None:
            check_class("automation_condition", self.automation_condition, "AutomationCondition")
        if self.freshness_policy is not None:
            check_class("freshness_policy", self.freshness_policy, "FreshnessPolicy")
        force_setattr(self, "owners", checked_owners(self.owners, f"asset '{key.to_user_string()}'") if self.owners else [])
        force_setattr(self, "aliases", _checked_aliases(self.aliases, key) if self.aliases else [])
        given_kinds = kind_tags(checked_kinds(self.kinds)) if self.kinds else {}
        force_setattr(self, "tags", {**checked_definition_tags(self.tags), **given_kinds} if self.tags else given_kinds)
        force_setattr(self, "kinds", kinds_of(self.tags) or _NO_KINDS)

    def _automate_by_policy(self) -> None:
        """Says in today's words when the asset is made."""
        if self.automation_condition is not None:
            raise DagsterInvariantViolationError("Cannot supply both `automation_condition` and `auto_materialize_policy`.")
        force_setattr(self, "automation_condition", self.auto_materialize_policy.to_automation_condition())
        force_setattr(self, "auto_materialize_policy", None)

    @property
    def partition_mappings(self) -> Mapping[AssetKey, Any]:
        """Keyed by the asset depended on; only those that were given."""
        return {dep.asset_key: dep.partition_mapping for dep in self.deps if dep.partition_mapping is not None}

    def replace_attributes(
        self,
        *,
        key: CoercibleToAssetKey | EllipsisType = ...,
        deps: Iterable[Any] | EllipsisType | None = ...,
        description: str | EllipsisType | None = ...,
        metadata: Mapping[str, Any] | EllipsisType | None = ...,
        skippable: bool | EllipsisType = ...,
        group_name: str | EllipsisType | None = ...,
        code_version: str | EllipsisType | None = ...,
        automation_condition: Any = ...,
        owners: Sequence[str] | EllipsisType | None = ...,
        tags: Mapping[str, str] | EllipsisType | None = ...,
        kinds: Iterable[str] | EllipsisType | None = ...,
        partitions_def: Any = ...,
        freshness_policy: Any = ...,
        is_virtual: bool | EllipsisType = ...,
    ) -> AssetSpec:
        """The spec with some attributes replaced; what is left out stays.

        Kinds are tags: new `tags` keep the kinds unless `kinds` replaces them too.
        """
        given = {
            "key": key,
            "deps": deps,
            "description": description,
            "metadata": metadata,
            "skippable": skippable,
            "group_name": group_name,
            "code_version": code_version,
            "automation_condition": automation_condition,
            "owners": owners,
            "partitions_def": partitions_def,
            "freshness_policy": freshness_policy,
            "is_virtual": is_virtual,
        }
        plain_tags = _plain_tags(self.tags if tags is ... else tags or {})  # pyright: ignore[reportArgumentType]
        new_kinds = self.kinds if kinds is ... else set(kinds or ())  # pyright: ignore[reportArgumentType]
        changed: dict[str, Any] = {name: value for name, value in given.items() if value is not ...}
        return replace(self, **changed, tags=plain_tags, kinds=new_kinds)

    def merge_attributes(
        self,
        *,
        deps: Iterable[Any] | EllipsisType = ...,
        metadata: Mapping[str, Any] | EllipsisType = ...,
        owners: Sequence[str] | EllipsisType = ...,
        tags: Mapping[str, str] | EllipsisType = ...,
        kinds: Iterable[str] | EllipsisType = ...,
    ) -> AssetSpec:
        """The spec with more deps, owners and kinds, and with metadata and tags laid over the present ones."""
        return self.replace_attributes(
            deps=... if deps is ... else [*self.deps, *deps],  # pyright: ignore[reportGeneralTypeIssues]
            metadata=... if metadata is ... else {**self.metadata, **metadata},  # pyright: ignore[reportGeneralTypeIssues]
            owners=... if owners is ... else [*self.owners, *owners],  # pyright: ignore[reportGeneralTypeIssues]
            tags=... if tags is ... else {**self.tags, **tags},  # pyright: ignore[reportGeneralTypeIssues]
            kinds=... if kinds is ... else {*self.kinds, *kinds},  # pyright: ignore[reportGeneralTypeIssues]
        )

    def with_io_manager_key(self, io_manager_key: str) -> AssetSpec:
        """The spec with its value read and written by this IO manager."""
        return replace(self, metadata={**self.metadata, IO_MANAGER_KEY_METADATA: io_manager_key})


def _check_text(param: str, value: object) -> None:
    if value is not None and not isinstance(value, str):
        raise ParameterCheckError(param, value, "a string")


def check_class(param: str, value: object, name: str) -> None:
    """By the class's name, since asking for the class would import it where nobody uses one."""
    if not any(ancestor.__name__ == name for ancestor in type(value).__mro__):
        raise ParameterCheckError(param, value, f"a {name}")


def _plain_tags(tags: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in tags.items() if not key.startswith(KIND_TAG_PREFIX)}


def _steps_back(mapping: object) -> bool:
    if mapping is None:
        return False
    from dagster.partitions.self_mappings import reaches_earlier_partitions_alone

    return reaches_earlier_partitions_alone(mapping)


def refuse_self_dependency(spec: AssetSpec) -> None:
    """Raises DagsterInvalidDefinitionError for an asset that depends on itself, if not on other partitions of itself."""
    for dep in spec.deps:
        if dep.asset_key == spec.key and not _steps_back(dep.partition_mapping):
            raise DagsterInvalidDefinitionError(
                f'Asset "{spec.key.to_user_string()}" depends on itself. Assets can only depend on themselves if they are:\n'
                "(a) time-partitioned and each partition depends on earlier partitions\n"
                "(b) multipartitioned, with one time dimension that depends on earlier time partitions"
            )


def _checked_aliases(given: object, key: AssetKey) -> list[AssetKey]:
    if not isinstance(given, (list, tuple, set, frozenset)):
        raise ParameterCheckError("aliases", given, "a list of asset keys")
    keys = cast("Iterable[Any]", given)
    aliases = [AssetKey.from_user_string(each) if isinstance(each, str) else AssetKey.from_coercible(each) for each in keys]
    if key in aliases:
        name = key.to_user_string()
        raise DagsterInvalidDefinitionError(f'Asset "{name}" has itself as an alias. Name the keys that it had before.')
    return aliases
