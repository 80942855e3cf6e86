import pytest

from dagster.partitions.mappings import IdentityPartitionMapping, LastPartitionMapping
from dagster.partitions.multi_mappings import DimensionPartitionMapping, MultiPartitionMapping
from dagster.partitions.self_mappings import reaches_earlier_partitions_alone
from dagster.partitions.window_mappings import TimeWindowPartitionMapping as Windows


def dimensions(**mappings: object) -> MultiPartitionMapping:
    return MultiPartitionMapping({name: DimensionPartitionMapping(name, mapping) for name, mapping in mappings.items()})  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    "mapping",
    [
        Windows(-1, -1),
        Windows(-3, -1),
        dimensions(day=Windows(-1, -1), region=IdentityPartitionMapping()),
        dimensions(day=Windows(-1, -1)),
    ],
)
def test_windows_before_are_earlier(mapping: object) -> None:
    assert reaches_earlier_partitions_alone(mapping)


@pytest.mark.parametrize(
    "mapping",
    [
        None,
        Windows(0, 0),
        Windows(-1, 0),
        Windows(1, 1),
        LastPartitionMapping(),
        dimensions(day=Windows(0, 0)),
        dimensions(day=Windows(-1, -1), hour=Windows(0, 0)),
        dimensions(region=IdentityPartitionMapping()),
        MultiPartitionMapping({"day": DimensionPartitionMapping("other", Windows(-1, -1))}),
    ],
)
def test_all_else_may_reach_a_partition_itself(mapping: object) -> None:
    assert not reaches_earlier_partitions_alone(mapping)
