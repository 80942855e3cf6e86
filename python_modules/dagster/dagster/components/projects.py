"""Projects with a folder of definitions: where the folder is, by the project's own file or by its name."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import msgspec

from dagster.components.refusals import DagsterComponentError, DagsterProjectNotFoundError
from dagster.events.frames import place, shown

FILES = ("dg.toml", "pyproject.toml")
_FOLDER = "defs"


class DefsProject(msgspec.Struct, frozen=True, kw_only=True):
    """A project that has a folder of definitions.

    Attributes:
        root: the folder of the project.
        defs_module: the dotted name of the folder of definitions.
        location_name: the name of the code location, None where the project does not say it.
    """

    root: Path
    defs_module: str
    location_name: str | None = None

    def module(self) -> ModuleType:
        """The folder of definitions as a module, imported.

        Raises:
            DagsterProjectNotFoundError: it cannot be found; says what to do.
        """
        try:
            return import_module(self.defs_module)
        except ModuleNotFoundError as missing:
            if missing.name is None or not f"{self.defs_module}.".startswith(f"{missing.name}."):
                raise
            raise DagsterProjectNotFoundError(
                f'The module "{missing.name}" of the project at {shown(str(self.root))} cannot be imported. Install the project '
                f"(`pip install -e {shown(str(self.root))}`), or put the folder in which the module lies on the PYTHONPATH."
            ) from missing


def project_around(path: Path) -> DefsProject:
    """The project in which a path lies: that of the nearest `dg.toml` or `pyproject.toml` with `[tool.dg]` above it; without
    one, the package above it that has a folder `defs`.

    Raises:
        DagsterProjectNotFoundError: it lies in none.
        DagsterComponentError: the file does not say where the definitions are.
    """
    start = path.resolve()
    folders = [start, *start.parents] if start.is_dir() else list(start.parents)
    for folder in folders:
        for name in FILES:
            block = _block(folder / name)
            if block is not None:
                return _project(folder, folder / name, block)
    for folder in folders:
        if (folder / "__init__.py").is_file() and (folder / _FOLDER).is_dir():
            return _project_of_package(folder)
    raise DagsterProjectNotFoundError(
        f"Could not find config file (pyproject.toml/dg.toml) in {path} or any parent of it, nor a package with a folder "
        f'"{_FOLDER}". Write a pyproject.toml with [tool.dg.project] and root_module = "my_project".'
    )


def _block(file: Path) -> Mapping[str, Any] | None:
    """What a project's file says of dg; None where it says nothing."""
    if not file.is_file():
        return None
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        parsed = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as refused:
        raise DagsterComponentError(f"This is no TOML: {refused}.", place(str(file), 1)) from refused
    return parsed if file.name == "dg.toml" else _table(parsed.get("tool"), "dg")


def _table(parent: Any, name: str) -> Mapping[str, Any] | None:
    value = cast("Mapping[str, Any]", parent).get(name) if isinstance(parent, dict) else None
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else None


def _project(root: Path, file: Path, block: Mapping[str, Any]) -> DefsProject:
    project = _table(block, "project") or {}
    module, above = project.get("defs_module"), project.get("root_module")
    if not isinstance(module, str) and not isinstance(above, str):
        raise DagsterComponentError(
            'Neither "defs_module" nor "root_module" is set for the project. Example: [tool.dg.project] root_module = '
            '"my_project".',
            place(str(file), 1),
        )
    return DefsProject(
        root=root,
        defs_module=module if isinstance(module, str) else f"{above}.{_FOLDER}",
        location_name=project.get("code_location_name") or root.name,
    )


def _project_of_package(package: Path) -> DefsProject:
    names = list(_packages_above(package))
    top = package.parents[len(names) - 1]
    return DefsProject(root=top, defs_module=".".join([*reversed(names), _FOLDER]))


def _packages_above(package: Path) -> Iterator[str]:
    """Names from the package up to the one that lies in no other."""
    while (package / "__init__.py").is_file():
        yield package.name
        package = package.parent
