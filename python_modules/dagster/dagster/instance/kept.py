"""What every family of the instance's questions stands on."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from dagster.events.types import DagsterEventType

if TYPE_CHECKING:
    from dagster.storage.ports import Storage


class Kept:
    """Has the storage that the questions go to."""

    _storage: Storage


def event_types(of_type: DagsterEventType | Collection[DagsterEventType] | None) -> Collection[DagsterEventType] | None:
    """The argument `of_type` of the API as a collection."""
    return (of_type,) if isinstance(of_type, DagsterEventType) else of_type
