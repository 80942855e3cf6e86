"""The definition of assets: their specs and the function that makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any

from dagster.define.asset_views import AssetViews
from dagster.define.computations import Computation
from dagster.define.replacements import renamed_computation, spec_with_renamed_dependencies
from dagster.errors import CheckError, DagsterInvariantViolationError
from dagster.keys import AssetCheckKey, AssetKey, CoercibleToAssetKey, CoercibleToAssetKeyPrefix
from dagster.lineage.graph import AssetExecutionType
from dagster.specs.assets import DEFAULT_GROUP_NAME, AssetSpec
from dagster.specs.checks import AssetCheckSpec

if TYPE_CHECKING:
    from typing_extensions import Self

    from dagster.define.graphs import GraphDefinition
    from dagster.define.node_definitions import NodeDefinition
    from dagster.define.ops import OpDefinition


class AssetsDefinition(AssetViews):
    """Assets bound to the function that makes them. Made by `@asset` and its siblings.

    Args:
        specs: the assets, in the order of the function's outputs; on their own they are assets that nothing here makes.
        computation: the function; its inputs and outputs know their assets already.
        check_specs: the checks that the function executes.
        resource_defs: resources that come with the definition, keyed by resource key.
        execution_type: what running it means.
        backfill_policy: how a backfill cuts its partitions into runs.
        hook_defs: called when its step ends.
        is_subset: whether it was made of a definition with more assets.
        node_def: the function of another definition, instead of `computation`; bound to assets by what follows.
        keys_by_input_name, keys_by_output_name: which asset an input or output is.
        asset_deps: what each asset depends on; without: on every input.
        selected_asset_keys: only these assets.
        can_subset: whether the function can make some of the assets only.
        partitions_def, partition_mappings, group_names_by_key, metadata_by_key, tags_by_key, descriptions_by_key,
            owners_by_key, check_specs_by_output_name: of the assets, where there are no `specs`.

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
        "_is_subset",
        "_resource_defs",
        "_specs",
    )

    def __init__(
        self,
        *,
        specs: Sequence[AssetSpec] | None = None,
        computation: Computation | None = None,
        check_specs: Sequence[AssetCheckSpec] = (),
        resource_defs: Mapping[str, Any] | None = None,
        execution_type: AssetExecutionType | None = None,
        backfill_policy: Any = None,
        hook_defs: Set[Any] | None = None,
        is_subset: bool = False,
        node_def: NodeDefinition | None = None,
        **bound: Any,
    ) -> None:
        if node_def is not None:
            from dagster.define.asset_binding import bound_to_assets

            specs, computation, check_specs = bound_to_assets(node_def.as_computation(), specs, check_specs, **bound)
        elif specs is None:
            raise CheckError("If specs are not provided, a node_def must be provided")
        elif bound:
            raise CheckError(f"These are for a node_def, which is missing: {', '.join(bound)}. Say it in the specs.")
        self._specs = tuple(specs) if computation is not None else tuple(_in_a_group(spec) for spec in specs)
        self._computation = computation
        self._check_specs = tuple(check_specs)
        self._resource_defs: Mapping[str, Any] = resource_defs or {}
        default = AssetExecutionType.MATERIALIZATION if computation else AssetExecutionType.UNEXECUTABLE
        self._execution_type = execution_type or default
        self._backfill_policy = backfill_policy
        self._hook_defs: Set[Any] = hook_defs or frozenset()
        self._is_subset = is_subset

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
    def op(self) -> OpDefinition:
        """The function as a node of a graph: its name is the key of its step.

        Raises:
            DagsterInvariantViolationError: nothing here makes the assets.
            CheckError: a graph does.
        """
        if self._computation is None:
            raise DagsterInvariantViolationError(f"{self!r} has no function: nothing here makes it.")
        from dagster.define.ops import OpDefinition

        if self._computation.graph is not None:
            raise CheckError(f"{self!r} is made by a graph, not by an op. Ask for its node_def.")
        return OpDefinition.of(self._computation)

    @property
    def node_def(self) -> Any:
        """The op or graph that makes the assets."""
        if self._computation is not None and self._computation.graph is not None:
            return self._computation.graph
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
    def check_specs(self) -> Sequence[AssetCheckSpec]:
        """The checks that the function executes."""
        return self._check_specs

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
    def is_subset(self) -> bool:
        """Whether it was made of a definition with more assets."""
        return self._is_subset

    @property
    def is_auto_created_stub(self) -> bool:
        """Whether nobody declared it; never, since what nobody declares has no definition."""
        return False

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
        of_hooks = (key for hook in self._hook_defs for key in hook.required_resource_keys)
        return {*self._computation.required_resource_keys, *stored, *loaders, *of_hooks}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function as in a test: with values for its arguments, a context where it takes one, resources and config.

        Returns:
            What the function returns; what it yields comes out of a generator, what it awaits out of a coroutine.

        Raises:
            DagsterInvalidInvocationError: an argument is missing or too many.
        """
        from dagster.define.doors import call_directly

        return call_directly(self.op.computation, args, kwargs, assets_def=self)

    def map_asset_specs(self, fn: Callable[[AssetSpec], AssetSpec]) -> Self:
        """The same function with each spec replaced by what `fn` makes of it.

        Raises:
            DagsterInvalidDefinitionError: a key changed.
            CheckError: a dependency is gone that is an argument of the function.
        """
        from dagster.define.asset_changes import with_mapped_specs

        return with_mapped_specs(self, fn)

    def with_attributes(
        self,
        *,
        asset_key_replacements: Mapping[AssetKey, AssetKey] = {},
        group_names_by_key: Mapping[AssetKey, str] = {},
        tags_by_key: Mapping[AssetKey, Mapping[str, str]] = {},
        legacy_freshness_policy: Any = None,
        automation_condition: Any = None,
        backfill_policy: Any = None,
        hook_defs: Set[Any] | None = None,
        metadata_by_key: Mapping[Any, Mapping[str, Any]] | None = None,
    ) -> Self:
        """The same function with more said of its assets.

        Args:
            asset_key_replacements: other keys, of its assets and of what they depend on.
            group_names_by_key, tags_by_key: for assets that have none yet.
            legacy_freshness_policy: kept nowhere.
            automation_condition: for assets that have none yet; one for all, or by key.
            backfill_policy: instead of the present one.
            hook_defs: beside the present ones.
            metadata_by_key: laid over the present metadata.

        Raises:
            DagsterInvalidDefinitionError: an asset has a group, tags or a condition already.
        """
        from dagster.define.asset_changes import with_more_attributes

        return with_more_attributes(
            self,
            asset_key_replacements,
            {
                "group_name": group_names_by_key,
                "tags": tags_by_key,
                "metadata": metadata_by_key or {},
                "automation_condition": automation_condition,
            },
            backfill_policy=self._backfill_policy if backfill_policy is None else backfill_policy,
            hook_defs=frozenset((*self._hook_defs, *(hook_defs or ()))),
        )

    def subset_for(self, selected_asset_keys: Set[AssetKey], selected_asset_check_keys: Set[AssetCheckKey] | None) -> Self:
        """The same function for some of its assets only.

        Args:
            selected_asset_keys: these; keys of other definitions are ignored.
            selected_asset_check_keys: these checks; without: those of the assets.

        Raises:
            CheckError: the function cannot make some of them only.
        """
        from dagster.define.asset_changes import subset_of

        return subset_of(self, selected_asset_keys, selected_asset_check_keys)

    @staticmethod
    def from_op(
        op_def: OpDefinition,
        *,
        keys_by_input_name: Mapping[str, AssetKey] | None = None,
        keys_by_output_name: Mapping[str, AssetKey] | None = None,
        key_prefix: CoercibleToAssetKeyPrefix | None = None,
        internal_asset_deps: Mapping[str, Set[AssetKey]] | None = None,
        partitions_def: Any = None,
        partition_mappings: Mapping[str, Any] | None = None,
        group_name: str | None = None,
        group_names_by_output_name: Mapping[str, str | None] | None = None,
        descriptions_by_output_name: Mapping[str, str] | None = None,
        metadata_by_output_name: Mapping[str, Mapping[str, Any] | None] | None = None,
        tags_by_output_name: Mapping[str, Mapping[str, str] | None] | None = None,
        automation_conditions_by_output_name: Mapping[str, Any] | None = None,
        backfill_policy: Any = None,
        can_subset: bool = False,
        hook_defs: Set[Any] | None = None,
    ) -> AssetsDefinition:
        """Assets that an op makes: each of its outputs is one, each of its inputs is one.

        Args:
            op_def: the op.
            keys_by_input_name: where the name of an input is not the key.
            keys_by_output_name: where the name of the op, or of one of several outputs, is not the key.
            key_prefix: put before the keys of outputs.
            internal_asset_deps: what an output depends on, where it is not every input.
            partitions_def, partition_mappings, group_name, backfill_policy, can_subset, hook_defs: as of `@multi_asset`;
                the mappings by input.
            group_names_by_output_name, descriptions_by_output_name, metadata_by_output_name, tags_by_output_name,
                automation_conditions_by_output_name: of each asset.

        Example:
            >>> AssetsDefinition.from_op(one, keys_by_output_name={"result": AssetKey(["raw", "one"])}).key
            AssetKey(['raw', 'one'])
        """
        given = {name: value for name, value in locals().items() if name != "op_def"}
        from dagster.define.doors import assets_of_node

        return assets_of_node(op_def, given)

    @staticmethod
    def from_graph(
        graph_def: GraphDefinition,
        *,
        keys_by_input_name: Mapping[str, AssetKey] | None = None,
        keys_by_output_name: Mapping[str, AssetKey] | None = None,
        key_prefix: CoercibleToAssetKeyPrefix | None = None,
        internal_asset_deps: Mapping[str, Set[AssetKey]] | None = None,
        partitions_def: Any = None,
        partition_mappings: Mapping[str, Any] | None = None,
        resource_defs: Mapping[str, Any] | None = None,
        group_name: str | None = None,
        group_names_by_output_name: Mapping[str, str | None] | None = None,
        descriptions_by_output_name: Mapping[str, str] | None = None,
        metadata_by_output_name: Mapping[str, Mapping[str, Any] | None] | None = None,
        tags_by_output_name: Mapping[str, Mapping[str, str] | None] | None = None,
        automation_conditions_by_output_name: Mapping[str, Any] | None = None,
        backfill_policy: Any = None,
        can_subset: bool = False,
        check_specs: Sequence[AssetCheckSpec] | None = None,
        owners_by_output_name: Mapping[str, Sequence[str]] | None = None,
        code_versions_by_output_name: Mapping[str, str | None] | None = None,
        hook_defs: Set[Any] | None = None,
    ) -> AssetsDefinition:
        """Assets that a graph makes: each of its outputs is one, each of its inputs is one. Arguments as of `from_op`.

        Example:
            >>> AssetsDefinition.from_graph(doubled, keys_by_input_name={"n": AssetKey("number")}).keys_by_input_name
            {'n': AssetKey(['number'])}
        """
        given = {name: value for name, value in locals().items() if name != "graph_def"}
        from dagster.define.doors import assets_of_node

        return assets_of_node(graph_def, given)

    def with_hooks(self, hook_defs: Set[Any]) -> Self:
        """The same with more hooks."""
        return self.replaced(hook_defs=frozenset((*self._hook_defs, *hook_defs)))

    def with_resources(self, resource_defs: Mapping[str, Any]) -> Self:
        """The same with the resources that it needs and does not have.

        Raises:
            DagsterInvalidInvocationError: it has one of them already.
        """
        from dagster.define.bound_resources import merged_resources

        owner = f"AssetsDefinition {', '.join(spec.key.to_user_string() for spec in self._specs)}"
        return self.replaced(
            resource_defs=merged_resources(self.required_resource_keys, self._resource_defs, resource_defs, owner)
        )

    def to_source_asset(self, key: CoercibleToAssetKey | None = None) -> Any:
        """One of the assets as something that others write, for other projects.

        Args:
            key: the asset; may be left out where there is only one.

        Returns:
            SourceAsset.

        Raises:
            CheckError: the key is unknown, or left out although there are several.
        """
        from dagster.define.doors import source_asset_of

        if key is None and len(self._specs) != 1:
            raise CheckError("The 'key' argument is required when there are multiple assets to choose from")
        wanted = self.key if key is None else AssetKey.from_coercible(key)
        if wanted not in self.keys:
            raise CheckError(f"Key {wanted} not found in AssetsDefinition")
        return source_asset_of(self, wanted)

    def to_source_assets(self) -> Sequence[Any]:
        """Each of the assets as something that others write."""
        return [self.to_source_asset(spec.key) for spec in self._specs]

    def with_renamed_dependencies(self, renamed: Mapping[AssetKey, AssetKey]) -> AssetsDefinition:
        """The same definition depending on other keys."""
        return self.replaced(
            specs=[spec_with_renamed_dependencies(spec, renamed) for spec in self._specs],
            computation=renamed_computation(self._computation, renamed),
        )

    def replaced(self, **changed: Any) -> Self:
        """The same with other parts, by the constructor's names."""
        fields: dict[str, Any] = {
            "specs": self._specs,
            "computation": self._computation,
            "check_specs": self._check_specs,
            "resource_defs": self._resource_defs,
            "execution_type": self._execution_type,
            "backfill_policy": self._backfill_policy,
            "hook_defs": self._hook_defs,
            "is_subset": self._is_subset,
        }
        return type(self)(**{**fields, **changed})


def _in_a_group(spec: AssetSpec) -> AssetSpec:
    return spec if spec.group_name else spec.replace_attributes(group_name=DEFAULT_GROUP_NAME)
