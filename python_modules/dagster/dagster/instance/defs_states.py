"""State that components have fetched and keep between loads, by version, in a folder that processes share."""

from __future__ import annotations

import json
import os
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from dagster.errors import DagsterError

if TYPE_CHECKING:
    from upath import UPath

    from dagster.instance.setting_models import InstanceSettings

_LATEST = ".latest.json"


class DagsterStateNotFoundError(DagsterError, ValueError, LookupError):
    """A version of a component's state is asked for that was never kept.

    Args:
        key: of the state.
        version: the name of the version.
        place: where states are kept.
    """

    def __init__(self, key: str, version: str, place: str) -> None:
        self.key = key
        self.version = version
        super().__init__(f'No state found for key {key} and version {version} in "{place}". Refresh the state of the component.')


class DefsKeyStateInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The latest version of one state.

    Attributes:
        version: its name.
        create_timestamp: when it became the latest, seconds since the epoch.
    """

    version: str
    create_timestamp: float


class DefsStateInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The latest version of each state.

    Attributes:
        info_mapping: by key.
    """

    info_mapping: Mapping[str, DefsKeyStateInfo]

    def get_version(self, key: str) -> str | None:
        """The latest version of a state, None where there is none."""
        found = self.info_mapping.get(key)
        return found.version if found else None


class DefsStateStorage(ABC):
    """Keeps the states of components, by key and version."""

    @abstractmethod
    def get_latest_defs_state_info(self) -> DefsStateInfo | None:
        """The latest version of each state; None where there never was one."""

    @abstractmethod
    def set_latest_version(self, key: str, version: str | None) -> None:
        """Say which version of a state is the latest; None says that there is none any more."""

    @abstractmethod
    def upload_state_from_path(self, key: str, version: str, path: Path) -> None:
        """Keep what lies in a file as a version of a state."""

    @abstractmethod
    def download_state_to_path(self, key: str, version: str, path: Path) -> None:
        """Write a version of a state into a file.

        Raises:
            DagsterStateNotFoundError: there is no such version.
        """

    def get_latest_version(self, key: str) -> str | None:
        """The latest version of a state, None where there is none."""
        info = self.get_latest_defs_state_info()
        return info.get_version(key) if info else None


class UPathDefsStateStorage(DefsStateStorage):
    """Keeps the states of components in a folder, also of an object store.

    Named as `defs_state_storage` in `dagster.yaml` it is where components with `VERSIONED_STATE_STORAGE` keep theirs.

    Args:
        base_path: the folder.

    Example:
        >>> from upath import UPath
        >>> _ = Path("tables.json").write_text("[]")
        >>> states = UPathDefsStateStorage(UPath("states"))
        >>> states.upload_state_from_path("warehouse", "v1", Path("tables.json"))
        >>> states.set_latest_version("warehouse", "v1")
        >>> states.get_latest_version("warehouse")
        'v1'
    """

    def __init__(self, base_path: UPath, inst_data: Any = None) -> None:
        self._base_path = base_path
        self._inst_data = inst_data

    @property
    def base_path(self) -> UPath:
        """The folder."""
        return self._base_path

    @property
    def inst_data(self) -> Any:
        """What the settings file says of it; None where it is made by hand."""
        return self._inst_data

    def get_latest_defs_state_info(self) -> DefsStateInfo | None:
        """The latest version of each state; None where there never was one. Reads one small file per key."""
        if not self._base_path.exists():
            return None
        written = [self._latest(folder) for folder in sorted(self._base_path.iterdir(), key=str)]
        found = [each for each in written if each is not None]
        if not found:
            return None
        return DefsStateInfo(info_mapping={key: info for key, info in found if info is not None})

    def _latest(self, folder: Any) -> tuple[str, DefsKeyStateInfo | None] | None:
        file = folder / _LATEST
        if not file.exists():
            return None
        written = json.loads(file.read_text())
        if written["version"] is None:
            return written["key"], None
        return written["key"], DefsKeyStateInfo(version=written["version"], create_timestamp=written["create_timestamp"])

    def set_latest_version(self, key: str, version: str | None) -> None:
        """Say which version of a state is the latest; None says that there is none any more."""
        folder = self._folder(key)
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, "version": version, "create_timestamp": time.time()})
        _write_whole(folder / _LATEST, text.encode())

    def upload_state_from_path(self, key: str, version: str, path: Path) -> None:
        """Keep what lies in a file as a version of a state."""
        folder = self._folder(key)
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / file_name(version), Path(path).read_bytes())

    def download_state_to_path(self, key: str, version: str, path: Path) -> None:
        """Write a version of a state into a file.

        Raises:
            DagsterStateNotFoundError: there is no such version.
        """
        stored = self._folder(key) / file_name(version)
        if not stored.exists():
            raise DagsterStateNotFoundError(key, version, str(self._base_path))
        Path(path).write_bytes(stored.read_bytes())

    def list_state_keys_with_prefix(self, prefix: str) -> Sequence[str]:
        """The keys that begin so and have a latest version."""
        info = self.get_latest_defs_state_info()
        return [key for key in info.info_mapping if key.startswith(prefix)] if info else []

    def _folder(self, key: str) -> Any:
        return self._base_path / file_name(key)


def file_name(key: str) -> str:
    """A key as the name of a file or folder: `Tables[sales]` is `Tables__sales__`."""
    return re.sub(r"[^A-Za-z0-9_.-]", "__", key).lstrip(".") or "__"


def _write_whole(path: Any, data: bytes) -> None:
    """A reader sees the old file or the new one: on a disk by moving it, in an object store by its nature."""
    if not hasattr(path, "protocol") or path.protocol in ("", "file"):
        beside = Path(str(path)).with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(data)
        os.replace(beside, str(path))
    else:
        path.write_bytes(data)


def defs_state_storage_of(settings: InstanceSettings) -> UPathDefsStateStorage | None:
    """The storage that a settings file names under `defs_state_storage`.

    Raises:
        DagsterInvalidSettingsError: it names none of ours, or no `base_path`.
    """
    entry = settings.defs_state_storage
    if entry is None:
        return None
    from upath import UPath

    from dagster.errors import DagsterInvalidSettingsError

    if not isinstance(entry.config.get("base_path"), str):
        raise DagsterInvalidSettingsError("defs_state_storage: config needs `base_path`, the folder for states.")
    return UPathDefsStateStorage(UPath(entry.config["base_path"]), inst_data=entry)


def defs_state_storage_of_home() -> UPathDefsStateStorage | None:
    """The storage that the settings of DAGSTER_HOME name; opens no database.

    Raises:
        DagsterHomeNotSetError: DAGSTER_HOME is not set.
    """
    from dagster.instance.homes import dagster_home
    from dagster.instance.settings import checked_settings, read_settings

    home = dagster_home()
    return defs_state_storage_of(checked_settings(read_settings(home), home))
