"""Definitions with their config decided, from the decorator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar


class Configurable(Protocol):
    """What can be configured: resources, IO managers, loggers, executors, ops."""

    def configured(self, config_or_config_fn: Any, *args: Any, **kwargs: Any) -> Any: ...


TConfigurable = TypeVar("TConfigurable", bound=Configurable)


def configured(configurable: TConfigurable, config_schema: Any = None, **kwargs: Any) -> Callable[[Any], TConfigurable]:
    """Decorator: makes of a definition another one, whose config the function turns into that of the first.

    What it gives may also be called with the config itself: `configured(numbers)(3)`.

    Args:
        configurable: the definition.
        config_schema: the config that the function takes.
        kwargs: what else the definition's `configured` method takes.

    Example:
        >>> numbers = ResourceDefinition(lambda context: context.resource_config, config_schema=int)
        >>> @configured(numbers, config_schema={"half": int})
        ... def doubled(config):
        ...     return config["half"] * 2
        >>> with build_resources({"n": doubled}, resource_config={"n": {"config": {"half": 4}}}) as resources:
        ...     resources.n
        8
    """

    def decorate(config_or_config_fn: Any) -> TConfigurable:
        if hasattr(configurable, "name") and callable(config_or_config_fn):
            kwargs.setdefault("name", config_or_config_fn.__name__)
        return configurable.configured(config_or_config_fn, config_schema=config_schema, **kwargs)

    return decorate
