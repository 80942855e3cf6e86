"""What code sees as `context.resources`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dagster.errors import DagsterUnknownResourceError


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
        try:
            return self._values[name]
        except KeyError:
            if name.startswith("__"):  # asked by Python itself, e.g. by copy or pickle
                raise AttributeError(name) from None
            raise DagsterUnknownResourceError(name, self._values) from None

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


def limited(resources: Resources, keys: Iterable[str]) -> Resources:
    """The same resources, of which only `keys` can be read."""
    values = resources.original_resource_dict
    return Resources({key: values[key] for key in keys if key in values})


NO_RESOURCES = Resources({})
