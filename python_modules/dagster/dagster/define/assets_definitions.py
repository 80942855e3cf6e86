"""The definition of assets: their specs and the function that makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, cast

from dagster.define.computations import Computation
from dagster.define.replacements import (
    renamed_check,
    renamed_computation,
    spec_with_more,
    spec_with_renamed_dependencies,
    spec_with_renamed_keys,
)
from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetExecutionType
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetSpec
from dagster.specs.checks import AssetCheckSpec


class AssetsDefinition:
    """Assets bound to the function that makes them. Made by `@asset` and its siblings.

    Args:
        specs: the assets, in the order of the function's outputs.
        computation: the function; None for assets that nothing here makes.
        check_specs: the checks that the function executes.
        resource_defs: resources that come with the definition, keyed by resource key.
        execution_type: what running it means.
        backfill_policy: how a backfill cuts its partitions into runs.
        hook_defs: called when its step ends.

    Example:
        >>> @asset(deps=["customers"])
        ... def orders(): ...
        >>> orders.key
        AssetKey(['orders'])
        >>> orders.dependency_keys
        {AssetKey(['customers'])}
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_backfill_policy",
        "_check_specs",
        "_computation",
        "_execution_type",
        "_hook_defs",
        "_resource_defs",
        "_specs",
    )

    def __init__(
        self,
        *,
        specs: Sequence[AssetSpec],
        computation: Computation | None = None,
        check_specs: Sequence[AssetCheckSpec] = (),
        resource_defs: Mapping[str, Any] | None = None,
        execution_type: AssetExecutionType | None = None,
        backfill_policy: Any = None,
        hook_defs: Set[Any] | None = None,
    ) -> None:
        self._specs = tuple(specs)
        self._computation = computation
        self._check_specs = tuple(check_specs)
        self._resource_defs: Mapping[str, Any] = resource_defs or {}
        default = AssetExecutionType.MATERIALIZATION if computation else AssetExecutionType.UNEXECUTABLE
        self._execution_type = execution_type or default
        self._backfill_policy = backfill_policy
        self._hook_defs: Set[Any] = hook_defs or frozenset()

    def __repr__(self) -> str:
        return f"AssetsDefinition({', '.join(spec.key.to_user_string() for spec in self._specs)})"

    @property
    def specs(self) -> Sequence[AssetSpec]:
        """The assets as data."""
        return self._specs

    @property
    def computation(self) -> Computation | None:
        """The function with what it takes and gives."""
        return self._computation

    @property
    def op(self) -> Computation:
        """The function as a node of a graph: its name is the key of its step.

        Raises:
            DagsterInvariantViolationError: nothing here makes the assets.
        """
        if self._computation is None:
            raise DagsterInvariantViolationError(f"{self!r} has no function: nothing here makes it.")
        return self._computation

    @property
    def node_def(self) -> Computation:
        """Same as `op`."""
        return self.op

    @property
    def key(self) -> AssetKey:
        """The key of the only asset.

        Raises:
            DagsterInvariantViolationError: there is more than one.
        """
        if len(self._specs) != 1:
            raise DagsterInvariantViolationError(
                "Tried to retrieve asset key from an assets definition with multiple asset keys: "
                + ", ".join(sorted(spec.key.to_user_string() for spec in self._specs))
            )
        return self._specs[0].key

    @property
    def keys(self) -> set[AssetKey]:
        """The keys of all assets."""
        return {spec.key for spec in self._specs}

    @property
    def specs_by_key(self) -> Mapping[AssetKey, AssetSpec]:
        """The assets as data, by key."""
        return {spec.key: spec for spec in self._specs}

    def get_asset_spec(self, key: AssetKey | None = None) -> AssetSpec:
        """The spec of one asset; of the only one without a key.

        Raises:
            KeyError: this definition has no such asset.
        """
        wanted = self.key if key is None else key
        for spec in self._specs:
            if spec.key == wanted:
                return spec
        raise KeyError(f"Asset key {wanted.to_user_string()} not found in {self!r}")

    @property
    def check_specs(self) -> Sequence[AssetCheckSpec]:
        """The checks that the function executes."""
        return self._check_specs

    @property
    def check_keys(self) -> set[AssetCheckKey]:
        """The keys of these checks."""
        return {spec.key for spec in self._check_specs}

    @property
    def execution_type(self) -> AssetExecutionType:
        """What running it means."""
        return self._execution_type

    @property
    def is_executable(self) -> bool:
        """Whether a run can do anything with it."""
        return self._execution_type is not AssetExecutionType.UNEXECUTABLE

    @property
    def is_materializable(self) -> bool:
        """Whether a run writes it."""
        return self._execution_type is AssetExecutionType.MATERIALIZATION

    @property
    def is_observable(self) -> bool:
        """Whether a run looks at it."""
        return self._execution_type is AssetExecutionType.OBSERVATION

    @property
    def is_external(self) -> bool:
        """Whether nothing here writes it."""
        return not self.is_materializable

    @property
    def can_subset(self) -> bool:
        """Whether the function can make some of the assets only."""
        return bool(self._computation and self._computation.can_subset)

    @property
    def backfill_policy(self) -> Any:
        """How a backfill cuts its partitions into runs."""
        return self._backfill_policy

    @property
    def hook_defs(self) -> Set[Any]:
        """Called when its step ends."""
        return self._hook_defs

    @property
    def partitions_def(self) -> Any:
        """The partitions of its assets; None without."""
        found = [spec.partitions_def for spec in self._specs if spec.partitions_def is not None]
        return found[0] if found else None

    @property
    def resource_defs(self) -> Mapping[str, Any]:
        """Resources that come with the definition."""
        return self._resource_defs

    @property
    def required_resource_keys(self) -> set[str]:
        """Every resource that a run of it needs, IO managers included."""
        if self._computation is None:
            return set()
        stored = {output.io_manager_key for output in self._computation.outputs if output.check is None}
        loaders = {declared.input_manager_key for declared in self._computation.inputs if declared.input_manager_key}
        return {*self._computation.required_resource_keys, *stored, *loaders}

    @property
    def keys_by_input_name(self) -> Mapping[str, AssetKey]:
        """The asset of each input, dependencies without an argument included."""
        inputs = self._computation.inputs if self._computation else ()
        return {declared.name: declared.asset_key for declared in inputs if declared.asset_key is not None}

    @property
    def keys_by_output_name(self) -> Mapping[str, AssetKey]:
        """The asset of each output."""
        outputs = self._computation.outputs if self._computation else ()
        return {output.name: output.asset_key for output in outputs if output.asset_key is not None}

    @property
    def input_names(self) -> Sequence[str]:
        """The names of all inputs, dependencies without an argument included."""
        return list(self.keys_by_input_name)

    @property
    def dependency_keys(self) -> set[AssetKey]:
        """Every asset that one of these depends on."""
        return {dep.asset_key for spec in self._specs for dep in spec.deps}

    @property
    def asset_deps(self) -> Mapping[AssetKey, set[AssetKey]]:
        """What each asset depends on."""
        return {spec.key: {dep.asset_key for dep in spec.deps} for spec in self._specs}

    @property
    def group_names_by_key(self) -> Mapping[AssetKey, str]:
        """The group of each asset."""
        return {spec.key: spec.group_name or DEFAULT_GROUP_NAME for spec in self._specs}

    @property
    def descriptions_by_key(self) -> Mapping[AssetKey, str]:
        """The description of each asset that has one."""
        return {spec.key: spec.description for spec in self._specs if spec.description is not None}

    @property
    def metadata_by_key(self) -> Mapping[AssetKey, Mapping[str, Any]]:
        """The metadata of each asset."""
        return {spec.key: spec.metadata for spec in self._specs}

    @property
    def tags_by_key(self) -> Mapping[AssetKey, Mapping[str, str]]:
        """The tags of each asset."""
        return {spec.key: spec.tags for spec in self._specs}

    @property
    def owners_by_key(self) -> Mapping[AssetKey, Sequence[str]]:
        """The owners of each asset."""
        return {spec.key: spec.owners for spec in self._specs}

    @property
    def code_versions_by_key(self) -> Mapping[AssetKey, str | None]:
        """The code version of each asset."""
        return {spec.key: spec.code_version for spec in self._specs}

    @property
    def automation_conditions_by_key(self) -> Mapping[AssetKey, Any]:
        """The automation condition of each asset that has one."""
        return {spec.key: spec.automation_condition for spec in self._specs if spec.automation_condition is not None}

    def get_io_manager_key_for_asset_key(self, key: AssetKey) -> str:
        """What stores and loads the value of an asset."""
        from dagster.specs.assets import IO_MANAGER_KEY_METADATA

        for output in self._computation.outputs if self._computation else ():
            if output.asset_key == key:
                return output.io_manager_key
        return self.get_asset_spec(key).metadata.get(IO_MANAGER_KEY_METADATA, "io_manager")

    def get_output_name_for_asset_key(self, key: AssetKey) -> str:
        """The output that an asset is."""
        for name, output_key in self.keys_by_output_name.items():
            if output_key == key:
                return name
        raise DagsterInvariantViolationError(f"Asset key {key.to_user_string()} not found in AssetsDefinition")

    def map_asset_specs(self, fn: Callable[[AssetSpec], AssetSpec]) -> AssetsDefinition:
        """The same function with each spec replaced by what `fn` makes of it. Keys may change; dependencies may be added."""
        return self.with_specs([fn(spec) for spec in self._specs])

    def with_specs(self, specs: Sequence[AssetSpec]) -> AssetsDefinition:
        """The same function with other specs, one for one: changed keys are renamed in its inputs and outputs too."""
        if len(specs) != len(self._specs):
            raise CheckError(f"This definition has {len(self._specs)} specs. Got {len(specs)}.")
        new_keys = {old.key: new.key for old, new in zip(self._specs, specs, strict=True) if old.key != new.key}
        return self._replaced(
            specs=specs,
            computation=renamed_computation(self._computation, new_keys),
            check_specs=[renamed_check(check, new_keys) for check in self._check_specs],
        )

    def with_attributes(
        self,
        *,
        asset_key_replacements: Mapping[AssetKey, AssetKey] | None = None,
        group_names_by_key: Mapping[AssetKey, str] | None = None,
        tags_by_key: Mapping[AssetKey, Mapping[str, str]] | None = None,
        automation_condition: Any = None,
        backfill_policy: Any = None,
        hook_defs: Set[Any] | None = None,
        metadata_by_key: Mapping[Any, Mapping[str, Any]] | None = None,
    ) -> AssetsDefinition:
        """The same function, its assets with more attributes. Mappings are keyed by the present keys.

        Args:
            asset_key_replacements: new keys of assets and of what they depend on.
            group_names_by_key: groups of assets that are in none.
            tags_by_key: tags of assets that have none.
            automation_condition: of assets that have none; one for all or by key.
            backfill_policy: instead of the present one.
            hook_defs: beside the present ones.
            metadata_by_key: laid over the present metadata.

        Raises:
            DagsterInvalidDefinitionError: an asset has a group, tags or a condition already.
        """
        new_keys = asset_key_replacements or {}
        if isinstance(automation_condition, Mapping):
            conditions = cast("Mapping[AssetKey, Any]", automation_condition)
        else:
            conditions = dict.fromkeys(self.keys, automation_condition)
        specs = [
            spec_with_more(
                spec,
                group_name=(group_names_by_key or {}).get(spec.key),
                tags=(tags_by_key or {}).get(spec.key),
                automation_condition=conditions.get(spec.key),
                metadata=(metadata_by_key or {}).get(spec.key),
            )
            for spec in self._specs
        ]
        return self._replaced(
            specs=[spec_with_renamed_keys(spec, new_keys) for spec in specs],
            computation=renamed_computation(self._computation, new_keys),
            check_specs=[renamed_check(check, new_keys) for check in self._check_specs],
            backfill_policy=self._backfill_policy if backfill_policy is None else backfill_policy,
            hook_defs=self._hook_defs | (hook_defs or frozenset()),
        )

    def with_renamed_dependencies(self, renamed: Mapping[AssetKey, AssetKey]) -> AssetsDefinition:
        """The same definition depending on other keys."""
        return self._replaced(
            specs=[spec_with_renamed_dependencies(spec, renamed) for spec in self._specs],
            computation=renamed_computation(self._computation, renamed),
        )

    def _replaced(self, **changed: Any) -> AssetsDefinition:
        fields: dict[str, Any] = {
            "specs": self._specs,
            "computation": self._computation,
            "check_specs": self._check_specs,
            "resource_defs": self._resource_defs,
            "execution_type": self._execution_type,
            "backfill_policy": self._backfill_policy,
            "hook_defs": self._hook_defs,
        }
        return AssetsDefinition(**{**fields, **changed})
