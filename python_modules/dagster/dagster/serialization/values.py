"""From values to JSON strings and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import Enum
from typing import Any, cast

from dagster.errors import ParameterCheckError, closest
from dagster.serialization.forms import enum_named, form_named, form_of, name_of_enum, own_forms
from dagster.serialization.refusals import DeserializationError, SerializationError


def serialize_value(val: Any) -> str:
    """A JSON string from which `deserialize_value` makes the value again.

    Args:
        val: None, a bool, number or string; a list, set, frozenset or dict of such values; asset keys, run requests, metadata and
            other values of the API; members of enums and objects of classes that were made known. Tuples become lists, keys of
            dicts strings.

    Raises:
        SerializationError: something in it is of another kind; the sentence says where.

    Example:
        >>> serialize_value({"seen": {AssetKey("orders")}})
        '{"seen": {"__set__": [{"__class__": "AssetKey", "path": ["orders"]}]}}'
    """
    return json.dumps(_plain(val, f"<root:{type(val).__name__}>"), sort_keys=True)


def _plain(value: Any, place: str) -> Any:
    if isinstance(value, Enum):  # before strings and numbers, which members may be besides
        return _plain_member(value, place)
    if value is None or isinstance(value, (bool, str, int, float)):
        return value
    form = form_of(value)
    if form is not None:
        return {"__class__": form.name, **{name: _field(held, f"{place}.{name}") for name, held in form.fields_of(value).items()}}
    if isinstance(value, (set, frozenset)):
        mark = "__frozenset__" if isinstance(value, frozenset) else "__set__"
        members = sorted(cast("set[Any]", value), key=str)
        return {mark: [_plain(member, f"{place}{{{member!r}}}") for member in members]}
    if isinstance(value, Mapping):
        return {_key(key, place): _plain(inner, f"{place}.{key}") for key, inner in cast("Mapping[Any, Any]", value).items()}
    found: Any = type(cast("object", value))
    is_named_tuple = hasattr(found, "_fields")  # as a list it would lose its names
    if issubclass(found, Sequence) and not is_named_tuple:
        return [_plain(member, f"{place}[{index}]") for index, member in enumerate(cast("Sequence[Any]", value))]
    raise SerializationError(
        f"Unhandled value type {found} at {place}. JSON can hold None, bools, numbers, strings, lists, sets, dicts, values "
        "of the API and objects of classes that are made known with `whitelist_for_serdes`."
    )


def _field(held: Any, place: str) -> Any:
    """A field of an object; durations stand nowhere else."""
    if not isinstance(held, timedelta):
        return _plain(held, place)
    form = own_forms()["SerializableTimeDelta"]
    return {"__class__": form.name, **form.fields_of(held)}


def _plain_member(member: Enum, place: str) -> dict[str, str]:
    name = name_of_enum(type(member))
    if name is None:
        raise SerializationError(
            f"Members of {type(member).__name__} cannot be written, as at {place}: it is not among the enums that are known. "
            "Write its name or value instead, or make it known with `whitelist_for_serdes`."
        )
    return {"__enum__": f"{name}.{member.name}"}


def _key(key: object, place: str) -> str:
    if isinstance(key, str):
        return key
    if key is None or isinstance(key, (bool, int, float)):
        return json.dumps(key)
    raise SerializationError(f"A key of a dict is a string or a number. Got {key!r} of {type(key)} at {place}.")


def deserialize_value(val: str, as_type: type[Any] | tuple[type[Any], ...] | None = None) -> Any:
    """The value that `serialize_value` wrote.

    Args:
        val: the JSON string.
        as_type: of what type it must be, or one of which.

    Raises:
        DeserializationError: it is no JSON, names a class that is not known, lacks a field, or is of another type.

    Example:
        >>> deserialize_value('{"__class__": "AssetKey", "path": ["orders"]}', AssetKey)
        AssetKey(['orders'])
    """
    if not isinstance(val, str):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
        raise ParameterCheckError("val", val, "a str")
    try:
        value = json.loads(val, object_hook=_revived)
    except json.JSONDecodeError as refused:
        raise DeserializationError(f"The string is no JSON: {refused}") from refused
    if as_type is not None and not isinstance(value, as_type):
        raise DeserializationError(
            f"Deserialized object was not expected type {as_type}, got {type(value)}",
            value=value,  # pyright: ignore[reportUnknownArgumentType]
        )
    return value


def _revived(read: dict[str, Any]) -> Any:
    """What a JSON object stands for; those inside of it have been asked for already."""
    if "__class__" in read:
        return _object(str(read.pop("__class__")), read)
    if "__enum__" in read:
        return _member(str(read["__enum__"]))
    for mark, made in (("__set__", set), ("__frozenset__", frozenset)):
        if mark in read:
            return _set_of(made, read[mark])
    return read


def _object(name: str, fields: Mapping[str, Any]) -> Any:
    form = form_named(name)
    if form is None:
        raise DeserializationError(
            f'Attempted to deserialize class "{name}" which is not in the whitelist.{closest(name, own_forms())} Was it written '
            "by another version, or does the module that makes it known still have to be imported?"
        )
    return form.object_of(fields)


def _member(written: str) -> Enum:
    name, _, member = written.partition(".")
    found = enum_named(name)
    if found is None:
        raise DeserializationError(f"Attempted to deserialize enum {name} which was not in the whitelist.")
    if member not in found.__members__:
        raise DeserializationError(f"The enum {name} has no member {member!r}.{closest(member, found.__members__)}")
    return found[member]


def _set_of(made: type[Any], members: object) -> Any:
    try:
        return made(members)
    except TypeError as refused:
        raise DeserializationError(f"A {made.__name__} cannot be made of {members!r}: {refused}.") from refused
