"""Checks: where each stands, its partitions and its executions."""

from __future__ import annotations

from typing import Any

import pytest

from dagster import AssetKey, AssetMaterialization, materialize
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.partitioned import daily, is_good, is_whole, root, served_partitions

STANDING = """
query($keys: [AssetKeyInput!]) {
  assetNodes(assetKeys: $keys) {
    assetChecksOrError {
      ... on AssetChecks {
        checks {
          name
          partitionDefinition { type }
          executionForLatestMaterialization { status partition }
          partitionStatuses {
            __typename
            ... on AssetCheckTimePartitionStatuses { ranges { startKey endKey status } }
          }
        }
      }
    }
  }
}
"""
EXECUTIONS = """
query($partition: String, $cursor: String, $limit: Int!) {
  assetCheckExecutions(
    assetKey: {path: ["daily"]}, checkName: "is_good", partition: $partition, cursor: $cursor, limit: $limit
  ) { id status partition }
}
"""


def standing(served: Served, name: str) -> Any:
    """Where the one check of an asset stands."""
    [node] = served.ask(STANDING, keys=[{"path": [name]}])["assetNodes"]
    [check] = node["assetChecksOrError"]["checks"]
    return check


def checked(served: Served, *days: str) -> None:
    """Materializes days with their check, each in a run of its own; a run that fails does no harm."""
    for day in days:
        materialize([daily, is_good], instance=served.instance, partition_key=day, raise_on_error=False)


def test_partitions_of_a_check_are_told_as_ranges() -> None:
    with served_partitions() as served:
        checked(served, "2024-01-01", "2024-01-02", "2024-01-03", "2024-01-05")
        check = standing(served, "daily")
    assert check["partitionDefinition"] == {"type": "TIME_WINDOW"}
    assert check["partitionStatuses"]["ranges"] == [
        {"startKey": "2024-01-01", "endKey": "2024-01-02", "status": "SUCCEEDED"},
        {"startKey": "2024-01-03", "endKey": "2024-01-03", "status": "FAILED"},
        {"startKey": "2024-01-05", "endKey": "2024-01-05", "status": "EXECUTION_FAILED"},
    ]


def test_what_was_made_since_is_not_checked() -> None:
    with served_partitions() as served:
        checked(served, "2024-01-01", "2024-01-02")
        materialize([root, is_whole], instance=served.instance)
        assert standing(served, "root")["executionForLatestMaterialization"]["status"] == "SUCCEEDED"
        served.instance.report_runless_asset_event(AssetMaterialization("daily", partition="2024-01-01"))
        served.instance.report_runless_asset_event(AssetMaterialization("root"))
        [left] = standing(served, "daily")["partitionStatuses"]["ranges"]
        assert (left["startKey"], left["endKey"]) == ("2024-01-02", "2024-01-02")
        assert standing(served, "root")["executionForLatestMaterialization"] is None


def test_executions_of_a_check_are_told_page_by_page() -> None:
    with served_partitions() as served:
        checked(served, "2024-01-01", "2024-01-02", "2024-01-03", "2024-01-05")
        told = served.ask(EXECUTIONS, limit=10)["assetCheckExecutions"]
        first = served.ask(EXECUTIONS, limit=2)["assetCheckExecutions"]
        second = served.ask(EXECUTIONS, limit=2, cursor=first[-1]["id"])["assetCheckExecutions"]
        one = served.ask(EXECUTIONS, limit=10, partition="2024-01-02")["assetCheckExecutions"]
    assert [(each["partition"], each["status"]) for each in told] == [
        ("2024-01-05", "EXECUTION_FAILED"),
        ("2024-01-03", "FAILED"),
        ("2024-01-02", "SUCCEEDED"),
        ("2024-01-01", "SUCCEEDED"),
    ]
    assert [*first, *second] == told
    assert one == [told[2]]


def test_a_list_of_assets_asks_once_for_its_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    with served_partitions() as served:
        materialize([root, is_whole], instance=served.instance)
        checked(served, "2024-01-01")
        assets = served.instance.storage.assets
        read = assets.check_marks
        monkeypatch.setattr(assets, "check_marks", lambda keys: asked.append(len(keys)) or read(keys))
        served.ask(STANDING)
    assert asked == [2]


def test_a_check_of_one_partition_is_launched_alone() -> None:
    launch = """
    mutation($params: ExecutionParams!) {
      launchRun(executionParams: $params) {
        ... on LaunchRunSuccess { run { runId stepKeysToExecute assetSelection { path } } } ... on Error { message }
      }
    }
    """
    selector = {
        "jobName": "__ASSET_JOB",
        "repositoryName": "__repository__",
        "repositoryLocationName": "shop",
        "assetSelection": [],
        "assetCheckSelection": [{"assetKey": {"path": ["daily"]}, "name": "is_good"}],
    }
    metadata = {"tags": [{"key": "dagster/partition", "value": "2024-01-02"}]}
    with served_partitions() as served:
        run = served.ask(launch, params={"selector": selector, "executionMetadata": metadata})["launchRun"]["run"]
        assert (run["stepKeysToExecute"], run["assetSelection"]) == (["daily_is_good"], None)
        assert served.instance.partition_marks(AssetKey("daily")) == {}
        [left] = standing(served, "daily")["partitionStatuses"]["ranges"]
    assert left == {"startKey": "2024-01-02", "endKey": "2024-01-02", "status": "IN_PROGRESS"}
