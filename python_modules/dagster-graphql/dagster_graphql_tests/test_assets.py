"""Assets: as they are declared, where they stand, what is told about them from outside."""

from __future__ import annotations

import pytest

from dagster import DagsterInstance, Definitions, MaterializeResult, MetadataValue, asset, materialize
from dagster_graphql.metadata.metadata import is_linkable
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.projects import served_project


def test_an_asset_is_told_as_it_is_declared() -> None:
    query = """
    {
      assetNodeOrError(assetKey: {path: ["orders"]}) {
        ... on AssetNode {
          description groupName opVersion kinds jobNames
          owners { ... on UserAssetOwner { email } ... on TeamAssetOwner { team } }
          tags { key value } dependedByKeys { path } op { name } type { displayName } configField { isRequired }
          metadataEntries { label ... on IntMetadataEntry { intValue } ... on UrlMetadataEntry { url } }
        }
      }
    }
    """
    with served_project() as served:
        assert served.ask(query)["assetNodeOrError"] == {
            "description": "All orders.",
            "groupName": "sales",
            "opVersion": "7",
            "kinds": ["table"],
            "jobNames": ["__ASSET_JOB", "sales_job"],
            "owners": [{"email": "ada@example.org"}, {"team": "sales"}],
            "tags": [{"key": "dagster/kind/table", "value": ""}, {"key": "tier", "value": "1"}],
            "dependedByKeys": [{"path": ["broken"]}, {"path": ["report"]}],
            "op": {"name": "orders"},
            "type": {"displayName": "Any"},
            "configField": {"isRequired": False},
            "metadataEntries": [
                {"label": "rows", "intValue": 3},
                {"label": "docs", "url": "https://example.org/orders"},
            ],
        }


def test_where_assets_stand_is_told_for_all_at_once() -> None:
    query = """
    query($keys: [AssetKeyInput!]!) {
      assetsLatestInfo(assetKeys: $keys) { assetKey { path } latestMaterialization { stepKey } latestRun { status } }
    }
    """
    with served_project(with_runs=True) as served:
        found = served.ask(query, keys=[{"path": [name]} for name in ("report", "broken", "unknown")])["assetsLatestInfo"]
        assert {info["assetKey"]["path"][0]: info["latestRun"] for info in found} == {
            "broken": {"status": "FAILURE"},
            "report": {"status": "SUCCESS"},
            "unknown": None,
        }
        assert [info["latestMaterialization"] for info in found] == [None, {"stepKey": "report"}, None]


def test_a_queued_run_is_told_of_its_assets() -> None:
    launch = """
    mutation {
      launchRun(
        executionParams: {
          selector: {jobName: "sales_job", repositoryName: "__repository__", repositoryLocationName: "shop"}
        }
      ) {
        ... on LaunchRunSuccess { run { runId } }
      }
    }
    """
    info = '{ assetsLatestInfo(assetKeys: [{path: ["orders"]}]) { unstartedRunIds inProgressRunIds } }'
    with served_project() as served:
        run_id = served.ask(launch)["launchRun"]["run"]["runId"]
        assert served.ask(info)["assetsLatestInfo"] == [{"unstartedRunIds": [run_id], "inProgressRunIds": []}]


def test_a_list_of_assets_asks_storage_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    with served_project(with_runs=True) as served:
        assets = served.instance.storage.assets
        read = assets.latest_materializations
        monkeypatch.setattr(assets, "latest_materializations", lambda keys: asked.append(len(keys)) or read(keys))
        found = served.ask("{ assetNodes { assetMaterializations(limit: 1) { runId } } }")["assetNodes"]
        assert [len(node["assetMaterializations"]) for node in found] == [0, 1, 1]
        assert asked == [3]


def test_links_that_would_run_code_are_told_as_texts() -> None:
    @asset
    def page() -> MaterializeResult:
        bad, good = MetadataValue.url(" java\tscript:alert(1)"), MetadataValue.url("https://example.org")
        return MaterializeResult(metadata={"bad": bad, "good": good})

    query = """
    { assetOrError(assetKey: {path: ["page"]}) { ... on Asset { assetMaterializations { metadataEntries { __typename } } } } }
    """
    with DagsterInstance.local_temp() as instance:
        materialize([page], instance=instance)
        [made] = Served(instance, shop=Definitions([page])).ask(query)["assetOrError"]["assetMaterializations"]
        assert [entry["__typename"] for entry in made["metadataEntries"]] == ["TextMetadataEntry", "UrlMetadataEntry"]


@pytest.mark.parametrize(
    "url", ["javascript:x", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "\x01javascript:x", "java\nscript:x"]
)
def test_what_runs_code_is_no_link(url: str) -> None:
    assert not is_linkable(url)


def test_what_was_reported_is_known_until_it_is_wiped() -> None:
    report = """
    mutation {
      reportRunlessAssetEvents(
        eventParams: {eventType: ASSET_MATERIALIZATION, assetKey: {path: ["orders"]}, description: "by hand"}
      ) { __typename }
    }
    """
    wipe = 'mutation { wipeAssets(assetPartitionRanges: [{assetKey: {path: ["orders"]}}]) { __typename } }'
    known = '{ assetOrError(assetKey: {path: ["orders"]}) { ... on Asset { assetMaterializations { description runId } } } }'
    with served_project() as served:
        served.ask(report)
        assert served.ask(known)["assetOrError"]["assetMaterializations"] == [{"description": "by hand", "runId": ""}]
        assert served.ask(wipe)["wipeAssets"]["__typename"] == "AssetWipeSuccess"
        assert served.ask(known)["assetOrError"]["assetMaterializations"] == []
