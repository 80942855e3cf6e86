"""Partitions by places, and where they stand as rectangles."""

from __future__ import annotations

from typing import Any

import pytest

from dagster import (
    AssetExecutionContext,
    DagsterInstance,
    DailyPartitionsDefinition,
    Definitions,
    DynamicPartitionsDefinition,
    HourlyPartitionsDefinition,
    MultiPartitionKey,
    MultiPartitionsDefinition,
    StaticPartitionsDefinition,
    asset,
    materialize,
)
from dagster_graphql_tests.loaded import Served

REGIONS = StaticPartitionsDefinition(["eu", "us", "asia"])
DAYS = DailyPartitionsDefinition("2024-01-01", end_date="2024-03-01")


@asset(partitions_def=DAYS)
def daily(context: AssetExecutionContext) -> int:
    if context.partition_key == "2024-01-09":
        raise ValueError("planted")
    return 1


@asset(partitions_def=HourlyPartitionsDefinition("1900-01-01-00:00", end_date="2024-01-01-00:00"))
def hourly() -> int:
    return 1


@asset(partitions_def=MultiPartitionsDefinition({"region": REGIONS, "date": DAYS}))
def sales() -> int:
    return 1


@asset(
    partitions_def=MultiPartitionsDefinition({"region": REGIONS, "date": DAYS, "kind": StaticPartitionsDefinition(["a", "b"])})
)
def cube() -> int:
    return 1


@asset(partitions_def=DynamicPartitionsDefinition(name="customers"))
def orders() -> int:
    return 1


@asset
def plain() -> int:
    return 1


DEFINITIONS = Definitions([daily, hourly, sales, cube, orders, plain])
AXES = """query ($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
  partitionAxes { name type dynamicPartitionsDefinitionName numPartitions cycle
  keys(start: 1, end: 3) keysAt(places: [0, 10000000, -1]) } } } }"""
GRID = """query ($key: AssetKeyInput!, $columns: String!, $rows: String, $fixed: [PartitionKeyOfDimension!]) {
  assetNodeOrError(assetKey: $key) { ... on AssetNode { partitionGrid(columns: $columns, rows: $rows, fixed: $fixed) {
    materialized failed materializing } } } }"""
PLACES = """query ($key: AssetKeyInput!, $keys: [String!]!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
  partitionAxes { placesOf(keys: $keys) } } } }"""


def answer(served: Served, query: str, name: str, **variables: object) -> Any:
    return served.ask(query, key={"path": [name]}, **variables)["assetNodeOrError"]


def test_axes_tell_keys_by_their_places() -> None:
    instance = DagsterInstance.ephemeral()
    instance.add_dynamic_partitions("customers", ["ada", "bob"])
    served = Served(instance, shop=DEFINITIONS)
    [axis] = answer(served, AXES, "hourly")["partitionAxes"]
    assert axis == {
        "name": "default",
        "type": "TIME_WINDOW",
        "dynamicPartitionsDefinitionName": None,
        "numPartitions": 1_086_960,
        "cycle": 24,
        "keys": ["1900-01-01-01:00", "1900-01-01-02:00"],
        "keysAt": ["1900-01-01-00:00", None, None],
    }
    date, region = answer(served, AXES, "sales")["partitionAxes"]
    assert (date["name"], date["numPartitions"], date["cycle"]) == ("date", 60, 7)
    assert (region["name"], region["keys"], region["cycle"]) == ("region", ["us", "asia"], None)
    [customers] = answer(served, AXES, "orders")["partitionAxes"]
    assert (customers["dynamicPartitionsDefinitionName"], customers["keys"]) == ("customers", ["bob"])
    assert answer(served, AXES, "plain")["partitionAxes"] == []


def test_places_of_keys_are_told_and_nothing_of_keys_that_do_not_exist() -> None:
    served = Served(DagsterInstance.ephemeral(), shop=DEFINITIONS)
    keys = ["1900-01-01-00:00", "2023-12-31-23:00", "2024-01-01-00:00", "nonsense"]
    assert answer(served, PLACES, "hourly", keys=keys)["partitionAxes"] == [{"placesOf": [0, 1_086_959, None, None]}]


def test_partitions_of_one_dimension_stand_in_one_row() -> None:
    instance = DagsterInstance.ephemeral()
    for key in ("2024-01-01", "2024-01-02", "2024-01-05", "2024-01-09"):
        materialize([daily], partition_key=key, instance=instance, raise_on_error=False)
    served = Served(instance, shop=DEFINITIONS)
    assert answer(served, GRID, "daily", columns="default")["partitionGrid"] == {
        "materialized": [0, 1, 0, 2, 0, 1, 4, 5],
        "failed": [0, 1, 8, 9],
        "materializing": [],
    }
    assert answer(served, GRID, "plain", columns="default")["partitionGrid"] is None


def test_partitions_of_several_dimensions_stand_in_rectangles() -> None:
    instance = DagsterInstance.ephemeral()
    for region in ("us", "asia"):
        for date in ("2024-01-01", "2024-01-02"):
            materialize([sales], partition_key=MultiPartitionKey({"region": region, "date": date}), instance=instance)
    for kind, date in (("a", "2024-01-01"), ("b", "2024-01-03")):
        key = MultiPartitionKey({"region": "eu", "date": date, "kind": kind})
        materialize([cube], partition_key=key, instance=instance)
    served = Served(instance, shop=DEFINITIONS)
    grid = answer(served, GRID, "sales", columns="date", rows="region")["partitionGrid"]
    assert cells(grid["materialized"]) == {(row, column) for row in (1, 2) for column in (0, 1)}
    grid = answer(served, GRID, "cube", columns="date", rows="region", fixed=[{"dimension": "kind", "key": "b"}])["partitionGrid"]
    assert grid["materialized"] == [0, 1, 2, 3]


def cells(numbers: list[int]) -> set[tuple[int, int]]:
    """The rows and columns that lie in rectangles."""
    found: set[tuple[int, int]] = set()
    for at in range(0, len(numbers), 4):
        top, bottom, left, right = numbers[at : at + 4]
        found |= {(row, column) for row in range(top, bottom) for column in range(left, right)}
    return found


@pytest.mark.parametrize("variables", [{"columns": "region"}, {"columns": "date", "rows": "kind"}, {"columns": "moon"}])
def test_each_dimension_is_named_once(variables: dict[str, str]) -> None:
    served = Served(DagsterInstance.ephemeral(), shop=DEFINITIONS)
    errors = served.answer(GRID, key={"path": ["sales"]}, **variables).errors
    assert [
        "The partitions of sales have the dimensions date, region, each of which is columns, rows or fixed." in str(error)
        for error in errors or ()
    ] == [True]


def test_events_tell_keys_of_several_dimensions_as_mere_texts() -> None:
    instance = DagsterInstance.ephemeral()
    materialize([sales], partition_key=MultiPartitionKey({"region": "us", "date": "2024-01-01"}), instance=instance)
    served = Served(instance, shop=DEFINITIONS)
    query = """query ($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode {
      assetMaterializations { partition } } } }"""
    [event] = answer(served, query, "sales")["assetMaterializations"]
    assert (event["partition"], type(event["partition"])) == ("2024-01-01|us", str)
