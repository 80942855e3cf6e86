import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.keys import AssetCheckKey, AssetKey
from dagster.serdes import NonFinite, decode, encode, exact_json

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
JSON_DATA = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))


class Holder(msgspec.Struct):
    data: Any
    escaped: bool = False


class Keyed(msgspec.Struct):
    key: AssetKey
    check: AssetCheckKey | None = None
    by_key: dict[str, AssetKey] = {}


def travelled(data: Any) -> Any:
    """`data` written as a field that carries exact JSON, read, and restored."""
    exact, escaped = exact_json(data)
    back = decode(encode(Holder(exact, escaped)), Holder)
    return exact_json(back.data, back.escaped)[0]


@given(JSON_DATA)
def test_json_data_travels_without_loss(data: Any) -> None:
    assert travelled(data) == data


@pytest.mark.parametrize("number", [math.inf, -math.inf])
def test_infinities_travel(number: float) -> None:
    assert travelled({"a": [number]}) == {"a": [number]}


def test_nan_travels() -> None:
    assert math.isnan(travelled([math.nan])[0])


def test_a_string_that_looks_like_an_escaped_number_stays_a_string() -> None:
    assert travelled(["\0nan", "\0\0inf", math.inf]) == ["\0nan", "\0\0inf", math.inf]
    assert isinstance(travelled(["\0nan"])[0], str)


def test_integers_of_any_size_travel() -> None:
    assert travelled(10**40) == 10**40


def test_tuples_become_lists_and_keys_become_strings() -> None:
    assert exact_json({1: (2, 3), None: True, 1.5: "x"})[0] == {"1": [2, 3], "null": True, "1.5": "x"}


def test_subclasses_become_the_plain_types() -> None:
    class Text(str):
        __slots__ = ()

    exact = exact_json([Text("a"), True])[0]
    assert type(exact[0]) is str
    assert exact[1] is True


@pytest.mark.parametrize("data", [object(), {"a": {1}}, {(1, 2): 3}, b"x"])
def test_what_has_no_json_form_is_refused(data: Any) -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        exact_json(data)


def test_keys_travel_as_arrays_of_their_parts() -> None:
    value = Keyed(AssetKey(["a", "b"]), AssetCheckKey(AssetKey("c"), "d"), {"x": AssetKey("y")})
    assert json.loads(encode(value))["key"] == ["a", "b"]
    assert decode(encode(value), Keyed) == value


def test_a_lone_surrogate_travels() -> None:
    value = Holder(["\udcff"])
    assert decode(encode(value), Holder) == value


def test_the_wire_form_is_one_line() -> None:
    assert b"\n" not in encode(Holder({"a": "x\ny"}))


def test_data_of_another_shape_is_refused_with_its_path() -> None:
    with pytest.raises(msgspec.ValidationError, match="key"):
        decode(b'{"key": 3}', Keyed)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(b"{", Keyed)


def test_what_we_do_not_know_is_not_encoded() -> None:
    with pytest.raises(NotImplementedError, match="no wire form"):
        encode(Holder(object()))


def test_numbers_that_json_lacks_say_their_wire_form() -> None:
    assert [NonFinite(each).wire for each in (math.inf, -math.inf, math.nan)] == ["\0inf", "\0-inf", "\0nan"]
    assert NonFinite.from_wire("\0-inf") == -math.inf
