"""What a workspace file (`workspace.yaml`) says about where code is, with the lines that say it."""

from __future__ import annotations

import os
from typing import Any

import msgspec

from dagster.errors import DagsterCodeLocationError, closest
from dagster.events.frames import place, shown
from dagster.text_files import text_of_file
from dagster.workspace.targets import CodeTarget, Source

FILE = "workspace.yaml"
_NAME_KEYS: dict[str, str] = {
    "python_file": "relative_path",
    "python_module": "module_name",
    "python_package": "package_name",
    "autoload_defs_module": "module_name",
}
_OTHER_KEYS = ("attribute", "location_name", "working_directory", "executable_path")
_LATER = {
    "grpc_server": "It is served by another process, and this command loads code in its own",
}


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A value of the file with its line: a text, a list or a mapping; nothing of these for an empty one."""

    line: int
    text: str | None = None
    members: list[_Entry] | None = None
    fields: dict[str, _Entry] | None = None


def targets_of_workspace_file(path: str) -> list[CodeTarget]:
    """The code that a workspace file names, in its order. Paths in it are relative to its directory.

    Raises:
        DagsterCodeLocationError: there is no such file, or it does not say where code is; the place is the line.
    """
    if not os.path.isfile(path):
        raise DagsterCodeLocationError(f'There is no workspace file "{path}".')
    top = _read(path)
    if top.fields is None:
        raise _refused(path, top, "A workspace file is a mapping with the list `load_from`")
    for key, entry in top.fields.items():
        if key != "load_from":
            raise _refused(path, entry, f'Unknown entry "{key}". A workspace file has the list `load_from`')
    listed = top.fields.get("load_from", _Entry(line=top.line, members=[]))
    if listed.members is None:
        raise _refused(path, listed, "`load_from` must be a list, each entry with `- python_file: ...` or `- python_module: ...`")
    targets = [_target(path, entry) for entry in listed.members]
    _refuse_same_names(targets)
    return targets


def _refused(path: str, entry: _Entry, problem: str) -> DagsterCodeLocationError:
    return DagsterCodeLocationError(f"{problem}.", place(path, entry.line))


def _read(path: str) -> _Entry:
    import yaml

    text = text_of_file(path, lambda line, said: DagsterCodeLocationError(said, place(path, line)))
    try:
        node: Any = yaml.compose(text, Loader=yaml.SafeLoader)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    except yaml.MarkedYAMLError as refused:
        mark = refused.problem_mark or refused.context_mark
        line = mark.line + 1 if mark else 1
        said = " ".join(filter(None, [refused.context, refused.problem]))
        raise DagsterCodeLocationError(f'"{shown(path)}" is no YAML: {said}.', place(path, line)) from refused
    except yaml.YAMLError as refused:
        raise DagsterCodeLocationError(f'"{shown(path)}" is no YAML: {refused}', place(path, 1)) from refused
    return _Entry(line=1) if node is None else _entry(node)


def _entry(node: Any) -> _Entry:
    """A node of the YAML document; a scalar stays the text that was written."""
    line = int(node.start_mark.line) + 1
    if node.id == "mapping":
        return _Entry(line=line, fields={str(key.value): _entry(value) for key, value in node.value})
    if node.id == "sequence":
        return _Entry(line=line, members=[_entry(each) for each in node.value])
    return _Entry(line=line, text=str(node.value))


def _target(path: str, entry: _Entry) -> CodeTarget:
    if entry.fields is None or len(entry.fields) != 1:
        raise _refused(path, entry, f"An entry of `load_from` has one name of code: {', '.join(_NAME_KEYS)}")
    kind, said = next(iter(entry.fields.items()))
    if kind in _LATER:
        raise _refused(path, entry, f"`{kind}` cannot be loaded here. {_LATER[kind]}. Name the code: python_file, python_module")
    if kind not in _NAME_KEYS:
        known = ", ".join(_NAME_KEYS)
        raise _refused(path, entry, f'Unknown entry "{kind}" in `load_from`.{closest(kind, _NAME_KEYS)} It has one of {known}')
    fields = _fields(path, kind, said)
    folder = os.path.dirname(os.path.abspath(path))
    name = fields[_NAME_KEYS[kind]]
    source: Source = kind  # pyright: ignore[reportAssignmentType] - the keys of _NAME_KEYS are its members
    return CodeTarget(
        source=source,
        name=os.path.join(folder, name) if source == "python_file" else name,
        attribute=fields.get("attribute"),
        working_directory=_directory(folder, source, fields.get("working_directory")),
        location_name=fields.get("location_name"),
        executable=_interpreter(folder, fields.get("executable_path")),
        asked_in=place(path, entry.line),
    )


def _interpreter(folder: str, said: str | None) -> str | None:
    """A path is relative to the file; a mere name is looked up among the programs."""
    if said is None or os.sep not in said:
        return said
    return os.path.join(folder, os.path.expanduser(said))


def _directory(folder: str, source: Source, said: str | None) -> str | None:
    """Where local modules are looked up: without a word, beside a file that is named, else in the current directory."""
    if said is None:
        return folder if source == "python_file" else None
    return os.path.join(folder, said)


def _fields(path: str, kind: str, said: _Entry) -> dict[str, str]:
    """The settings of an entry by name; `python_file: x.py` alone is short for the only one it needs."""
    name_key = _NAME_KEYS[kind]
    if said.text is not None:
        return {name_key: said.text}
    if said.fields is None:
        raise _refused(path, said, f"`{kind}` is a name, or a mapping with `{name_key}`")
    known = (name_key, *_OTHER_KEYS)
    for key, value in said.fields.items():
        if key not in known:
            raise _refused(path, value, f'Unknown entry "{key}" in `{kind}`.{closest(key, known)} It has {", ".join(known)}')
    if name_key not in said.fields:
        raise _refused(path, said, f"`{kind}` has no `{name_key}`, which says where the code is")
    return {key: _text(path, key, value) for key, value in said.fields.items()}


def _text(path: str, key: str, entry: _Entry) -> str:
    """A string, or the value of the environment variable in `{env: NAME}`."""
    if entry.text is not None:
        return entry.text
    variable = entry.fields["env"].text if entry.fields and list(entry.fields) == ["env"] else None
    if variable is not None:
        value = os.environ.get(variable)
        if value is None:
            raise _refused(path, entry, f'`{key}` asks for the environment variable "{variable}", which is not set')
        return value
    raise _refused(path, entry, f"`{key}` must be a string or `env: NAME`")


def _refuse_same_names(targets: list[CodeTarget]) -> None:
    first: dict[str, CodeTarget] = {}
    for target in targets:
        earlier = first.setdefault(target.location, target)
        if earlier is not target:
            raise DagsterCodeLocationError(
                f'Two locations are called "{target.location}", the other one in {earlier.asked_in}. '
                "Give one of them a `location_name`.",
                target.asked_in,
            )
