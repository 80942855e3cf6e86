"""Imports the code of a target in this process."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType

from dagster.errors import DagsterCodeLocationError, DagsterUserCodeLoadError, closest, user_code
from dagster.workspace.targets import CodeTarget


def loaded_module(target: CodeTarget) -> ModuleType:
    """The module that a target names, imported. Its directory stays the first place where local modules are looked up.

    Raises:
        DagsterCodeLocationError: there is no such file or module.
        DagsterUserCodeLoadError: its code raised; the cause is what it raised.
    """
    _look_up_first_in(target.directory)
    try:
        with user_code(f'Loading "{target.name}"', DagsterUserCodeLoadError):
            return _file_as_module(target) if target.source == "python_file" else _module_by_name(target)
    except SystemExit as left:
        raise DagsterUserCodeLoadError(
            f'"{target.name}" ended the process while it was loaded: it called sys.exit({left.code!r}).', user_exception=left
        ) from left


def _look_up_first_in(directory: str) -> None:
    if directory in sys.path:
        sys.path.remove(directory)
    sys.path.insert(0, directory)


def _file_as_module(target: CodeTarget) -> ModuleType:
    """The file as a module of its own name; importable under that name unless another module has it already."""
    from importlib.util import module_from_spec, spec_from_file_location

    path = os.path.abspath(target.name)
    if not os.path.isfile(path):
        raise DagsterCodeLocationError(_no_file(target.name, path), target.asked_in)
    name = os.path.splitext(os.path.basename(path))[0]
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise DagsterCodeLocationError(f'"{target.name}" is no Python file: its name does not end in .py.', target.asked_in)
    module = module_from_spec(spec)
    is_free = _is_free(name, path)
    if is_free:
        sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        if is_free:
            sys.modules.pop(name, None)
        raise
    return module


def _is_free(name: str, path: str) -> bool:
    """Whether a file may take the name: pandas would not survive a user's `random.py` in the place of the library's."""
    taken = sys.modules.get(name)
    place = getattr(taken, "__file__", None)
    return taken is None or (place is not None and os.path.abspath(place) == path)


def _no_file(given: str, path: str) -> str:
    if os.path.isdir(path):
        if any(os.path.isfile(os.path.join(path, name)) for name in ("pyproject.toml", "workspace.yaml")):
            return f'"{given}" is a directory. Name the project in it: -d {given}.'
        files = sorted(name for name in os.listdir(path) if name.endswith(".py"))
        named = f": -f {os.path.join(given, 'definitions.py' if 'definitions.py' in files else files[0])}" if files else ""
        return f'"{given}" is a directory. Name a file in it{named}.'
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        return f'There is no file "{given}": the directory "{folder}" does not exist.'
    siblings = [name for name in os.listdir(folder) if name.endswith(".py")]
    return f'There is no file "{given}".{closest(os.path.basename(path), siblings)}'


def _module_by_name(target: CodeTarget) -> ModuleType:
    try:
        return import_module(target.name)
    except ModuleNotFoundError as missing:
        # The name itself, or a package above it; anything else is missing inside of the user's code.
        if missing.name is None or not f"{target.name}.".startswith(f"{missing.name}."):
            raise
        raise DagsterCodeLocationError(
            f'There is no module "{target.name}": "{missing.name}" is found neither in the directory "{target.directory}" nor '
            "among the installed packages. Name another directory with -d.",
            target.asked_in,
        ) from missing
