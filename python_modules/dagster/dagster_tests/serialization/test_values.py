import enum
import json
from contextlib import suppress
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster import AssetKey, AssetMaterialization, DagsterRunStatus, MetadataValue, deserialize_value, serialize_value
from dagster.serialization.forms import class_at, own_forms, path_of
from dagster.serialization.refusals import DeserializationError, SerializationError


class Point(NamedTuple):
    x: int


class Color(enum.Enum):
    RED = 1


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.builds(AssetKey, st.text(min_size=1)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["__class__", "__enum__", "__set__", "__frozenset__", "path", "name"]), inner)
    ),
)


@given(PLAIN)
def test_what_is_written_reads_back(value: Any) -> None:
    marked = '"__' in serialize_value(value).replace('"__class__": "AssetKey"', "")
    assert marked or deserialize_value(serialize_value(value)) == value


@given(ANYTHING)
def test_a_string_is_read_or_refused(value: Any) -> None:
    with suppress(DeserializationError):
        deserialize_value(json.dumps(value))


def test_sets_come_back_as_what_they_were() -> None:
    value = [{AssetKey("a"), AssetKey("b")}, frozenset({1, 2})]
    assert deserialize_value(serialize_value(value)) == value


def test_equal_values_are_written_alike() -> None:
    assert serialize_value({"b": {2, 10, 1}, "a": 1}) == serialize_value({"a": 1, "b": {10, 1, 2}})


def test_metadata_comes_back_with_its_kinds() -> None:
    event = AssetMaterialization("orders", metadata={"rows": 3, "where": MetadataValue.path("orders.csv")})
    assert deserialize_value(serialize_value(event), AssetMaterialization) == event


@pytest.mark.parametrize("value", [object(), Point(1), Color.RED, {"a": [Color.RED]}, {(1,): 2}])
def test_what_has_no_form_is_refused(value: Any) -> None:
    with pytest.raises(SerializationError):
        serialize_value(value)


def test_the_refusal_says_where_in_the_value() -> None:
    with pytest.raises(SerializationError, match=r"<root:dict>\.colors\[1\]"):
        serialize_value({"colors": [1, Color.RED]})


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{", "no JSON"),
        ('{"__class__": "AsetKey"}', "Close: 'AssetKey'"),
        ('{"__class__": "AssetCheckKey", "name": "c"}', "asset_key"),
        ('{"__enum__": "PipelineRunStatus.SUCESS"}', "Close: 'SUCCESS'"),
        ('{"__enum__": "Nowhere.A"}', "Nowhere"),
        ('{"__set__": [[1]]}', "unhashable"),
    ],
)
def test_what_cannot_be_read_is_refused(written: str, told: str) -> None:
    with pytest.raises(DeserializationError, match=told):
        deserialize_value(written)


def test_another_type_than_asked_for_is_refused() -> None:
    with pytest.raises(DeserializationError, match="DagsterRunStatus"):
        deserialize_value('"SUCCESS"', DagsterRunStatus)


def test_each_form_names_a_class_that_stands_there() -> None:
    paths = [form.path for form in own_forms().values() if isinstance(form.path, str)]
    assert [path for path in paths if path_of(class_at(path)) != path] == []
