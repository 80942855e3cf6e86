"""What pydantic refuses, in words of ours: entries with paths, and errors that give nothing away."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dagster.config.annotations import is_secret_field
from dagster.config.evaluations import ConfigPath, EvaluationError, EvaluationErrorReason
from dagster.config.secrets import MASK, names_a_secret

if TYPE_CHECKING:
    from pydantic import ValidationError


def refusals(cause: ValidationError, root: ConfigPath) -> list[EvaluationError]:
    """Entries for values that fit the schema and that a class refuses.

    Args:
        cause: what pydantic says.
        root: where the object stands.
    """
    errors: list[EvaluationError] = []
    for each in cause.errors(include_url=False, include_input=False, include_context=False):
        path = root
        for step in each["loc"]:
            path = path.item(step) if isinstance(step, int) else path.field(step)
        reason = EvaluationErrorReason.RUNTIME_TYPE_MISMATCH
        errors.append(EvaluationError(path, reason, f"Invalid value {path}: {each['msg']}.", {"type": each["type"]}))
    return errors


def unnamed_entries(config: Mapping[Any, Any], place: ConfigPath) -> list[EvaluationError]:
    """Entries whose names are no strings, which an open dict takes and a class cannot hold."""
    reason = EvaluationErrorReason.RUNTIME_TYPE_MISMATCH
    return [
        EvaluationError(place, reason, f"Names of entries are strings. Got {name!r} {place}.", {"field_name": repr(name)})
        for name in config
        if not isinstance(name, str)
    ]


def told(cause: ValidationError, refusing: Any) -> ValidationError:
    """The same error without addresses of pages, and with secrets covered.

    Args:
        cause: what pydantic says.
        refusing: the class that refuses.
    """
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

    entries: list[InitErrorDetails] = []
    for each in cause.errors(include_url=False):
        # Custom errors are those to which pydantic adds no address.
        kind: Any = PydanticCustomError
        given = _covered(each["loc"], each["input"], refusing)
        entries.append(InitErrorDetails(type=kind(each["type"], each["msg"], each.get("ctx")), loc=each["loc"], input=given))
    return ValidationError.from_exception_data(cause.title, entries)


def _covered(place: tuple[int | str, ...], given: object, refusing: Any) -> object:
    if place and _is_secret(str(place[0]), refusing):
        return MASK
    if not isinstance(given, Mapping):
        return given
    fields = typing.cast("Mapping[Any, Any]", given)
    return {name: MASK if _is_secret(str(name), refusing) else value for name, value in fields.items()}


def _is_secret(name: str, refusing: Any) -> bool:
    info = refusing.model_fields.get(name)
    return names_a_secret(name) if info is None else is_secret_field(name, info)
