"""What public constructors check about their arguments: the first of the four edges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from dagster.errors import CheckError, ParameterCheckError


def check_argument(param: str, value: object, kind: type[Any] | tuple[type[Any], ...]) -> None:
    """Nothing for a value of this kind.

    Raises:
        ParameterCheckError: another value.
    """
    if not isinstance(value, kind):
        raise ParameterCheckError(param, value, _in_words(kind))


def check_optional(param: str, value: object, kind: type[Any] | tuple[type[Any], ...]) -> None:
    """The same where None stands for an argument that was left out."""
    if value is not None:
        check_argument(param, value, kind)


def check_callable(param: str, value: object) -> None:
    """Nothing for what can be called.

    Raises:
        ParameterCheckError: it cannot; None stands for an argument that was left out.
    """
    if value is not None and not callable(value):
        raise ParameterCheckError(param, value, "callable")


def check_members(param: str, value: object, kind: type[Any] | tuple[type[Any], ...]) -> None:
    """Nothing for a list or tuple of such members; None stands for an argument that was left out.

    Raises:
        ParameterCheckError: it is no list or tuple.
        CheckError: a member is of another kind.
    """
    if value is None:
        return
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ParameterCheckError(param, value, "a Sequence")
    for member in value:  # pyright: ignore[reportUnknownVariableType] - that is what is checked
        if not isinstance(member, kind):
            raise CheckError(
                f'Member of sequence mismatches type. "{param}" takes {_in_words(kind)}. Got {member!r} of type {type(member)}.'  # pyright: ignore[reportUnknownArgumentType]
            )


def check_string_keys(param: str, value: object) -> None:
    """Nothing for a mapping whose keys are strings; None stands for an argument that was left out.

    Raises:
        ParameterCheckError: it is no mapping.
        CheckError: a key is no string.
    """
    if value is None:
        return
    if not isinstance(value, Mapping):
        raise ParameterCheckError(param, value, "a dict")
    for key in value:  # pyright: ignore[reportUnknownVariableType] - that is what is checked
        if not isinstance(key, str):
            raise CheckError(f'Key in Mapping mismatches type. "{param}" has the key {key!r}, which is no string.')


def checked_metadata(value: object) -> dict[str, Any]:
    """Metadata as a dict; empty where it was left out.

    Raises:
        ParameterCheckError: it is no mapping.
        CheckError: a key is no string.
    """
    check_string_keys("metadata", value)
    return dict(cast("Mapping[str, Any]", value)) if value else {}


def _in_words(kind: type[Any] | tuple[type[Any], ...]) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    names = " or ".join(each.__name__ for each in kinds)
    return f"{'an' if names[0] in 'AEIO' else 'a'} {names}"
