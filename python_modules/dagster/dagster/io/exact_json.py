"""JSON for the values that it gives back exactly: None, bool, int, float, str, and lists and dicts of them.

Everything else is refused, to be stored in another way: subclasses, other keys than strings, NaN and infinities, lone
surrogates, very long integers, very deep nesting, and a list or dict that stands in two places.
"""

from __future__ import annotations

import json
from typing import Any, cast

_SCALARS = frozenset({type(None), bool, int, float, str})
_DEPTH_LIMIT = 64
_INT_LIMIT_BITS = 13_000  # below the 4300 digits that Python reads by default
_INT_LIMIT = 1 << _INT_LIMIT_BITS

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def exact_json(value: object) -> bytes | None:
    """The value as JSON text, None if reading it back would not give the same value of the same type.

    Example:
        >>> exact_json({"rows": [1, 2.5, None]})
        b'{"rows": [1, 2.5, null]}'
        >>> exact_json((1, 2)) is None
        True
    """
    if not _is_exact(value, set(), 0):
        return None
    try:
        return _encode(value).encode()
    except ValueError:  # NaN or infinity; a lone surrogate
        return None


def _is_exact(value: object, seen: set[int], depth: int) -> bool:
    kind = type(value)
    if kind is list:
        members = cast("list[object]", value)
    elif kind is dict:
        members = cast("dict[object, object]", value).values()
        if not all(type(key) is str for key in cast("dict[object, object]", value)):
            return False
    else:
        return kind in _SCALARS and (kind is not int or cast("int", value).bit_length() <= _INT_LIMIT_BITS)
    if depth == _DEPTH_LIMIT or id(value) in seen:
        return False
    seen.add(id(value))
    kinds = set(map(type, members))
    if kinds <= _SCALARS:
        return int not in kinds or all(-_INT_LIMIT < n < _INT_LIMIT for n in members if type(n) is int)
    return all(_is_exact(member, seen, depth + 1) for member in members)


def read_json(content: bytes) -> Any:
    """The value that `exact_json` wrote."""
    return json.loads(content.decode())
