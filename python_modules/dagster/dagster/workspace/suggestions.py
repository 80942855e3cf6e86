"""What a name that Python did not find is close to, and pydantic's refusals in one line."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any

from dagster.errors import closest, text_of

_NOT_IMPORTED = re.compile(r"cannot import name '(\w+)'")
_NOT_TAKEN = re.compile(r"^(?:\w+\.)*(\w+)\(\) got an unexpected keyword argument '(\w+)'")


def raised_as_text(raised: BaseException) -> str:
    """Class and text of an exception on one line, and what a name in it is close to."""
    errors = getattr(raised, "errors", None)
    if type(raised).__name__ == "ValidationError" and callable(errors) and hasattr(raised, "title"):
        return f"ValidationError: {_validation_text(raised)}"
    text = " ".join(text_of(raised).split())
    if not text:
        return type(raised).__name__
    return f"{type(raised).__name__}: {_with_suggestion(text, suggestion(raised))}"


def _with_suggestion(text: str, found: str) -> str:
    if not found or "Close: " in text:
        return text
    return f"{text.removesuffix('.')}.{found}"


def suggestion(raised: BaseException) -> str:
    """` Close: 'name'.` for a name that is not there, or an empty string."""
    if isinstance(raised, AttributeError):
        return closest(raised.name, _names_of(raised.obj)) if raised.name else ""
    if isinstance(raised, NameError):
        return closest(raised.name, _names_at(raised.__traceback__)) if raised.name else ""
    if isinstance(raised, ModuleNotFoundError):
        parent, _, name = (raised.name or "").rpartition(".")
        return closest(name, _modules_of(parent))
    if isinstance(raised, ImportError):
        found = _NOT_IMPORTED.search(str(raised))
        return closest(found[1], _names_of(sys.modules.get(raised.name or ""))) if found else ""
    if isinstance(raised, TypeError) and (found := _NOT_TAKEN.match(str(raised))):
        return closest(found[2], _parameters_of(found[1], raised.__traceback__))
    return ""


def _names_of(owner: object) -> list[str]:
    try:
        return [name for name in dir(owner) if not name.startswith("_")] if owner is not None else []
    except Exception:  # a class of the user's says itself what it has
        return []


def _namespaces(trace: TracebackType | None) -> Sequence[Mapping[str, Any]]:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return [trace.tb_frame.f_locals, trace.tb_frame.f_globals, vars(builtins)] if trace is not None else []


def _names_at(trace: TracebackType | None) -> list[str]:
    """The names known where it was raised."""
    return sorted({name for namespace in _namespaces(trace) for name in namespace if not name.startswith("_")})


def _modules_of(package: str) -> list[str]:
    """The modules of a package that was imported; none of one that was not."""
    from pkgutil import iter_modules

    return [each.name for each in iter_modules(getattr(sys.modules.get(package), "__path__", ()))]


def _parameters_of(name: str, trace: TracebackType | None) -> list[str]:
    """The parameters of what was called by this name: one of the API, or of the names known there."""
    import inspect

    api = sys.modules["dagster"]
    called: Any = getattr(api, name) if name in api.__all__ else None
    for namespace in _namespaces(trace):
        called = called or namespace.get(name)
    try:
        return list(inspect.signature(called).parameters)
    except (TypeError, ValueError):
        return []


def _validation_text(raised: Any) -> str:
    """Each field with what is wrong with it; a value that may be a secret is not shown."""
    from dagster.config.secrets import names_a_secret

    told: list[str] = []
    for error in raised.errors():
        path = ".".join([raised.title, *(str(part) for part in error["loc"])])
        got = "" if error["type"] == "missing" or names_a_secret(path.rpartition(".")[2]) else f" Got {error['input']!r}."
        told.append(f"{path}: {error['msg']}.{got}")
    return " ".join(told)
