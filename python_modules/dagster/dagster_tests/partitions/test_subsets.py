import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import DagsterInvalidInvocationError
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.static import StaticPartitionsDefinition

LETTERS = StaticPartitionsDefinition(list("fedcba"))
KEYS = st.sets(st.sampled_from("abcdef"))


@given(KEYS, KEYS)
def test_subsets_agree_with_sets_of_keys(some: set[str], others: set[str]) -> None:
    one, other = LETTERS.subset_with_partition_keys(some), LETTERS.subset_with_partition_keys(others)
    assert set((one | other).get_partition_keys()) == some | others
    assert set((one & other).get_partition_keys()) == some & others
    assert set((one - other).get_partition_keys()) == some - others
    assert (len(one), one.is_empty, bool(one)) == (len(some), not some, bool(some))
    assert LETTERS.deserialize_subset(one.serialize()) == one
    assert set(one.get_partition_keys_not_in_subset(LETTERS)) == set("abcdef") - some


def test_keys_come_in_the_order_of_the_definition() -> None:
    held = LETTERS.subset_with_partition_keys(["z", "a", "f", "e", "y"])
    assert held.get_partition_keys() == ["f", "e", "a", "y", "z"]
    assert held.get_partition_key_ranges() == [PartitionKeyRange("f", "e"), PartitionKeyRange("a", "a")]
    assert held.with_partition_keys(["d"]).get_partition_key_ranges()[0] == PartitionKeyRange("f", "d")
    assert LETTERS.subset_with_partition_range(PartitionKeyRange("e", "c")).get_partition_keys() == ["e", "d", "c"]


def test_what_is_no_subset_is_refused() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="no subset of these partitions"):
        LETTERS.deserialize_subset("nonsense")


def test_keys_of_dynamic_partitions_are_told_without_an_instance() -> None:
    names = DynamicPartitionsDefinition(name="names")
    held = names.subset_with_partition_keys(["b", "a"]) | names.subset_with_partition_keys(["c"])
    assert held.get_partition_keys() == ["a", "b", "c"]
