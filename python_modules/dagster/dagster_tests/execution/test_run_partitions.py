from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetExecutionContext,
    AssetIn,
    AssetKey,
    BackfillPolicy,
    DagsterInstance,
    DailyPartitionsDefinition,
    InMemoryIOManager,
    MultiPartitionKey,
    MultiPartitionsDefinition,
    StaticPartitionsDefinition,
    TimeWindowPartitionMapping,
    asset,
    asset_check,
    materialize,
)
from dagster.errors import (
    DagsterInvalidInvocationError,
    DagsterInvariantViolationError,
    DagsterUnknownPartitionError,
)

DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-01-10")


def of_range(first: str, last: str) -> dict[str, str]:
    return {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}


@asset(partitions_def=DAYS, backfill_policy=BackfillPolicy.single_run())
def days(context: AssetExecutionContext) -> list[str]:
    return [*context.partition_keys, context.partition_time_window.end.isoformat()]


def ran(*assets: Any, **options: Any) -> Any:
    return materialize(assets, resources={"io_manager": InMemoryIOManager()}, **options)


def test_a_run_of_a_range_makes_each_of_its_partitions() -> None:
    with DagsterInstance.ephemeral() as instance:
        result = ran(days, instance=instance, tags=of_range("2024-01-03", "2024-01-05"))
        made = ["2024-01-03", "2024-01-04", "2024-01-05"]
        assert result.output_for_node("days") == [*made, "2024-01-06T00:00:00+00:00"]
        assert instance.get_materialized_partitions(AssetKey("days")) == set(made)
        logged = [entry.dagster_event for entry in instance.all_logs(result.run_id) if entry.dagster_event]
        planned = [event.partition for event in logged if event.event_type_value == "ASSET_MATERIALIZATION_PLANNED"]
        assert planned == made


def test_a_range_of_one_partition_is_a_range() -> None:
    @asset(partitions_def=DAYS)
    def told(context: AssetExecutionContext) -> tuple[bool, bool, str]:
        return context.has_partition_key, context.has_partition_key_range, context.partition_key

    result = ran(told, tags=of_range("2024-01-03", "2024-01-03"))
    assert result.output_for_node("told") == (False, True, "2024-01-03")


def test_one_file_is_not_made_of_several_partitions() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="of 3 partitions"):
        materialize([days], tags=of_range("2024-01-03", "2024-01-05"))


@pytest.mark.parametrize(("first", "last"), [("2024-01-05", "2024-01-03"), ("2024-01-03", "2025-01-03"), ("x", "2024-01-03")])
def test_a_range_that_is_none_is_refused_before_anything_runs(first: str, last: str) -> None:
    with pytest.raises((DagsterInvalidInvocationError, DagsterUnknownPartitionError), match=first):
        ran(days, tags=of_range(first, last))


def test_events_know_the_dimensions_of_their_partition() -> None:
    two = StaticPartitionsDefinition(["a", "b"])

    @asset(partitions_def=MultiPartitionsDefinition({"left": two, "right": two}))
    def both() -> None: ...

    with DagsterInstance.ephemeral() as instance:
        materialize([both], partition_key="a|b", instance=instance)
        [record] = instance.fetch_materializations(AssetKey("both"), limit=1).records
    key = record.partition_key
    assert isinstance(key, MultiPartitionKey)
    assert key.keys_by_dimension == {"left": "a", "right": "b"}


def test_evaluations_of_a_check_with_partitions_name_the_one_of_the_run() -> None:
    @asset_check(asset=days, partitions_def=DAYS)
    def of_the_day() -> AssetCheckResult:
        return AssetCheckResult(passed=True)

    @asset_check(asset=days)
    def of_all() -> AssetCheckResult:
        return AssetCheckResult(passed=True)

    result = ran(days, of_the_day, of_all, partition_key="2024-01-03")
    found = {each.check_name: each.partition for each in result.get_asset_check_evaluations()}
    assert found == {"of_the_day": "2024-01-03", "of_all": None}


def test_an_output_of_an_asset_without_partitions_has_none_beside_others() -> None:
    @asset
    def plain(context: AssetExecutionContext) -> None:
        context.asset_partition_keys_for_output()

    with pytest.raises(DagsterInvariantViolationError, match='"plain" has no partitions'):
        ran(plain, days, partition_key="2024-01-03")


def test_the_first_partition_of_an_asset_that_reads_the_one_before_gets_none() -> None:
    @asset(partitions_def=DAYS, ins={"chain": AssetIn(partition_mapping=TimeWindowPartitionMapping(-1, -1))})
    def chain(chain: Any) -> int:
        return 1 if chain is None else chain + 1

    with DagsterInstance.ephemeral() as instance:
        for day in ("2024-01-01", "2024-01-02"):
            result = materialize([chain], instance=instance, partition_key=day)
    assert result.output_for_node("chain") == 2


def test_a_tag_that_names_no_partition_is_refused_before_anything_runs() -> None:
    with DagsterInstance.ephemeral() as instance:
        with pytest.raises(DagsterUnknownPartitionError, match="2025-01-01"):
            ran(days, instance=instance, tags={"dagster/partition": "2025-01-01"})
        assert instance.get_runs() == []
