"""What users and the orchestrating process hand over is checked here, and refused in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeVar, cast, get_args

from dagster_pipes.errors import DagsterPipesError
from dagster_pipes.protocol import PIPES_METADATA_TYPE_INFER, PipesMetadataType, PipesMetadataValue

T = TypeVar("T")

_METADATA_VALUE_KEYS = frozenset({"type", "raw_value"})


def given(value: object, expected: type[T], method: str, name: str) -> T:
    """An argument of a method of the context.

    Raises:
        DagsterPipesError: it is of another type.
    """
    if not isinstance(value, expected):
        raise DagsterPipesError(f"Invalid type for parameter `{name}` of `{method}`. Expected `{expected}`, got `{type(value)}`.")
    return value


def given_or_none(value: object, expected: type[T], method: str, name: str) -> T | None:
    """Same as `given`, where None may be given as well."""
    if value is not None and not isinstance(value, expected):
        raise DagsterPipesError(
            f"Invalid type for parameter `{name}` of `{method}`. Expected `Optional[{expected}]`, got `{type(value)}`."
        )
    return value


def handed_over(params: Mapping[str, Any], name: str, expected: type[T], receiver: type) -> T:
    """A parameter that the orchestrating process handed over.

    Raises:
        DagsterPipesError: it is missing, or of another type.
    """
    value: object = params.get(name)
    if not isinstance(value, expected):
        raise DagsterPipesError(_misfit(name, receiver, f"`{expected}`", value))
    return value


def handed_over_or_none(params: Mapping[str, Any], name: str, expected: type[T], receiver: type) -> T | None:
    """Same as `handed_over`, for a parameter that may be missing."""
    value: object = params.get(name)
    if value is not None and not isinstance(value, expected):
        raise DagsterPipesError(_misfit(name, receiver, f"`Optional[{expected}]`", value))
    return value


def _misfit(name: str, receiver: type, expected: str, value: object) -> str:
    return (
        f"Invalid type for parameter `{name}` passed from orchestration side to `{receiver.__name__}`. "
        f"Expected {expected}, got `{type(value)}`."
    )


def metadata_given(metadata: object, method: str) -> dict[str, PipesMetadataValue] | None:
    """Metadata with a kind for each value; raw values are left to the orchestrating process.

    Raises:
        DagsterPipesError: no dict with string keys, a dict that is no metadata value, or a kind that does not exist.
    """
    if metadata is None:
        return None
    if not isinstance(metadata, dict):
        raise DagsterPipesError(
            f"Invalid type for parameter `metadata` of `{method}`. Expected `{dict}`, got `{type(metadata)}`."
        )
    entries = cast("dict[object, object]", metadata)
    return {_metadata_key(key, method): _metadata_value(key, value, method) for key, value in entries.items()}


def _metadata_key(key: object, method: str) -> str:
    if not isinstance(key, str):
        raise DagsterPipesError(
            f"Invalid type for parameter `metadata` of `{method}`. Expected a dict with string keys, got a key `{key}` of type "
            f"`{type(key)}`."
        )
    return key


def _metadata_value(key: object, value: object, method: str) -> PipesMetadataValue:
    if not isinstance(value, dict):
        return {"raw_value": cast("Any", value), "type": PIPES_METADATA_TYPE_INFER}
    entry = cast("dict[str, Any]", value)
    if entry.keys() != _METADATA_VALUE_KEYS:
        raise DagsterPipesError(
            f"Invalid type for parameter `metadata` of `{method}`. Expected a dict with string keys and values that are either "
            "raw metadata values or dictionaries with schema `{raw_value: ..., type: ...}`. Got a value "
            f"`{entry}`. A dict as such is written {{'type': 'json', 'raw_value': ...}}."
        )
    if entry["type"] not in get_args(PipesMetadataType):
        raise DagsterPipesError(
            f"Invalid value for parameter `metadata.{key}.type` of `{method}`. Expected one of "
            f"{', '.join(get_args(PipesMetadataType))}, got `{entry['type']}`."
        )
    return cast("PipesMetadataValue", entry)


def json_given(value: object, method: str, name: str) -> Any:
    """An argument that goes over the wire as JSON.

    Raises:
        DagsterPipesError: it is no value of JSON.
    """
    try:
        json.dumps(value)
    except (TypeError, ValueError) as refused:
        raise UnserializableError(value, method, name) from refused
    return value


class UnserializableError(DagsterPipesError, TypeError):
    """A value that JSON cannot hold."""

    def __init__(self, value: object, method: str, name: str) -> None:
        self.value = value
        super().__init__(
            f"Invalid value for parameter `{name}` of `{method}`. Expected a JSON-serializable value, got `{str(value)[:200]}` "
            f"of type `{type(value)}`."
        )
