"""What a check of an asset is, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dagster.arguments import checked_metadata
from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.assets import AssetDep, coerce_deps
from dagster.specs.names import checked_check_name
from dagster.values import Frozen


class AssetCheckSpec(Frozen):
    """What a check of an asset is, without the function that executes it.

    Args:
        name: unique among the checks of the asset.
        asset: the asset: a key, a string, or anything that has a key.
        description: Markdown for people.
        additional_deps: other assets that must be there first.
        blocking: whether its failure stops what lies downstream of the asset.
        metadata: shown with the check.
        automation_condition: when it should be executed.
        partitions_def: its partitions.

    Example:
        >>> AssetCheckSpec("not_empty", asset="orders").key.to_user_string()
        'orders:not_empty'
    """

    __slots__ = (
        "additional_deps",
        "asset_key",
        "automation_condition",
        "blocking",
        "description",
        "metadata",
        "name",
        "partitions_def",
    )

    name: str
    asset_key: AssetKey
    description: str | None
    additional_deps: list[AssetDep]
    blocking: bool
    metadata: Mapping[str, Any]
    automation_condition: Any
    partitions_def: Any

    def __init__(
        self,
        name: str,
        *,
        asset: Any,
        description: str | None = None,
        additional_deps: Iterable[Any] | None = None,
        blocking: bool = False,
        metadata: Mapping[str, Any] | None = None,
        automation_condition: Any = None,
        partitions_def: Any = None,
    ) -> None:
        asset_key = AssetDep(asset).asset_key
        self._set(
            name=checked_check_name(name),
            asset_key=asset_key,
            description=description,
            additional_deps=[dep for dep in coerce_deps(additional_deps, f'check "{name}"') if dep.asset_key != asset_key],
            blocking=blocking,
            metadata=checked_metadata(metadata) if metadata else {},
            automation_condition=automation_condition,
            partitions_def=partitions_def,
        )

    @property
    def key(self) -> AssetCheckKey:
        """Asset and name."""
        return AssetCheckKey(self.asset_key, self.name)

    def get_python_identifier(self) -> str:
        """The name of the check's output: the asset's parts and the check's name, with underscores for dots."""
        return f"{self.asset_key.to_python_identifier()}_{self.name.replace('.', '_')}"

    def replace_key(self, key: AssetCheckKey) -> AssetCheckSpec:
        """The same check under another key."""
        return self._replaced(asset_key=key.asset_key, name=key.name)

    def with_metadata(self, metadata: Mapping[str, Any]) -> AssetCheckSpec:
        """The same check with other metadata."""
        return self._replaced(metadata=dict(metadata))

    def _replaced(self, **changed: Any) -> AssetCheckSpec:
        fields = {**self._asdict(), **changed}
        return AssetCheckSpec(asset=fields.pop("asset_key"), **fields)
