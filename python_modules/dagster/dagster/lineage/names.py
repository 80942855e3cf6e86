"""Names of assets without their prefix.

A dependency may name an asset by the last part of its key alone, where it is clear which one is meant: one with the same
prefix as the dependent asset, else the only one of that name in its group.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster.keys import AssetKey
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetSpec


def unqualified_references(specs: Sequence[AssetSpec]) -> Mapping[AssetKey, Mapping[AssetKey, AssetKey]]:
    """For each asset that names another one without its prefix: which dependency means which asset. Linear."""
    known = {spec.key for spec in specs}
    if all(len(spec.key.parts) == 1 for spec in specs):
        return {}
    by_group_and_name: dict[tuple[str, str], list[AssetKey]] = {}
    for spec in specs:
        by_group_and_name.setdefault((spec.group_name or DEFAULT_GROUP_NAME, spec.key.parts[-1]), []).append(spec.key)
    found: dict[AssetKey, dict[AssetKey, AssetKey]] = {}
    for spec in specs:
        for dep in spec.deps:
            if dep.asset_key not in known and len(dep.asset_key.parts) == 1:
                meant = _meant(spec, dep.asset_key.parts[0], known, by_group_and_name)
                if meant is not None:
                    found.setdefault(spec.key, {})[dep.asset_key] = meant
    return found


def _meant(
    spec: AssetSpec,
    name: str,
    known: set[AssetKey],
    by_group_and_name: Mapping[tuple[str, str], Sequence[AssetKey]],
) -> AssetKey | None:
    beside = AssetKey([*spec.key.parts[:-1], name])
    if beside in known and beside != spec.key:
        return beside
    same_group = by_group_and_name.get((spec.group_name or DEFAULT_GROUP_NAME, name), ())
    candidates = [key for key in same_group if key != spec.key]
    return candidates[0] if len(candidates) == 1 else None
