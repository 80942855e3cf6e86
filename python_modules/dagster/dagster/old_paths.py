"""Old private paths lead to the names that are public now. Loaded when a project imports such a path, never by us.

`import dagster` puts one finder behind all others, which asks `find` here; `dagster_shared` asks for itself. The modules that
come out hold no code: each name is looked up in the table (old_homes.py) and handed on as the object that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache, partial
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from dagster.errors import DagsterError
from dagster.old_homes import INSTEAD, OLD_HOMES


class OldHomeError(DagsterError, ModuleNotFoundError):
    """A private path of before is imported, and no public name stands behind what is asked of it.

    Args:
        path: of the module, e.g. "dagster._core.definitions.events".
        asked: of the module; None when there is no such module.
        close: paths or public names among which the one that was meant may be.
        instead: what to write.
    """

    def __init__(self, path: str, asked: str | None, close: Iterable[str], instead: str | None = None) -> None:
        self.asked = asked
        refused = f'There is no module "{path}"' if asked is None else f'"{path}" gives no "{asked}"'
        candidates = get_close_matches(asked or path, list(close), n=1)
        if instead is not None:
            advice = f"Write instead: {instead}."
        elif candidates:
            advice = f"Close: {candidates[0] if asked is None else f'dagster.{candidates[0]}'}."
        else:
            advice = "Import what you need from `dagster` itself; `dir(dagster)` lists the names."
        super().__init__(
            f"{refused}: private paths of before lead to names that are public now, and to no others. {advice}", name=path
        )


def find(path: str) -> ModuleSpec | None:
    """How an old path is imported; None where it lies under no old root.

    Raises:
        OldHomeError: it lies under an old root, and no public name ever stood there.
    """
    if _root(path) not in _packages():
        return None
    if path not in OLD_HOMES and path not in _packages():
        raise OldHomeError(path, None, close=[*OLD_HOMES, *_packages()], instead=_instead(path))
    return ModuleSpec(path, _LOADER, is_package=path in _packages())  # pyright: ignore[reportArgumentType] - has what a loader needs


def answers(path: str) -> Callable[[str], Any]:
    """The `__getattr__` of the module at an old path."""
    return partial(_answer, path)


def is_root(name: str) -> bool:
    """Whether `dagster.<name>` leads to old paths, e.g. `_core`."""
    return f"dagster.{name}" in _packages() or f"dagster.{name}" in OLD_HOMES


class _OldModule(ModuleType):
    """Empty, and stays so: else the import of a module would hide the name of the same spelling (`materialize`)."""

    def __getattr__(self, name: str) -> Any:
        return _answer(self.__name__, name)

    def __setattr__(self, name: str, value: object) -> None:
        if not isinstance(value, _OldModule):
            super().__setattr__(name, value)


class _Loader:
    """Makes the empty modules."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _OldModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing: there is no code to run."""


_LOADER = _Loader()


@cache
def _packages() -> frozenset[str]:
    """Each path above another, `dagster` left out."""
    above = {path.rsplit(".", depth)[0] for path in OLD_HOMES for depth in range(1, path.count(".") + 1)}
    return frozenset(above - {"dagster"} | {_root(path) for path in OLD_HOMES})


def _root(path: str) -> str:
    return ".".join(path.split(".")[: 2 if path.startswith("dagster.") else 1])


@cache
def _homes(path: str) -> dict[str, str]:
    """Names of this path and of those below it -> the module to ask."""
    entries = [entry for home, names in OLD_HOMES.items() if f"{home}.".startswith(f"{path}.") for entry in names.split()]
    pairs = (entry.partition("=") for entry in entries if not entry.startswith("*"))
    return {name: module or "dagster" for name, _, module in pairs}


@cache
def _whole_modules(path: str) -> tuple[str, ...]:
    """The modules that are handed on whole at this path and at those below it."""
    homes = sorted((home for home in OLD_HOMES if f"{home}.".startswith(f"{path}.")), key=len)
    return tuple(entry[2:] for home in homes for entry in OLD_HOMES[home].split() if entry.startswith("*="))


def _answer(path: str, name: str) -> Any:
    """What the name at the old path is now.

    An ImportError, not an AttributeError: Python's `from … import …` would replace that by a sentence of its own.

    Raises:
        OldHomeError: nothing public stands behind it.
    """
    if name.startswith("__"):
        raise AttributeError(f'module "{path}" has no attribute "{name}"')
    below = f"{path}.{name}"
    if name not in OLD_HOMES.get(path, "").split() and (below in OLD_HOMES or below in _packages()):
        return import_module(below)
    for module in [_homes(path).get(name, "dagster"), *_whole_modules(path)]:
        found = getattr(import_module(module), name, None)
        if found is not None:
            return found
    raise OldHomeError(path, name, close=_public_names(), instead=_instead(path))


def _instead(path: str) -> str | None:
    """What to write instead, as the path itself or the nearest one above it says."""
    above = (path.rsplit(".", depth)[0] for depth in range(path.count(".") + 1))
    return next((INSTEAD[each] for each in above if each in INSTEAD), None)


def _public_names() -> list[str]:
    return list(import_module("dagster").__all__)
