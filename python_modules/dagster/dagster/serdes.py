"""The one wire form of our values: JSON, written and read by msgspec.

A value is a `msgspec.Struct`; unions of them are tagged. Asset keys travel as JSON arrays of their parts. Integers of any size
travel as numbers. Numbers that JSON lacks (nan, infinities) travel as strings in fields that say so: `NonFinite`, `exact_json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from dagster.keys import AssetKey, decoded_keys

T = TypeVar("T")


class NonFinite(float):
    """A float that JSON lacks. A subclass, so that the encoder asks for its wire form instead of writing `null`."""

    __slots__ = ()

    @property
    def wire(self) -> str:
        """`"\\0nan"`, `"\\0inf"` or `"\\0-inf"`."""
        return f"\0{float.__repr__(self)}"

    @staticmethod
    def from_wire(wire: str) -> NonFinite:
        """The inverse of `wire`."""
        return NonFinite(wire[1:])


class _Escaped(str):
    """A string that begins like the wire form of a `NonFinite`; travels with one more NUL before it."""

    __slots__ = ()


def exact_json(data: Any, escaped: bool = False) -> tuple[Any, bool]:
    """`data` as plain JSON data that travels without loss, and whether its wire form has escapes.

    Tuples become lists, keys become strings as `json.dumps` writes them, subclasses of str, int and float become these.

    Args:
        data: what a user gave, or what was decoded.
        escaped: the flag that was decoded along with it.

    Raises:
        TypeError: something in it has no JSON form; the sentence says what.
    """
    found = [escaped]
    exact = _exact(data, escaped, found)
    return exact, found[0]


def _exact(data: Any, escaped: bool, found: list[bool]) -> Any:
    if data is None or isinstance(data, bool) or type(data) is int:
        return data
    if isinstance(data, str):
        return _exact_text(data, escaped, found)
    if isinstance(data, float):
        if math.isfinite(data):
            return float(data)
        found[0] = True
        return NonFinite(data)
    if isinstance(data, int):
        return int(data)
    if isinstance(data, dict):
        return {_exact_key(key): _exact(value, escaped, found) for key, value in cast("dict[Any, Any]", data).items()}
    if isinstance(data, (list, tuple)):
        return [_exact(member, escaped, found) for member in cast("list[Any]", data)]
    raise TypeError(f"{type(data)} has no JSON form")


def _exact_text(text: str, escaped: bool, found: list[bool]) -> str:
    if not text.startswith("\0") or isinstance(text, _Escaped):
        return text if isinstance(text, _Escaped) else str.__str__(text)
    if escaped:
        return _Escaped(text[1:]) if text.startswith("\0\0") else NonFinite.from_wire(text)  # pyright: ignore[reportReturnType]
    found[0] = True
    return _Escaped(text)


def _exact_key(key: Any) -> str:
    if isinstance(key, str):
        return str.__str__(key)
    if key is None or isinstance(key, (bool, int, float)):
        return json.dumps(key)
    raise TypeError(f"a key of {type(key)} has no JSON form")


def _encode_foreign(value: Any) -> Any:
    if isinstance(value, AssetKey):
        return value.parts
    if isinstance(value, NonFinite):
        return value.wire
    if isinstance(value, _Escaped):
        return "\0" + value
    if isinstance(value, str):
        return str.__str__(value)  # a partition key that knows its dimensions
    raise NotImplementedError(f"{type(value)} has no wire form")


def _decode_foreign(expected: type[Any], value: Any) -> Any:
    if expected is AssetKey:
        return decoded_keys[tuple(cast("list[object]", value))] if type(value) is list else AssetKey(value)
    raise NotImplementedError(f"{expected} has no wire form")


_ENCODER = msgspec.json.Encoder(enc_hook=_encode_foreign)


@lru_cache(maxsize=64)
def _decoder(expected: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(expected, dec_hook=_decode_foreign)


def encode(value: Any) -> bytes:
    """The value's wire form: UTF-8 JSON on one line."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        # A lone surrogate, as in the name of a file that is no valid UTF-8. JSON can carry it as an escape, UTF-8 cannot.
        return json.dumps(msgspec.to_builtins(value, enc_hook=_encode_foreign, str_keys=True), separators=(",", ":")).encode()


@lru_cache(maxsize=64)
def reader(expected: type[T]) -> Callable[[bytes | str], T]:
    """`decode` for one type, for whoever reads many."""
    read = _decoder(expected).decode

    def one(data: bytes | str) -> T:
        try:
            return read(data)
        except msgspec.DecodeError:
            return decode(data, expected)

    return one


def read_all(wires: Sequence[bytes | str], expected: type[T]) -> list[T]:
    """`decode` for many of one type."""
    read = _decoder(expected).decode
    try:
        return [read(data) for data in wires]
    except msgspec.DecodeError:
        return [decode(data, expected) for data in wires]


def decode(data: bytes | str, expected: type[T]) -> T:
    """The value of type `expected` that `encode` wrote.

    Raises:
        msgspec.ValidationError: the data is of another shape; the message names the path.
    """
    try:
        decoded: T = _decoder(expected).decode(data)
    except msgspec.DecodeError as refused:
        text = data.decode() if isinstance(data, bytes) else data
        if isinstance(refused, msgspec.ValidationError) or "\\ud" not in text:
            raise
        decoded = msgspec.convert(json.loads(data), expected, dec_hook=_decode_foreign, str_keys=True)
    return decoded
