"""Where things stand in a user's file, read from its text: for definitions that do not remember it themselves."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator

from dagster.define.definitions import Definitions
from dagster.events.frames import place, shown


def shown_place(written: str) -> str:
    """A place `file.py:12` with the path as a person would write it here."""
    path, colon, line = written.rpartition(":")
    return f"{shown(path)}:{line}" if colon else written


def places_of_assets(definitions: Definitions) -> dict[str, str]:
    """Where the function of each asset stands, keyed by the key's user string."""
    return {
        spec.key.to_user_string(): shown_place(made.computation.place)
        for made in definitions.assets
        if hasattr(made, "computation") and made.computation is not None and made.computation.place
        for spec in made.specs
    }


def place_of_variable(path: str, name: str) -> str:
    """Where a module assigns or defines a name at its top level; the file alone if it does not."""
    for node in _parsed(path):
        if name in _names_given(node):
            return place(path, node.lineno)
    return shown(path)


def place_of_text(path: str, text: str) -> str | None:
    """Where a string literal stands first in a file."""
    return next(iter(places_of_text(path, text)), None)


def places_of_text(path: str, text: str) -> list[str]:
    """Where a string literal stands in a file, from its beginning."""
    nodes = (node for top in _parsed(path) for node in ast.walk(top))
    lines = {node.lineno for node in nodes if isinstance(node, ast.Constant) and node.value == text}
    return [place(path, line) for line in sorted(lines)]


def files_of_project(first: str, directory: str) -> list[str]:
    """The files of the modules that were loaded from a directory, `first` before the others."""
    below = directory.rstrip(os.sep) + os.sep
    loaded = {getattr(module, "__file__", None) or "" for module in list(sys.modules.values())}
    others = sorted(path for path in loaded if path.startswith(below) and "site-packages" not in path and path != first)
    return [first, *others]


def place_of_call(path: str, function: str) -> str | None:
    """Where a function is called first in a file, under any qualification."""
    for top in _parsed(path):
        for node in ast.walk(top):
            if isinstance(node, ast.Call) and _last_name(node.func) == function:
                return place(path, node.lineno)
    return None


def _parsed(path: str) -> Iterator[ast.stmt]:
    try:
        with open(path, "rb") as file:
            yield from ast.parse(file.read()).body
    except (OSError, SyntaxError, ValueError):
        return


def _names_given(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).partition(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _last_name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
