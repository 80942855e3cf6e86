import os
import pickle
from typing import Any

import pytest

from dagster import (
    AssetSpec,
    AutomationCondition,
    DailyPartitionsDefinition,
    DynamicPartitionsDefinition,
    HourlyPartitionsDefinition,
    MetadataValue,
    MultiPartitionsDefinition,
    StaticPartitionsDefinition,
    TableColumn,
    TableSchema,
    TimeWindowPartitionMapping,
)
from dagster.errors import DagsterInvalidDefinitionError
from dagster.workspace.descriptions import from_wire, wire_form

VALUES: dict[str, Any] = {
    "partitions by day": DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin", end_offset=1),
    "partitions by hour": HourlyPartitionsDefinition("2024-01-01-00:00"),
    "dimensions": MultiPartitionsDefinition(
        {"day": DailyPartitionsDefinition("2024-01-01"), "country": StaticPartitionsDefinition(["a", "b"])}
    ),
    "dynamic partitions": DynamicPartitionsDefinition(name="files"),
    "a mapping": TimeWindowPartitionMapping(start_offset=-1),
    "a condition": AutomationCondition.eager() | (AutomationCondition.on_cron("0 * * * *") & ~AutomationCondition.in_progress()),
    "metadata": AssetSpec(
        "a",
        metadata={
            "schema": MetadataValue.table_schema(TableSchema([TableColumn("x", "int")])),
            "n": 1.5,
            "p": MetadataValue.path("/x"),
        },
        tags={"a": "b"},
        kinds={"python"},
        owners=["team:x"],
    ),
}


@pytest.mark.parametrize("what", VALUES)
def test_a_value_is_read_as_it_was_written(what: str) -> None:
    value = VALUES[what]
    read = from_wire(wire_form(value))
    assert read == value
    assert type(read) is type(value)


def test_something_that_is_no_value_cannot_be_written() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="holds something that is no value"):
        wire_form(DynamicPartitionsDefinition(lambda _now: ["a"]))


class Calls:
    def __reduce__(self) -> Any:
        return os.system, ("true",)


@pytest.mark.parametrize("value", [Calls(), os.system, pickle.loads, DagsterInvalidDefinitionError])
def test_what_is_no_value_of_this_package_is_not_made(value: Any) -> None:
    with pytest.raises(pickle.UnpicklingError, match="is no value of a description"):
        from_wire(pickle.dumps(value))
