"""What code sees as `context.resources`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dagster.errors import DagsterUnknownResourceError


class IAttachDifferentObjectToOpContext:
    """A resource that `context.resources` shows as another object; a parameter annotated with its class gets the resource.

    Example:
        >>> class Database(ConfigurableResource, IAttachDifferentObjectToOpContext):
        ...     url: str
        ...     def get_object_to_set_on_execution_context(self):
        ...         return f"connection to {self.url}"
        >>> with build_resources({"database": Database(url="db")}) as resources:
        ...     resources.database
        'connection to db'
    """

    __slots__ = ()

    def get_object_to_set_on_execution_context(self) -> Any:
        """What `context.resources` shows.

        Raises:
            NotImplementedError: the subclass does not say it.
        """
        raise NotImplementedError(f"{type(self).__name__} must define get_object_to_set_on_execution_context.")


class Resources:
    """Resources that are set up, as attributes by key.

    Raises:
        DagsterUnknownResourceError: on reading one that the function did not ask for; also an AttributeError.

    Example:
        >>> resources = Resources({"name": "orders"})
        >>> resources.name
        'orders'
        >>> hasattr(resources, "other")
        False
    """

    __slots__ = ("_values",)

    _values: Mapping[str, Any]

    def __init__(self, values: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_values", values)

    def __getattr__(self, name: str) -> Any:
        value = resource_itself(self, name)
        return value.get_object_to_set_on_execution_context() if isinstance(value, IAttachDifferentObjectToOpContext) else value

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Resources are set up by the run; {name!r} cannot be assigned.")

    def __repr__(self) -> str:
        return f"Resources({', '.join(f'{key}={value!r}' for key, value in self._values.items())})"

    def _asdict(self) -> dict[str, Any]:
        return dict(self._values)

    @property
    def original_resource_dict(self) -> Mapping[str, Any]:
        """The resources by key."""
        return self._values


def resource_itself(resources: Resources, name: str) -> Any:
    """The resource, as a parameter that asks for it gets it.

    Raises:
        DagsterUnknownResourceError: there is none; also an AttributeError.
    """
    values = resources.original_resource_dict
    try:
        return values[name]
    except KeyError:
        if name.startswith("__"):  # asked by Python itself, e.g. by copy or pickle
            raise AttributeError(name) from None
        raise DagsterUnknownResourceError(name, values) from None


def limited(resources: Resources, keys: Iterable[str]) -> Resources:
    """The same resources, of which only `keys` can be read."""
    values = resources.original_resource_dict
    return Resources({key: values[key] for key in keys if key in values})


NO_RESOURCES = Resources({})
