"""The one wire form of our values: JSON, written and read by msgspec.

A value is a `msgspec.Struct`; unions of them are tagged. Asset keys travel as JSON arrays of their parts. Numbers that JSON lacks
(nan, infinities, integers beyond 64 bits) must be carried by fields that say so; see `metadata.values`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from dagster.keys import AssetKey

T = TypeVar("T")


def _encode_foreign(value: Any) -> Any:
    if isinstance(value, AssetKey):
        return value.parts
    raise NotImplementedError(f"{type(value)} has no wire form")


def _decode_foreign(expected: type[Any], value: Any) -> Any:
    if expected is AssetKey:
        return AssetKey(value)
    raise NotImplementedError(f"{expected} has no wire form")


_ENCODER = msgspec.json.Encoder(enc_hook=_encode_foreign)


@lru_cache(maxsize=64)
def _decoder(expected: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(expected, dec_hook=_decode_foreign)


def encode(value: Any) -> bytes:
    """The value's wire form: UTF-8 JSON on one line."""
    return _ENCODER.encode(value)


def decode(data: bytes | str, expected: type[T]) -> T:
    """The value of type `expected` that `encode` wrote.

    Raises:
        msgspec.ValidationError: the data is of another shape; the message names the path.
    """
    decoded: T = _decoder(expected).decode(data)
    return decoded
