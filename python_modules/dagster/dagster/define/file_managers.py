"""Files that steps hand on by handles: written once, read anywhere the manager reaches."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import uuid
from abc import ABC, abstractmethod
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import IO, Any

from dagster.config.fields import Field
from dagster.config.sources import StringSource
from dagster.define.resource_contexts import InitResourceContext
from dagster.define.resources import resource
from dagster.errors import CheckError, ParameterCheckError


class FileHandle(ABC):
    """Says where a file lies, in words of the manager that wrote it.

    Example:
        >>> isinstance(LocalFileHandle("/data/orders.csv"), FileHandle)
        True
    """

    @property
    @abstractmethod
    def path_desc(self) -> str:
        """The place, for people."""


class LocalFileHandle(FileHandle):
    """A file on this machine.

    Example:
        >>> LocalFileHandle("/data/orders.csv").path_desc
        '/data/orders.csv'
    """

    def __init__(self, path: str) -> None:
        if not isinstance(path, str):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("path", path, "a str")
        self._path = path

    @property
    def path(self) -> str:
        """The path."""
        return self._path

    @property
    def path_desc(self) -> str:
        """The path."""
        return self._path


class FileManager(ABC):
    """Writes files and reads them by their handles."""

    @abstractmethod
    def copy_handle_to_local_temp(self, file_handle: Any) -> str:
        """Copy the file to this machine; returns the path. `delete_local_temp` removes it."""

    @abstractmethod
    def delete_local_temp(self) -> None:
        """Remove what `copy_handle_to_local_temp` made."""

    @abstractmethod
    def read(self, file_handle: Any, mode: str = "rb") -> AbstractContextManager[IO[Any]]:
        """The open file; closed at the end."""

    @abstractmethod
    def read_data(self, file_handle: Any) -> bytes:
        """The file's bytes."""

    @abstractmethod
    def write(self, file_obj: IO[Any], mode: str = "wb", ext: str | None = None) -> FileHandle:
        """Write what an open file holds into a new file, with `ext` at the end of its name."""

    @abstractmethod
    def write_data(self, data: bytes, ext: str | None = None) -> FileHandle:
        """Write the bytes into a new file."""


class LocalFileManager(FileManager):
    """Keeps files in a folder of this machine."""

    def __init__(self, base_dir: str) -> None:
        self.base_dir = base_dir
        self._copies = TempfileManager()

    def ensure_base_dir_exists(self) -> None:
        """Make the folder, unless it is there."""
        os.makedirs(self.base_dir, exist_ok=True)

    def copy_handle_to_local_temp(self, file_handle: Any) -> str:
        """A copy of the file, which may be changed."""
        copy = self._copies.tempfile()
        with self.read(file_handle) as source, open(copy, "wb") as target:
            shutil.copyfileobj(source, target)
        return copy

    @contextmanager
    def read(self, file_handle: Any, mode: str = "rb") -> Generator[IO[Any]]:
        """The open file.

        Raises:
            ParameterCheckError: the handle is of another manager, or the mode does not read.
        """
        if not isinstance(file_handle, LocalFileHandle):
            raise ParameterCheckError("file_handle", file_handle, "a LocalFileHandle")
        if mode not in ("r", "rb"):
            raise ParameterCheckError("mode", mode, '"r" or "rb"')
        with open(file_handle.path, mode, encoding=None if "b" in mode else "utf-8") as file:
            yield file

    def read_data(self, file_handle: Any) -> bytes:
        """The file's bytes."""
        with self.read(file_handle) as file:
            return file.read()

    def write_data(self, data: bytes, ext: str | None = None) -> LocalFileHandle:
        """Write the bytes into a new file."""
        if not isinstance(data, bytes):  # pyright: ignore[reportUnnecessaryIsInstance] - a public argument
            raise ParameterCheckError("data", data, "bytes")
        return self.write(io.BytesIO(data), mode="wb", ext=ext)

    def write(self, file_obj: IO[Any], mode: str = "wb", ext: str | None = None) -> LocalFileHandle:
        """Write what an open file holds into a new file."""
        check_file_like_obj(file_obj)
        self.ensure_base_dir_exists()
        path = os.path.join(self.base_dir, f"{uuid.uuid4()}{'' if ext is None else f'.{ext}'}")
        with open(path, mode, encoding=None if "b" in mode else "utf-8") as target:
            shutil.copyfileobj(file_obj, target)
        return LocalFileHandle(path)

    def delete_local_temp(self) -> None:
        """Remove the copies."""
        self._copies.close()


class TempfileManager:
    """Temporary files that go together."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def tempfile(self) -> str:
        """The path of a new, empty one."""
        handle, path = tempfile.mkstemp()
        os.close(handle)
        self.paths.append(path)
        return path

    def close(self) -> None:
        """Remove them."""
        while self.paths:
            path = self.paths.pop()
            if os.path.exists(path):
                os.remove(path)


def check_file_like_obj(obj: object) -> None:
    """Refuses what can be neither read nor written.

    Raises:
        CheckError: it is no open file.
    """
    if not (hasattr(obj, "read") or hasattr(obj, "write")):
        raise CheckError(f"An open file is asked for. Got {obj!r}.")


@resource(config_schema={"base_dir": Field(StringSource, is_required=False)})
def local_file_manager(init_context: InitResourceContext) -> LocalFileManager:
    """Files in the folder `base_dir`, by default in the instance's storage."""
    config: dict[str, Any] = init_context.resource_config or {}
    instance = init_context.instance
    return LocalFileManager(config.get("base_dir") or os.path.join(instance.storage_directory(), "file_manager"))
