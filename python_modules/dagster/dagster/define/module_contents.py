"""What the user's modules hold: the definitions at their top level, alone or in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")


class Contents(msgspec.Struct, frozen=True):
    """The top level of one module.

    Attributes:
        name: of the module, for people.
        values: its variables by name.
    """

    name: str
    values: Mapping[str, Any]

    def of_types(self, *types: type[T]) -> Iterator[T]:
        """The objects of these classes, those in lists too, in the order of the file."""
        for value in list(self.values.values()):
            if isinstance(value, types):
                yield value
            elif isinstance(value, list):
                yield from (each for each in cast("list[Any]", value) if isinstance(each, types))


def contents_of(modules: Iterable[ModuleType]) -> list[Contents]:
    """The top levels of modules, in their order."""
    return [Contents(module.__name__, vars(module)) for module in modules]


def contents_of_package(package: ModuleType) -> list[Contents]:
    """The top level of a package and of all modules below it, which are imported, in the order of their names."""
    return contents_of([package, *_modules_below(package)])


def _modules_below(package: ModuleType) -> Iterator[ModuleType]:
    from importlib import import_module
    from pkgutil import walk_packages

    for found in walk_packages(getattr(package, "__path__", []), prefix=f"{package.__name__}.", onerror=_raise):
        yield import_module(found.name)


def _raise(_name: str) -> None:
    raise


def contents_of_package_named(name: str) -> list[Contents]:
    """Same as `contents_of_package`, by the name of the package, which is imported."""
    from importlib import import_module

    return contents_of_package(import_module(name))


def contents_of_caller(depth: int) -> Contents:
    """The top level of the module that called; of a script or notebook too.

    Args:
        depth: frames between this one and that module's.
    """
    import sys

    variables = sys._getframe(depth + 1).f_globals  # pyright: ignore[reportPrivateUsage] - what `inspect.stack` reads, 100 times cheaper
    return Contents(variables.get("__name__", "__main__"), variables)


def unique(found: Iterable[tuple[str, T]]) -> dict[int, tuple[str, T]]:
    """The same object counts once, under the first module that holds it."""
    kept: dict[int, tuple[str, T]] = {}
    for name, each in found:
        kept.setdefault(id(each), (name, each))
    return kept
