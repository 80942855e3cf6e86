"""Assets that something else writes: declared so that others can depend on them, be loaded from them, and look at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from functools import cached_property
from typing import Any

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY, Computation, OutputDeclaration, sorted_parameters
from dagster.define.observations import observing
from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.events.results import DEFAULT_OUTPUT
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.lineage.graph import AssetExecutionType
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tags import checked_definition_tags, run_tags
from dagster.specs.assets import DEFAULT_GROUP_NAME, IO_MANAGER_KEY_METADATA, AssetSpec
from dagster.specs.names import checked_group_name, checked_name


class SourceAsset:
    """An asset that something else writes. `AssetSpec` in `Definitions` says the same with less; this one is the older form.

    Args:
        key: the asset.
        metadata: shown with it.
        io_manager_key: the resource that loads it.
        io_manager_def: what loads it; comes with the asset.
        description: Markdown for people.
        partitions_def: its partitions.
        group_name: the group it is shown in.
        resource_defs: resources that come with it.
        observe_fn: looks at it and returns a DataVersion; see `@observable_source_asset`.
        op_tags: tags of the step that observes it.
        automation_condition: when it should be observed.
        tags: by which people and filters find it.
        auto_observe_interval_minutes: kept as given.

    Example:
        >>> orders = SourceAsset("orders", io_manager_key="warehouse")
        >>> orders.is_executable
        False
    """

    def __init__(
        self,
        key: CoercibleToAssetKey,
        metadata: Mapping[str, Any] | None = None,
        io_manager_key: str | None = None,
        io_manager_def: object | None = None,
        description: str | None = None,
        partitions_def: Any = None,
        group_name: str | None = None,
        resource_defs: Mapping[str, object] | None = None,
        observe_fn: Callable[..., Any] | None = None,
        op_tags: Mapping[str, Any] | None = None,
        *,
        auto_observe_interval_minutes: float | None = None,
        legacy_freshness_policy: Any = None,
        automation_condition: Any = None,
        tags: Mapping[str, str] | None = None,
        _required_resource_keys: Set[str] | None = None,
    ) -> None:
        self.key = AssetKey.from_coercible(key)
        self.raw_metadata = dict(metadata or {})
        self.description = description
        self.partitions_def = partitions_def
        self.group_name = checked_group_name(group_name) or DEFAULT_GROUP_NAME
        self.observe_fn = observe_fn
        self.op_tags = dict(op_tags or {})
        self.auto_observe_interval_minutes = auto_observe_interval_minutes
        self.legacy_freshness_policy = legacy_freshness_policy
        self.automation_condition = automation_condition
        self.tags = checked_definition_tags(tags or {})
        self.resource_defs: Mapping[str, Any] = dict(resource_defs or {})
        self.io_manager_key = io_manager_key
        if io_manager_def is not None:
            self.io_manager_key = io_manager_key or self.key.to_python_identifier("io_manager")
            self.resource_defs = {**self.resource_defs, self.io_manager_key: io_manager_def}
        self._asked_resource_keys: frozenset[str] = frozenset(_required_resource_keys or ())

    def __repr__(self) -> str:
        return f"SourceAsset({self.key.to_user_string()!r})"

    @cached_property
    def definition(self) -> AssetsDefinition:
        """The same as the definition that everything else works with."""
        return AssetsDefinition(
            specs=[self._spec()],
            computation=self._observation() if self.observe_fn is not None else None,
            resource_defs=self.resource_defs,
            execution_type=self.execution_type,
        )

    def _spec(self) -> AssetSpec:
        loader = {} if self.io_manager_key is None else {IO_MANAGER_KEY_METADATA: self.io_manager_key}
        return AssetSpec(
            self.key,
            description=self.description,
            metadata={**self.raw_metadata, **loader},
            group_name=self.group_name,
            automation_condition=self.automation_condition,
            tags=self.tags,
            partitions_def=self.partitions_def,
        )

    def _observation(self) -> Computation:
        function = self.observe_fn
        assert function is not None, "asked only with a function"
        parameters = sorted_parameters(function, f'@observable_source_asset "{self.key.to_user_string()}"')
        return Computation(
            name=checked_name(self.key.to_python_identifier()),
            function=observing(function, self.key, is_partitioned=self.partitions_def is not None),
            signature=parameters.signature,
            outputs=(
                OutputDeclaration(
                    name=DEFAULT_OUTPUT,
                    asset_key=self.key,
                    annotation=type(None),
                    io_manager_key=self.get_io_manager_key(),
                    is_stored=False,
                ),
            ),
            context_annotation=parameters.context_annotation,
            resource_parameters=parameters.resources,
            required_resource_keys=self._asked_resource_keys | parameters.resources,
            config_annotation=parameters.config_annotation,
            tags=run_tags(self.op_tags),
            description=self.description,
            records_itself=True,
        )

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Metadata, each value wrapped."""
        return normalize_metadata(self.raw_metadata)

    @property
    def execution_type(self) -> AssetExecutionType:
        """What running it means."""
        return AssetExecutionType.UNEXECUTABLE if self.observe_fn is None else AssetExecutionType.OBSERVATION

    @property
    def is_executable(self) -> bool:
        """Whether a run can do anything with it."""
        return self.observe_fn is not None

    @property
    def is_observable(self) -> bool:
        """Whether a run can look at it."""
        return self.observe_fn is not None

    @property
    def io_manager_def(self) -> Any:
        """What loads it, where that came with it."""
        return self.resource_defs.get(self.get_io_manager_key())

    def get_io_manager_key(self) -> str:
        """The resource that loads it."""
        return self.io_manager_key or DEFAULT_IO_MANAGER_KEY

    @property
    def required_resource_keys(self) -> set[str]:
        """The resources that loading and observing it need."""
        return {*self._asked_resource_keys, self.get_io_manager_key()}

    @property
    def node_def(self) -> Computation | None:
        """The function that observes it; None without one."""
        return self.definition.computation

    @property
    def op(self) -> Computation:
        """The function that observes it.

        Raises:
            CheckError: there is none.
        """
        if self.node_def is None:
            raise CheckError(f'Source asset "{self.key.to_user_string()}" has no observe function.')
        return self.node_def

    def with_attributes(self, group_name: str | None = None, key: AssetKey | None = None) -> SourceAsset:
        """The same with another group or key.

        Raises:
            DagsterInvalidDefinitionError: it has a group already.
        """
        if group_name is not None and self.group_name != DEFAULT_GROUP_NAME:
            raise DagsterInvalidDefinitionError(
                f"Attempted to override group name to {group_name} for SourceAsset {self.key.to_user_string()}, which already "
                f"has group name {self.group_name}."
            )
        return self._replaced(group_name=group_name or self.group_name, key=key or self.key)

    def with_resources(self, resource_defs: Mapping[str, Any]) -> SourceAsset:
        """The same with the resources that it needs and does not have."""
        from dagster.define.bound_resources import merged_resources

        merged = merged_resources(self.required_resource_keys, self.resource_defs, resource_defs, f"SourceAsset {self.key}")
        return self._replaced(resource_defs=merged)

    def _replaced(self, **changed: Any) -> SourceAsset:
        fields: dict[str, Any] = {
            "key": self.key,
            "metadata": self.raw_metadata,
            "io_manager_key": self.io_manager_key,
            "description": self.description,
            "partitions_def": self.partitions_def,
            "group_name": self.group_name,
            "resource_defs": self.resource_defs,
            "observe_fn": self.observe_fn,
            "op_tags": self.op_tags,
            "auto_observe_interval_minutes": self.auto_observe_interval_minutes,
            "legacy_freshness_policy": self.legacy_freshness_policy,
            "automation_condition": self.automation_condition,
            "tags": self.tags,
            "_required_resource_keys": self._asked_resource_keys,
        }
        return SourceAsset(**{**fields, **changed})


def source_asset_of(definition: AssetsDefinition, key: AssetKey) -> SourceAsset:
    """An asset of a definition as something that others write: a project that does not have the definition loads it so."""
    spec = definition.get_asset_spec(key)
    metadata = {name: value for name, value in spec.metadata.items() if name != IO_MANAGER_KEY_METADATA}
    return SourceAsset(
        key,
        metadata=metadata,
        io_manager_key=definition.get_io_manager_key_for_asset_key(key),
        description=spec.description,
        partitions_def=spec.partitions_def,
        group_name=spec.group_name,
        resource_defs=definition.resource_defs,
        tags=spec.tags,
    )
