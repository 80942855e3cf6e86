"""What one output of a function with several assets is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dagster.arguments import checked_metadata
from dagster.define.annotations import Unannotated
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.keys import AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix, key_prefix_of
from dagster.metadata.tags import checked_definition_tags, checked_kinds, kind_tags, kinds_of
from dagster.specs.assets import AssetSpec
from dagster.specs.names import checked_group_name, checked_owners
from dagster.values import Frozen


class AssetOut(Frozen):
    """One output of `@multi_asset`: the asset that it is, its type, and what stores it.

    Args:
        key_prefix: put before the output's name; not together with `key`.
        key: the whole key; without: prefix and name.
        dagster_type: the type of the value; without: the return annotation.
        description: Markdown for people.
        is_required: False lets the function leave it out.
        io_manager_key: the resource that stores it.
        metadata, group_name, code_version, automation_condition, owners, tags, kinds, freshness_policy, is_virtual: as of
            `AssetSpec`.
        backfill_policy: how a backfill cuts its partitions into runs.

    Example:
        >>> AssetOut(key_prefix="raw", kinds={"table"}).to_spec(AssetKey(["raw", "orders"]), deps=[]).kinds
        {'table'}
    """

    __slots__ = (
        "automation_condition",
        "backfill_policy",
        "code_version",
        "dagster_type",
        "description",
        "freshness_policy",
        "group_name",
        "io_manager_key",
        "is_required",
        "is_virtual",
        "key",
        "key_prefix",
        "metadata",
        "owners",
        "tags",
    )

    key_prefix: Sequence[str] | None
    key: AssetKey | None
    dagster_type: Any
    description: str | None
    is_required: bool
    io_manager_key: str | None
    metadata: Mapping[str, Any]
    group_name: str | None
    code_version: str | None
    automation_condition: Any
    backfill_policy: Any
    owners: Sequence[str]
    tags: Mapping[str, str]
    freshness_policy: Any
    is_virtual: bool

    def __init__(
        self,
        key_prefix: CoercibleToAssetKeyPrefix | None = None,
        key: CoercibleToAssetKey | None = None,
        dagster_type: Any = Unannotated,
        description: str | None = None,
        is_required: bool = True,
        io_manager_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        group_name: str | None = None,
        code_version: str | None = None,
        automation_condition: Any = None,
        backfill_policy: Any = None,
        owners: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] | None = None,
        freshness_policy: Any = None,
        is_virtual: bool = False,
        **old: Any,
    ) -> None:
        if old:
            from dagster.define.old_arguments import with_old_arguments

            given = {"automation_condition": automation_condition, "freshness_policy": freshness_policy}
            automation_condition = with_old_arguments("AssetOut", given, old)["automation_condition"]
        if key is not None and key_prefix is not None:
            raise CheckError("Only one of key_prefix and key should be provided: the key already holds its prefix.")
        self._set(
            key_prefix=list(key_prefix_of(key_prefix)) if key_prefix is not None else None,
            key=AssetKey.from_coercible(key) if key is not None else None,
            dagster_type=dagster_type,
            description=description,
            is_required=is_required,
            io_manager_key=io_manager_key,
            metadata=checked_metadata(metadata),
            group_name=checked_group_name(group_name),
            code_version=code_version,
            automation_condition=automation_condition,
            backfill_policy=backfill_policy,
            owners=checked_owners(owners, "an AssetOut"),
            tags={**checked_definition_tags(tags or {}), **kind_tags(checked_kinds(set(kinds or ())))},
            freshness_policy=freshness_policy,
            is_virtual=is_virtual,
        )

    @property
    def kinds(self) -> set[str]:
        """What it is made of or with."""
        return kinds_of(self.tags)

    def resolve_key(self, output_name: str) -> AssetKey:
        """The asset that an output of this name is."""
        return self.key if self.key is not None else AssetKey([*(self.key_prefix or ()), output_name])

    @staticmethod
    def from_spec(
        spec: AssetSpec,
        dagster_type: Any = Unannotated,
        is_required: bool = True,
        io_manager_key: str | None = None,
        backfill_policy: Any = None,
    ) -> AssetOut:
        """The output that is this asset.

        Raises:
            DagsterInvalidDefinitionError: the spec has dependencies, which an output cannot say.
        """
        if spec.deps:
            raise DagsterInvalidDefinitionError(
                f"An AssetOut has no dependencies of its own, and the spec of {spec.key.to_user_string()} has some. "
                "Give the spec in specs= instead, or its dependencies in internal_asset_deps=."
            )
        return AssetOut(
            key=spec.key,
            dagster_type=dagster_type,
            description=spec.description,
            is_required=is_required,
            io_manager_key=io_manager_key,
            metadata=spec.metadata,
            group_name=spec.group_name,
            code_version=spec.code_version,
            automation_condition=spec.automation_condition,
            backfill_policy=backfill_policy,
            owners=spec.owners,
            tags=spec.tags,
            freshness_policy=spec.freshness_policy,
            is_virtual=spec.is_virtual,
        )

    def to_spec(
        self,
        key: AssetKey,
        deps: Sequence[Any],
        additional_tags: Mapping[str, str] = {},
        partitions_def: Any = ...,
    ) -> AssetSpec:
        """The asset as data.

        Args:
            key: its key.
            deps: what it depends on.
            additional_tags: below its own.
            partitions_def: its partitions.
        """
        return AssetSpec(
            key,
            deps=deps,
            description=self.description,
            metadata=self.metadata,
            group_name=self.group_name,
            code_version=self.code_version,
            automation_condition=self.automation_condition,
            owners=self.owners,
            tags={**additional_tags, **self.tags},
            partitions_def=None if partitions_def is ... else partitions_def,
            freshness_policy=self.freshness_policy,
            is_virtual=self.is_virtual,
        )
