"""Mappings made of others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from dagster.errors import CheckError, ParameterCheckError

K = TypeVar("K")
V = TypeVar("V")


def merge_dicts(*args: Mapping[Any, Any]) -> dict[Any, Any]:
    """All of them in one dict; of a key in several, the last value.

    Raises:
        CheckError: none was given.
    """
    if not args:
        raise CheckError("merge_dicts takes one mapping or more, and got none.")
    return {key: value for each in args for key, value in each.items()}


def deep_merge_dicts(onto_dict: Mapping[Any, Any], from_dict: Mapping[Any, Any]) -> dict[Any, Any]:
    """A dict of both, where the values of a key in both are dicts themselves merged in the same way."""
    merged = dict(onto_dict)
    for key, value in from_dict.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            value = deep_merge_dicts(cast("dict[Any, Any]", before), cast("dict[Any, Any]", value))
        merged[key] = value
    return merged


def reverse_dict(d: Mapping[V, K]) -> dict[K, V]:
    """Its values as keys of its keys."""
    return {value: key for key, value in d.items()}


def dict_without_keys(ddict: Mapping[K, V], *keys: K) -> dict[K, V]:
    """All of it but these keys, which need not be there."""
    return {key: value for key, value in ddict.items() if key not in keys}


def ensure_single_item(ddict: Mapping[K, V]) -> tuple[K, V]:
    """The only key and its value.

    Raises:
        ParameterCheckError: there is not exactly one.
    """
    if len(ddict) != 1:
        raise ParameterCheckError(f"ensure_single_item takes a dict of one item, and got one of {len(ddict)}.")
    return next(iter(ddict.items()))


def all_none(kwargs: Mapping[object, object]) -> bool:
    """Whether each value is None."""
    return all(value is None for value in kwargs.values())


def remove_none_recursively(obj: Any) -> Any:
    """The same without items that are None, in dicts and lists of any depth."""
    if isinstance(obj, dict):
        items = cast("dict[Any, Any]", obj).items()
        return {key: remove_none_recursively(value) for key, value in items if value is not None}
    if isinstance(obj, list | tuple | set):
        members = cast("list[Any]", obj)
        return type(members)(remove_none_recursively(member) for member in members if member is not None)
    return obj
