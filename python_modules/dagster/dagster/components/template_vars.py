"""Functions whose values templates see by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType, ModuleType
from typing import Any, TypeVar, overload

from dagster.components.refusals import DagsterComponentError

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "__dagster_template_var__"


@overload
def template_var(fn: F) -> F: ...
@overload
def template_var(fn: None = None) -> Callable[[F], F]: ...
def template_var(fn: Any = None) -> Any:
    """Let templates of component files see what a function returns, under the function's name.

    Such functions stand in the module that `template_vars_module` of a file names, or are static methods of the component.

    Args:
        fn: takes nothing, or the `ComponentLoadContext`. It is called when the file is loaded; it may return a function, which
            templates call.

    Example:
        >>> @template_var
        ... def schema_name():
        ...     return "marts"
        >>> schema_name()
        'marts'
    """
    if fn is None:
        return template_var
    setattr(fn, _MARK, True)
    return fn


def template_vars_of_module(module: ModuleType, context: Any) -> Mapping[str, Any]:
    """Values by name, of the marked functions of a module.

    Raises:
        DagsterComponentError: there is none, or one takes more than a context.
    """
    found = {name: each for name, each in vars(module).items() if getattr(each, _MARK, False)}
    if not found:
        raise DagsterComponentError(f"No template vars found in module {module.__name__}. Mark a function with @template_var.")
    return {name: _value(each, context) for name, each in found.items()}


def template_vars_of_class(cls: type, context: Any) -> Mapping[str, Any]:
    """Values by name, of the marked static methods of a component's class and its bases."""
    attributes = {name: each for base in reversed(cls.__mro__) for name, each in vars(base).items()}
    functions = {name: each.__func__ for name, each in attributes.items() if isinstance(each, staticmethod)}
    return {name: _value(each, context) for name, each in functions.items() if getattr(each, _MARK, False)}


def _value(function: FunctionType, context: Any) -> Any:
    import inspect

    parameters = len(inspect.signature(function).parameters)
    if parameters > 1:
        raise DagsterComponentError(
            f"Template var must have 0 or 1 parameters, got {parameters}: {function.__name__} may take the ComponentLoadContext."
        )
    return function(context) if parameters else function()
