"""Scalars that config may also take from the environment: `{"env": "NAME"}`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from dagster.config.evaluations import ConfigPath, EvaluationError, PostProcessingError, failed_post_processing
from dagster.config.fields import Field, ScalarUnion, Selector
from dagster.config.types import BOOL, INT, STRING, ConfigType


class SourceType(ScalarUnion):
    """A scalar, or the name of the variable that holds it when the run starts.

    Example:
        >>> StringSource.text
        '(String | { env: String })'
    """

    __slots__ = ("_parse",)

    def __init__(self, scalar_type: ConfigType, key: str, parse: Callable[[str, str], Any]) -> None:
        super().__init__(scalar_type, Selector({"env": Field(str)}), _key=key)
        self._parse = parse

    def finish(self, value: Any, path: ConfigPath, errors: list[EvaluationError]) -> Any:
        if self._meant_by(value) is self.scalar_type:
            return value
        try:
            return self._parse(variable(value["env"]), value["env"])
        except PostProcessingError as cause:
            errors.append(failed_post_processing(path, value, cause))
            return None


def variable(name: str) -> str:
    """The value of an environment variable.

    Raises:
        PostProcessingError: it is not set.
    """
    found = os.environ.get(name)
    if found is None:
        raise PostProcessingError(
            f'You have attempted to fetch the environment variable "{name}" which is not set. '
            "In order for this execution to succeed it must be set in this environment."
        )
    return found


def _parse_int(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError as cause:
        raise PostProcessingError(f'Value stored in env variable "{name}" cannot be coerced into an int.') from cause


def _parse_bool(text: str, _name: str) -> bool:
    return text not in ("", "0", "false", "False")


StringSource = SourceType(STRING, "StringSourceType", lambda text, _name: text)
IntSource = SourceType(INT, "IntSourceType", _parse_int)
BoolSource = SourceType(BOOL, "BoolSourceType", _parse_bool)
