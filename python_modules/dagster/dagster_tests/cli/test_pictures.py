"""Where partitions stand, drawn in one line."""

from collections.abc import Collection

import pytest

from dagster.cli.pictures import buckets, picture
from dagster.instance.partition_statuses import AssetPartitionStatus, PartitionStatuses, statuses_of_groups
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.fixed_windows import DailyPartitionsDefinition, HourlyPartitionsDefinition
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.projections import PartitionGroup

DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-13")
LETTERS = StaticPartitionsDefinition(list("abcdefghijkl"))
FAILURE, STARTED = DagsterRunStatus.FAILURE, DagsterRunStatus.STARTED


def statuses(
    definition: PartitionsDefinition, *groups: tuple[DagsterRunStatus | None, Collection[str]]
) -> PartitionStatuses[AssetPartitionStatus]:
    return statuses_of_groups(definition, [PartitionGroup(status, status is None, list(keys)) for status, keys in groups])


@pytest.mark.parametrize("definition", [DAYS, LETTERS])
def test_each_character_stands_for_partitions_next_to_each_other(definition: PartitionsDefinition) -> None:
    keys = list(definition.get_partition_keys())
    stand = statuses(definition, (None, keys[:5]), (FAILURE, keys[8:9]), (STARTED, keys[10:11]))
    assert picture(stand, 40) == "█████···!·~·"
    assert picture(stand, 6) == "██▒·!~"
    assert picture(stand, 1) == "!"


def test_several_dimensions_are_drawn_along_the_primary_one() -> None:
    definition = MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})
    whole_day = [f"2024-01-01|{letter}" for letter in LETTERS.get_partition_keys()]
    assert picture(statuses(definition, (None, [*whole_day, "2024-01-03|a"])), 12) == "█·▒·········"


def test_the_parts_hold_all_partitions_whatever_their_number() -> None:
    hours = HourlyPartitionsDefinition("2000-01-01-00:00", end_date="2024-01-01-00:00", timezone="Europe/Berlin")
    parts = buckets(statuses(hours), 40)
    assert len(parts) == 40
    assert sum(part.count for part in parts) == hours.get_num_partitions()
    assert buckets(statuses(StaticPartitionsDefinition([])), 40) == []
