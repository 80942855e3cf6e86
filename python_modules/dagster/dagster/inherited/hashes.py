"""Hashes of values that Python has none for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence, Set
from typing import Any, cast


def hash_collection(collection: object) -> int:
    """A hash of a collection and of those within it.

    Raises:
        TypeError: it is no collection.
    """
    if not isinstance(collection, Mapping | Sequence | Set):
        raise TypeError(f"hash_collection takes a collection, and got a {type(collection).__name__}.")
    return hash(make_hashable(collection))


def make_hashable(value: Any) -> Any:
    """The same as a value that has a hash: tuples for lists and sets, pairs for mappings, in sorted order where there is none."""
    if isinstance(value, dict):
        items = cast("dict[Any, Any]", value).items()
        return tuple(sorted((key, make_hashable(item)) for key, item in items))
    if isinstance(value, list | tuple):
        return tuple(make_hashable(item) for item in cast("list[Any]", value))
    if isinstance(value, set | frozenset):
        return tuple(sorted(make_hashable(item) for item in cast("set[Any]", value)))
    return value


def non_secure_md5_hash_str(s: bytes | bytearray | memoryview) -> str:
    """The MD5 of the bytes in hexadecimal; to tell things apart, not to guard them."""
    return hashlib.md5(s, usedforsecurity=False).hexdigest()


def hash_str(in_str: str) -> str:
    """The SHA-1 of the text in hexadecimal."""
    return hashlib.sha1(in_str.encode(), usedforsecurity=False).hexdigest()
