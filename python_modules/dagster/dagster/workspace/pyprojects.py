"""What `pyproject.toml` says about where a project's code is."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Any, cast

from dagster.errors import DagsterCodeLocationError
from dagster.events.frames import place, shown
from dagster.text_files import text_of_file
from dagster.workspace.targets import CodeTarget, Source

FILE = "pyproject.toml"
_KEYS = ("module_name", "python_file", "code_location_name", "attribute", "working_directory")
_TOML_PLACE = re.compile(r" \(at line (\d+), column \d+\)$| \(at end of document\)$")


def targets_of_pyproject(directory: str) -> list[CodeTarget]:
    """The code that `pyproject.toml` of a directory names in `[tool.dagster]` or `[tool.dg.project]`; none without such a block.

    Raises:
        DagsterCodeLocationError: the file is no TOML, or such a block does not say where the code is.
    """
    path = os.path.join(directory, FILE)
    if not os.path.isfile(path):
        return []
    text = text_of_file(path, lambda line, said: DagsterCodeLocationError(said, place(path, line)))
    tool = _table(_parsed(path, text), "tool")
    if "dagster" in tool:
        block = _table(tool, "dagster")
        if "modules" in block and not {"module_name", "python_file"} & block.keys():
            return _of_modules(block, directory, path, text)
        return [_of_tool_dagster(block, directory, path, text)]
    if "dg" in tool:
        return [_of_tool_dg(_table(tool, "dg"), directory, path, text)]
    return []


def _parsed(path: str, text: str) -> Mapping[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as refused:
        found = _TOML_PLACE.search(str(refused))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = str(refused)[: found.start()] if found else str(refused)
        raise DagsterCodeLocationError(f'"{shown(path)}" is no TOML: {said}.', place(path, line)) from refused


def _table(parent: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parent.get(name)
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _of_tool_dagster(block: Mapping[str, Any], directory: str, path: str, text: str) -> CodeTarget:
    here = place(path, _line_of(text, r"\[tool\.dagster\]|dagster\s*="))
    for key, value in block.items():
        if key in _KEYS and not isinstance(value, str):
            raise DagsterCodeLocationError(
                f'"{key}" of [tool.dagster] is {value!r}. Write a string.', place(path, _line_of(text, rf"{key}\s*="))
            )
    named = [key for key in ("module_name", "modules", "python_file") if key in block]
    if len(named) != 1:
        found = ", ".join(block) or "nothing"
        raise DagsterCodeLocationError(
            'The block [tool.dagster] says where the code is by one of "module_name", "modules" and "python_file". '
            f'It has {found}. Example: module_name = "my_project.definitions".',
            here,
        )
    is_file = named[0] == "python_file"
    return CodeTarget(
        source="python_file" if is_file else "python_module",
        name=os.path.join(directory, block["python_file"]) if is_file else block["module_name"],
        attribute=block.get("attribute"),
        working_directory=os.path.join(directory, block.get("working_directory", "")),
        location_name=block.get("code_location_name"),
        asked_in=place(path, _line_of(text, rf"{named[0]}\s*=")),
    )


def _of_modules(block: Mapping[str, Any], directory: str, path: str, text: str) -> list[CodeTarget]:
    """Several modules, each a code location of its own: `modules = [{ type = "module", name = "sales" }]`."""
    here = place(path, _line_of(text, r"modules\s*=|\[\[tool\.dagster\.modules\]\]"))
    given = block["modules"]
    entries = cast("list[Any]", given) if isinstance(given, list) else [given]
    for entry in entries or [None]:
        named = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
        if named.get("type") != "module" or not isinstance(named.get("name"), str):
            raise DagsterCodeLocationError(
                f'An entry of "modules" of [tool.dagster] is {entry!r}. '
                'Write { type = "module", name = "my_project.definitions" }.',
                here,
            )
    folder = os.path.join(directory, block.get("working_directory", ""))
    return [CodeTarget(source="python_module", name=entry["name"], working_directory=folder, asked_in=here) for entry in entries]


def _of_tool_dg(block: Mapping[str, Any], directory: str, path: str, text: str) -> CodeTarget:
    """A project in the layout of `dg`: its definitions are `<root_module>.definitions`, unless another module is named; where
    there is no such module, what its folder of definitions holds."""
    project = _table(block, "project")
    root, named = project.get("root_module"), project.get("code_location_target_module")
    if not isinstance(root, str):
        said = f"This one is of directory_type {block['directory_type']!r}. " if "directory_type" in block else ""
        raise DagsterCodeLocationError(
            f'The block [tool.dg] must be that of a project, with "root_module" in [tool.dg.project]. {said}'
            'Example: root_module = "my_project".',
            place(path, _line_of(text, r"\[tool\.dg(\.project)?\]")),
        )
    folder = _folder_of_module(directory, root)
    source, name = _code_of_dg(project, folder, root, named)
    return CodeTarget(
        source=source,
        name=name,
        working_directory=folder,
        location_name=project.get("code_location_name"),
        asked_in=place(path, _line_of(text, r"root_module\s*=")),
    )


def _code_of_dg(project: Mapping[str, Any], folder: str, root: str, named: object) -> tuple[Source, str]:
    if isinstance(named, str):
        return "python_module", named
    defs = project.get("defs_module")
    defs_module = defs if isinstance(defs, str) else f"{root}.defs"
    beside = os.path.join(folder, *root.split("."), "definitions")
    has_module = os.path.isfile(f"{beside}.py") or os.path.isdir(beside)
    if not has_module and os.path.isdir(os.path.join(folder, *defs_module.split("."))):
        return "autoload_defs_module", defs_module
    return "python_module", f"{root}.definitions"


def _folder_of_module(directory: str, root: str) -> str:
    """The folder in which the root module lies: the project's, or `src` in it where the project is not installed."""
    source = os.path.join(directory, "src")
    return source if os.path.isdir(os.path.join(source, *root.split("."))) else directory


def _line_of(text: str, pattern: str) -> int:
    found = re.search(rf"^\s*(?:{pattern})", text, re.MULTILINE)
    return text.count("\n", 0, found.end()) + 1 if found else 1
