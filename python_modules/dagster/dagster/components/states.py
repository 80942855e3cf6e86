"""Components whose definitions follow from what an outside system says, fetched once and kept."""

from __future__ import annotations

import os
import shutil
import tempfile
from abc import abstractmethod
from collections.abc import Awaitable, Generator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import msgspec

from dagster.components.component_types import Component
from dagster.components.contexts import ComponentLoadContext
from dagster.components.projects import project_around
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolutions import ResolutionContext
from dagster.components.resolvables import Model
from dagster.components.resolvers import Resolver
from dagster.define.definitions import Definitions
from dagster.errors import DagsterInvalidInvocationError
from dagster.execution.coroutines import results_of
from dagster.instance.defs_states import UPathDefsStateStorage, defs_state_storage_of_home, file_name
from dagster.metadata import arguments

LOCAL_VERSION = "__local__"
_LOCAL_FOLDER = ".local_defs_state"
_DEV_VARIABLE = "DAGSTER_IS_DEV_CLI"


class DefsStateManagementType(str, Enum):
    """Where the state of a component is kept."""

    VERSIONED_STATE_STORAGE = "VERSIONED_STATE_STORAGE"
    LOCAL_FILESYSTEM = "LOCAL_FILESYSTEM"
    LEGACY_CODE_SERVER_SNAPSHOTS = "LEGACY_CODE_SERVER_SNAPSHOTS"


class DefsStateConfigArgs(Model):
    """Where the state of a component is kept, as a file writes it.

    Args:
        key: of the state, unique in the deployment; without: one that the component gives.
        management_type: `LOCAL_FILESYSTEM` beside the definitions; `VERSIONED_STATE_STORAGE` in what `defs_state_storage` of
            `dagster.yaml` names; `LEGACY_CODE_SERVER_SNAPSHOTS` nowhere, fetched at each load.
        refresh_if_dev: whether `dagster dev` fetches it anew when it loads the code.

    Example:
        >>> from dagster.components import DefsStateConfigArgs
        >>> DefsStateConfigArgs.local_filesystem().management_type.value
        'LOCAL_FILESYSTEM'
    """

    key: str | None = None
    management_type: DefsStateManagementType
    refresh_if_dev: bool = True

    @classmethod
    def local_filesystem(cls) -> DefsStateConfigArgs:
        """A file beside the definitions."""
        return cls(management_type=DefsStateManagementType.LOCAL_FILESYSTEM)

    @classmethod
    def versioned_state_storage(cls) -> DefsStateConfigArgs:
        """The storage that `dagster.yaml` names."""
        return cls(management_type=DefsStateManagementType.VERSIONED_STATE_STORAGE)

    @classmethod
    def legacy_code_server_snapshots(cls) -> DefsStateConfigArgs:
        """Nowhere: fetched at each load."""
        return cls(management_type=DefsStateManagementType.LEGACY_CODE_SERVER_SNAPSHOTS)


class DefsStateConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Where the state of a component is kept.

    Args:
        key: of the state, unique in the deployment.
        management_type: where.
        refresh_if_dev: whether `dagster dev` fetches it anew when it loads the code.

    Example:
        >>> from dagster.components import DefsStateConfig, DefsStateConfigArgs
        >>> DefsStateConfig.from_args(DefsStateConfigArgs.local_filesystem(), default_key="Tables[sales]").key
        'Tables[sales]'
    """

    key: str
    management_type: DefsStateManagementType
    refresh_if_dev: bool = True

    def __post_init__(self) -> None:
        arguments.instance("management_type", self.management_type, DefsStateManagementType)

    @classmethod
    def from_args(cls, args: DefsStateConfigArgs, default_key: str) -> DefsStateConfig:
        """What a file writes, with the key that the component gives where it writes none."""
        return cls(key=args.key or default_key, management_type=args.management_type, refresh_if_dev=args.refresh_if_dev)


def _with_key(context: ResolutionContext, written: Any) -> Any:
    if not isinstance(written, DefsStateConfigArgs) or written.key is None:
        return written
    return written.model_copy(update={"key": str(context.at_path("key").resolve_value(written.key))})


ResolvedDefsStateConfig = Annotated[DefsStateConfigArgs, Resolver(_with_key, model_field_type=DefsStateConfigArgs)]
"""A field that holds `DefsStateConfigArgs`, written as a mapping with `management_type` and `key`.

Example:
    >>> from dagster.components import ResolvedDefsStateConfig
    >>> class Tables(Model, Resolvable):
    ...     defs_state: ResolvedDefsStateConfig
    >>> Tables.resolve_from_yaml("defs_state: {management_type: LOCAL_FILESYSTEM, key: tables}").defs_state.key
    'tables'
"""


class StateBackedComponent(Component):
    """A component whose definitions follow from a state, e.g. the tables of a warehouse, that is fetched once and kept.

    Loading the project reads the kept state; `refresh_state` fetches it.

    Example:
        >>> from dagster.components import DefsStateConfig, DefsStateConfigArgs
        >>> class Tables(StateBackedComponent):
        ...     @property
        ...     def defs_state_config(self):
        ...         return DefsStateConfig.from_args(DefsStateConfigArgs.legacy_code_server_snapshots(), default_key="Tables")
        ...     def write_state_to_path(self, state_path):
        ...         state_path.write_text("orders customers")
        ...     def build_defs_from_state(self, context, state_path):
        ...         return Definitions(assets=[AssetSpec(name) for name in state_path.read_text().split()])
        >>> from dagster.components import build_defs_for_component
        >>> build_defs_for_component(Tables()).resolve_all_asset_keys()
        [AssetKey(['orders']), AssetKey(['customers'])]
    """

    @property
    @abstractmethod
    def defs_state_config(self) -> DefsStateConfig:
        """Where the state is kept."""

    @abstractmethod
    def write_state_to_path(self, state_path: Path) -> Awaitable[None] | None:
        """Fetch the state and write it.

        Args:
            state_path: the file to write. It takes the place of the kept one only when this has returned.
        """

    @abstractmethod
    def build_defs_from_state(self, context: ComponentLoadContext, state_path: Path | None) -> Definitions:
        """What the component declares.

        Args:
            context: where the component stands.
            state_path: the file with the state, None where none was fetched yet.
        """

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """What the component declares by the state that is kept.

        Raises:
            DagsterInvalidInvocationError: the state is kept in a storage that `dagster.yaml` does not name.
        """
        config = self.defs_state_config
        if config.management_type is DefsStateManagementType.LEGACY_CODE_SERVER_SNAPSHOTS:
            with _temporary_file() as path:
                _completed(self.write_state_to_path(path))
                return self.build_defs_from_state(context, path)
        if config.refresh_if_dev and os.environ.get(_DEV_VARIABLE):
            _completed(self._refreshed(context.defs_module_path))
        if config.management_type is DefsStateManagementType.LOCAL_FILESYSTEM:
            kept = _local_path(context.defs_module_path, config.key)
            return self.build_defs_from_state(context, kept if kept.exists() else None)
        return self._of_version(context, config, _storage(config))

    def _of_version(self, context: ComponentLoadContext, config: DefsStateConfig, storage: UPathDefsStateStorage) -> Definitions:
        version = storage.get_latest_version(config.key)
        if version is None:
            return self.build_defs_from_state(context, None)
        with _temporary_file() as path:
            storage.download_state_to_path(config.key, version, path)
            return self.build_defs_from_state(context, path)

    async def refresh_state(self, project_root: Path) -> str:
        """Fetch the state and keep it.

        Args:
            project_root: the folder of the project.

        Returns:
            str: the name of the new version; `__local__` for a file beside the definitions.

        Raises:
            DagsterInvalidInvocationError: the state is kept in a storage that `dagster.yaml` does not name, or nowhere.
        """
        return await self._refreshed(_defs_folder(Path(project_root)))

    async def _refreshed(self, folder: Path) -> str:
        config = self.defs_state_config
        if config.management_type is DefsStateManagementType.LEGACY_CODE_SERVER_SNAPSHOTS:
            raise DagsterInvalidInvocationError(f'The state "{config.key}" is fetched at each load, and kept nowhere.')
        if config.management_type is DefsStateManagementType.LOCAL_FILESYSTEM:
            await self._write_local(_local_path(folder, config.key))
            return LOCAL_VERSION
        storage, version = _storage(config), str(uuid4())
        with _temporary_file() as path:
            await _awaited(self.write_state_to_path(path))
            storage.upload_state_from_path(config.key, version, path)
        storage.set_latest_version(config.key, version)
        return version

    async def _write_local(self, kept: Path) -> None:
        """A load sees the old state or the new one, never half of one."""
        kept.parent.mkdir(parents=True, exist_ok=True)
        (kept.parents[1] / ".gitignore").write_text("*\n")
        beside = Path(tempfile.mkdtemp(prefix=".", dir=kept.parent))
        try:
            await _awaited(self.write_state_to_path(beside / kept.name))
            if not (beside / kept.name).exists():
                raise DagsterComponentError(f"{type(self).__name__}.write_state_to_path has written nothing to its path.")
            os.replace(beside / kept.name, kept)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _defs_folder(project_root: Path) -> Path:
    """The folder of definitions of a project."""
    return Path(next(iter(project_around(project_root).module().__path__)))


def _local_path(folder: Path, key: str) -> Path:
    return folder / _LOCAL_FOLDER / file_name(key) / "state"


def _storage(config: DefsStateConfig) -> UPathDefsStateStorage:
    storage = defs_state_storage_of_home() if os.environ.get("DAGSTER_HOME") else None
    if storage is None:
        raise DagsterInvalidInvocationError(
            f'The state "{config.key}" is kept in a versioned storage, and none is named. Name one as `defs_state_storage` in '
            "the dagster.yaml of $DAGSTER_HOME, or keep the state with LOCAL_FILESYSTEM."
        )
    return storage


@contextmanager
def _temporary_file() -> Generator[Path, None, None]:
    folder = tempfile.mkdtemp(prefix="dagster_state_")
    try:
        yield Path(folder) / "state"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _awaited(written: Any) -> None:
    if written is not None:
        await written


def _completed(written: Any) -> None:
    """Waits for what a component may give as a coroutine."""
    if written is not None:
        for _ in results_of(written):
            pass
