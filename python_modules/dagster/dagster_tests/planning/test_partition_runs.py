"""Into which runs a range of partitions is cut."""

import pytest

from dagster.partitions.fixed_windows import DailyPartitionsDefinition
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.planning.partition_runs import options_of_range, partitions_per_run, ranges_of_runs
from dagster.specs.backfills import BackfillPolicy

DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-11")
SINGLE, THREE, NINE = BackfillPolicy.single_run(), BackfillPolicy.multi_run(3), BackfillPolicy.multi_run(9)


@pytest.mark.parametrize(
    ("policies", "expected"), [([SINGLE], None), ([SINGLE, NINE, THREE], 3), ([SINGLE, None], 1), ([None], 1), ([], None)]
)
def test_a_run_makes_as_many_partitions_as_each_asset_allows(policies: list[BackfillPolicy | None], expected: int | None) -> None:
    assert partitions_per_run(policies) == expected


def test_a_range_is_cut_in_its_order() -> None:
    week = PartitionKeyRange("2024-01-02", "2024-01-05")
    assert ranges_of_runs(DAYS, week, None) == [week]
    assert ranges_of_runs(DAYS, week, 3) == [
        PartitionKeyRange("2024-01-02", "2024-01-04"),
        PartitionKeyRange("2024-01-05", "2024-01-05"),
    ]
    assert len(ranges_of_runs(DAYS, week, 1)) == 4
    assert ranges_of_runs(DAYS, PartitionKeyRange("2024-01-05", "2024-01-02"), 1) == []


@pytest.mark.parametrize("most", [1, 2, 3, 5, None])
def test_ranges_of_dimensions_together_hold_the_box(most: int | None) -> None:
    definition = MultiPartitionsDefinition({"day": DAYS, "shop": StaticPartitionsDefinition(["a", "b", "c"])})
    box = PartitionKeyRange("2024-01-02|a", "2024-01-04|b")
    found = [key for each in ranges_of_runs(definition, box, most) for key in definition.get_partition_keys_in_range(each)]
    assert sorted(found) == sorted(definition.get_partition_keys_in_range(box))


def test_a_run_is_asked_for_by_key_or_by_the_tags_of_a_range() -> None:
    assert options_of_range(PartitionKeyRange("a", "a"), {"x": "y"}) == {"partition_key": "a", "tags": {"x": "y"}}
    assert options_of_range(PartitionKeyRange("a", "b"), {"x": "y"})["tags"] == {
        "x": "y",
        "dagster/asset_partition_range_start": "a",
        "dagster/asset_partition_range_end": "b",
    }
