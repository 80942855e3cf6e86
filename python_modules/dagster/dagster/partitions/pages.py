"""Listing partitions page by page."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from dagster.errors import DagsterInvariantViolationError

T = TypeVar("T")


class PaginatedResults(msgspec.Struct, Generic[T], frozen=True):
    """One page; `cursor` asks for the next one while `has_more`."""

    results: Sequence[T]
    cursor: str
    has_more: bool


def cursor_after(key: str | None) -> str:
    """The cursor of a page that ends with `key`; an empty page has an empty cursor."""
    return "" if key is None else b64encode(b"k" + key.encode("utf-8", "surrogatepass")).decode()


def key_of_cursor(cursor: str) -> str | None:
    """The inverse of `cursor_after`."""
    if not cursor:
        return None
    try:
        decoded = b64decode(cursor, validate=True)
        if decoded[:1] == b"k":
            return decoded[1:].decode("utf-8", "surrogatepass")
    except ValueError:
        pass
    raise DagsterInvariantViolationError(
        f"{cursor!r} is not a cursor of a page of partitions. Give back the one of the last page."
    )
