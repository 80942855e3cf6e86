"""What every family of the instance's questions stands on."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dagster.errors import DagsterInvariantViolationError
from dagster.events.types import DagsterEventType

if TYPE_CHECKING:
    from dagster.storage.ports import Storage


class Kept:
    """Has the storage that the questions go to."""

    _storage: Storage


_BEFORE_THE_FIRST = "-1"


def place_of(cursor: str | None) -> int | None:
    """The place that a cursor names, None for the beginning.

    Raises:
        DagsterInvariantViolationError: it is no cursor of this instance.
    """
    if cursor is None or cursor == _BEFORE_THE_FIRST:
        return None
    try:
        return int(cursor)
    except ValueError:
        raise DagsterInvariantViolationError(
            f"{cursor!r} is no cursor of this instance. Give the cursor of the page before, or None for the first page."
        ) from None


def text_of_place(place: int | None) -> str:
    """The cursor that names a place; None is the place before the first."""
    return _BEFORE_THE_FIRST if place is None else str(place)


def event_types(of_type: DagsterEventType | Collection[DagsterEventType] | None) -> Collection[DagsterEventType] | None:
    """The argument `of_type` of the API as a collection."""
    return (of_type,) if isinstance(of_type, DagsterEventType) else of_type
