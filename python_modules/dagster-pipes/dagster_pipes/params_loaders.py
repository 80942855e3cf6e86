"""Where the two parameters come from: environment variables, arguments of the command, widgets of a notebook."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Protocol

from dagster_pipes.encoding import decode_param
from dagster_pipes.errors import DagsterPipesError
from dagster_pipes.protocol import (
    DAGSTER_PIPES_CONTEXT_ENV_VAR,
    DAGSTER_PIPES_CONTEXT_WIDGET_KEY,
    DAGSTER_PIPES_MESSAGES_ENV_VAR,
    DAGSTER_PIPES_MESSAGES_WIDGET_KEY,
)


class PipesParamsLoader(ABC):
    """Says where the context is to be loaded from, and where messages go.

    Example:
        >>> class FromDict(PipesParamsLoader):
        ...     def is_dagster_pipes_process(self): return True
        ...     def load_context_params(self): return {"path": "/mnt/context.json"}
        ...     def load_messages_params(self): return {"path": "/mnt/messages"}
        >>> FromDict().load_messages_params()
        {'path': '/mnt/messages'}
    """

    @abstractmethod
    def load_context_params(self) -> Mapping[str, Any]:
        """The parameters for the context loader."""

    @abstractmethod
    def load_messages_params(self) -> Mapping[str, Any]:
        """The parameters for the message writer."""

    @abstractmethod
    def is_dagster_pipes_process(self) -> bool:
        """Whether this process was launched through Pipes."""


class PipesMappingParamsLoader(PipesParamsLoader):
    """Parameters in a mapping, under the names of the environment variables.

    Args:
        mapping: names to encoded parameters.

    Example:
        >>> loader = PipesMappingParamsLoader({"DAGSTER_PIPES_CONTEXT": encode_param({"path": "/mnt/context.json"})})
        >>> loader.is_dagster_pipes_process(), loader.load_context_params()
        (True, {'path': '/mnt/context.json'})
    """

    def __init__(self, mapping: Mapping[str, str]) -> None:
        self._mapping = mapping

    def is_dagster_pipes_process(self) -> bool:
        """Whether the mapping has a context."""
        return DAGSTER_PIPES_CONTEXT_ENV_VAR in self._mapping

    def load_context_params(self) -> Mapping[str, Any]:
        """The parameters for the context loader."""
        return self._decoded(DAGSTER_PIPES_CONTEXT_ENV_VAR)

    def load_messages_params(self) -> Mapping[str, Any]:
        """The parameters for the message writer."""
        return self._decoded(DAGSTER_PIPES_MESSAGES_ENV_VAR)

    def _decoded(self, name: str) -> Mapping[str, Any]:
        try:
            encoded = self._mapping[name]
        except KeyError as missing:
            raise MissingParameterError(name) from missing
        return decode_param(encoded)


class MissingParameterError(DagsterPipesError, KeyError):
    """A parameter that the orchestrating process did not hand over."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)

    def __str__(self) -> str:
        return f"{self.name} was not handed over. Launch this process through a Pipes client, or set it beside the others."


class PipesEnvVarParamsLoader(PipesMappingParamsLoader):
    """Parameters in the environment variables `DAGSTER_PIPES_CONTEXT` and `DAGSTER_PIPES_MESSAGES`. The default.

    Example:
        >>> PipesEnvVarParamsLoader().is_dagster_pipes_process()
        False
    """

    def __init__(self) -> None:
        super().__init__(mapping=os.environ)


class _Widgets(Protocol):
    def get(self, name: str, /) -> str: ...


class PipesDatabricksNotebookWidgetsParamsLoader(PipesParamsLoader):
    """Parameters in the widgets of a Databricks notebook.

    Args:
        widgets: `dbutils.widgets`.

    Example:
        >>> widgets = {"DAGSTER_PIPES_CONTEXT": encode_param({"path": "/Volumes/context.json"})}
        >>> PipesDatabricksNotebookWidgetsParamsLoader(widgets).load_context_params()
        {'path': '/Volumes/context.json'}
    """

    def __init__(self, widgets: _Widgets) -> None:
        self._widgets = widgets

    def is_dagster_pipes_process(self) -> bool:
        """Whether there is a widget with a context; asking for one that does not exist fails inside of Databricks."""
        try:
            return bool(self._widgets.get(DAGSTER_PIPES_CONTEXT_WIDGET_KEY))
        except Exception:
            return False

    def load_context_params(self) -> Mapping[str, Any]:
        """The parameters for the context loader."""
        return decode_param(self._widgets.get(DAGSTER_PIPES_CONTEXT_WIDGET_KEY))

    def load_messages_params(self) -> Mapping[str, Any]:
        """The parameters for the message writer."""
        return decode_param(self._widgets.get(DAGSTER_PIPES_MESSAGES_WIDGET_KEY))
