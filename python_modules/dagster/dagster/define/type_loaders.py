"""How a value of a type is made from run config, for an input that no step feeds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dagster.config.fields import Selector
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
        from dagster.config.structures import PlainOrSelectorType

        schema = PlainOrSelectorType(_value_or_file("Any").fields, None)
        return FunctionLoader(
            schema, lambda _c, config: _from_selector(config) if isinstance(config, dict) else config, frozenset()
        )
    return FunctionLoader(
        ScalarUnion(scalar, _value_or_file(name)),
        lambda _context, config: _from_selector(config) if isinstance(config, dict) else config,
        frozenset(),
    )


def loader_of_class(annotation: object) -> DagsterTypeLoader | None:
    """The loader of values of a class that a text says, such as a path, a date or a member of an enum; None for others."""
    if not isinstance(annotation, type):
        return None
    from dagster.config.parsed import parsed_type

    config_type = parsed_type(annotation)
    return FunctionLoader(config_type, lambda _context, config: config, frozenset()) if config_type is not None else None


def _value_or_file(name: str) -> Selector:
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


def open_dict_loader() -> DagsterTypeLoader:
    """The loader of dicts of whatever: the dict itself."""
    from dagster.config.fields import Permissive

    return FunctionLoader(Permissive(), lambda _context, config: config, frozenset())


def dict_loader(keys: DagsterTypeLoader, values: DagsterTypeLoader) -> DagsterTypeLoader | None:
    """The loader of a dict: a dict of what the loader of its values takes; None where its keys are no scalars."""
    from dagster.config.fields import Map
    from dagster.config.structures import ScalarUnionType

    if not isinstance(keys.schema_type, ScalarUnionType):
        return None
    return FunctionLoader(
        Map(keys.schema_type.scalar_type, values.schema_type),
        lambda context, config: {key: values.construct_from_config_value(context, value) for key, value in config.items()},
        values.required_resource_keys(),
    )


def set_loader(inner: DagsterTypeLoader) -> DagsterTypeLoader:
    """The loader of a set: a list of what the loader of its members takes."""
    listed = list_loader(inner)
    return FunctionLoader(
        listed.schema_type,
        lambda context, config: set(listed.construct_from_config_value(context, config)),
        inner.required_resource_keys(),
    )


def tuple_loader(parts: Sequence[DagsterTypeLoader]) -> DagsterTypeLoader:
    """The loader of a tuple: a list of what the loaders of its parts take; how long it is, the type itself checks."""
    from dagster.config.fields import Array
    from dagster.config.types import ANY

    def load(context: Any, config: Any) -> Any:
        made = [part.construct_from_config_value(context, value) for part, value in zip(parts, config, strict=False)]
        return (*made, *config[len(made) :])

    required = frozenset[str]().union(*(part.required_resource_keys() for part in parts))
    return FunctionLoader(Array(ANY), load, required)


def builtin_loader(
    kind: str, name: str, part_loaders: Sequence[DagsterTypeLoader | None], container: Any = None
) -> DagsterTypeLoader | None:
    """The loader of a type that the framework brings; None where config cannot say such values.

    Args:
        kind: the value of the type's `DagsterTypeKind`.
        name: the type's name.
        part_loaders: the loaders of the types that it is made of.
        container: `dict`, `set` or `tuple`, for one of those.
    """
    if kind in ("SCALAR", "ANY"):
        return scalar_loader(name)
    parts = [part for part in part_loaders if part is not None]
    if not parts or len(parts) != len(part_loaders):
        return None
    if kind == "LIST":
        return list_loader(parts[0])
    if kind == "NULLABLE":
        return optional_loader(parts[0])
    if container is dict:
        return dict_loader(*parts)
    return tuple_loader(parts) if container is tuple else set_loader(parts[0])
