"""Partitions: which there are, where they stand, launched, reported, forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from dagster import DagsterInstance, DailyPartitionsDefinition, Definitions, HourlyPartitionsDefinition, asset, materialize
from dagster.partitions.window_partitions import WindowPartitions
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.partitioned import daily, grid, in_towns, in_towns_by_day, served_partitions

IN_SHOP = {"repositoryName": "__repository__", "repositoryLocationName": "shop"}
STATUSES = """
query($keys: [AssetKeyInput!]) {
  assetNodes(assetKeys: $keys) {
    partitionStats { numMaterialized numPartitions numFailed numMaterializing }
    assetPartitionStatuses {
      __typename
      ... on TimePartitionStatuses { ranges { startKey endKey status } }
      ... on DefaultPartitionStatuses { materializedPartitions unmaterializedPartitions }
      ... on MultiPartitionStatuses {
        ranges {
          primaryDimStartKey primaryDimEndKey
          secondaryDim { ... on DefaultPartitionStatuses { materializedPartitions unmaterializedPartitions } }
        }
      }
    }
  }
}
"""


def standing(served: Served, name: str) -> Any:
    """Where the partitions of an asset stand."""
    [node] = served.ask(STATUSES, keys=[{"path": [name]}])["assetNodes"]
    return node


def test_partitions_are_told_with_where_they_stand() -> None:
    days = DailyPartitionsDefinition(start_date="2024-01-01", end_date="2024-01-05")

    @asset(partitions_def=days)
    def daily() -> None: ...

    query = """
    {
      assetNodes {
        partitionKeys partitionStats { numMaterialized numPartitions }
        assetPartitionStatuses { ... on TimePartitionStatuses { ranges { startKey endKey status } } }
        latestMaterializationByPartition(partitions: ["2024-01-01", "2024-01-02"]) { partition }
      }
    }
    """
    with DagsterInstance.local_temp() as instance:
        for key in ("2024-01-02", "2024-01-03"):
            materialize([daily], instance=instance, partition_key=key)
        [node] = Served(instance, shop=Definitions([daily])).ask(query)["assetNodes"]
        assert node["partitionStats"] == {"numMaterialized": 2, "numPartitions": 4}
        ranges = [{"startKey": "2024-01-02", "endKey": "2024-01-03", "status": "MATERIALIZED"}]
        assert node["assetPartitionStatuses"] == {"ranges": ranges}
        assert node["latestMaterializationByPartition"] == [None, {"partition": "2024-01-02"}]


def test_partitions_that_were_never_made_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = HourlyPartitionsDefinition(start_date="1900-01-01-00:00", end_date="2014-01-30-00:00")

    @asset(partitions_def=hours)
    def hourly() -> None: ...

    query = """
    {
      assetNodes {
        partitionDefinition { type description }
        partitionKeyConnection(limit: 2, ascending: true) { results hasMore }
        partitionKeysByDimension(startIdx: 0, endIdx: 1) { partitionKeys }
        jobs { partitionKeysOrError(limit: 1, reverse: true) { partitionKeys } }
      }
    }
    """
    with DagsterInstance.local_temp() as instance:
        materialize([hourly], instance=instance, partition_key="2014-01-29-23:00")
        served = Served(instance, shop=Definitions([hourly]))

        def refuse(*_given: object) -> None:
            raise AssertionError("all keys are listed")

        monkeypatch.setattr(WindowPartitions, "get_partition_keys", refuse)
        node = standing(served, "hourly")
        assert node["partitionStats"] == {
            "numMaterialized": 1,
            "numPartitions": 1_000_008,
            "numFailed": 0,
            "numMaterializing": 0,
        }
        assert len(node["assetPartitionStatuses"]["ranges"]) == 1
        [told] = served.ask(query)["assetNodes"]
    assert told["partitionKeyConnection"] == {"results": ["1900-01-01-00:00", "1900-01-01-01:00"], "hasMore": True}
    assert told["partitionKeysByDimension"] == [{"partitionKeys": ["1900-01-01-00:00"]}]
    assert told["jobs"] == [{"partitionKeysOrError": {"partitionKeys": ["2014-01-29-23:00"]}}]


def test_partitions_of_two_dimensions_are_told_along_the_first() -> None:
    with served_partitions() as served:
        for key in ("2024-01-02|east", "2024-01-03|east", "2024-01-05|west"):
            materialize([grid], instance=served.instance, partition_key=key)
        told = standing(served, "grid")["assetPartitionStatuses"]
    assert told["ranges"] == [
        {
            "primaryDimStartKey": start,
            "primaryDimEndKey": end,
            "secondaryDim": {"materializedPartitions": [made], "unmaterializedPartitions": [left]},
        }
        for start, end, made, left in (("2024-01-02", "2024-01-03", "east", "west"), ("2024-01-05", "2024-01-05", "west", "east"))
    ]


def test_keys_of_dynamic_partitions_come_and_go() -> None:
    change = """
    mutation($in: RepositorySelector!) {
      one: addDynamicPartition(partitionKey: "Kyiv", partitionsDefName: "towns", repositorySelector: $in) { __typename }
      two: addDynamicPartition(partitionKey: "Lviv", partitionsDefName: "towns", repositorySelector: $in) { __typename }
    }
    """
    delete = """
    mutation($in: RepositorySelector!) {
      deleteDynamicPartitions(
        partitionKeys: ["Kyiv"], partitionsDefName: "towns", repositorySelector: $in, wipeMaterializations: true
      ) { __typename }
    }
    """
    with served_partitions() as served:
        served.ask(change, **{"in": IN_SHOP})
        materialize([in_towns], instance=served.instance, partition_key="Kyiv")
        for key in ("2024-01-02|Kyiv", "2024-01-02|Lviv"):
            materialize([in_towns_by_day], instance=served.instance, partition_key=key)
        told = standing(served, "in_towns")["assetPartitionStatuses"]
        assert (told["materializedPartitions"], told["unmaterializedPartitions"]) == (["Kyiv"], ["Lviv"])
        served.ask(delete, **{"in": IN_SHOP})
        told = standing(served, "in_towns")
        assert (told["partitionStats"]["numPartitions"], told["partitionStats"]["numMaterialized"]) == (1, 0)
        assert served.instance.partition_marks(in_towns.key) == {}
        assert list(served.instance.partition_marks(in_towns_by_day.key)) == ["2024-01-02|Lviv"]


JOB = """
query($job: PipelineSelector!, $assets: [AssetKeyInput!]) {
  pipelineOrError(params: $job) {
    ... on Pipeline {
      partitionKeysOrError(selectedAssetKeys: $assets) { partitionKeys }
      partition(partitionName: "blue") {
        tagsOrError { ... on PartitionTags { results { key value } } ... on Error { message } }
        runConfigOrError { ... on PartitionRunConfig { yaml } ... on Error { message } }
      }
    }
  }
}
"""


def test_a_job_says_config_and_tags_of_a_partition() -> None:
    with served_partitions() as served:
        told = served.ask(JOB, job={"pipelineName": "painting", **IN_SHOP})["pipelineOrError"]
    assert told["partitionKeysOrError"]["partitionKeys"] == ["red", "blue"]
    assert told["partition"]["runConfigOrError"] == {"yaml": "ops:\n  paint:\n    config:\n      colour: blue\n"}
    assert told["partition"]["tagsOrError"]["results"] == [
        {"key": "colour", "value": "blue"},
        {"key": "dagster/partition", "value": "blue"},
        {"key": "dagster/partition_set", "value": "painting_partition_set"},
    ]


def test_assets_with_different_partitions_have_none_in_common() -> None:
    selected = [{"path": ["daily"]}, {"path": ["grid"]}]
    with served_partitions() as served:
        refused = served.answer(JOB, job={"pipelineName": "__ASSET_JOB", **IN_SHOP}, assets=selected)
        without = served.ask(JOB, job={"pipelineName": "__ASSET_JOB", **IN_SHOP})["pipelineOrError"]
    assert "2 different partitions definitions" in refused.errors[0]["message"]
    assert "has no partitions, or assets with different ones" in without["partition"]["tagsOrError"]["message"]


LAUNCH = """
mutation($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId tags { key value } } }
    ... on Error { message }
  }
}
"""


def params(name: str, **tags: str) -> dict[str, Any]:
    """What asks for a run of one asset."""
    selector = {"jobName": "__ASSET_JOB", **IN_SHOP, "assetSelection": [{"path": [name]}]}
    given = [{"key": f"dagster/{key}", "value": value} for key, value in tags.items()]
    return {"selector": selector, "executionMetadata": {"tags": given}}


def between(first: str, last: str) -> dict[str, Any]:
    """What asks for a run of a range of days."""
    return params("daily", asset_partition_range_start=first, asset_partition_range_end=last)


def test_a_range_of_partitions_is_one_run() -> None:
    with served_partitions() as served:
        launched = served.ask(LAUNCH, params=between("2024-01-02", "2024-01-04"))["launchRun"]
        ranges = standing(served, "daily")["assetPartitionStatuses"]["ranges"]
    assert launched["__typename"] == "LaunchRunSuccess"
    assert ranges == [{"startKey": "2024-01-02", "endKey": "2024-01-04", "status": "MATERIALIZING"}]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (between("2024-01-04", "2024-01-02"), "the range ends before it begins"),
        (between("2024-01-04", "yesterday"), "There is no partition 'yesterday'"),
        (params("daily", asset_partition_range_start="2024-01-04"), "A range of partitions has two ends"),
        (params("daily", partition="yesterday"), "There is no partition 'yesterday'"),
        (params("root", partition="2024-01-04"), "none of them has partitions"),
    ],
)
def test_partitions_that_there_are_not_are_not_launched(asked: dict[str, Any], why: str) -> None:
    with served_partitions() as served:
        refused = served.ask(LAUNCH, params=asked)["launchRun"]
        assert served.instance.get_runs() == []
    assert why in refused["message"]


def test_runs_of_too_many_partitions_are_refused_as_a_whole() -> None:
    query = """
    mutation($list: [ExecutionParams!]!) {
      launchMultipleRuns(executionParamsList: $list) { __typename ... on Error { message } }
    }
    """
    with served_partitions() as served:
        asked = [params("daily", partition="2024-01-02")] * 101
        refused = served.ask(query, list=asked)["launchMultipleRuns"]
        assert served.instance.get_runs() == []
        assert served.ask(query, list=asked[:2])["launchMultipleRuns"]["__typename"] == "LaunchMultipleRunsResult"
    assert "Runs of 101 partitions are asked for, and 100 are launched at a time" in refused["message"]


WIPE = """
mutation($ranges: [PartitionsByAssetSelector!]!) {
  wipeAssets(assetPartitionRanges: $ranges) { __typename ... on Error { message } }
}
"""


@pytest.mark.parametrize("name", ["daily", "grid"])
def test_partitions_of_an_asset_are_forgotten(name: str) -> None:
    keys = {
        "daily": ["2024-01-02", "2024-01-03", "2024-01-04"],
        "grid": ["2024-01-02|east", "2024-01-03|east", "2024-01-04|east"],
    }
    with served_partitions() as served:
        for key in keys[name]:
            materialize([{"daily": daily, "grid": grid}[name]], instance=served.instance, partition_key=key)
        wiped = {"range": {"start": keys[name][0], "end": keys[name][1]}}
        done = served.ask(WIPE, ranges=[{"assetKey": {"path": [name]}, "partitions": wiped}])["wipeAssets"]
        assert done["__typename"] == "AssetWipeSuccess"
        assert standing(served, name)["partitionStats"]["numMaterialized"] == 1


def test_a_range_that_ends_before_it_begins_forgets_nothing() -> None:
    with served_partitions() as served:
        materialize([daily], instance=served.instance, partition_key="2024-01-02")
        wiped = {"range": {"start": "2024-01-03", "end": "2024-01-01"}}
        refused = served.ask(WIPE, ranges=[{"assetKey": {"path": ["daily"]}, "partitions": wiped}])["wipeAssets"]
        assert "the range ends before it begins" in refused["message"]
        assert standing(served, "daily")["partitionStats"]["numMaterialized"] == 1


def test_the_latest_run_is_told_for_each_partition_of_a_set() -> None:
    launch = """
    mutation($params: ExecutionParams!) {
      launchRun(executionParams: $params) { ... on LaunchRunSuccess { run { runId } } ... on Error { message } }
    }
    """
    query = """
    query($in: RepositorySelector!) {
      partitionSetOrError(repositorySelector: $in, partitionSetName: "painting_partition_set") {
        ... on PartitionSet {
          partitionRuns { partitionName run { runId } }
          partitionStatusesOrError { ... on PartitionStatuses { results { partitionName runStatus runDuration } } }
          partition(partitionName: "red") { status runs { runId } }
        }
      }
    }
    """
    tags = {"dagster/partition": "red", "dagster/partition_set": "painting_partition_set"}
    metadata = {"tags": [{"key": key, "value": value} for key, value in tags.items()]}
    with served_partitions() as served:
        asked = {"selector": {"jobName": "painting", **IN_SHOP}, "executionMetadata": metadata}
        runs = [served.ask(launch, params=asked)["launchRun"]["run"] for _ in range(2)]
        told = served.ask(query, **{"in": IN_SHOP})["partitionSetOrError"]
    assert told["partitionRuns"] == [{"partitionName": "red", "run": runs[1]}, {"partitionName": "blue", "run": None}]
    assert told["partitionStatusesOrError"]["results"][0] == {
        "partitionName": "red",
        "runStatus": "QUEUED",
        "runDuration": None,
    }
    assert told["partition"] == {"status": "QUEUED", "runs": [runs[1], runs[0]]}
