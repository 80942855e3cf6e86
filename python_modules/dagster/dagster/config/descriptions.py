"""A schema as JSON: what an editor or a form must know to draw it. The same for classic schemas and for typed config."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dagster.config.structures import FieldsType, MapType
from dagster.config.types import ConfigType, Enum


class FieldDescription(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a dict. `default_json` is None where there is no default, and for secrets."""

    name: str
    type_key: str
    is_required: bool
    default_json: str | None
    description: str | None
    is_secret: bool


class TypeDescription(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One type of a schema.

    Attributes:
        kind: how it is made: `SCALAR`, `STRICT_SHAPE`, `NONEABLE`...
        text: the type on one line.
        name: for people; None where the structure says it all.
        fields: the entries of a dict or selector, by name.
        inner_keys: the types it is made of: of a list its items', of a map its keys' and values'.
        values: the members of an enum.
        key_label: what the keys of a map are.
    """

    kind: str
    text: str
    name: str | None = None
    description: str | None = None
    fields: Sequence[FieldDescription] = ()
    inner_keys: Sequence[str] = ()
    values: Sequence[str] = ()
    key_label: str | None = None


class SchemaDescription(msgspec.Struct, frozen=True):
    """A schema as a whole.

    Attributes:
        root: the key of its outermost type.
        types: every type in it, by key, each once.
    """

    root: str
    types: Mapping[str, TypeDescription]


def described(config_type: ConfigType) -> SchemaDescription:
    """The schema as a value that travels as JSON.

    Example:
        >>> from dagster.config.fields import Shape
        >>> made = described(Shape({"host": str}))
        >>> [(field.name, field.type_key, field.is_required) for field in made.types[made.root].fields]
        [('host', 'String', True)]
    """
    types: dict[str, TypeDescription] = {}
    waiting = [config_type]
    while waiting:
        found = waiting.pop()
        if found.key not in types:
            types[found.key] = _described(found)
            waiting.extend(found.inner_types)
    return SchemaDescription(config_type.key, types)


def _described(config_type: ConfigType) -> TypeDescription:
    is_dict = isinstance(config_type, FieldsType)
    return TypeDescription(
        kind=config_type.kind.value,
        text=config_type.text,
        name=config_type.given_name,
        description=config_type.description,
        fields=[_field(name, field) for name, field in config_type.fields.items()] if is_dict else (),
        inner_keys=() if is_dict else [inner.key for inner in config_type.inner_types],
        values=config_type.config_values if isinstance(config_type, Enum) else (),
        key_label=config_type.key_label_name if isinstance(config_type, MapType) else None,
    )


def _field(name: str, field: Any) -> FieldDescription:
    return FieldDescription(
        name=name,
        type_key=field.config_type.key,
        is_required=field.is_required,
        default_json=field.default_value_as_json_str if field.default_provided and not field.is_secret else None,
        description=field.description,
        is_secret=field.is_secret,
    )
