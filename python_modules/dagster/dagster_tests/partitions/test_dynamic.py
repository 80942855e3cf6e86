import pickle
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    DagsterUnknownPartitionError,
    DagsterUserCodeExecutionError,
    ParameterCheckError,
)
from dagster.partitions.dynamic import (
    AddDynamicPartitionsRequest,
    DeleteDynamicPartitionsRequest,
    DynamicPartitionsDefinition,
    Partition,
)
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import partition_loading_context
from dagster_tests.partitions.definitions_for_tests import clock


class Store:
    """Keeps customers."""

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        return ["acme", "globex"] if partitions_def_name == "customers" else []

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        return partition_key in self.get_dynamic_partitions(partitions_def_name)


CUSTOMERS, STORE = DynamicPartitionsDefinition(name="customers"), Store()


def test_keys_come_from_the_store_that_is_given() -> None:
    assert ["acme", "globex"] == CUSTOMERS.get_partition_keys(dynamic_partitions_store=STORE)
    assert (True, False) == (
        CUSTOMERS.has_partition_key("acme", dynamic_partitions_store=STORE),
        CUSTOMERS.has_partition_key("umbrella", dynamic_partitions_store=STORE),
    )


def test_keys_come_from_the_store_of_the_context() -> None:
    with partition_loading_context(dynamic_partitions_store=STORE):
        assert ("globex", 2) == (CUSTOMERS.get_last_partition_key(), CUSTOMERS.get_num_partitions())
        assert ["acme"] == CUSTOMERS.get_partition_keys_in_range(PartitionKeyRange("acme", "acme"))
        with pytest.raises(DagsterUnknownPartitionError, match=r"'acmee'.*Close: 'acme'"):
            CUSTOMERS.validate_partition_key("acmee")


@pytest.mark.parametrize(
    "asked",
    [
        lambda: CUSTOMERS.get_partition_keys(),
        lambda: CUSTOMERS.has_partition_key("acme"),
        lambda: CUSTOMERS.get_num_partitions(),
        lambda: CUSTOMERS.get_serializable_unique_identifier(),
    ],
)
def test_without_a_store_it_is_said_what_to_give(asked: Callable[[], Any]) -> None:
    with pytest.raises(DagsterInvariantViolationError, match=r'"customers".*dynamic_partitions_store=instance'):
        asked()


def test_a_function_computes_the_keys_for_the_moment_asked_about() -> None:
    months = DynamicPartitionsDefinition(lambda moment: [Partition(1, "one"), Partition(2), f"{moment:%m}", "one"])
    assert ["one", "2", "03"] == months.get_partition_keys(clock(2024, 3, 1))


def test_a_function_that_raises_is_named() -> None:
    broken = DynamicPartitionsDefinition(lambda moment: [1 / 0])
    with pytest.raises(DagsterUserCodeExecutionError, match=r"partition_fn.*ZeroDivisionError"):
        broken.get_partition_keys()


def test_a_definition_has_either_a_name_or_a_function() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="none of the two"):
        DynamicPartitionsDefinition()
    with pytest.raises(DagsterInvalidDefinitionError, match="both"):
        DynamicPartitionsDefinition(lambda moment: [], name="customers")
    with pytest.raises(ParameterCheckError, match="given by `name`"):
        DynamicPartitionsDefinition("customers")  # pyright: ignore[reportArgumentType]


def test_definitions_of_one_name_are_equal() -> None:
    assert CUSTOMERS == DynamicPartitionsDefinition(name="customers") == pickle.loads(pickle.dumps(CUSTOMERS))
    assert CUSTOMERS != DynamicPartitionsDefinition(name="suppliers")
    assert 'Dynamic partitions: "customers"' == str(CUSTOMERS)


def test_a_sensor_asks_for_keys_to_be_added_and_removed() -> None:
    assert AddDynamicPartitionsRequest("customers", ["umbrella"]) == CUSTOMERS.build_add_request(("umbrella",))
    assert DeleteDynamicPartitionsRequest("customers", ["acme"]) == CUSTOMERS.build_delete_request(["acme"])
    assert CUSTOMERS.build_add_request(["a"]) != CUSTOMERS.build_delete_request(["a"])
    assert hash(CUSTOMERS.build_add_request(["a"])) == hash(CUSTOMERS.build_add_request(["a"]))


@pytest.mark.parametrize("keys", ["umbrella", [1], {"umbrella"}])
def test_the_keys_of_a_request_are_a_sequence_of_strings(keys: Any) -> None:
    with pytest.raises(CheckError):
        CUSTOMERS.build_add_request(keys)


def test_computed_partitions_take_no_requests() -> None:
    with pytest.raises(CheckError, match="have a name"):
        DynamicPartitionsDefinition(lambda moment: []).build_add_request(["a"])
