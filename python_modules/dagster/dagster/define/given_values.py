"""Values that stand in the body of a graph, beside the handles of what is known when the job runs only."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, cast

import msgspec

_KNOWN_LATER = "\N{MATHEMATICAL LEFT ANGLE BRACKET}known when the job runs: "


class Handle(msgspec.Struct, frozen=True, gc=False):
    """What stands in a graph's body for a value that is known when the job runs only.

    As text it says so, and that text is found where it is handed on: an f-string of it would be a wrong value, not an error.
    """

    @property
    def described(self) -> str:
        """What it stands for: `path`, `load.rows`."""
        raise NotImplementedError

    def __str__(self) -> str:
        return f"{_KNOWN_LATER}{self.described}\N{MATHEMATICAL RIGHT ANGLE BRACKET}"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def handle_within(value: object) -> str | None:
    """What a value holds that is known when the job runs only: a handle inside of it, or a text made of one; None for nothing."""
    if isinstance(value, Handle):
        return value.described
    if isinstance(value, str):
        _, found, rest = value.partition(_KNOWN_LATER)
        return rest.partition("\N{MATHEMATICAL RIGHT ANGLE BRACKET}")[0] if found else None
    if isinstance(value, (list, tuple, Set)):
        return _first_within(cast("list[object]", value))
    if isinstance(value, Mapping):
        entries = cast("Mapping[object, object]", value)
        return _first_within([*entries.keys(), *entries.values()])
    return None


def _first_within(values: Any) -> str | None:
    return next((found for each in values if (found := handle_within(each)) is not None), None)
