from hypothesis import given
from hypothesis import strategies as st

from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_keys import MultiPartitionKey
from dagster.partitions.static import StaticPartitionsDefinition

CUBE = MultiPartitionsDefinition(
    {
        "x": StaticPartitionsDefinition(["a", "b", "c"]),
        "y": StaticPartitionsDefinition(["1", "2"]),
        "z": StaticPartitionsDefinition(["p", "q"]),
    }
)
KEYS = st.sets(st.sampled_from(CUBE.get_partition_keys()))


@given(KEYS)
def test_the_ranges_of_a_subset_hold_its_keys_once_and_no_other(held: set[MultiPartitionKey]) -> None:
    subset = CUBE.subset_with_partition_keys(held)
    covered = [key for found in subset.get_partition_key_ranges(CUBE) for key in CUBE.get_partition_keys_in_range(found)]
    assert sorted(covered) == sorted(held)


def test_ranges_lie_along_the_dimension_with_most_keys() -> None:
    held = CUBE.subset_with_partition_keys(["a|1|p", "b|1|p", "c|1|p", "a|2|p"])
    assert [PartitionKeyRange("a|1|p", "c|1|p"), PartitionKeyRange("a|2|p", "a|2|p")] == held.get_partition_key_ranges()


def test_keys_that_are_no_partition_are_in_no_range() -> None:
    assert CUBE.subset_with_partition_keys(["a|1|z", "a|1"]).get_partition_key_ranges() == []


def test_what_subsets_are_combined_to_has_such_ranges_too() -> None:
    one, other = (CUBE.subset_with_partition_keys([key]) for key in ("c|2|p", "a|2|p"))
    assert [PartitionKeyRange(key, key) for key in ("a|2|p", "c|2|p")] == (one | other).get_partition_key_ranges()
