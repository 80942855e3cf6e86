"""Reading `dagster.yaml`. A file that is missing or holds nothing but comments costs nothing: no library is imported for it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from dagster.errors import DagsterInvalidSettingsError
from dagster.text_files import text_of_file

if TYPE_CHECKING:
    from yaml import Node

    from dagster.instance.setting_models import InstanceSettings

SETTINGS_FILE = "dagster.yaml"
_TOLD_AT_MOST = 5
_IDLE_LINES = frozenset({"telemetry:", "nux:"})

Path = tuple["str | int", ...]


def read_settings(root: str, filename: str = SETTINGS_FILE) -> Mapping[str, Any]:
    """The settings of the instance in folder `root`, as they are written; empty without a file or with an empty one.

    Raises:
        DagsterInvalidSettingsError: the file cannot be read or is no mapping; the sentence names the line.
    """
    path = os.path.join(root, filename)
    text = _text_of(path)
    return _parsed(path, text) if _has_content(text) else {}


def settings_that_matter(root: str, filename: str = SETTINGS_FILE) -> Mapping[str, Any] | None:
    """The settings as `read_settings` gives them; None where the file says nothing that this program acts on.

    Such a file (`telemetry: enabled: false`) is common, and reading it would cost more than opening the instance.
    """
    path = os.path.join(root, filename)
    text = _text_of(path)
    return None if _is_idle(text) else _parsed(path, text)


def _is_idle(text: str) -> bool:
    """Whether a file holds nothing but comments and entries without effect, in the plain form that needs no parser."""
    for line in text.splitlines():
        is_below = line[:1] in (" ", "#", "")
        if not is_below and line.rstrip() not in _IDLE_LINES:
            return False
    return True


def checked_settings(written: Mapping[str, Any], root: str, filename: str = SETTINGS_FILE) -> InstanceSettings:
    """The settings, checked, with the values of environment variables in place of `env:`.

    Raises:
        DagsterInvalidSettingsError: an entry is unknown or of a wrong form; the sentence names the line.
    """
    from pydantic import ValidationError

    from dagster.instance.setting_models import InstanceSettings

    path = os.path.join(root, filename)
    values = _with_environment(written, path, ())
    try:
        settings = InstanceSettings.model_validate(values)
    except ValidationError as refused:
        text = _text_of(path)
        told = [_sentence(error, path, text) for error in refused.errors()[:_TOLD_AT_MOST]]
        raise DagsterInvalidSettingsError("\n".join(told)) from None
    _refuse_unknown_classes(settings, path)
    return settings


def _refuse_unknown_classes(settings: InstanceSettings, path: str) -> None:
    from dagster.instance.setting_classes import kind_of
    from dagster.instance.setting_models import ClassEntry

    for name in type(settings).model_fields:
        entry = getattr(settings, name)
        if isinstance(entry, ClassEntry):
            try:
                kind_of(name, entry)
            except DagsterInvalidSettingsError as refused:
                raise DagsterInvalidSettingsError(f"{_where(path, _text_of(path), (name, 'class'))}: {refused}") from None


def _text_of(path: str) -> str:
    try:
        return text_of_file(path, lambda line, said: DagsterInvalidSettingsError(f'"{path}", line {line}: {said}'))
    except FileNotFoundError:
        return ""
    except OSError as refused:
        raise DagsterInvalidSettingsError(f'The settings in "{path}" cannot be read: {refused.strerror}.') from refused


def _has_content(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def _parsed(path: str, text: str) -> Mapping[str, Any]:
    import yaml

    try:
        settings: object = yaml.safe_load(text)
    except yaml.YAMLError as refused:
        raise DagsterInvalidSettingsError(f'The settings in "{path}" are no YAML: {refused}') from refused
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        found = type(settings).__name__
        raise DagsterInvalidSettingsError(f'The settings in "{path}" are a {found}. Write entries as `name: value`.')
    return cast("dict[str, Any]", settings)


def _with_environment(value: Any, path: str, place: Path) -> Any:
    """The value with what the environment says for each `{env: NAME}` in it."""
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        if set(entries) == {"env"} and isinstance(entries["env"], str):
            return _variable(entries["env"], path, place)
        return {name: _with_environment(entry, path, (*place, name)) for name, entry in entries.items()}
    if isinstance(value, list):
        return [_with_environment(entry, path, (*place, number)) for number, entry in enumerate(cast("list[Any]", value))]
    return value


def _variable(name: str, path: str, place: Path) -> str:
    found = os.environ.get(name)
    if found is None:
        where = _where(path, _text_of(path), place)
        raise DagsterInvalidSettingsError(
            f"{where}: {_dotted(place)} is to come from the environment variable {name}, which is not set."
        )
    return found


def _sentence(error: Mapping[str, Any], path: str, text: str) -> str:
    place = tuple(error["loc"])
    where = _where(path, text, place)
    if error["type"] == "extra_forbidden":
        name, known = str(place[-1]), _names_at(place[:-1])
        close = get_close_matches(name, known, n=1)
        hint = f'Close: "{close[0]}".' if close else f"Known: {', '.join(sorted(known))}."
        return f'{where}: there is no entry "{_dotted(place)}". {hint}'
    if error["type"] == "missing":
        return f"{where}: the entry {_dotted(place)} is missing."
    found = "" if isinstance(error["input"], Mapping) else f", found {error['input']!r}"
    message = error["msg"].removeprefix("Value error, ")
    return f"{where}: {_dotted(place) or 'the file'}: {message[:1].lower()}{message[1:]}{found}."


def _where(path: str, text: str, place: Path) -> str:
    line = _line_of(text, place)
    return f'"{path}"' if line is None else f'"{path}", line {line}'


def _dotted(place: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in place)


def _names_at(place: Path) -> list[str]:
    """The entries that there can be at a place."""
    from dagster.instance.setting_models import InstanceSettings

    model: Any = InstanceSettings
    for part in place:
        if part not in model.model_fields:
            return []
        found = list(_models_in(model.model_fields[part].annotation))
        if not found:
            return []
        model = found[0]
    return [field.alias or name for name, field in model.model_fields.items()]


def _models_in(annotation: Any) -> Iterator[Any]:
    from typing import get_args

    if hasattr(annotation, "model_fields"):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _line_of(text: str, place: Path) -> int | None:
    """The line of the entry at a place, or of the last one on the way there; None in no file."""
    if not _has_content(text):
        return None
    import yaml

    node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    line: int | None = None
    for part in place:
        found = _below(node, part)
        if found is None:
            break
        line, node = found
    return line


def _below(node: Any, part: str | int) -> tuple[int, Any] | None:
    import yaml

    if isinstance(node, yaml.MappingNode):
        entries = cast("list[tuple[Any, Any]]", node.value)
        return next(((name.start_mark.line + 1, value) for name, value in entries if name.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        members = cast("list[Any]", node.value)
        return (members[part].start_mark.line + 1, members[part]) if part < len(members) else None
    return None
