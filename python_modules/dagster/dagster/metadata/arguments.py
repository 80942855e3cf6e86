"""What the constructors of this room check of their arguments, with the sentences that name the parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from dagster.errors import CheckError, ParameterCheckError

T = TypeVar("T")


def instance(param: str, found: object, expected: type[T]) -> T:
    """`found`, which is an `expected`.

    Raises:
        ParameterCheckError: it is not.
    """
    if not isinstance(found, expected):
        raise ParameterCheckError(param, found, f"a {expected.__name__}")
    return found


def text(param: str, found: object) -> str | None:
    """`found` as an exact `str` (an enum of strings gives its value), or None.

    Raises:
        ParameterCheckError: it is neither.
    """
    if found is None or type(found) is str:
        return found
    return str.__str__(instance(param, found, str))


def members(param: str, found: object, expected: type[T]) -> list[T]:
    """The members of the sequence `found` as a list, each of them an `expected`.

    Raises:
        ParameterCheckError: `found` is no sequence.
        CheckError: a member is something else.
    """
    if isinstance(found, str) or not isinstance(found, Sequence):
        raise ParameterCheckError(param, found, "a Sequence")
    checked: list[T] = []
    for member in found:  # pyright: ignore[reportUnknownVariableType] - that is what is found out here
        if not isinstance(member, expected):
            raise CheckError(f"Member of sequence mismatches type. Expected {expected}. Got {member!r} of type {type(member)}.")  # pyright: ignore[reportUnknownArgumentType]
        checked.append(member)
    return checked


def entries(param: str, found: object, expected: type[T] | tuple[type[Any], ...]) -> dict[str, T]:
    """The entries of the mapping `found` as a dict from strings, each value an `expected`.

    Raises:
        ParameterCheckError: `found` is no mapping.
        CheckError: a key is no string or a value is something else.
    """
    if not isinstance(found, Mapping):
        raise ParameterCheckError(param, found, "one of ['Mapping']")
    checked: dict[str, T] = {}
    for key, value in found.items():  # pyright: ignore[reportUnknownVariableType] - that is what is found out here
        if not isinstance(key, str):
            raise CheckError(f"Key in Mapping mismatches type. Expected <class 'str'>. Got {key!r}")
        if not isinstance(value, expected):
            raise CheckError(
                f"Value in Mapping mismatches expected type for key {key}. Expected value of type {expected}. "
                f"Got value {value!r} of type {type(value)}."  # pyright: ignore[reportUnknownArgumentType]
            )
        checked[key] = value  # pyright: ignore[reportArgumentType] - a tuple of types is checked, not inferred
    return checked
