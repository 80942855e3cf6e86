"""Loads a code location: imports its code and finds the definitions in it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import msgspec

from dagster.define.definitions import Definitions
from dagster.define.lazy_definitions import LazyDefinitions
from dagster.define.projects import Project
from dagster.define.repositories import SINGLETON_REPOSITORY_NAME
from dagster.errors import DagsterCodeLocationError, DagsterUserCodeLoadError, closest, user_code
from dagster.events.frames import shown
from dagster.workspace.loose_definitions import definitions_of, loose_definitions
from dagster.workspace.modules import loaded_module
from dagster.workspace.places import place_of_variable
from dagster.workspace.targets import CodeTarget


class CodeLocation(msgspec.Struct, frozen=True, kw_only=True):
    """Loaded code.

    Attributes:
        target: what named it.
        path: the file of its module.
        definitions: what it declares.
        repository_name: the name that the API has for all of it.
    """

    target: CodeTarget
    path: str
    definitions: Definitions
    repository_name: str = SINGLETON_REPOSITORY_NAME

    @property
    def name(self) -> str:
        """The location's name."""
        return self.target.location

    @property
    def project(self) -> Project:
        """Everything it declares, looked up.

        Raises:
            DagsterError: it does not hold together.
        """
        return self.definitions.project

    def check(self) -> None:
        """Look at the whole, as a run would.

        Raises:
            DagsterError: it does not hold together.
        """
        Definitions.validate_loadable(self.definitions)


def load(target: CodeTarget) -> CodeLocation:
    """Import the code of a target and find its definitions.

    Raises:
        DagsterCodeLocationError: there is no such code, or no definitions in it.
        DagsterUserCodeLoadError: its code raised; the cause is what it raised.
    """
    _refuse_other_interpreter(target)
    module = loaded_module(target)
    path = getattr(module, "__file__", None) or target.name
    if target.source == "autoload_defs_module":
        return CodeLocation(target=target, path=path, definitions=_of_folder(module, target))
    definitions = _definitions_of(module, path, target)
    name = _repository_name(module, definitions)
    return CodeLocation(target=target, path=path, definitions=definitions, repository_name=name)


def _repository_name(module: ModuleType, definitions: Definitions) -> str:
    """Of the repository at the top level of the module that holds these definitions, if one does."""
    for value in vars(module).values():
        if _behind_repository(value) is definitions and value is not definitions:
            return value.name
    return SINGLETON_REPOSITORY_NAME


def _refuse_other_interpreter(target: CodeTarget) -> None:
    """The code is loaded in this process, so this process must be of its interpreter. Links to one are several: venvs."""
    from shutil import which

    found = which(target.interpreter) or target.interpreter
    if os.path.abspath(found) != os.path.abspath(sys.executable):
        raise DagsterCodeLocationError(
            f'Location "{target.location}" asks for the interpreter "{target.interpreter}", and this command runs in '
            f'"{sys.executable}". Run it there: `{target.interpreter} -m dagster ...`, or launch its runs: --launch.',
            target.asked_in,
        )


def _definitions_of(module: ModuleType, path: str, target: CodeTarget) -> Definitions:
    if target.attribute is not None:
        return _named(module, path, target.attribute, target)
    found = _definitions_in(module)
    if len(found) > 1:
        raise _two_definitions(path, list(found))
    if found:
        return _called(*next(iter(found.items())), path)
    loose = loose_definitions(module)
    if loose is None:
        raise DagsterCodeLocationError(
            f'No definitions in "{shown(path)}": it has neither a `Definitions` object nor an asset or job at its top level. '
            "Write `defs = Definitions(assets=[...])`.",
            f"{shown(path)}:1",
        )
    return loose


def _of_folder(module: ModuleType, target: CodeTarget) -> Definitions:
    """What the files in a folder of definitions declare."""
    from dagster.components.loading import load_defs

    with user_code(f'Loading "{target.name}"', DagsterUserCodeLoadError):
        return load_defs(module, project_root=Path(target.directory), terminate_autoloading_on_keyword_files=False)


def _called(name: str, found: Definitions | LazyDefinitions, path: str) -> Definitions:
    """The definitions, or what the function decorated with `@definitions` returns."""
    if isinstance(found, Definitions):
        return found
    with user_code(f'Calling "{name}" of "{shown(path)}"', DagsterUserCodeLoadError):
        return _behind_repository(found())


def _definitions_in(module: ModuleType) -> dict[str, Definitions | LazyDefinitions]:
    """Every different Definitions object at the top level, by its first name."""
    found: dict[int, tuple[str, Definitions | LazyDefinitions]] = {}
    for name, value in vars(module).items():
        definitions = _behind_repository(value)
        if isinstance(definitions, (Definitions, LazyDefinitions)):
            found.setdefault(id(definitions), (name, definitions))
    return dict(found.values())


def _behind_repository(value: Any) -> Any:
    """The project of a repository, which is known by its class's name: no other project imports that class; or `value`."""
    return value.definitions if type(value).__name__ == "RepositoryDefinition" else value


def _two_definitions(path: str, names: list[str]) -> DagsterCodeLocationError:
    first, second = (place_of_variable(path, name) for name in names[:2])
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return DagsterCodeLocationError(
        f'More than one Definitions object at the top level of one module: "{names[0]}" ({first}) and "{names[1]}"{more}. '
        f"Keep one of them, or name it: -a {names[0]}.",
        second,
    )


def _named(module: ModuleType, path: str, attribute: str, target: CodeTarget) -> Definitions:
    value: Any = module
    for name in attribute.split("."):
        if not hasattr(value, name):
            known = [each for each in vars(module) if not each.startswith("_")]
            raise DagsterCodeLocationError(
                f'There is no "{attribute}" in "{shown(path)}".{closest(attribute, known)}', target.asked_in or f"{shown(path)}:1"
            )
        value = getattr(value, name)
    if isinstance(value, (FunctionType, LazyDefinitions)):
        with user_code(f'Calling "{attribute}" of "{shown(path)}"', DagsterUserCodeLoadError):
            value = value()
    value = _behind_repository(value)
    if isinstance(value, Definitions):
        return value
    loose = definitions_of([value])
    if loose is None:
        raise DagsterCodeLocationError(
            f'"{attribute}" is of {type(value)}. It must be a Definitions object, an asset or a job, or a function that returns '
            "Definitions.",
            place_of_variable(path, attribute),
        )
    return loose
