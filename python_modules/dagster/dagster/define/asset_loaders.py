"""The assets and checks of modules and packages, found by looking through them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import ModuleType
from typing import Any

import msgspec

from dagster.define.asset_checks import AssetChecksDefinition
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.module_contents import (
    Contents,
    contents_of,
    contents_of_caller,
    contents_of_package,
    contents_of_package_named,
    unique,
)
from dagster.define.problems import Problem, raise_problems
from dagster.define.replacements import spec_with_renamed_keys
from dagster.define.source_assets import SourceAsset
from dagster.errors import DagsterInvalidDefinitionError
from dagster.keys import AssetKey, CoercibleToAssetKeyPrefix
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetSpec


class _Attributes(msgspec.Struct, frozen=True):
    """What is said of all assets that are loaded; arguments of `load_assets_from_modules`."""

    group_name: str | None = None
    key_prefix: CoercibleToAssetKeyPrefix | None = None
    source_key_prefix: CoercibleToAssetKeyPrefix | None = None
    automation_condition: Any = None
    backfill_policy: Any = None
    include_specs: bool = False


def load_assets_from_modules(
    modules: Iterable[ModuleType],
    group_name: str | None = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    *,
    automation_condition: Any = None,
    backfill_policy: Any = None,
    source_key_prefix: CoercibleToAssetKeyPrefix | None = None,
    include_specs: bool = False,
    **old: Any,
) -> Sequence[Any]:
    """The assets at the top level of modules, alone or in lists.

    Args:
        modules: already imported.
        group_name: the group of all of them; none may have one of its own.
        key_prefix: put before the keys of definitions, and before these keys where others depend on them.
        automation_condition: of definitions, instead of their own.
        backfill_policy: of definitions, instead of their own.
        source_key_prefix: put before the keys of `SourceAsset`s and specs.
        include_specs: whether each `AssetSpec` is an asset too.

    Returns:
        Definitions, `SourceAsset`s and specs, each object once, in the order of the files.

    Raises:
        DagsterInvalidDefinitionError: two modules declare one key, or an asset has another group.

    Example:
        >>> from types import ModuleType
        >>> sales = ModuleType("sales")  # stands for: import my_project.sales as sales
        >>> sales.orders = orders
        >>> load_assets_from_modules([sales], key_prefix="shop", group_name="sales")[0].key
        AssetKey(['shop', 'orders'])
    """
    condition = _condition(automation_condition, old)
    return _loaded(
        contents_of(modules),
        _Attributes(group_name, key_prefix, source_key_prefix, condition, backfill_policy, include_specs),
    )


def _condition(automation_condition: Any, old: Mapping[str, Any]) -> Any:
    """The condition, which early versions took as an `auto_materialize_policy`."""
    if not old:
        return automation_condition
    from dagster.define.old_arguments import with_old_arguments

    given = {"automation_condition": automation_condition}
    return with_old_arguments("load_assets_from_modules", given, old)["automation_condition"]


def load_assets_from_current_module(
    group_name: str | None = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    *,
    automation_condition: Any = None,
    backfill_policy: Any = None,
    source_key_prefix: CoercibleToAssetKeyPrefix | None = None,
    include_specs: bool = False,
    **old: Any,
) -> Sequence[Any]:
    """The assets of the module that calls it. Arguments as of `load_assets_from_modules`.

    Example:
        >>> assets = load_assets_from_current_module(group_name="sales")
    """
    condition = _condition(automation_condition, old)
    return _loaded(
        [contents_of_caller(1)],
        _Attributes(group_name, key_prefix, source_key_prefix, condition, backfill_policy, include_specs),
    )


def load_assets_from_package_module(
    package_module: ModuleType,
    group_name: str | None = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    *,
    automation_condition: Any = None,
    backfill_policy: Any = None,
    source_key_prefix: CoercibleToAssetKeyPrefix | None = None,
    include_specs: bool = False,
    **old: Any,
) -> Sequence[Any]:
    """The assets of a package and of all modules below it, which are imported. Arguments as of `load_assets_from_modules`."""
    condition = _condition(automation_condition, old)
    return _loaded(
        contents_of_package(package_module),
        _Attributes(group_name, key_prefix, source_key_prefix, condition, backfill_policy, include_specs),
    )


def load_assets_from_package_name(
    package_name: str,
    group_name: str | None = None,
    key_prefix: CoercibleToAssetKeyPrefix | None = None,
    *,
    automation_condition: Any = None,
    backfill_policy: Any = None,
    source_key_prefix: CoercibleToAssetKeyPrefix | None = None,
    include_specs: bool = False,
    **old: Any,
) -> Sequence[Any]:
    """Same as `load_assets_from_package_module`, by the name of the package."""
    condition = _condition(automation_condition, old)
    return _loaded(
        contents_of_package_named(package_name),
        _Attributes(group_name, key_prefix, source_key_prefix, condition, backfill_policy, include_specs),
    )


def load_asset_checks_from_modules(
    modules: Iterable[ModuleType], asset_key_prefix: CoercibleToAssetKeyPrefix | None = None
) -> Sequence[AssetChecksDefinition]:
    """The checks at the top level of modules, alone or in lists.

    Args:
        modules: already imported.
        asset_key_prefix: put before the keys of the assets that they check.

    Example:
        >>> import types
        >>> module = types.ModuleType("shop")
        >>> module.has_rows = asset_check(asset="orders", name="has_rows")(lambda: AssetCheckResult(passed=True))
        >>> [checks.check_key.name for checks in load_asset_checks_from_modules([module])]
        ['has_rows']
    """
    return checks_in(contents_of(modules), asset_key_prefix)


def load_asset_checks_from_current_module(
    asset_key_prefix: CoercibleToAssetKeyPrefix | None = None,
) -> Sequence[AssetChecksDefinition]:
    """The checks of the module that calls it. Arguments as of `load_asset_checks_from_modules`."""
    return checks_in([contents_of_caller(1)], asset_key_prefix)


def load_asset_checks_from_package_module(
    package_module: ModuleType, asset_key_prefix: CoercibleToAssetKeyPrefix | None = None
) -> Sequence[AssetChecksDefinition]:
    """The checks of a package and of all modules below it. Arguments as of `load_asset_checks_from_modules`."""
    return checks_in(contents_of_package(package_module), asset_key_prefix)


def load_asset_checks_from_package_name(
    package_name: str, asset_key_prefix: CoercibleToAssetKeyPrefix | None = None
) -> Sequence[AssetChecksDefinition]:
    """Same as `load_asset_checks_from_package_module`, by the name of the package."""
    return checks_in(contents_of_package_named(package_name), asset_key_prefix)


def checks_in(contents: Sequence[Contents], prefix: CoercibleToAssetKeyPrefix | None = None) -> list[AssetChecksDefinition]:
    """The checks of modules, each object once."""
    found = unique((each.name, check) for each in contents for check in each.of_types(AssetChecksDefinition))
    checks = [check for _, check in found.values()]
    if prefix is None:
        return checks
    renamed = {spec.asset_key: spec.asset_key.with_prefix(prefix) for check in checks for spec in check.check_specs}
    return [check.with_attributes(asset_key_replacements=renamed) for check in checks]


def assets_in(contents: Sequence[Contents], *, include_specs: bool) -> list[Any]:
    """The assets of modules, each object once.

    Raises:
        DagsterInvalidDefinitionError: two assets of one key.
    """
    kinds = (AssetsDefinition, SourceAsset, AssetSpec) if include_specs else (AssetsDefinition, SourceAsset)
    found = unique((each.name, asset) for each in contents for asset in each.of_types(*kinds))
    assets = [(name, asset) for name, asset in found.values() if not isinstance(asset, AssetChecksDefinition)]
    first: dict[AssetKey, tuple[str, Any]] = {}
    for name, asset in assets:
        for key in _keys(asset):
            earlier, other = first.setdefault(key, (name, asset))
            if other is not asset and other != asset:
                places = [place for place in (_place(other), _place(asset)) if place]
                declared = f" Declared at {' and '.join(places)}." if places else ""
                error = DagsterInvalidDefinitionError(
                    f"Asset key {key.to_user_string()} is defined multiple times. Definitions found in modules: "
                    f"{', '.join(dict.fromkeys((earlier, name)))}.{declared}"
                )
                raise_problems([Problem(error, _place(asset))])
    return [asset for _, asset in assets]


def _keys(asset: Any) -> Iterable[AssetKey]:
    return asset.keys if isinstance(asset, AssetsDefinition) else (asset.key,)


def _loaded(contents: Sequence[Contents], attributes: _Attributes) -> list[Any]:
    assets = assets_in(contents, include_specs=attributes.include_specs)
    renamed = _renamed(assets, attributes)
    return [_with_attributes(asset, attributes, renamed) for asset in assets]


def _renamed(assets: Sequence[Any], attributes: _Attributes) -> Mapping[AssetKey, AssetKey]:
    renamed: dict[AssetKey, AssetKey] = {}
    for asset in assets:
        prefix = attributes.key_prefix if isinstance(asset, AssetsDefinition) else attributes.source_key_prefix
        if prefix is not None:
            renamed.update({key: key.with_prefix(prefix) for key in _keys(asset)})
    return renamed


def _with_attributes(asset: Any, attributes: _Attributes, renamed: Mapping[AssetKey, AssetKey]) -> Any:
    group_name = attributes.group_name
    if isinstance(asset, SourceAsset):
        _refuse_other_group(asset.key, asset.group_name, group_name)
        return asset.with_attributes(group_name=group_name, key=renamed.get(asset.key, asset.key))
    if isinstance(asset, AssetSpec):
        return _spec(asset, attributes, renamed, with_condition=False)
    computation = asset.with_attributes(asset_key_replacements=renamed).computation if renamed else asset.computation
    checks = asset.with_attributes(asset_key_replacements=renamed).check_specs if renamed else asset.check_specs
    policy = attributes.backfill_policy
    return asset.replaced(
        specs=[_spec(spec, attributes, renamed, with_condition=True) for spec in asset.specs],
        computation=computation,
        check_specs=checks,
        backfill_policy=asset.backfill_policy if policy is None else policy,
    )


def _spec(spec: AssetSpec, attributes: _Attributes, renamed: Mapping[AssetKey, AssetKey], *, with_condition: bool) -> AssetSpec:
    _refuse_other_group(spec.key, spec.group_name, attributes.group_name)
    changed: dict[str, Any] = {}
    if attributes.group_name is not None:
        changed["group_name"] = attributes.group_name
    if with_condition and attributes.automation_condition is not None:
        changed["automation_condition"] = attributes.automation_condition
    return spec_with_renamed_keys(spec.replace_attributes(**changed) if changed else spec, renamed)


def _refuse_other_group(key: AssetKey, own: str | None, given: str | None) -> None:
    if given is not None and own not in (None, DEFAULT_GROUP_NAME, given):
        raise DagsterInvalidDefinitionError(
            f"Asset spec {key.to_user_string()} has group name {own}, which conflicts with the group name {given} provided in "
            "load_assets_from_modules."
        )


def _place(asset: Any) -> str:
    computation = getattr(asset, "computation", None)
    return computation.place if computation is not None else ""
