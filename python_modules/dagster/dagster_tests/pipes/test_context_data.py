from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetSpec,
    DagsterInstance,
    DailyPartitionsDefinition,
    MaterializeResult,
    PartitionKeyRange,
    PartitionsDefinition,
    RetryPolicy,
    StaticPartitionsDefinition,
    asset,
    asset_check,
    build_asset_check_context,
    build_asset_context,
    materialize,
    multi_asset,
    op,
)
from dagster.pipes.context_data import context_data_of, materialized_keys

DAILY = DailyPartitionsDefinition("2024-01-01", timezone="America/New_York")


def told_in_call(partitions_def: PartitionsDefinition[Any] | None = None, **given: Any) -> Any:
    told: list[Any] = []

    @asset(key=["sales", "orders"], code_version="2", partitions_def=partitions_def)
    def orders(context: AssetExecutionContext) -> None:
        told.append(context_data_of(context, {"limit": 10}))

    with DagsterInstance.ephemeral() as instance:
        orders(build_asset_context(instance=instance, **given))
    return told[0]


def test_keys_are_as_users_write_them() -> None:
    told = told_in_call()
    assert ["sales/orders"] == told["asset_keys"]
    assert {"sales/orders": "2"} == told["code_version_by_asset_key"]
    assert {"limit": 10} == told["extras"]


def test_a_call_is_of_no_job() -> None:
    told = told_in_call()
    assert (None, 0, None) == (told["job_name"], told["retry_number"], told["partition_key"])


def test_a_day_has_a_window_in_its_zone() -> None:
    told = told_in_call(DAILY, partition_key="2024-03-10")
    assert {"start": "2024-03-10", "end": "2024-03-10"} == told["partition_key_range"]
    window = {"start": "2024-03-10T00:00:00-05:00", "end": "2024-03-11T00:00:00-04:00"}
    assert ("2024-03-10", window) == (told["partition_key"], told["partition_time_window"])


def test_a_range_has_ends_and_no_key() -> None:
    told = told_in_call(DAILY, partition_key_range=PartitionKeyRange("2024-01-02", "2024-01-04"))
    assert (None, {"start": "2024-01-02", "end": "2024-01-04"}) == (told["partition_key"], told["partition_key_range"])
    assert "2024-01-05T00:00:00-05:00" == told["partition_time_window"]["end"]


def test_partitions_that_are_no_times_have_no_window() -> None:
    told = told_in_call(StaticPartitionsDefinition(["a", "b"]), partition_key="b")
    assert ("b", None) == (told["partition_key"], told["partition_time_window"])


def test_only_assets_that_the_run_wants_are_told_of() -> None:
    told: list[Any] = []

    @multi_asset(specs=[AssetSpec("a", skippable=True), AssetSpec("b", skippable=True)], can_subset=True)
    def both(context: AssetExecutionContext) -> Any:
        told.append(context_data_of(context, None)["asset_keys"])
        yield MaterializeResult(asset_key="b")

    with DagsterInstance.ephemeral() as instance:
        materialize([both], instance=instance, selection="b")
    assert [["b"]] == told


def test_a_second_run_is_told_what_the_first_was_made_from() -> None:
    told: list[Any] = []

    @asset(code_version="1")
    def orders() -> int:
        return 3

    @asset(deps=[orders], code_version="7", retry_policy=RetryPolicy(max_retries=1))
    def report(context: AssetExecutionContext) -> None:
        told.append(context_data_of(context, None))
        if not context.retry_number:
            raise RuntimeError("once more")

    with DagsterInstance.ephemeral() as instance:
        materialize([orders, report], instance=instance)
        run_id = materialize([orders, report], instance=instance).run_id
    assert [0, 1, 0, 1] == [each["retry_number"] for each in told]
    assert {"report": None} == told[0]["provenance_by_asset_key"]
    made_from = told[-1]["provenance_by_asset_key"]["report"]
    assert ("7", ["orders"], False) == (
        made_from["code_version"],
        list(made_from["input_data_versions"]),
        made_from["is_user_provided"],
    )
    assert run_id == told[-1]["run_id"]


def test_an_op_is_about_no_asset() -> None:
    told: list[Any] = []

    @op
    def one(context: Any) -> None:
        told.append(context_data_of(context, None))

    from dagster import build_op_context

    one(build_op_context())
    assert (None, None) == (told[0]["asset_keys"], told[0]["provenance_by_asset_key"])


def test_a_check_is_about_its_asset_and_writes_none() -> None:
    told: list[Any] = []

    @asset_check(asset="orders")
    def fresh(context: Any) -> Any:
        from dagster import AssetCheckResult

        told.append((context_data_of(context, None)["asset_keys"], materialized_keys(context)))
        return AssetCheckResult(passed=True)

    with DagsterInstance.ephemeral() as instance:
        fresh(build_asset_check_context(instance=instance))
    assert [(["orders"], ())] == told
