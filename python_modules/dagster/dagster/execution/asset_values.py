"""Stored values of assets, loaded outside of the step that would take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster.define.annotations import Unannotated
from dagster.define.projects import Project
from dagster.define.resource_sessions import ResourceSession, coerce_resources, open_resources
from dagster.define.type_resolution import type_of_parameter
from dagster.errors import (
    CheckError,
    DagsterExecutionHandleOutputError,
    DagsterHomeNotSetError,
    DagsterInvalidInvocationError,
    closest,
    user_code,
)
from dagster.execution.resources import with_default_io_manager
from dagster.execution.running import RunningRun
from dagster.instance.instance import DagsterInstance
from dagster.io.contexts import InputContext, OutputContext
from dagster.keys import AssetKey, CoercibleToAssetKey
from dagster.specs.assets import IO_MANAGER_KEY_METADATA


class AssetValueLoader:
    """Loads stored values of a project's assets; a context manager that keeps its resources open between loads.

    Example:
        >>> with DagsterInstance.ephemeral() as instance:
        ...     result = materialize([orders], instance=instance)
        ...     with defs.get_asset_value_loader(instance) as loader:
        ...         loader.load_asset_value("orders")
        [1, 2, 3]
    """

    def __init__(self, project: Project, instance: DagsterInstance | None = None) -> None:
        self._project = project
        self._given_instance = instance
        self._instance: DagsterInstance | None = instance
        self._sessions: dict[str, ResourceSession] = {}

    def __enter__(self) -> AssetValueLoader:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """Tear down the resources, and the instance if it was opened here."""
        while self._sessions:
            self._sessions.popitem()[1].close()
        if self._given_instance is None and self._instance is not None:
            self._instance.dispose()
            self._instance = None

    def load_asset_value(
        self,
        asset_key: CoercibleToAssetKey,
        *,
        python_type: type | None = None,
        partition_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        resource_config: Mapping[str, Any] | None = None,
        input_definition_metadata: Mapping[str, Any] | None = None,
    ) -> Any:
        """The stored value of an asset.

        Args:
            asset_key: the asset.
            python_type: the type it should have, given to the IO manager.
            partition_key: the partition.
            metadata, input_definition_metadata: for the IO manager.
            resource_config: config of the resources that load it, by key.

        Raises:
            CheckError: there is no such asset.
            DagsterAssetValueNotFoundError: nothing is stored; says which asset to materialize.
        """
        key = AssetKey.from_coercible(asset_key)
        _refuse_unknown(self._project, key)
        manager_key = io_manager_key_of(self._project, key)
        return load_value(
            self._project,
            key,
            resources=self._opened(manager_key, resource_config).resources._asdict(),  # pyright: ignore[reportPrivateUsage] - named so by the API
            resource_config=self._opened(manager_key, resource_config).config_of(manager_key),
            instance=self._get_instance(manager_key),
            python_type=python_type,
            partition_key=partition_key,
            metadata=input_definition_metadata or metadata,
        )

    def delete_asset_value(self, asset_key: CoercibleToAssetKey, *, partition_key: str | None = None) -> None:
        """Deletes the stored value of an asset, or of one of its partitions; also if nothing is stored.

        Raises:
            CheckError: there is no such asset.
            DagsterInvalidInvocationError: its IO manager has no `delete_output`.
        """
        key = AssetKey.from_coercible(asset_key)
        _refuse_unknown(self._project, key)
        manager_key = io_manager_key_of(self._project, key)
        resources = self._opened(manager_key, None).resources._asdict()  # pyright: ignore[reportPrivateUsage] - named so by the API
        config = self._opened(manager_key, None).config_of(manager_key)
        manager = resources[manager_key]
        if not hasattr(manager, "delete_output"):
            raise DagsterInvalidInvocationError(
                f"Asset {key.to_user_string()} is stored by {type(manager).__name__}, which has no method "
                "`delete_output(context)`."
            )
        context = _stored_output(self._project, key, resources, self._get_instance(manager_key), partition_key, None, config)
        with context, user_code(f"Deleting the value of asset {key.to_user_string()}", DagsterExecutionHandleOutputError):
            manager.delete_output(context)

    def _get_instance(self, manager_key: str) -> DagsterInstance:
        if self._instance is None:
            try:
                self._instance = DagsterInstance.get()
            except DagsterHomeNotSetError:
                # A manager of the project's own knows where its values lie; the default one would need that folder.
                if manager_key not in self._project.all_resources:
                    raise
                self._instance = DagsterInstance.ephemeral()
        return self._instance

    def _opened(self, manager_key: str, config: Mapping[str, Any] | None) -> ResourceSession:
        if manager_key not in self._sessions:
            instance = self._get_instance(manager_key)
            definitions = coerce_resources(with_default_io_manager(self._project.all_resources, instance))
            self._sessions[manager_key] = open_resources(definitions, [manager_key], config=config, instance=instance)
        return self._sessions[manager_key]


def _refuse_unknown(project: Project, key: AssetKey) -> None:
    if not project.graph.has(key):
        name = key.to_user_string()
        known = (each.to_user_string() for each in project.graph.keys)
        raise CheckError(f"Asset key {key} not found.{closest(name, known)}")


def io_manager_key_of(project: Project, key: AssetKey) -> str:
    """The resource that stores and loads an asset."""
    node = project.graph.get(key)
    if node.definition is not None and node.definition.computation is not None:
        return node.definition.get_io_manager_key_for_asset_key(key)
    return node.metadata.get(IO_MANAGER_KEY_METADATA, "io_manager")


def load_value_in_run(
    running: RunningRun, asset_key: CoercibleToAssetKey, *, python_type: type | None, partition_key: str | None
) -> Any:
    """The stored value of any asset of a run's project, by the resources of the run where it has the one that loads it."""
    project, key = running.job.project, AssetKey.from_coercible(asset_key)
    _refuse_unknown(project, key)
    if io_manager_key_of(project, key) not in running.resources:
        with AssetValueLoader(project, running.instance) as loader:
            return loader.load_asset_value(key, python_type=python_type, partition_key=partition_key)
    return load_value(
        project,
        key,
        resources=running.resources,
        resource_config=running.resource_config(io_manager_key_of(project, key)),
        instance=running.instance,
        python_type=python_type,
        partition_key=partition_key,
    )


def load_value(
    project: Project,
    key: AssetKey,
    *,
    resources: Mapping[str, Any],
    resource_config: Any,
    instance: DagsterInstance,
    python_type: type | None = None,
    partition_key: str | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Any:
    """The stored value of an asset, by resources that are set up already."""
    _refuse_unknown(project, key)
    node = project.graph.get(key)
    manager = resources[io_manager_key_of(project, key)]
    if not hasattr(manager, "load_input"):
        raise DagsterInvalidInvocationError(f"Asset {key.to_user_string()} is stored by {type(manager)}, which is no IO manager.")
    dagster_type = type_of_parameter(Unannotated if python_type is None else python_type, key.to_user_string())
    upstream = _stored_output(project, key, resources, instance, partition_key, dagster_type, resource_config)
    context = InputContext(
        definition_metadata=metadata,
        upstream_output=upstream,
        dagster_type=dagster_type,
        resource_config=resource_config,
        resources=resources,
        asset_key=key,
        partition_key=partition_key,
        asset_partition_keys=None if partition_key is None else [partition_key],
        asset_partitions_def=node.partitions_def,
        instance=instance,
    )
    with context:
        return manager.load_input(context)


def _stored_output(
    project: Project,
    key: AssetKey,
    resources: Mapping[str, Any],
    instance: DagsterInstance,
    partition_key: str | None,
    dagster_type: Any,
    resource_config: Any,
) -> OutputContext:
    """The context with which an asset, or one of its partitions, was stored, as far as it is known outside of the run."""
    node = project.graph.get(key)
    return OutputContext(
        name="result",
        definition_metadata=node.metadata,
        dagster_type=dagster_type,
        resource_config=resource_config,
        resources=resources,
        asset_key=key,
        partition_key=partition_key,
        asset_partitions_def=node.partitions_def,
        asset_partition_keys=None if partition_key is None else [partition_key],
        asset_spec=node.spec,
        assets_def=node.definition,
        instance=instance,
    )
