"""Methods that compute once per object and arguments."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Hashable
from functools import wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])

_CACHE = "_cached_methods"


def cached_method(method: F) -> F:
    """A method whose result is kept on its object, so that it goes with it. Arguments have to be hashable.

    The same arguments by place, by name or by default are the same call.
    """
    import inspect

    parameters = inspect.signature(method)

    def kept_in(self: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[dict[Hashable, Any], Hashable]:
        given = parameters.bind(self, *args, **kwargs)
        given.apply_defaults()
        arguments = tuple((name, value) for name, value in given.arguments.items() if value is not self)
        return self.__dict__.setdefault(_CACHE, {}).setdefault(method.__name__, {}), _hashable(arguments)

    if inspect.iscoroutinefunction(method):
        coroutine = cast("Callable[..., Coroutine[Any, Any, Any]]", method)

        @wraps(method)
        async def awaited_once(self: Any, *args: Any, **kwargs: Any) -> Any:
            results, call = kept_in(self, args, kwargs)
            if call not in results:
                results[call] = await coroutine(self, *args, **kwargs)
            return results[call]

        return cast("F", awaited_once)

    @wraps(method)
    def called_once(self: Any, *args: Any, **kwargs: Any) -> Any:
        results, call = kept_in(self, args, kwargs)
        if call not in results:
            results[call] = method(self, *args, **kwargs)
        return results[call]

    return cast("F", called_once)


def _hashable(arguments: tuple[tuple[str, Any], ...]) -> Hashable:
    """As they are, but for `**kwargs`, which Python hands over as a dict."""
    return tuple(
        (name, tuple(sorted(cast("dict[str, Any]", value).items())) if isinstance(value, dict) else value)
        for name, value in arguments
    )
