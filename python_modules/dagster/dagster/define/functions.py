"""What a user's function asks for, read from the function itself.

Plain functions are read from their code object, which costs a microsecond; everything else (partials, callable objects, wrapped
functions) through the standard library's `inspect`. Annotations written as strings are evaluated one by one, on demand, so
that a name which only a type checker knows disturbs nobody.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any

import msgspec

CONTEXT_NAMES = frozenset({"context", "_context", "context_", "_"})
CONFIG_NAME = "config"

_TAKES_POSITIONAL = 0x04  # co_flags: *args
_TAKES_KEYWORDS = 0x08  # co_flags: **kwargs
_IS_GENERATOR = 0x20
_IS_COROUTINE = 0x80
_IS_ASYNC_GENERATOR = 0x200


class Signature(msgspec.Struct, frozen=True, gc=False):
    """The parameters of a function.

    Attributes:
        names: every named parameter in order.
        defaults: those that may be left out.
        options: those among them that can be given by keyword only: the function's own business unless their type says more.
        takes_positional: whether it has `*args`.
        takes_keywords: whether it has `**kwargs`.
    """

    names: tuple[str, ...]
    defaults: frozenset[str]
    takes_positional: bool
    takes_keywords: bool
    options: frozenset[str] = frozenset()

    @property
    def has_context(self) -> bool:
        """Whether the first parameter is the context, told by its name."""
        return bool(self.names) and self.names[0] in CONTEXT_NAMES


_NO_DEFAULTS: frozenset[str] = frozenset()


def signature_of(function: Callable[..., Any]) -> Signature:
    """The parameters of `function`, as a caller sees them."""
    if not isinstance(function, FunctionType) or hasattr(function, "__wrapped__"):
        return _inspected(function)
    code = function.__code__
    positional = code.co_argcount
    names = code.co_varnames[: positional + code.co_kwonlyargcount]
    defaults = _NO_DEFAULTS
    if function.__defaults__ or function.__kwdefaults__:
        optional = len(function.__defaults__ or ())
        defaults = frozenset(names[positional - optional : positional]) | frozenset(function.__kwdefaults__ or ())
    return Signature(
        names,
        defaults,
        takes_positional=bool(code.co_flags & _TAKES_POSITIONAL),
        takes_keywords=bool(code.co_flags & _TAKES_KEYWORDS),
        options=frozenset(function.__kwdefaults__) if function.__kwdefaults__ else _NO_DEFAULTS,
    )


def _inspected(function: Callable[..., Any]) -> Signature:
    import inspect

    parameters = inspect.signature(function).parameters.values()
    named = [p for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    return Signature(
        names=tuple(p.name for p in named),
        defaults=frozenset(p.name for p in named if p.default is not p.empty),
        takes_positional=any(p.kind is p.VAR_POSITIONAL for p in parameters),
        takes_keywords=any(p.kind is p.VAR_KEYWORD for p in parameters),
        options=frozenset(p.name for p in named if p.kind is p.KEYWORD_ONLY and p.default is not p.empty),
    )


def default_values_of(function: Callable[..., Any]) -> dict[str, Any]:
    """The values of the parameters that may be left out, by name."""
    if not signature_of(function).defaults:
        return {}
    import inspect

    parameters = inspect.signature(function).parameters.values()
    return {each.name: each.default for each in parameters if each.default is not each.empty}


_LEADS_INWARD = ("__wrapped__", "func", "__func__")  # of wrappers, partials, bound methods


def unwrapped(function: Callable[..., Any]) -> Any:
    """The innermost function behind wrappers and partials, whose annotations, docstring and place in a file count."""
    inner: Any = function
    while True:
        following = next((each for name in _LEADS_INWARD if (each := getattr(inner, name, None)) is not None), None)
        if following is None:
            return inner if isinstance(inner, FunctionType) else inner.__class__.__dict__.get("__call__", inner)
        inner = following


def raw_annotations(function: Callable[..., Any]) -> Mapping[str, Any]:
    """The annotations as they are written; strings where the file postpones their evaluation."""
    return getattr(unwrapped(function), "__annotations__", None) or {}


def resolved_annotation(function: Callable[..., Any], annotation: Any) -> Any:
    """The annotation as an object; one written as a string that cannot be evaluated stays the string."""
    if not isinstance(annotation, str):
        return annotation
    inner = unwrapped(function)
    names = dict(getattr(inner, "__globals__", {}))
    closure = getattr(inner, "__closure__", None)
    if closure:
        names.update(_filled_cells(inner.__code__.co_freevars, closure))
    try:
        return eval(annotation, names)
    except Exception:  # a name that only a type checker imports, or a syntax newer than this Python
        return annotation


def _filled_cells(names: tuple[str, ...], cells: tuple[Any, ...]) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=True):
        try:
            filled[name] = cell.cell_contents
        except ValueError:  # assigned later than the function was made
            continue
    return filled


def is_generator(function: Callable[..., Any]) -> bool:
    """Whether calling it gives a generator."""
    return _has_flag(function, _IS_GENERATOR)


def is_coroutine(function: Callable[..., Any]) -> bool:
    """Whether calling it gives something to await."""
    return _has_flag(function, _IS_COROUTINE)


def is_async_generator(function: Callable[..., Any]) -> bool:
    """Whether calling it gives an asynchronous generator."""
    return _has_flag(function, _IS_ASYNC_GENERATOR)


def _has_flag(function: Callable[..., Any], flag: int) -> bool:
    code = getattr(unwrapped(function), "__code__", None)
    return bool(code and code.co_flags & flag)


def place_of(function: Callable[..., Any] | None) -> str:
    """File and line of the function, as `file.py:12`; empty for one that has no Python code, or is of this package."""
    inner = unwrapped(function) if function is not None else None
    if getattr(inner, "__module__", None) and inner.__module__.partition(".")[0] == _OWN_PACKAGE:
        return ""
    code = getattr(inner, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else ""


def docstring_of(function: Callable[..., Any]) -> str | None:
    """The function's docstring without its indentation; None without one."""
    documented = getattr(unwrapped(function), "__doc__", None)
    if not documented:
        return None
    if "\n" not in documented:
        return documented.strip()
    from inspect import cleandoc

    return cleandoc(documented)


def place_of_caller() -> str:
    """File and line of the call into this package, as `file.py:12`: where a definition without a function is written."""
    frame = sys._getframe(1)  # pyright: ignore[reportPrivateUsage] - `inspect` costs time to import
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == _OWN_PACKAGE:
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


_OWN_PACKAGE = __name__.partition(".")[0]
