"""Where partitions stand, told as ranges."""

from datetime import datetime, timezone

import pytest

from dagster.events.types import DagsterEventType as T
from dagster.instance.instance import DagsterInstance
from dagster.instance.partition_statuses import AssetPartitionStatus, PartitionRange
from dagster.keys import AssetKey
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.fixed_windows import DailyPartitionsDefinition
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.static import StaticPartitionsDefinition
from dagster_tests.contracts.storage_facts import entry, planned, written

A = AssetKey("a")
MATERIALIZED, IN_PROGRESS, FAILED = (
    AssetPartitionStatus.MATERIALIZED,
    AssetPartitionStatus.IN_PROGRESS,
    AssetPartitionStatus.FAILED,
)
DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-02-01")


@pytest.fixture(name="instance")
def _instance() -> DagsterInstance:
    instance = DagsterInstance.ephemeral()
    for run_id, kind in (("running", T.RUN_START), ("failed", T.RUN_FAILURE)):
        instance.create_run(job_name="j", run_id=run_id)
        instance.append([entry(run_id, kind)])
    return instance


def seconds(*day: int) -> float:
    return datetime(*day, tzinfo=timezone.utc).timestamp()  # pyright: ignore[reportArgumentType] - a date


def test_windows_are_told_as_ranges_of_time(instance: DagsterInstance) -> None:
    done = [written("", "a", f"2024-01-{day:02}") for day in (1, 2, 3, 6)]
    plans = [planned("failed", "a", "2024-01-03"), planned("running", "a", "2024-01-04")]
    instance.append([*done, *plans, written("", "a", "2030-01-01"), written("", "a", "nonsense")])
    statuses = instance.partition_statuses(A, DAYS)
    assert statuses.ranges() == [
        PartitionRange(start_key=first, end_key=last, status=status, start_time=seconds(*begin), end_time=seconds(*end))
        for first, last, status, begin, end in [
            ("2024-01-01", "2024-01-02", MATERIALIZED, (2024, 1, 1), (2024, 1, 3)),
            ("2024-01-03", "2024-01-03", FAILED, (2024, 1, 3), (2024, 1, 4)),
            ("2024-01-04", "2024-01-04", IN_PROGRESS, (2024, 1, 4), (2024, 1, 5)),
            ("2024-01-06", "2024-01-06", MATERIALIZED, (2024, 1, 6), (2024, 1, 7)),
        ]
    ]
    assert statuses.counts() == {MATERIALIZED: 3, IN_PROGRESS: 1, FAILED: 1}
    assert (statuses.status_of("2024-01-03"), statuses.status_of("2024-01-05")) == (FAILED, None)
    assert len(statuses.missing()) == 31 - 5


def test_keys_that_are_no_partitions_any_more_are_left_out(instance: DagsterInstance) -> None:
    instance.append([written("", "a", key) for key in ("gone", "y", "x")])
    instance.add_dynamic_partitions("letters", ["x", "y", "z"])
    for definition in (DynamicPartitionsDefinition(name="letters"), StaticPartitionsDefinition(["x", "y", "z"])):
        ranges = instance.partition_statuses(A, definition).ranges()
        assert ranges == [PartitionRange(start_key="x", end_key="y", status=MATERIALIZED)]


def test_partitions_with_dimensions_are_told_along_one_of_them(instance: DagsterInstance) -> None:
    colours = StaticPartitionsDefinition(["red", "green"])
    definition = MultiPartitionsDefinition({"day": DAYS, "colour": colours})
    done = ["red|2024-01-01", "green|2024-01-01", "red|2024-01-02", "green|2024-01-02", "red|2024-01-03", "blue|2024-01-04"]
    instance.append([*(written("", "a", key) for key in done), planned("failed", "a", "green|2024-01-02")])
    both, apart, one = instance.partition_statuses(A, definition).by_dimension("day")
    assert (both.start_key, both.end_key, both.end_time) == ("2024-01-01", "2024-01-01", seconds(2024, 1, 2))
    assert both.others.ranges() == [PartitionRange(start_key="red", end_key="green", status=MATERIALIZED)]
    assert (apart.others.status_of("red"), apart.others.status_of("green")) == (MATERIALIZED, FAILED)
    assert (one.start_key, one.others.counts()[MATERIALIZED]) == ("2024-01-03", 1)


def test_three_dimensions_are_told_along_each_of_them(instance: DagsterInstance) -> None:
    letters = {name: StaticPartitionsDefinition([f"{name}{number}" for number in range(3)]) for name in "abc"}
    definition = MultiPartitionsDefinition(letters)
    instance.append([written("", "a", f"a{i}|b{j}|c0") for i in range(2) for j in range(2)])
    [found] = instance.partition_statuses(A, definition).by_dimension("a")
    assert (found.start_key, found.end_key, set(found.others.keys(MATERIALIZED))) == ("a0", "a1", {"b0|c0", "b1|c0"})
