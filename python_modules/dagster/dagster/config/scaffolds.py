"""Config to begin with: a value that fits a schema, made of its defaults and examples."""

from __future__ import annotations

from typing import Any

from dagster.config.structures import ArrayType, FieldsType, MapType, NoneableType, ScalarUnionType, SelectorType
from dagster.config.types import ConfigType


def scaffolded(config_type: ConfigType, only_required: bool = False) -> Any:
    """Config that the schema takes, to be edited by a person: defaults where there are some, else examples.

    Args:
        config_type: the schema.
        only_required: leave out what may be left out.

    Example:
        >>> from dagster.config.fields import Field, Shape
        >>> schema = Shape({"host": str, "port": Field(int, default_value=80), "tags": [str]})
        >>> scaffolded(schema)
        {'host': '...', 'port': 80, 'tags': ['...']}
        >>> scaffolded(schema, only_required=True)
        {'host': '...', 'tags': []}
    """
    if isinstance(config_type, SelectorType):
        return _first_choice(config_type, only_required)
    if isinstance(config_type, FieldsType):
        return {
            name: _entry(field, only_required)
            for name, field in config_type.fields.items()
            if field.is_required or not only_required
        }
    if isinstance(config_type, ArrayType):
        return [] if only_required else [scaffolded(config_type.inner_type)]
    if isinstance(config_type, MapType):
        inner = config_type.inner_type
        return {} if only_required else {config_type.key_type.example: scaffolded(inner)}
    if isinstance(config_type, NoneableType):
        return None if only_required else scaffolded(config_type.inner_type)
    return scaffolded(config_type.scalar_type) if isinstance(config_type, ScalarUnionType) else config_type.example


def _entry(field: Any, only_required: bool) -> Any:
    return field.default_value if field.default_provided and not only_required else scaffolded(field.config_type, only_required)


def _first_choice(selector: SelectorType, only_required: bool) -> dict[str, Any]:
    for name, field in selector.fields.items():
        return {name: _entry(field, only_required)}
    return {}
