"""A project that is declared by a function, called when the project is loaded and not when its file is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dagster.define.definitions import Definitions
from dagster.define.functions import raw_annotations, signature_of
from dagster.errors import DagsterInvariantViolationError

_CONTEXT_TYPE = "ComponentLoadContext"


class LazyDefinitions:
    """A function that declares a project; made by `@definitions`.

    Args:
        load_fn: the function.
        has_context_arg: whether it takes a `ComponentLoadContext`.
    """

    def __init__(self, load_fn: Callable[..., Any], has_context_arg: bool) -> None:
        self.load_fn = load_fn
        self.has_context_arg = has_context_arg
        self.__wrapped__ = load_fn
        self.__name__ = getattr(load_fn, "__name__", type(load_fn).__name__)
        self.__doc__ = load_fn.__doc__

    def __repr__(self) -> str:
        return f"LazyDefinitions({self.__name__})"

    def __call__(self, context: Any = None) -> Any:
        """Call the function.

        Args:
            context: for a function that takes one.

        Returns:
            Definitions: or a repository.

        Raises:
            DagsterInvariantViolationError: it needs a context and gets none, or returns something else.
        """
        if self.has_context_arg and context is None:
            raise DagsterInvariantViolationError(
                f"Function requires a ComponentLoadContext but none was provided: {self.__name__} is called by what "
                "loads components."
            )
        made = self.load_fn(context) if self.has_context_arg else self.load_fn()
        if not isinstance(made, Definitions) and not hasattr(made, "get_all_jobs"):
            raise DagsterInvariantViolationError(
                f"Function must return a Definitions or RepositoryDefinition object. {self.__name__} returned {made!r}, which is "
                f"{type(made)}."
            )
        return made


def definitions(fn: Callable[..., Any]) -> LazyDefinitions:
    """Declare a project by a function, which is called when the project is loaded.

    Args:
        fn: returns `Definitions`; takes nothing, or one parameter annotated with `ComponentLoadContext`.

    Raises:
        DagsterInvariantViolationError: it takes something else.

    Example:
        >>> @definitions
        ... def defs():
        ...     return Definitions(assets=[AssetSpec("orders")])
        >>> defs().resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    if not callable(fn):  # pyright: ignore[reportUnnecessaryComparison] - users call this
        raise TypeError(f"@definitions decorates a function. Got {fn!r}.")
    names = signature_of(fn).names
    if not names:
        return LazyDefinitions(fn, has_context_arg=False)
    if len(names) == 1 and _is_context(raw_annotations(fn).get(names[0])):
        return LazyDefinitions(fn, has_context_arg=True)
    raise DagsterInvariantViolationError(
        "Function must accept either no parameters or exactly one ComponentLoadContext parameter. "
        f"{getattr(fn, '__name__', fn)} takes: {', '.join(names)}."
    )


def _is_context(annotation: object) -> bool:
    """By name, since the context lives on a higher floor."""
    name = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    return name.rpartition(".")[2] == _CONTEXT_TYPE
