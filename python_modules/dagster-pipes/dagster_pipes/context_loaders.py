"""How the context is loaded: from the parameters themselves, from a file, or from a file system of Databricks."""

from __future__ import annotations

import json
import os
from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from dagster_pipes.checks import handed_over
from dagster_pipes.errors import DagsterPipesError
from dagster_pipes.protocol import PipesContextData

_DBFS = "/dbfs"


class PipesContextLoader(ABC):
    """Loads the context from where the parameters say.

    Example:
        >>> class FromDict(PipesContextLoader):
        ...     @contextmanager
        ...     def load_context(self, params):
        ...         yield params["context"]
        >>> with FromDict().load_context({"context": {"run_id": "f3a"}}) as data:
        ...     data["run_id"]
        'f3a'
    """

    @abstractmethod
    def load_context(self, params: Mapping[str, Any]) -> AbstractContextManager[PipesContextData]:
        """A context manager that yields the context and, at its end, lets go of what it needed."""


class PipesDefaultContextLoader(PipesContextLoader):
    """Loads the context from the parameters themselves (`data`) or from a file that they name (`path`).

    Example:
        >>> with PipesDefaultContextLoader().load_context({"data": {"run_id": "f3a"}}) as data:
        ...     data["run_id"]
        'f3a'
    """

    FILE_PATH_KEY = "path"
    DIRECT_KEY = "data"

    @contextmanager
    def load_context(self, params: Mapping[str, Any]) -> Generator[PipesContextData]:
        """Yields the context.

        Raises:
            DagsterPipesError: the parameters have neither a path nor data.
        """
        if self.FILE_PATH_KEY in params:
            yield _context_in(handed_over(params, self.FILE_PATH_KEY, str, type(self)))
        elif self.DIRECT_KEY in params:
            yield _data(handed_over(params, self.DIRECT_KEY, dict, type(self)))
        else:
            raise DagsterPipesError(
                f'Invalid params for {type(self).__name__}, expected key "{self.FILE_PATH_KEY}" or "{self.DIRECT_KEY}", received '
                f"{params}"
            )


def _context_in(path: str) -> PipesContextData:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def _data(data: Any) -> PipesContextData:
    return data


class PipesDbfsContextLoader(PipesContextLoader):
    """Loads the context from a file on DBFS, which Databricks mounts at `/dbfs`.

    Example:
        >>> loader = PipesDbfsContextLoader()
        >>> with loader.load_context({"path": "/no/such/context.json"}) as data:
        ...     pass
        Traceback (most recent call last):
            ...
        FileNotFoundError: [Errno 2] No such file or directory: '/dbfs/no/such/context.json'
    """

    @contextmanager
    def load_context(self, params: Mapping[str, Any]) -> Generator[PipesContextData]:
        """Yields the context that lies at `path`."""
        yield _context_in(dbfs_path(handed_over(params, "path", str, type(self))))


class PipesUnityCatalogVolumesContextLoader(PipesContextLoader):
    """Loads the context from a file on a Unity Catalog volume, which is a path like any other.

    Example:
        >>> _ = Path("context.json").write_text('{"run_id": "f3a"}')
        >>> with PipesUnityCatalogVolumesContextLoader().load_context({"path": "context.json"}) as data:
        ...     data["run_id"]
        'f3a'
    """

    @contextmanager
    def load_context(self, params: Mapping[str, Any]) -> Generator[PipesContextData]:
        """Yields the context that lies at `path`."""
        yield _context_in(handed_over(params, "path", str, type(self)))


def dbfs_path(path: str) -> str:
    """Where Databricks mounts a path of DBFS."""
    return os.path.join(_DBFS, path.lstrip("/"))
