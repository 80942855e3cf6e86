from collections.abc import Iterator
from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetSelection,
    DagsterInstance,
    Definitions,
    StaticPartitionsDefinition,
    asset,
    build_multi_asset_sensor_context,
    materialize,
    multi_asset_sensor,
)
from dagster.errors import CheckError, DagsterInvalidInvocationError, DagsterInvariantViolationError

A, B = AssetKey("a"), AssetKey("b")


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as opened:
        yield opened


@asset
def a() -> int:
    return 1


@asset
def b() -> int:
    return 1


@asset(partitions_def=StaticPartitionsDefinition(["x", "y"]))
def sliced() -> int:
    return 1


def context_of(instance: DagsterInstance, cursor: str | None = None, assets: Any = (a, b)) -> Any:
    definitions = Definitions(assets=list(assets))
    return build_multi_asset_sensor_context(
        monitored_assets=AssetSelection.all(), definitions=definitions, instance=instance, cursor=cursor
    )


def test_what_was_marked_is_not_seen_again(instance: DagsterInstance) -> None:
    materialize([a, b], instance=instance)
    context = context_of(instance)
    context.advance_cursor({A: context.latest_materialization_records_by_key()[A]})
    context.update_cursor_after_evaluation()
    latest = context_of(instance, context.cursor).latest_materialization_records_by_key()
    assert [key for key, record in latest.items() if record] == [B]


def test_everything_is_marked_at_once(instance: DagsterInstance) -> None:
    materialize([a, b], instance=instance)
    context = context_of(instance)
    context.advance_all_cursors()
    context.update_cursor_after_evaluation()
    assert not any(context_of(instance, context.cursor).latest_materialization_records_by_key().values())


def test_partitions_that_were_passed_over_are_kept(instance: DagsterInstance) -> None:
    key = AssetKey("sliced")
    for partition in ("x", "y"):
        materialize([sliced], instance=instance, partition_key=partition)
    context = context_of(instance, assets=[sliced])
    context.advance_cursor({key: context.latest_materialization_records_by_partition(key)["y"]})
    context.update_cursor_after_evaluation()
    after = context_of(instance, context.cursor, assets=[sliced])
    assert (after.get_cursor_partition(key), list(after.latest_materialization_records_by_partition(key))) == ("y", ["x"])
    assert [record.partition_key for record in after.get_trailing_unconsumed_events(key)] == ["x"]


def test_questions_about_partitions_need_some(instance: DagsterInstance) -> None:
    with pytest.raises(DagsterInvariantViolationError, match="no partitions"):
        context_of(instance).latest_materialization_records_by_partition(A)
    with pytest.raises(DagsterInvalidInvocationError, match="not partitioned"):
        context_of(instance).get_downstream_partition_keys("x", A, B)


def test_the_assets_are_keys_or_a_selection() -> None:
    with pytest.raises(CheckError, match="monitored_assets"):
        multi_asset_sensor(["a"], job_name="j", name="s")(lambda context: None)  # pyright: ignore[reportArgumentType]


def test_the_function_is_called_with_its_own_context(instance: DagsterInstance) -> None:
    @multi_asset_sensor(monitored_assets=[A, B], job_name="j")
    def looks(context: Any) -> list[AssetKey]:
        return list(context.asset_keys)

    assert looks(context_of(instance)) == [A, B]
