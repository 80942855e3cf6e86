from datetime import datetime, timezone

from hypothesis import assume, given
from hypothesis import strategies as st

from dagster.partitions.fixed_windows import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    MonthlyPartitionsDefinition,
    WeeklyPartitionsDefinition,
)
from dagster.partitions.loading import partition_loading_context
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.window_mappings import TimeWindowPartitionMapping

NOW = datetime(2024, 4, 10, 5, 30, tzinfo=timezone.utc)
ZONE = "America/New_York"
DEFINITIONS = [
    HourlyPartitionsDefinition("2024-03-08-00:00", timezone=ZONE, end_date="2024-03-13-00:00"),
    DailyPartitionsDefinition("2024-02-20", timezone=ZONE),
    DailyPartitionsDefinition("2024-03-05", timezone=ZONE, exclusions=["0 0 * * 6", "0 0 * * 0"]),
    DailyPartitionsDefinition("2024-03-01", timezone=ZONE, hour_offset=6, end_offset=2),
    WeeklyPartitionsDefinition("2024-02-04", timezone=ZONE),
    MonthlyPartitionsDefinition("2024-01-01", timezone=ZONE),
]
Pair = tuple[TimeWindowPartitionsDefinition, TimeWindowPartitionsDefinition, TimeWindowPartitionMapping]


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    below, above = draw(st.sampled_from(DEFINITIONS)), draw(st.sampled_from(DEFINITIONS))
    start = draw(st.integers(-2, 2))
    return below, above, TimeWindowPartitionMapping(start, start + draw(st.integers(0, 2)))


@given(pairs(), st.data())
def test_what_depends_on_a_window_is_what_reads_it(pair: Pair, data: st.DataObject) -> None:
    below, above, mapping = pair
    with partition_loading_context(NOW):
        read = data.draw(st.sampled_from(list(above.get_partition_keys())), label="upstream")
        held = above.subset_with_partition_keys([read])
        dependents = mapping.get_downstream_partitions_for_partitions(held, above, below)
        readers = [
            key
            for key in below.get_partition_keys()
            if read
            in mapping.get_upstream_mapped_partitions_result_for_partitions(
                below.subset_with_partition_keys([key]), below, above
            ).partitions_subset
        ]
    assert dependents.get_partition_keys() == readers


@given(pairs(), st.data())
def test_several_windows_read_what_each_reads(pair: Pair, data: st.DataObject) -> None:
    below, above, mapping = pair
    assume(not below.exclusions)
    with partition_loading_context(NOW):
        keys = data.draw(st.sets(st.sampled_from(list(below.get_partition_keys())), max_size=4), label="downstream")
        together = _read(mapping, below, above, keys)
        each = [_read(mapping, below, above, {key}) for key in keys]
    assert together[0] == set().union(*(there for there, _ in each))
    assert together[1] == set().union(*(missing for _, missing in each))


def test_windows_on_both_sides_of_excluded_time_read_it_too() -> None:
    below, above = DEFINITIONS[2], DEFINITIONS[1]
    with partition_loading_context(NOW):
        there, _ = _read(TimeWindowPartitionMapping(), below, above, {"2024-03-29", "2024-04-01"})
    assert sorted(there) == ["2024-03-29", "2024-03-30", "2024-03-31", "2024-04-01"]


def _read(
    mapping: TimeWindowPartitionMapping,
    below: TimeWindowPartitionsDefinition,
    above: TimeWindowPartitionsDefinition,
    keys: set[str],
) -> tuple[set[str], set[str]]:
    held = below.subset_with_partition_keys(keys)
    result = mapping.get_upstream_mapped_partitions_result_for_partitions(held, below, above)
    return set(result.partitions_subset.get_partition_keys()), set(result.required_but_nonexistent_partition_keys)


def test_a_hundred_thousand_windows_are_mapped_as_one_stretch() -> None:
    hours = HourlyPartitionsDefinition("2010-01-01-00:00")
    days = DailyPartitionsDefinition("2010-01-01")
    mapping = TimeWindowPartitionMapping(-1, 0)
    with partition_loading_context(NOW):
        everything = hours.subset_with_all_partitions()
        down = mapping.get_downstream_partitions_for_partitions(everything, hours, days)
        up = mapping.get_upstream_mapped_partitions_result_for_partitions(down, days, hours)
    assert len(down) == 5213
    assert len(up.partitions_subset) == 24 * 5213
