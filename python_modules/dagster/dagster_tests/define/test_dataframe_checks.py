from __future__ import annotations

from typing import Any

import pandas
import polars
import pytest

import dagster as dg
from dagster.errors import DagsterInvalidDefinitionError

ROWS: dict[str, list[Any]] = {
    "id": [1, 2, 2, 4],
    "price": [5.0, float("nan"), 101.0, None],
    "place": ["a", "b", "b", None],
    "full": [1, 2, 3, 4],
}
LETTERS = dg.StaticPartitionsDefinition(["a", "b"])

FRAMES = [pandas.DataFrame(ROWS), polars.DataFrame(ROWS, strict=False), polars.LazyFrame(ROWS, strict=False)]


def named(frame: object) -> str:
    return f"{type(frame).__module__.partition('.')[0]}.{type(frame).__name__}"


def checked(frame: Any, **options: Any) -> dict[str, tuple[bool, dict[str, Any]]]:
    @dg.asset
    def orders() -> Any:
        return frame

    checks = dg.build_dataframe_checks(asset=orders, **options)
    resources = {"io_manager": dg.mem_io_manager}
    result = dg.materialize([orders, checks], instance=dg.DagsterInstance.ephemeral(), resources=resources, raise_on_error=False)
    return {
        each.check_name: (each.passed, {name: value.value for name, value in each.metadata.items()})
        for each in result.get_asset_check_evaluations()
    }


@pytest.mark.parametrize("frame", FRAMES, ids=named)
def test_columns_are_checked_alike_in_every_library(frame: Any) -> None:
    found = checked(
        frame,
        not_null=["price", "full"],
        unique=["id", "full", "place", ["id", "place"]],
        ranges={"price": (0, 100), "full": (1, None), "id": (None, 3)},
    )
    assert found == {
        "not_null_price": (False, {"rows": 4, "missing": 2}),
        "not_null_full": (True, {"rows": 4, "missing": 0}),
        "unique_id": (False, {"rows": 4, "duplicates": 1}),
        "unique_full": (True, {"rows": 4, "duplicates": 0}),
        "unique_place": (False, {"rows": 4, "duplicates": 1}),
        "unique_id_place": (False, {"rows": 4, "duplicates": 1}),
        "range_price": (False, {"rows": 4, "outside": 1, "lowest": 5.0, "highest": 101.0}),
        "range_full": (True, {"rows": 4, "outside": 0, "lowest": 1, "highest": 4}),
        "range_id": (False, {"rows": 4, "outside": 1, "lowest": 1, "highest": 4}),
    }


@pytest.mark.parametrize("library", [pandas, polars], ids=lambda library: library.__name__)
def test_an_empty_frame_passes(library: Any) -> None:
    frame = library.DataFrame({"id": [1]})[:0]
    found = checked(frame, not_null=["id"], unique=["id"], ranges={"id": (0, 1)})
    assert [passed for passed, _ in found.values()] == [True, True, True]


def test_a_column_that_is_not_there_fails_its_check_and_names_close_ones() -> None:
    @dg.asset
    def orders() -> Any:
        return FRAMES[0]

    checks = dg.build_dataframe_checks(asset="orders", not_null=["prize"])
    result = dg.materialize([orders, checks], instance=dg.DagsterInstance.ephemeral())
    [evaluation] = result.get_asset_check_evaluations()
    assert (evaluation.passed, evaluation.description) == (False, "There is no column 'prize'. Close: 'price'.")


def test_a_blocking_check_stops_what_lies_downstream() -> None:
    @dg.asset
    def orders() -> Any:
        return FRAMES[0]

    @dg.asset
    def revenue(orders: Any) -> int:
        return 1

    checks = dg.build_dataframe_checks(asset=orders, unique=["id"], blocking=True)
    result = dg.materialize([orders, revenue, checks], instance=dg.DagsterInstance.ephemeral(), raise_on_error=False)
    assert not result.success
    assert result.asset_materializations_for_node("revenue") == []


def test_one_of_the_checks_is_executed_alone() -> None:
    @dg.asset
    def orders() -> Any:
        return FRAMES[0]

    checks = dg.build_dataframe_checks(asset=orders, not_null=["full"], unique=["id"])
    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([orders], instance=instance)
        wanted = dg.AssetSelection.checks(dg.AssetCheckKey(dg.AssetKey("orders"), "not_null_full"))
        result = dg.materialize([orders, checks], selection=wanted, instance=instance)
    assert [(each.check_name, each.passed) for each in result.get_asset_check_evaluations()] == [("not_null_full", True)]


def test_a_partition_is_checked_for_itself_and_all_of_them_together() -> None:
    @dg.asset(partitions_def=LETTERS)
    def orders(context: dg.AssetExecutionContext) -> Any:
        return pandas.DataFrame({"id": [1, 2]})

    each = dg.build_dataframe_checks(asset=orders, unique=["id"], partitions_def=LETTERS)
    every = dg.build_dataframe_checks(asset=orders, unique=["id"])
    with dg.DagsterInstance.ephemeral() as instance:
        results = [dg.materialize([orders, each], instance=instance, partition_key=key) for key in "ab"]
        together = dg.materialize([orders, every], selection=dg.AssetSelection.all_asset_checks(), instance=instance)
    found = [evaluation.passed for result in [*results, together] for evaluation in result.get_asset_check_evaluations()]
    assert found == [True, True, False]


def test_what_is_no_dataframe_is_refused_when_it_is_looked_at() -> None:
    @dg.asset
    def orders() -> list[int]:
        return [1]

    checks = dg.build_dataframe_checks(asset=orders, not_null=["id"])
    result = dg.materialize([orders, checks], instance=dg.DagsterInstance.ephemeral(), raise_on_error=False)
    [failure] = [event for event in result.all_events if event.event_type_value == "STEP_FAILURE"]
    assert "dataframes of pandas and polars" in str(failure.event_specific_data)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "nothing to check"),
        ({"ranges": {"id": (None, None)}}, "smallest and the largest"),
        ({"ranges": {"id": 3}}, "smallest and the largest"),
        ({"not_null": ["a b", "a_b"]}, "two checks of the name 'not_null_a_b'"),
    ],
)
def test_checks_that_say_nothing_are_refused(options: Any, words: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=words):
        dg.build_dataframe_checks(asset="orders", **options)
