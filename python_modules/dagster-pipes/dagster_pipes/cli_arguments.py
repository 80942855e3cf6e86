"""The two parameters as arguments of the command; other arguments are the script's own and left alone."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from dagster_pipes.encoding import decode_param
from dagster_pipes.params_loaders import MissingParameterError, PipesParamsLoader
from dagster_pipes.protocol import DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT, DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT

_ENCODED = "base64 of zlib-compressed JSON, made by a Pipes client"

DAGSTER_PIPES_CLI_PARSER = argparse.ArgumentParser(description="Dagster Pipes CLI interface")
DAGSTER_PIPES_CLI_PARSER.add_argument(
    DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT, type=str, help=f"where the context is to be loaded from: {_ENCODED}"
)
DAGSTER_PIPES_CLI_PARSER.add_argument(DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT, type=str, help=f"where messages go: {_ENCODED}")


class PipesCliArgsParamsLoader(PipesParamsLoader):
    """Parameters in the arguments `--dagster-pipes-context` and `--dagster-pipes-messages` of the command.

    Example:
        >>> PipesCliArgsParamsLoader().is_dagster_pipes_process()
        False
    """

    def __init__(self) -> None:
        self.parser = DAGSTER_PIPES_CLI_PARSER

    def is_dagster_pipes_process(self) -> bool:
        """Whether both arguments were given."""
        arguments = self._arguments()
        return arguments.dagster_pipes_context is not None and arguments.dagster_pipes_messages is not None

    def load_context_params(self) -> Mapping[str, Any]:
        """The parameters for the context loader."""
        return self._decoded(self._arguments().dagster_pipes_context, DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT)

    def load_messages_params(self) -> Mapping[str, Any]:
        """The parameters for the message writer."""
        return self._decoded(self._arguments().dagster_pipes_messages, DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT)

    def _arguments(self) -> argparse.Namespace:
        return self.parser.parse_known_args()[0]

    def _decoded(self, value: str | None, name: str) -> Mapping[str, Any]:
        if value is None:
            raise MissingParameterError(name)
        return decode_param(value)
