"""How the context reaches an outside process: with the parameters themselves, or in a file that they name."""

from __future__ import annotations

import json
import os
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster_pipes import PipesContextData

_PATH, _DATA = "path", "data"


class PipesContextInjector(ABC):
    """Puts the context where the context loader of the outside process finds it.

    Example:
        >>> class Published(PipesContextInjector):
        ...     @contextmanager
        ...     def inject_context(self, context_data):
        ...         yield {"path": "/mnt/context.json"}
        ...     def no_messages_debug_text(self):
        ...         return "Attempted to inject context via /mnt."
    """

    @abstractmethod
    def inject_context(self, context_data: PipesContextData) -> AbstractContextManager[Mapping[str, Any]]:
        """A context manager that yields the parameters for the context loader; what it made may go at its end."""

    @abstractmethod
    def no_messages_debug_text(self) -> str:
        """A sentence that says where the context was put, for a session in which no message came."""


class PipesEnvContextInjector(PipesContextInjector):
    """Hands the context over with the parameters, so usually in an environment variable.

    Example:
        >>> with PipesEnvContextInjector().inject_context({"run_id": "f3a"}) as params:
        ...     params
        {'data': {'run_id': 'f3a'}}
    """

    @contextmanager
    def inject_context(self, context_data: PipesContextData) -> Generator[Mapping[str, Any]]:
        """Yields the context itself."""
        yield {_DATA: context_data}

    def no_messages_debug_text(self) -> str:
        """Says that the context was handed over directly."""
        return "Attempted to inject context directly, typically as an environment variable."


class PipesFileContextInjector(PipesContextInjector):
    """Writes the context into a file, which is removed at the end of the session.

    Args:
        path: the file.

    Example:
        >>> with PipesFileContextInjector("context.json").inject_context({"run_id": "f3a"}) as params:
        ...     params, Path("context.json").read_text()
        ({'path': 'context.json'}, '{"run_id": "f3a"}')
    """

    def __init__(self, path: str) -> None:
        self._path = path

    @contextmanager
    def inject_context(self, context_data: PipesContextData) -> Generator[Mapping[str, Any]]:
        """Yields the path."""
        with open(self._path, "w", encoding="utf-8") as file:
            json.dump(context_data, file)
        try:
            yield {_PATH: self._path}
        finally:
            if os.path.exists(self._path):
                os.remove(self._path)

    def no_messages_debug_text(self) -> str:
        """Names the file."""
        return f"Attempted to inject context via file {self._path}"


class PipesTempFileContextInjector(PipesContextInjector):
    """Writes the context into a temporary file. The default of `PipesSubprocessClient`.

    Example:
        >>> with PipesTempFileContextInjector().inject_context({"run_id": "f3a"}) as params:
        ...     Path(params["path"]).read_text()
        '{"run_id": "f3a"}'
    """

    @contextmanager
    def inject_context(self, context_data: PipesContextData) -> Generator[Mapping[str, Any]]:
        """Yields the path."""
        with (
            tempfile.TemporaryDirectory() as folder,
            PipesFileContextInjector(os.path.join(folder, "context")).inject_context(context_data) as params,
        ):
            yield params

    def no_messages_debug_text(self) -> str:
        """Says that it was a temporary file."""
        return "Attempted to inject context via a temporary file."
