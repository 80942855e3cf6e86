import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvalidInvocationError,
    DagsterUnknownPartitionError,
)
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.fixed_windows import DailyPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.partitions.static import StaticPartitionsDefinition

DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-03")
COLOURS = StaticPartitionsDefinition(["red", "blue"])
SIZES = StaticPartitionsDefinition(["S", "M", "L"])
SALES = MultiPartitionsDefinition({"date": DAYS, "colour": COLOURS})
CUBE = MultiPartitionsDefinition({"size": SIZES, "date": DAYS, "colour": COLOURS})
NAMES = st.text(st.characters(categories=["Ll"]), min_size=1)


def test_each_combination_is_a_partition_in_the_order_of_the_dimensions_names() -> None:
    assert ["red|2024-01-01", "red|2024-01-02", "blue|2024-01-01", "blue|2024-01-02"] == SALES.get_partition_keys()
    assert ("red|2024-01-01", "blue|2024-01-02", 4) == (
        SALES.get_first_partition_key(),
        SALES.get_last_partition_key(),
        SALES.get_num_partitions(),
    )


def test_there_may_be_three_dimensions() -> None:
    keys = CUBE.get_partition_keys()
    assert (12, 12, "red|2024-01-01|S") == (len(set(keys)), CUBE.get_num_partitions(), keys[0])
    assert {"colour": "blue", "date": "2024-01-02", "size": "L"} == keys[-1].keys_by_dimension


@pytest.mark.parametrize(
    ("key", "exists"),
    [
        ("red|2024-01-01", True),
        ("2024-01-01|red", False),
        ("pink|2024-01-01", False),
        ("red", False),
        ("red|2024-01-01|S", False),
    ],
)
def test_a_key_exists_when_each_of_its_parts_does(key: str, exists: bool) -> None:
    assert exists is SALES.has_partition_key(key)


def test_a_string_becomes_a_key() -> None:
    assert {"colour": "red", "date": "2024-01-01"} == SALES.get_partition_key_from_str("red|2024-01-01").keys_by_dimension
    with pytest.raises(DagsterUnknownPartitionError, match=r"colour\|date"):
        SALES.get_partition_key_from_str("red")


def test_a_range_is_the_combination_of_a_range_in_each_dimension() -> None:
    found = CUBE.get_partition_keys_in_range(PartitionKeyRange("red|2024-01-01|M", "blue|2024-01-01|L"))
    assert ["red|2024-01-01|M", "red|2024-01-01|L", "blue|2024-01-01|M", "blue|2024-01-01|L"] == found
    with pytest.raises(DagsterInvalidInvocationError, match="'pink' is no partition"):
        SALES.get_partition_keys_in_range(PartitionKeyRange("pink|2024-01-01", "red|2024-01-01"))


def test_keys_are_found_by_one_dimension() -> None:
    assert ["blue|2024-01-01", "blue|2024-01-02"] == SALES.get_multipartition_keys_with_dimension_value("colour", "blue")
    assert ["red|2024-01-02", "blue|2024-01-02"] == SALES.get_multipartition_keys_with_dimension_values("date", ["2024-01-02"])
    with pytest.raises(CheckError, match="There are: colour, date"):
        SALES.get_multipartition_keys_with_dimension_value("shape", "round")


def test_a_run_is_tagged_with_the_key_in_each_dimension() -> None:
    assert {
        "dagster/partition": "red|2024-01-01",
        "dagster/partition/colour": "red",
        "dagster/partition/date": "2024-01-01",
    } == SALES.get_tags_for_partition_key("red|2024-01-01")


def test_the_dimension_that_is_time_has_the_window() -> None:
    assert ("date", "colour") == (SALES.primary_dimension.name, SALES.secondary_dimension.name)
    assert SALES.time_window_for_partition_key("red|2024-01-02") == DAYS.time_window_for_partition_key("2024-01-02")
    assert SALES.time_window_partitions_def is DAYS


@pytest.mark.parametrize("dimensions", [{"a": COLOURS, "b": SIZES}, {"a": DAYS, "b": DAYS}])
def test_without_exactly_one_time_there_is_no_window(dimensions: Any) -> None:
    definition = MultiPartitionsDefinition(dimensions)
    assert (dimensions["a"] is DAYS, "a") == (definition.has_time_window_dimension, definition.primary_dimension.name)
    with pytest.raises(CheckError, match="exactly one dimension is time"):
        _ = definition.time_window_dimension


@pytest.mark.parametrize(
    ("dimensions", "error", "sentence"),
    [
        ({}, DagsterInvalidInvocationError, "given: none"),
        ({"a": COLOURS}, DagsterInvalidInvocationError, "given: a"),
        ({"a": SALES, "b": SIZES}, DagsterInvalidDefinitionError, "has dimensions itself"),
        ({"a": DynamicPartitionsDefinition(lambda _: []), "b": SIZES}, DagsterInvalidDefinitionError, "computed by a function"),
        ({"a": StaticPartitionsDefinition(["x|y"]), "b": SIZES}, DagsterInvalidDefinitionError, r"'x\|y'.*separators"),
        ({"a": 3, "b": SIZES}, CheckError, "Got 3"),
        ({1: COLOURS, 2: SIZES}, CheckError, "Got 1"),
        ([("a", COLOURS)], CheckError, "Mapping"),
    ],
)
def test_dimensions_that_cannot_be_combined_are_refused(dimensions: Any, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        MultiPartitionsDefinition(dimensions)


def test_an_empty_dimension_leaves_no_partition() -> None:
    empty = MultiPartitionsDefinition({"a": COLOURS, "b": StaticPartitionsDefinition([])})
    assert ([], 0, None, None) == (
        empty.get_partition_keys(),
        empty.get_num_partitions(),
        empty.get_first_partition_key(),
        empty.get_last_partition_key(),
    )


def test_the_order_in_which_dimensions_are_given_does_not_matter() -> None:
    same = MultiPartitionsDefinition({"colour": COLOURS, "date": DAYS})
    assert (same, hash(same), same) == (SALES, hash(SALES), pickle.loads(pickle.dumps(SALES)))
    assert same.get_serializable_unique_identifier() == SALES.get_serializable_unique_identifier()
    assert CUBE.get_serializable_unique_identifier() != SALES.get_serializable_unique_identifier()


def test_a_definition_describes_its_dimensions() -> None:
    assert "Multi-partitioned, with dimensions: \nColour: 'red', 'blue' \nDate: Daily, starting 2024-01-01 UTC." == str(SALES)


@given(keys=st.dictionaries(NAMES, NAMES, min_size=1))
def test_a_key_is_its_parts_in_the_order_of_the_dimensions_names(keys: dict[str, str]) -> None:
    key = MultiPartitionKey(keys)
    assert "|".join(keys[name] for name in sorted(keys)) == key
    assert keys == key.keys_by_dimension
    for same in (copy.deepcopy(key), pickle.loads(pickle.dumps(key))):
        assert (key, keys, MultiPartitionKey) == (same, same.keys_by_dimension, type(same))


@pytest.mark.parametrize("keys", ["a|b", None, {"a": 1}, {1: "a"}])
def test_what_is_no_mapping_of_strings_is_no_key(keys: Any) -> None:
    with pytest.raises(CheckError):
        MultiPartitionKey(keys)
