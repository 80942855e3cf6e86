"""The config schema of a definition, and definitions that are configured from others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dagster.config.evaluations import ConfigPath
from dagster.config.fields import Field, to_field
from dagster.config.types import ConfigType
from dagster.config.validation import process_field
from dagster.errors import DagsterConfigMappingFunctionError, user_code


class DefinitionSchema:
    """What config a definition takes.

    Args:
        field: the schema of its `config:` entry.
        config_class: the `Config` class that the function's parameter is annotated with, if it is.
    """

    __slots__ = ("_field", "config_class")

    def __init__(self, field: Field, config_class: Any = None) -> None:
        self._field = field
        self.config_class = config_class

    def as_field(self) -> Field:
        """The schema of the `config:` entry."""
        return self._field

    @property
    def is_configured(self) -> bool:
        """Whether config was decided for it, so that there is some even where none is given."""
        return False

    @property
    def config_type(self) -> ConfigType:
        """The type of the `config:` entry."""
        return self._field.config_type

    @property
    def is_required(self) -> bool:
        """Whether config has to be given."""
        return self._field.is_required

    @property
    def default_provided(self) -> bool:
        """Whether there is config where none is given."""
        return self._field.default_provided

    @property
    def default_value(self) -> Any:
        """The config where none is given."""
        return self._field.default_value

    @property
    def default_value_as_json_str(self) -> str:
        """`default_value` as JSON."""
        return self._field.default_value_as_json_str

    @property
    def description(self) -> str | None:
        """What the config is, in markdown."""
        return self._field.description

    def resolve(self, config: Any) -> Any:
        """What the definition's function gets for `config`, which has been processed with `as_field`."""
        return config

    def argument(self, resolved: Any, owner: str, path: ConfigPath) -> Any:
        """What the function's parameter `config` gets: an object of the `Config` class, or the config itself.

        Raises:
            DagsterInvalidConfigError: a constraint or a validator of the class refuses it.
        """
        if self.config_class is None:
            return resolved
        return self.config_class.from_processed(resolved, owner=owner, path=path)


class ConfiguredSchema(DefinitionSchema):
    """The schema of a definition that hands config on to another one.

    Args:
        field: what it takes itself.
        inner: the schema of the definition it was made from.
        config_fn: from its own config to that of the inner definition.
        owner: what the definition is, for sentences.
    """

    __slots__ = ("_config_fn", "_inner", "_owner")

    def __init__(self, field: Field, inner: DefinitionSchema, config_fn: Callable[[Any], Any], owner: str) -> None:
        super().__init__(field, inner.config_class)
        self._inner = inner
        self._config_fn = config_fn
        self._owner = owner

    @property
    def is_configured(self) -> bool:
        return True

    def resolve(self, config: Any) -> Any:
        """What the inner definition's function gets.

        Raises:
            DagsterConfigMappingFunctionError: the mapping function raised.
            DagsterInvalidConfigError: what it returned does not fit the inner schema.
        """
        place = f"The config mapping function on a `configured` {self._owner} has thrown an unexpected error during its execution"
        with user_code(place, DagsterConfigMappingFunctionError):
            mapped = self._config_fn(config)
        processed = process_field(self._inner.as_field(), {"config": mapped}, f"Error in config for {self._owner}")
        return self._inner.resolve(processed)


def definition_schema(raw: Any) -> DefinitionSchema:
    """The schema that a definition's `config_schema=` stands for.

    Raises:
        DagsterInvalidConfigDefinitionError: it stands for none.
    """
    return raw if isinstance(raw, DefinitionSchema) else DefinitionSchema(to_field(raw))


def configured_schema(
    inner: DefinitionSchema, config_or_config_fn: Any, config_schema: Any = None, *, owner: str
) -> ConfiguredSchema:
    """The schema of a definition made by `inner_definition.configured(...)`.

    Args:
        inner: the schema of the definition it is made from.
        config_or_config_fn: config for it, or a function that makes it.
        config_schema: what the function takes.
        owner: what the definition is, for sentences: "resource" or "op sum".
    """
    if not callable(config_or_config_fn):
        return ConfiguredSchema(to_field(None), inner, lambda _config: config_or_config_fn, owner)
    if config_schema is None:
        typed = typed_by_annotation(config_or_config_fn)
        if typed is not None:
            field, convert = typed
            return ConfiguredSchema(field, inner, lambda config: config_or_config_fn(convert(config)), owner)
    return ConfiguredSchema(to_field(config_schema), inner, config_or_config_fn, owner)


def typed_by_annotation(config_fn: Any) -> tuple[Field, Callable[[Any], Any]] | None:
    annotations: dict[str, Any] = getattr(config_fn, "__annotations__", None) or {}
    annotation = next((value for name, value in annotations.items() if name != "return"), None)
    if annotation is None or not callable(getattr(annotation, "to_config_schema", None)):
        return None
    return annotation.to_config_schema().as_field(), annotation.from_processed
