"""How a value of a type is made from run config, for an input that no step feeds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster.config.types import ConfigType


class DagsterTypeLoader(ABC):
    """Makes values of a type from config.

    Example:
        >>> class OrderLoader(DagsterTypeLoader):
        ...     @property
        ...     def schema_type(self):
        ...         return Shape({"total": float})
        ...     def construct_from_config_value(self, context, config_value):
        ...         return Order(**config_value)
    """

    @property
    @abstractmethod
    def schema_type(self) -> ConfigType:
        """The config that it accepts."""

    def required_resource_keys(self) -> Set[str]:
        """The resources that it reads from its context."""
        return frozenset()

    def construct_from_config_value(self, context: Any, config_value: Any) -> Any:
        """The value for config that fits `schema_type`; called in the step's process before the step's function."""
        return config_value


class FunctionLoader(DagsterTypeLoader):
    """What `@dagster_type_loader` makes."""

    def __init__(self, config_type: ConfigType, load: Callable[[Any, Any], Any], required_resource_keys: Set[str]) -> None:
        self._config_type = config_type
        self._load = load
        self._required_resource_keys = frozenset(required_resource_keys)

    @property
    def schema_type(self) -> ConfigType:
        return self._config_type

    def required_resource_keys(self) -> Set[str]:
        return self._required_resource_keys

    def construct_from_config_value(self, context: Any, config_value: Any) -> Any:
        return self._load(context, config_value)


def dagster_type_loader(
    config_schema: object, required_resource_keys: Set[str] | None = None
) -> Callable[[Callable[[Any, Any], Any]], DagsterTypeLoader]:
    """Decorator: makes a loader of a function that takes a context and config.

    Args:
        config_schema: the config that the function takes.
        required_resource_keys: resources that it reads from the context.

    Example:
        >>> @dagster_type_loader({"start": int, "stop": int})
        ... def load_range(context, config):
        ...     return range(config["start"], config["stop"])
        >>> load_range.construct_from_config_value(None, {"start": 0, "stop": 2})
        range(0, 2)
    """
    from dagster.config.fields import to_config_type

    def make(load: Callable[[Any, Any], Any]) -> DagsterTypeLoader:
        return FunctionLoader(to_config_type(config_schema), load, required_resource_keys or frozenset())

    return make


def scalar_loader(name: str) -> DagsterTypeLoader:
    """The loader of a scalar type or of Any: the value itself, `{"value": it}`, or a JSON or pickle file that holds it."""
    from dagster.config.fields import ScalarUnion
    from dagster.config.types import BOOL, FLOAT, INT, STRING

    scalar = {type_.key: type_ for type_ in (BOOL, FLOAT, INT, STRING)}.get(name)
    if scalar is None:
        return FunctionLoader(_value_or_file("Any"), lambda _context, config: _from_selector(config), frozenset())
    return FunctionLoader(
        ScalarUnion(scalar, _value_or_file(name)),
        lambda _context, config: _from_selector(config) if isinstance(config, dict) else config,
        frozenset(),
    )


def _value_or_file(name: str) -> ConfigType:
    from dagster.config.fields import Selector
    from dagster.config.types import ANY, BOOL, FLOAT, INT, STRING

    value = {type_.key: type_ for type_ in (BOOL, FLOAT, INT, STRING)}.get(name, ANY)
    return Selector({"value": value, "json": {"path": str}, "pickle": {"path": str}})


def _from_selector(config: Any) -> Any:
    if "value" in config:
        return config["value"]
    if "json" in config:
        import json

        with open(config["json"]["path"], encoding="utf-8") as file:
            return json.load(file)["value"]
    import pickle

    with open(config["pickle"]["path"], "rb") as file:
        return pickle.load(file)


def list_loader(inner: DagsterTypeLoader) -> DagsterTypeLoader:
    """The loader of a list: a list of what the loader of its items takes."""
    from dagster.config.fields import Array

    return FunctionLoader(
        Array(inner.schema_type),
        lambda context, config: [inner.construct_from_config_value(context, item) for item in config],
        inner.required_resource_keys(),
    )


def optional_loader(inner: DagsterTypeLoader) -> DagsterTypeLoader:
    """The loader of an optional type: None, or what the inner loader takes."""
    from dagster.config.fields import Noneable

    return FunctionLoader(
        Noneable(inner.schema_type),
        lambda context, config: None if config is None else inner.construct_from_config_value(context, config),
        inner.required_resource_keys(),
    )


def builtin_loader(kind: str, name: str, part_loaders: list[DagsterTypeLoader | None]) -> DagsterTypeLoader | None:
    """The loader of a type that the framework brings; None where config cannot say such values.

    Args:
        kind: the value of the type's `DagsterTypeKind`.
        name: the type's name.
        part_loaders: the loaders of the types that it is made of.
    """
    if kind in ("SCALAR", "ANY"):
        return scalar_loader(name)
    inner = part_loaders[0] if len(part_loaders) == 1 else None
    if inner is None:
        return None
    if kind == "LIST":
        return list_loader(inner)
    return optional_loader(inner) if kind == "NULLABLE" else None
