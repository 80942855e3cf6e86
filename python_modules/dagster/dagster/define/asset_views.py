"""What a definition of assets answers about its assets, by key and by the names of inputs and outputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dagster.define.computations import Computation
from dagster.errors import DagsterAssetNotFoundError, DagsterInvariantViolationError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.assets import DEFAULT_GROUP_NAME, IO_MANAGER_KEY_METADATA, AssetSpec
from dagster.specs.checks import AssetCheckSpec

if TYPE_CHECKING:
    from typing_extensions import Self


class AssetViews:
    """Looks things up in the specs and in the function; `AssetsDefinition` has all of it."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def specs(self) -> Sequence[AssetSpec]: ...
        @property
        def computation(self) -> Computation | None: ...
        @property
        def check_specs(self) -> Sequence[AssetCheckSpec]: ...
        @property
        def key(self) -> AssetKey: ...
        @property
        def op(self) -> Computation: ...
        @property
        def can_subset(self) -> bool: ...
        @property
        def is_subset(self) -> bool: ...
        def replaced(self, **changed: Any) -> Self: ...
        def map_asset_specs(self, fn: Callable[[AssetSpec], AssetSpec]) -> Self: ...

    @property
    def keys(self) -> set[AssetKey]:
        """The keys of all assets."""
        return {spec.key for spec in self.specs}

    @property
    def specs_by_key(self) -> Mapping[AssetKey, AssetSpec]:
        """The assets as data, by key."""
        return {spec.key: spec for spec in self.specs}

    def get_asset_spec(self, key: AssetKey | None = None) -> AssetSpec:
        """The spec of one asset; of the only one without a key.

        Raises:
            DagsterAssetNotFoundError: it is not one of these.
        """
        wanted = self.key if key is None else key
        try:
            return self.specs_by_key[wanted]
        except KeyError:
            raise DagsterAssetNotFoundError(wanted.to_user_string(), (key.to_user_string() for key in self.keys)) from None

    @property
    def check_keys(self) -> set[AssetCheckKey]:
        """The keys of these checks."""
        return {spec.key for spec in self.check_specs}

    @property
    def keys_by_input_name(self) -> Mapping[str, AssetKey]:
        """The asset of each input, dependencies without an argument included."""
        inputs = self.computation.inputs if self.computation else ()
        return {declared.name: declared.asset_key for declared in inputs if declared.asset_key is not None}

    @property
    def keys_by_output_name(self) -> Mapping[str, AssetKey]:
        """The asset of each output."""
        outputs = self.computation.outputs if self.computation else ()
        return {output.name: output.asset_key for output in outputs if output.asset_key is not None}

    @property
    def dependency_keys(self) -> set[AssetKey]:
        """Every asset that one of these depends on."""
        return {dep.asset_key for spec in self.specs for dep in spec.deps}

    @property
    def asset_deps(self) -> Mapping[AssetKey, set[AssetKey]]:
        """What each asset depends on."""
        return {spec.key: {dep.asset_key for dep in spec.deps} for spec in self.specs}

    @property
    def group_names_by_key(self) -> Mapping[AssetKey, str]:
        """The group of each asset."""
        return {spec.key: spec.group_name or DEFAULT_GROUP_NAME for spec in self.specs}

    @property
    def descriptions_by_key(self) -> Mapping[AssetKey, str]:
        """The description of each asset that has one."""
        return {spec.key: spec.description for spec in self.specs if spec.description is not None}

    @property
    def metadata_by_key(self) -> Mapping[AssetKey, Mapping[str, Any]]:
        """The metadata of each asset."""
        return {spec.key: spec.metadata for spec in self.specs}

    @property
    def tags_by_key(self) -> Mapping[AssetKey, Mapping[str, str]]:
        """The tags of each asset."""
        return {spec.key: spec.tags for spec in self.specs}

    @property
    def owners_by_key(self) -> Mapping[AssetKey, Sequence[str]]:
        """The owners of each asset."""
        return {spec.key: spec.owners for spec in self.specs}

    @property
    def code_versions_by_key(self) -> Mapping[AssetKey, str | None]:
        """The code version of each asset."""
        return {spec.key: spec.code_version for spec in self.specs}

    @property
    def automation_conditions_by_key(self) -> Mapping[AssetKey, Any]:
        """The automation condition of each asset that has one."""
        return {spec.key: spec.automation_condition for spec in self.specs if spec.automation_condition is not None}

    def get_io_manager_key_for_asset_key(self, key: AssetKey) -> str:
        """What stores and loads the value of an asset."""
        for output in self.computation.outputs if self.computation else ():
            if output.asset_key == key:
                return output.io_manager_key
        return self.get_asset_spec(key).metadata.get(IO_MANAGER_KEY_METADATA, "io_manager")

    def get_output_name_for_asset_key(self, key: AssetKey) -> str:
        """The output that an asset is."""
        for name, output_key in self.keys_by_output_name.items():
            if output_key == key:
                return name
        raise DagsterInvariantViolationError(f"Asset key {key.to_user_string()} not found in AssetsDefinition")

    @property
    def asset_and_check_keys(self) -> set[AssetKey | AssetCheckKey]:
        """The keys of assets and checks."""
        return {*self.keys, *self.check_keys}

    @property
    def has_keys(self) -> bool:
        """Whether there are assets."""
        return bool(self.specs)

    @property
    def has_check_keys(self) -> bool:
        """Whether there are checks."""
        return bool(self.check_specs)

    @property
    def check_key(self) -> AssetCheckKey:
        """The key of the only check.

        Raises:
            DagsterInvariantViolationError: there is none or more than one.
        """
        if len(self.check_specs) != 1:
            raise DagsterInvariantViolationError(f"There are {len(self.check_specs)} checks, so none is the only one.")
        return self.check_specs[0].key

    def get_spec_for_check_key(self, asset_check_key: AssetCheckKey) -> AssetCheckSpec:
        """The spec of one check.

        Raises:
            KeyError: there is none of this key.
        """
        return {spec.key: spec for spec in self.check_specs}[asset_check_key]

    def get_checks_targeting_keys(self, keys: frozenset[AssetKey]) -> set[AssetCheckKey]:
        """The checks of these assets."""
        return {spec.key for spec in self.check_specs if spec.asset_key in keys}

    @property
    def check_specs_by_output_name(self) -> Mapping[str, AssetCheckSpec]:
        """The checks, by the output through which the function gives their result."""
        outputs = self.computation.outputs if self.computation else ()
        return {output.name: output.check for output in outputs if output.check is not None}

    def get_output_name_for_asset_check_key(self, key: AssetCheckKey) -> str:
        """The output of a check."""
        for name, spec in self.check_specs_by_output_name.items():
            if spec.key == key:
                return name
        raise DagsterInvariantViolationError(f"Check {key.to_user_string()} not found in AssetsDefinition")

    @property
    def node_check_specs_by_output_name(self) -> Mapping[str, AssetCheckSpec]:
        """Same as `check_specs_by_output_name`."""
        return self.check_specs_by_output_name

    @property
    def node_keys_by_input_name(self) -> Mapping[str, AssetKey]:
        """Same as `keys_by_input_name`."""
        return self.keys_by_input_name

    @property
    def node_keys_by_output_name(self) -> Mapping[str, AssetKey]:
        """Same as `keys_by_output_name`."""
        return self.keys_by_output_name

    @property
    def input_names(self) -> Sequence[str]:
        """The names of all inputs, dependencies without an argument included."""
        return list(self.keys_by_input_name)

    @property
    def input_names_by_node_key(self) -> Mapping[AssetKey, str]:
        """The input of each asset that is one."""
        return {key: name for name, key in self.keys_by_input_name.items()}

    @property
    def entity_keys_by_output_name(self) -> Mapping[str, AssetKey | AssetCheckKey]:
        """The asset or check of each output."""
        return {**self.keys_by_output_name, **{name: spec.key for name, spec in self.check_specs_by_output_name.items()}}

    @property
    def output_names_by_entity_key(self) -> Mapping[AssetKey | AssetCheckKey, str]:
        """The output of each asset and check."""
        return {key: name for name, key in self.entity_keys_by_output_name.items()}

    def has_output_for_asset_key(self, key: AssetKey) -> bool:
        """Whether an output is this asset."""
        return key in self.keys_by_output_name.values()

    def get_op_def_for_asset_key(self, key: AssetKey) -> Computation | None:
        """The function that makes an asset; None where nothing here does."""
        return self.computation if self.has_output_for_asset_key(key) else None

    def get_upstream_input_keys(self, keys: frozenset[AssetKey]) -> set[AssetKey]:
        """What these assets depend on that is an input of the function."""
        deps = {dep.asset_key for spec in self.specs if spec.key in keys for dep in spec.deps}
        return deps & {*self.keys_by_input_name.values()}

    def get_partition_mapping(self, in_asset_key: AssetKey) -> Any:
        """Which partitions of an upstream asset a partition depends on; None where nobody said it."""
        return next(
            (spec.partition_mappings[in_asset_key] for spec in self.specs if in_asset_key in spec.partition_mappings), None
        )

    def get_partition_mapping_for_dep(self, dep_key: AssetKey) -> Any:
        """Same as `get_partition_mapping`."""
        return self.get_partition_mapping(dep_key)

    @property
    def auto_observe_interval_minutes(self) -> float | None:
        """Of early versions; nobody asks for it any more."""
        return None

    @property
    def auto_materialize_policies_by_key(self) -> Mapping[AssetKey, Any]:
        """Policies of early versions; `automation_conditions_by_key` says when assets are made."""
        return {}

    @property
    def legacy_freshness_policies_by_key(self) -> Mapping[AssetKey, Any]:
        """Policies of early versions; specs have a `freshness_policy`."""
        return {}

    @property
    def unique_id(self) -> str:
        """The same for the same assets and checks, in any process."""
        from hashlib import sha256

        names = sorted(key.to_string() for key in self.keys) + sorted(key.to_user_string() for key in self.check_keys)
        return sha256("\n".join(names).encode()).hexdigest()
