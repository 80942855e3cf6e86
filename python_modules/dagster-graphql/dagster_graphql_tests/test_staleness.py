"""Whether assets are stale, and why; versions of data."""

from __future__ import annotations

from typing import Any

import pytest

from dagster import AssetMaterialization, materialize
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.partitioned import daily, leaf, report, root, served_partitions

STALE = """
query($keys: [AssetKeyInput!]) {
  assetNodes(assetKeys: $keys) { staleStatus dataVersion staleCauses { key { path } category reason } }
}
"""
DAYS = """
query($days: [String!]) {
  assetNodeOrError(assetKey: {path: ["report"]}) {
    ... on AssetNode {
      staleStatus
      staleStatusByPartition(partitions: $days)
      staleCausesByPartition(partitions: $days) { key { path } partitionKey category }
      dataVersionByPartition(partitions: $days)
      one: staleStatus(partition: "2024-01-02")
      causes: staleCauses(partition: "2024-01-02") { partitionKey }
    }
  }
}
"""


def stale(served: Served, *names: str) -> Any:
    """Where assets stand."""
    return served.ask(STALE, keys=[{"path": [name]} for name in names])["assetNodes"]


def test_an_asset_is_stale_when_its_data_was_made_of_others() -> None:
    with served_partitions() as served:
        assert [node["staleStatus"] for node in stale(served, "leaf", "root")] == ["MISSING", "MISSING"]
        materialize([root, leaf], instance=served.instance)
        assert [node["staleStatus"] for node in stale(served, "leaf", "root")] == ["FRESH", "FRESH"]
        served.instance.report_runless_asset_event(AssetMaterialization("root"))
        told = stale(served, "leaf", "root")
    cause = {"key": {"path": ["root"]}, "category": "DATA", "reason": "has a new materialization"}
    assert (told[0]["staleStatus"], told[0]["staleCauses"]) == ("STALE", [cause])
    assert (told[1]["staleStatus"], told[1]["dataVersion"]) == ("FRESH", "INITIAL")


def test_partitions_are_stale_each_for_itself() -> None:
    days = ["2024-01-01", "2024-01-02", "2024-01-03"]
    with served_partitions() as served:
        for day in days[:2]:
            materialize([daily, report], instance=served.instance, partition_key=day)
        served.instance.report_runless_asset_event(AssetMaterialization("daily", partition="2024-01-02"))
        told = served.ask(DAYS, days=days)["assetNodeOrError"]
    assert (told["staleStatus"], told["one"]) == ("FRESH", "STALE")
    assert told["staleStatusByPartition"] == ["FRESH", "STALE", "MISSING"]
    assert told["staleCausesByPartition"] == [
        [],
        [{"key": {"path": ["daily"]}, "partitionKey": "2024-01-02", "category": "DATA"}],
        [],
    ]
    assert told["causes"] == [{"partitionKey": "2024-01-02"}]
    assert [version is None for version in told["dataVersionByPartition"]] == [False, False, True]


def test_an_asset_without_partitions_is_not_asked_about_one() -> None:
    query = '{ assetNodeOrError(assetKey: {path: ["root"]}) { ... on AssetNode { staleStatus(partition: "x") } } }'
    with served_partitions() as served:
        assert served.answer(query).errors[0]["message"] == 'Asset "root" has no partitions.'


def test_where_many_assets_stand_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    with served_partitions() as served:
        materialize([root, leaf], instance=served.instance)
        assets = served.instance.storage.assets
        read = assets.latest_materializations
        monkeypatch.setattr(assets, "latest_materializations", lambda keys: asked.append(len(keys)) or read(keys))
        found = served.ask("{ assetNodes { staleStatus staleCauses { reason } } }")["assetNodes"]
    assert [node["staleStatus"] for node in found] == ["FRESH"] * 7
    assert asked == [2]


def test_of_which_data_a_materialization_was_made_is_told_from_the_beginning() -> None:
    made = '{ assetOrError(assetKey: {path: ["leaf"]}) { ... on Asset { assetMaterializations { timestamp } } } }'
    used = """
    query($at: String!) {
      assetNodeOrError(assetKey: {path: ["leaf"]}) {
        ... on AssetNode {
          assetMaterializationUsedData(timestampMillis: $at) { assetKey { path } downstreamAssetKey { path } timestamp }
        }
      }
    }
    """
    with served_partitions() as served:
        materialize([root, leaf], instance=served.instance)
        [latest] = served.ask(made)["assetOrError"]["assetMaterializations"]
        at = latest["timestamp"]
        [found] = served.ask(used, at=at)["assetNodeOrError"]["assetMaterializationUsedData"]
        assert served.ask(used, at="1")["assetNodeOrError"]["assetMaterializationUsedData"] == []
    assert (found["assetKey"], found["downstreamAssetKey"]) == ({"path": ["root"]}, {"path": ["leaf"]})
    assert int(found["timestamp"]) <= int(at)
