import pickle
from typing import Any

import pytest

from dagster.errors import CheckError, DagsterInvalidDefinitionError
from dagster.partitions.definitions import PartitionsDefinition
from dagster.partitions.dynamic import DynamicPartitionsDefinition
from dagster.partitions.fixed_windows import DailyPartitionsDefinition, HourlyPartitionsDefinition
from dagster.partitions.mappings import (
    AllPartitionMapping,
    IdentityPartitionMapping,
    LastPartitionMapping,
    PartitionMapping,
    SpecificPartitionsPartitionMapping,
)
from dagster.partitions.multi import MultiPartitionsDefinition
from dagster.partitions.multi_mappings import (
    DimensionPartitionMapping,
    MultiPartitionMapping,
)
from dagster.partitions.single_dimension_mappings import MultiToSingleDimensionPartitionMapping
from dagster.partitions.static import StaticPartitionsDefinition
from dagster.partitions.static_mappings import StaticPartitionMapping
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition
from dagster.partitions.window_mappings import TimeWindowPartitionMapping

DAYS, HOURS = DailyPartitionsDefinition("2024-01-01"), HourlyPartitionsDefinition("2024-01-01-00:00")
ELSEWHERE = DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin")
LETTERS, NUMBERS = StaticPartitionsDefinition(["a", "b"]), StaticPartitionsDefinition(["1", "2"])
NAMED = DynamicPartitionsDefinition(name="named")
MULTI = MultiPartitionsDefinition({"date": DAYS, "letter": LETTERS})
OTHER = MultiPartitionsDefinition({"date": DAYS, "number": NUMBERS})

SAME = IdentityPartitionMapping()
BY_LETTER = StaticPartitionMapping({"a": "1", "b": ["1", "2"]})
OVERLAPPING = TimeWindowPartitionMapping(start_offset=-1)
BY_DIMENSION = MultiPartitionMapping({"date": DimensionPartitionMapping("date", SAME)})
ONE_DIMENSION = MultiToSingleDimensionPartitionMapping("date")
EACH = [
    SAME,
    AllPartitionMapping(),
    LastPartitionMapping(),
    SpecificPartitionsPartitionMapping(["a"]),
    BY_LETTER,
    OVERLAPPING,
    BY_DIMENSION,
    ONE_DIMENSION,
]


@pytest.mark.parametrize("mapping", EACH, ids=lambda mapping: type(mapping).__name__)
def test_a_mapping_is_a_value_that_describes_itself(mapping: PartitionMapping) -> None:
    copy = pickle.loads(pickle.dumps(mapping))
    assert (mapping, hash(mapping), repr(mapping)) == (copy, hash(copy), repr(copy))
    assert [mapping] == [each for each in EACH if each == mapping]
    assert mapping.description.endswith(".")


def test_a_static_mapping_does_not_care_how_keys_are_given() -> None:
    assert BY_LETTER == StaticPartitionMapping({"a": ("1",), "b": {"2", "1"}})
    assert "Upstream to downstream: a to 1, b to 1 and 2." == BY_LETTER.description


@pytest.mark.parametrize(
    ("mapping", "upstream", "downstream"),
    [
        (SAME, LETTERS, NUMBERS),
        (SAME, DAYS, ELSEWHERE),
        (SAME, DAYS, TimeWindowPartitionsDefinition("2024-01-01", "%Y-%m-%d", cron_schedule="0 0 * * *")),
        (SAME, NAMED, NAMED),
        (AllPartitionMapping(), DAYS, None),
        (LastPartitionMapping(), DAYS, LETTERS),
        (SpecificPartitionsPartitionMapping(["later"]), LETTERS, None),
        (BY_LETTER, LETTERS, NUMBERS),
        (OVERLAPPING, DAYS, HOURS),
        (OVERLAPPING, HOURS, DAYS),
        (BY_DIMENSION, MULTI, OTHER),
        (ONE_DIMENSION, MULTI, DAYS),
        (ONE_DIMENSION, DAYS, MULTI),
        (ONE_DIMENSION, MULTI, HOURS),
        (MultiToSingleDimensionPartitionMapping(), LETTERS, MULTI),
    ],
)
def test_what_fits_is_accepted(
    mapping: PartitionMapping, upstream: PartitionsDefinition, downstream: PartitionsDefinition | None
) -> None:
    mapping.validate_partition_mapping(upstream, downstream)


@pytest.mark.parametrize(
    ("mapping", "upstream", "downstream", "sentence"),
    [
        (SAME, DAYS, HOURS, "Upstream: DailyPartitionsDefinition, downstream: HourlyPartitionsDefinition"),
        (SAME, DAYS, None, "downstream: no partitions"),
        (BY_LETTER, DAYS, NUMBERS, "upstream there is DailyPartitionsDefinition"),
        (BY_LETTER, LETTERS, LETTERS, "downstream partitions that do not exist: '1', '2'"),
        (BY_LETTER, NUMBERS, NUMBERS, "upstream partitions that do not exist: 'a', 'b'"),
        (OVERLAPPING, DAYS, LETTERS, "downstream there is StaticPartitionsDefinition"),
        (OVERLAPPING, DAYS, ELSEWHERE, "upstream there is UTC, downstream Europe/Berlin"),
        (BY_DIMENSION, MULTI, DAYS, "downstream there are none"),
        (MultiPartitionMapping({"shape": DimensionPartitionMapping("date", SAME)}), MULTI, OTHER, "upstream dimension 'shape'"),
        (MultiPartitionMapping({"date": DimensionPartitionMapping("shape", SAME)}), MULTI, OTHER, "downstream dimension 'shape'"),
        (ONE_DIMENSION, MULTI, OTHER, "on one side"),
        (ONE_DIMENSION, DAYS, HOURS, "on one side"),
        (ONE_DIMENSION, MULTI, None, "on one side"),
        (ONE_DIMENSION, MULTI, NUMBERS, "None of the dimensions date, letter"),
        (MultiToSingleDimensionPartitionMapping("shape"), MULTI, DAYS, "no dimension 'shape'"),
    ],
)
def test_what_does_not_fit_is_refused(
    mapping: PartitionMapping, upstream: PartitionsDefinition, downstream: PartitionsDefinition | None, sentence: str
) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=sentence):
        mapping.validate_partition_mapping(upstream, downstream)


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        (StaticPartitionMapping, (["a"],)),
        (StaticPartitionMapping, ({"a": 1},)),
        (TimeWindowPartitionMapping, ("1",)),
        (TimeWindowPartitionMapping, (0, None)),
        (TimeWindowPartitionMapping, (0, 0, "yes")),
        (DimensionPartitionMapping, (3, SAME)),
        (DimensionPartitionMapping, ("date", "same")),
        (MultiPartitionMapping, ({"date": SAME},)),
        (MultiPartitionMapping, (None,)),
        (MultiToSingleDimensionPartitionMapping, (3,)),
    ],
)
def test_arguments_of_a_wrong_type_are_refused(kind: Any, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(CheckError):
        kind(*arguments)
