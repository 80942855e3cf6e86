"""From Python annotations to config types: `int` to an integer or a variable, a `Config` class to its shape.

Does not import pydantic: a class that is typed config says so by having `model_fields`.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping
from enum import Enum as PythonEnum
from types import NoneType, UnionType
from typing import Any

from dagster.config.definition_schemas import DefinitionSchema
from dagster.config.fields import Array, Field, Map, Noneable, Permissive, Selector, Shape
from dagster.config.plain_values import plain_config
from dagster.config.secrets import names_a_secret
from dagster.config.sources import BoolSource, IntSource, StringSource
from dagster.config.types import ANY, FLOAT, ConfigType, Enum, EnumValue
from dagster.errors import DagsterInvalidPythonicConfigDefinitionError

_SIMPLE: dict[Any, ConfigType] = {Any: ANY, int: IntSource, str: StringSource, bool: BoolSource, float: FLOAT}

# In `json_schema_extra` of a pydantic field.
SECRET_MARK = "dagster__is_secret"


def schema_of_annotation(annotation: Any) -> DefinitionSchema:
    """The schema that the annotation of a parameter `config` stands for.

    Raises:
        DagsterInvalidPythonicConfigDefinitionError: it stands for none.
    """
    if is_typed_config(annotation):
        return annotation.to_config_schema()
    return DefinitionSchema(Field(_type_of(annotation, None, None)))


def is_typed_config(annotation: Any) -> bool:
    """Whether the annotation is a `Config` class."""
    return isinstance(annotation, type) and getattr(annotation, "__is_config__", False) is True


def shape_of(config_class: Any, defaults: Mapping[str, Any] | None = None) -> Shape | Permissive:
    """The shape of a `Config` class.

    Args:
        config_class: the class.
        defaults: values over those that the class says, by the names under which config writes the fields.

    Raises:
        DagsterInvalidPythonicConfigDefinitionError: a field's annotation is of no kind that config can say.
    """
    fields: dict[str, Field] = {}
    for name, info in config_class.model_fields.items():
        if not is_resource_field(info):
            key = info.alias or name
            default = defaults[key] if defaults is not None and key in defaults else _ABSENT
            fields[key] = _field_of(config_class, name, info, default)
    is_open = config_class.model_config.get("extra") == "allow"
    description = config_class.__doc__ if config_class.__dict__.get("__doc__") else None
    return Permissive(fields, description) if is_open else Shape(fields, description)


_ABSENT: Any = object()


def is_resource_field(info: Any) -> bool:
    """Whether a field of a resource is another resource rather than config."""
    if any(getattr(mark, "__is_resource__", False) for mark in info.metadata):
        return True
    return _mentions_resource(info.annotation)


def _mentions_resource(annotation: Any) -> bool:
    if getattr(annotation, "__is_resource__", False):
        return True
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return any(getattr(mark, "__is_resource__", False) for mark in annotation.__metadata__)
    return origin in (typing.Union, UnionType, list, dict) and any(map(_mentions_resource, typing.get_args(annotation)))


def _field_of(owner: Any, name: str, info: Any, given: Any) -> Field:
    config_type = _type_of_info(owner, name, info, given)
    optional: dict[str, Any] = {"description": info.description, "is_secret": is_secret_field(name, info)}
    if given is _ABSENT and info.is_required():
        return Field(config_type, **optional)
    default = given if given is not _ABSENT else _plain_default(info)
    is_closed = config_type.kind.value in ("STRICT_SHAPE", "PERMISSIVE_SHAPE", "SELECTOR", "NONEABLE")
    is_closed = is_closed or typing.get_origin(info.annotation) is typing.Literal
    accepted = config_type if is_closed and default is not None else _noneable(config_type)
    if default is _ABSENT:
        return Field(accepted, is_required=False, **optional)
    return Field(accepted, default_value=default, is_required=False, **optional)


def _noneable(config_type: ConfigType) -> ConfigType:
    return config_type if config_type.kind.value == "NONEABLE" else Noneable(config_type)


def _plain_default(info: Any) -> Any:
    """The default as config writes it; absent for one that a factory makes, which pydantic calls itself."""
    if info.default_factory is not None:
        return _ABSENT
    return discriminated(info, plain_value(info.default))


def is_secret_field(name: str, info: Any) -> bool:
    """Whether a field's value is covered where it is shown: it is marked, typed or named as a secret."""
    extra = info.json_schema_extra
    marked = isinstance(extra, dict) and bool(typing.cast("dict[str, Any]", extra).get(SECRET_MARK))
    return marked or _is_secret_type(info.annotation) or names_a_secret(name)


def _is_secret_type(annotation: object) -> bool:
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        return any(map(_is_secret_type, typing.get_args(annotation)))
    return getattr(annotation, "__name__", "") == "SecretStr" and hasattr(annotation, "get_secret_value")


def plain_value(value: object) -> Any:
    """A field's value as config writes it: nested config as dicts, enum members by name, secrets in the clear."""
    if isinstance(value, PythonEnum):
        return value.name
    if isinstance(value, Mapping):
        return {key: plain_value(inner) for key, inner in typing.cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain_value(inner) for inner in typing.cast("list[Any]", value)]
    reveal = getattr(type(value), "get_secret_value", None)
    return reveal(value) if reveal is not None else plain_config(value)


def resolved_value(value: object) -> Any:
    """A field's value for who knows no classes: nested config as dicts, enum members by value, secrets in the clear."""
    if isinstance(value, PythonEnum):
        return value.value
    if isinstance(value, Mapping):
        return {key: resolved_value(inner) for key, inner in typing.cast("Mapping[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [resolved_value(inner) for inner in typing.cast("list[Any]", value)]
    fields = getattr(type(value), "model_fields", None)
    if fields is not None:
        return {info.alias or name: resolved_value(getattr(value, name)) for name, info in fields.items()}
    reveal = getattr(type(value), "get_secret_value", None)
    return reveal(value) if reveal is not None else value


def discriminated(info: Any, plain: object) -> Any:
    """`{"kind": "cat", "lives": 9}` as config writes one of several classes: `{"cat": {"lives": 9}}`."""
    if info.discriminator is None or not isinstance(plain, dict) or info.discriminator not in plain:
        return plain  # pyright: ignore[reportUnknownVariableType] - whatever the user's dict holds
    rest = dict(typing.cast("dict[str, Any]", plain))
    return {rest.pop(info.discriminator): rest}


def _type_of_info(owner: Any, name: str, info: Any, given: Any) -> ConfigType:
    if info.discriminator is not None:
        return _selector_of(info)
    annotation = info.annotation
    if is_typed_config(annotation):
        nested = given if given is not _ABSENT else None if info.is_required() else _plain_default(info)
        return shape_of(annotation, typing.cast("Mapping[str, Any]", nested) if isinstance(nested, Mapping) else None)
    return _type_of(annotation, owner, name)


def _selector_of(info: Any) -> ConfigType:
    choices: dict[str, Field] = {}
    members = typing.get_args(info.annotation)
    for member in members:
        if member is NoneType:
            continue
        tag = member.model_fields[info.discriminator]
        inner = shape_of(member)
        rest = {key: field for key, field in inner.fields.items() if key != (tag.alias or info.discriminator)}
        shape = type(inner)(typing.cast("dict[str, Field]", rest), inner.description)
        for value in typing.get_args(tag.annotation):
            choices[value.name if isinstance(value, PythonEnum) else str(value)] = Field(shape)
    selector = Selector(choices)
    return Noneable(selector) if NoneType in members else selector


def _type_of(annotation: Any, owner: Any, name: str | None) -> ConfigType:
    simple = _SIMPLE.get(annotation) if getattr(annotation, "__hash__", None) is not None else None
    if simple is not None:
        return simple
    if isinstance(annotation, type) and not typing.get_origin(annotation):
        found = _type_of_class(annotation)
    else:
        found = _type_of_generic(annotation, owner, name)
    if found is None:
        raise _cannot_say(annotation, owner, name)
    return found


def _type_of_class(annotation: type[Any]) -> ConfigType | None:
    if annotation is list:
        return Array(ANY)
    if annotation is dict:
        return Permissive()
    if is_typed_config(annotation):
        return shape_of(annotation)
    if issubclass(annotation, PythonEnum):
        return Enum.from_python_enum(annotation)
    return StringSource if _is_secret_type(annotation) else None


def _type_of_generic(annotation: Any, owner: Any, name: str | None) -> ConfigType | None:
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type_of(inner[0], owner, name)
    if origin is list:
        return Array(_type_of(inner[0], owner, name))
    if origin in (dict, Mapping):
        return Map(_type_of_key(inner[0]), _type_of(inner[1], owner, name))
    if origin is typing.Literal and all(isinstance(value, str) for value in inner):
        return Enum(str(annotation).removeprefix("typing."), [EnumValue(value) for value in inner])
    if origin in (typing.Union, UnionType) and NoneType in inner and len(inner) == 2:
        return Noneable(_type_of(inner[0] if inner[1] is NoneType else inner[1], owner, name))
    return None


def _type_of_key(annotation: Any) -> Any:
    return annotation if annotation in (str, int, float, bool) else str


def _cannot_say(annotation: Any, owner: Any, name: str | None) -> DagsterInvalidPythonicConfigDefinitionError:
    return DagsterInvalidPythonicConfigDefinitionError(
        config_class=owner, field_name=name, invalid_type=annotation, is_resource=bool(getattr(owner, "__is_resource__", False))
    )
