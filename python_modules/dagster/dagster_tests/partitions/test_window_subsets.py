from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import DagsterInvalidInvocationError, DagsterUnknownPartitionError
from dagster.partitions.fixed_windows import DailyPartitionsDefinition, HourlyPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition

WORKDAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-15", exclusions=["0 0 * * 6", "0 0 * * 0"])
NEW_YORK = HourlyPartitionsDefinition("2024-03-09-00:00", end_date="2024-03-12-00:00", timezone="America/New_York")
BERLIN = HourlyPartitionsDefinition("2024-10-26-00:00", end_date="2024-10-28-00:00", timezone="Europe/Berlin")
DEFINITIONS = [WORKDAYS, NEW_YORK, BERLIN]


@st.composite
def two_subsets(draw: st.DrawFn) -> tuple[TimeWindowPartitionsDefinition, set[str], set[str]]:
    definition = draw(st.sampled_from(DEFINITIONS))
    keys = st.sets(st.sampled_from(list(definition.get_partition_keys())), max_size=20)
    return definition, draw(keys), draw(keys)


@given(two_subsets())
def test_subsets_of_windows_agree_with_sets_of_keys(given_: tuple[TimeWindowPartitionsDefinition, set[str], set[str]]) -> None:
    definition, some, others = given_
    one, other = definition.subset_with_partition_keys(some), definition.subset_with_partition_keys(others)
    assert set((one | other).get_partition_keys()) == some | others
    assert set((one & other).get_partition_keys()) == some & others
    assert set((one - other).get_partition_keys()) == some - others
    assert len(one) == len(some)
    assert all((key in one) == (key in some) for key in definition.get_partition_keys())


@given(two_subsets())
def test_subsets_with_the_same_windows_are_equal(given_: tuple[TimeWindowPartitionsDefinition, set[str], set[str]]) -> None:
    definition, some, others = given_
    one, other = definition.subset_with_partition_keys(some), definition.subset_with_partition_keys(others)
    assert (one | other) - other == one - other
    assert (one - other) | (one & other) == one
    assert hash(one | other) == hash(other | one)
    assert definition.deserialize_subset(one.serialize()) == one


def test_ranges_pass_over_what_is_excluded() -> None:
    held = WORKDAYS.subset_with_partition_keys(["2024-01-04", "2024-01-05", "2024-01-08", "2024-01-10"])
    assert held.get_partition_key_ranges() == [
        PartitionKeyRange("2024-01-04", "2024-01-08"),
        PartitionKeyRange("2024-01-10", "2024-01-10"),
    ]
    assert [window.end.day for window in held.included_time_windows] == [9, 11]
    assert WORKDAYS.subset_with_partition_range(PartitionKeyRange("2024-01-04", "2024-01-08")).get_partition_keys() == [
        "2024-01-04",
        "2024-01-05",
        "2024-01-08",
    ]


def test_a_hundred_thousand_windows_are_two_numbers() -> None:
    hours = HourlyPartitionsDefinition("2010-01-01-00:00")
    with partition_loading_context(datetime(2024, 1, 1, tzinfo=timezone.utc)):
        everything = hours.subset_with_all_partitions()
    assert len(everything) == 122_712
    assert len(everything.stretches) == 1
    assert "2017-05-05-05:00" in everything


def test_what_is_no_subset_is_refused() -> None:
    with pytest.raises(DagsterInvalidInvocationError, match="no subset of these partitions"):
        WORKDAYS.deserialize_subset('{"subset": ["a"]}')
    with pytest.raises(DagsterUnknownPartitionError, match="first of may"):
        WORKDAYS.subset_with_partition_keys(["first of may"])
    assert "first of may" not in WORKDAYS.empty_subset()
