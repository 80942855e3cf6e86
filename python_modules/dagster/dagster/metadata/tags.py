"""Tags: short strings by which people and filters find things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from dagster.arguments import check_string_keys
from dagster.errors import DagsterInvalidDefinitionError

_TAG_KEY = re.compile(r"^([A-Za-z0-9_.-]{1,63}/)?[A-Za-z0-9_.-]{1,63}$")
_TAG_VALUE = re.compile(r"^[A-Za-z0-9_.-]{0,63}$")

KIND_TAG_PREFIX = "dagster/kind/"
SYSTEM_TAG_PREFIX = "dagster/"
_SYSTEM_EVENT_TAGS = (
    "dagster/data_version",
    "dagster/code_version",
    "dagster/input_data_version/",
    "dagster/input_event_pointer/",
    "dagster/partition/",
)


def checked_definition_tags(tags: Mapping[str, str] | None, *, strict_values: bool = True) -> dict[str, str]:
    """The tags of a definition.

    Raises:
        DagsterInvalidDefinitionError: keys or values are no strings or hold other characters than letters, digits, `_`, `-`, `.`.
    """
    if not tags:
        return {}
    _check_strings(tags)
    _check_keys(key for key in tags if not key.startswith(KIND_TAG_PREFIX))
    if strict_values and (bad := [value for value in tags.values() if not _TAG_VALUE.match(value)]):
        raise DagsterInvalidDefinitionError(
            f"Found invalid tag values: {bad}. Allowed characters: alpha-numeric, '_', '-', '.'. "
            "Tag values must have <= 63 characters."
        )
    return dict(tags)


def checked_event_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """The tags of an event. Those that the system writes about versions and partitions may hold any text.

    Raises:
        DagsterInvalidDefinitionError: no strings, or other characters than letters, digits, `_`, `-` and `.`.
    """
    _check_strings(tags)
    free = {key: value for key, value in tags.items() if not key.startswith(_SYSTEM_EVENT_TAGS)}
    if free:
        _check_keys(free)
        for key, value in free.items():
            if not _TAG_VALUE.match(value):
                raise DagsterInvalidDefinitionError(
                    f"Invalid tag value: {value}, for key: {key}. Allowed characters: alpha-numeric, '_', '-', '.'. "
                    "Must have <= 63 characters."
                )
    return dict(tags)


def run_tags(tags: Mapping[str, Any] | None) -> dict[str, str]:
    """The tags of a run: a value that is no string is stored as its JSON.

    Raises:
        DagsterInvalidDefinitionError: a value that JSON cannot say.
        CheckError: a key is no string.
    """
    if not tags:
        return {}
    check_string_keys("tags", tags)
    return {key: value if isinstance(value, str) else _as_json(key, value) for key, value in tags.items()}


def checked_kinds(kinds: Iterable[str]) -> Iterable[str]:
    """The kinds as given.

    Raises:
        DagsterInvalidDefinitionError: one holds other characters than a tag may.
    """
    for kind in cast("Iterable[object]", kinds):
        if not isinstance(kind, str) or not _TAG_VALUE.match(kind) or not kind:
            raise DagsterInvalidDefinitionError(
                f"Found invalid kind {kind!r}. Allowed characters: alpha-numeric, '_', '-', '.'. "
                "Kinds must have <= 63 characters."
            )
    return kinds


def kind_tags(kinds: Iterable[str]) -> dict[str, str]:
    """The tags that say `kinds`."""
    return {f"{KIND_TAG_PREFIX}{kind}": "" for kind in kinds}


def kinds_of(tags: Mapping[str, str]) -> set[str]:
    """The kinds that the tags say."""
    return {tag[len(KIND_TAG_PREFIX) :] for tag in tags if tag.startswith(KIND_TAG_PREFIX)}


def _check_strings(tags: Mapping[Any, Any]) -> None:
    for key, value in tags.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise DagsterInvalidDefinitionError(f"Tags are strings. Got the entry {key!r}: {value!r}.")


def _check_keys(keys: Iterable[str]) -> None:
    if bad := [key for key in keys if not _TAG_KEY.match(key)]:
        raise DagsterInvalidDefinitionError(
            f"Found invalid tag keys: {bad}. Allowed characters: alpha-numeric, '_', '-', '.'. Tag keys can also contain a "
            "namespace section, separated by a '/'. Each section must have <= 63 characters."
        )


def _as_json(key: object, value: Any) -> str:
    import json

    try:
        return json.dumps(value)
    except (TypeError, ValueError) as unsayable:
        raise DagsterInvalidDefinitionError(
            f'Invalid value for tag "{key}": {value!r} is no string and JSON cannot say it. Give a string.'
        ) from unsayable
