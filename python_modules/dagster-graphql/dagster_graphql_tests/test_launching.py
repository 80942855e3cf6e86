"""Runs: launched, found, stopped, executed again, taken away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dagster import DagsterInstance, DagsterRunStatus, Definitions, job, op
from dagster_graphql.contexts import Access
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.projects import definitions, served_project

IN_SHOP = {"repositoryName": "__repository__", "repositoryLocationName": "shop"}
LAUNCH = """
mutation($params: ExecutionParams!) {
  launchRun(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess {
      run { runId status tags { key value } stepKeysToExecute runConfig assetSelection { path } repositoryOrigin { id } }
    }
    ... on RunConfigValidationInvalid {
      errors {
        __typename message reason
        stack { entries { ... on EvaluationStackPathEntry { fieldName } } }
        ... on MissingFieldConfigError { field { name isRequired configType { key } } }
      }
    }
    ... on Error { message }
  }
}
"""


def launched(served: Served, job_name: str, *, selection: dict[str, Any] | None = None, **params: Any) -> Any:
    """What became of a launch."""
    selector = {"jobName": job_name, **IN_SHOP, **(selection or {})}
    return served.ask(LAUNCH, params={"selector": selector, **params})["launchRun"]


def test_a_launched_run_waits_in_the_queue() -> None:
    with served_project() as served:
        run = launched(served, "simple", executionMetadata={"tags": [{"key": "by", "value": "ada"}]})["run"]
        stored = served.instance.get_run_by_id(run["runId"])
        assert stored is not None
        assert (stored.status, run["status"]) == (DagsterRunStatus.QUEUED, "QUEUED")
        assert run["tags"] == [{"key": "by", "value": "ada"}, {"key": "dagster/code_location", "value": "shop"}]
        assert run["stepKeysToExecute"] == ["nothing"]


def test_a_launch_wakes_the_queue() -> None:
    woken: list[str] = []
    with served_project() as served:
        served.api = type(served.api)(served.instance, served.locations, wake_queue=lambda: woken.append("now"))
        launched(served, "simple")
    assert woken == ["now"]


def test_a_run_of_all_assets_of_a_job_keeps_them_if_they_were_asked_for() -> None:
    with served_project() as served:
        keys = [{"path": ["orders"]}, {"path": ["report"]}]
        assert launched(served, "sales_job", selection={"assetSelection": keys})["run"]["assetSelection"] == keys
        assert launched(served, "sales_job")["run"]["assetSelection"] is None


def test_an_asset_of_other_jobs_is_not_launched() -> None:
    with served_project() as served:
        refused = launched(served, "sales_job", selection={"assetSelection": [{"path": ["broken"]}]})
        assert refused["__typename"] == "InvalidSubsetError"
        assert 'Job "sales_job" does not make "broken"' in refused["message"]


def test_some_steps_are_launched() -> None:
    with served_project() as served:
        run = launched(served, "numbers", runConfigData={"ops": {"read": {"config": {"limit": 1}}}}, stepKeys=["read"])["run"]
        assert run["stepKeysToExecute"] == ["read"]
        assert "unknown step: write" in launched(served, "simple", stepKeys=["write"])["message"]


@pytest.mark.parametrize("config", [{"ops": {"read": {"config": {"limit": 3}}}}, "ops: {read: {config: {limit: 3}}}"])
def test_config_is_given_as_a_mapping_or_as_yaml(config: object) -> None:
    with served_project() as served:
        run = launched(served, "numbers", runConfigData=config)["run"]
        assert run["runConfig"] == {"ops": {"read": {"config": {"limit": 3}}}}


def test_config_that_does_not_fit_is_told_by_its_places() -> None:
    with served_project() as served:
        refused = launched(served, "numbers", runConfigData={"ops": {"read": {"config": {}}}})
        [error] = refused["errors"]
        assert (refused["__typename"], error["__typename"]) == ("RunConfigValidationInvalid", "MissingFieldConfigError")
        assert [entry["fieldName"] for entry in error["stack"]["entries"]] == ["ops", "read", "config"]
        assert error["field"] == {"name": "limit", "isRequired": True, "configType": {"key": "Int"}}
        assert served.instance.get_runs_count() == 0


@pytest.mark.parametrize(
    ("job_name", "selection", "kind"),
    [
        ("nothing", {}, "PipelineNotFoundError"),
        ("simple", {"repositoryLocationName": "elsewhere"}, "PipelineNotFoundError"),
        ("simple", {"solidSelection": ["nowhere"]}, "InvalidSubsetError"),
        ("__ASSET_JOB", {"assetSelection": [{"path": ["nowhere"]}]}, "InvalidSubsetError"),
    ],
)
def test_what_is_not_there_is_not_launched(job_name: str, selection: dict[str, Any], kind: str) -> None:
    with served_project() as served:
        assert launched(served, job_name, selection=selection)["__typename"] == kind
        assert served.instance.get_runs_count() == 0


def test_a_secret_in_config_is_neither_stored_nor_told() -> None:
    @op(config_schema={"password": str})
    def connect(context) -> None: ...

    @job
    def connecting():
        connect()

    config = {"ops": {"connect": {"config": {"password": "hunter2"}}}}
    with DagsterInstance.local_temp() as instance:
        served = Served(instance, shop=Definitions(jobs=[connecting]))
        run = launched(served, "connecting", runConfigData=config)["run"]
        told = served.answer(
            "query($id: ID!) { runOrError(runId: $id) { ... on Run { runConfig runConfigYaml } } }", id=run["runId"]
        )
        assert "hunter2" not in str(told)
        assert "hunter2" not in str(instance.get_run_by_id(run["runId"]))


RUNS = """
query($filter: RunsFilter, $cursor: String, $limit: Int) {
  runsOrError(filter: $filter, cursor: $cursor, limit: $limit) {
    ... on Runs { count results { runId status tags { key value } } }
  }
}
"""


def test_runs_are_found_by_what_they_are() -> None:
    with served_project(with_runs=True) as served:
        failed = served.ask(RUNS, filter={"statuses": ["FAILURE"]})["runsOrError"]
        by_ada = served.ask(RUNS, filter={"tags": [{"key": "by", "value": "ada"}]})["runsOrError"]
        by_either = served.ask(RUNS, filter={"tags": [{"key": "by", "value": "ada"}, {"key": "by", "value": "bob"}]})[
            "runsOrError"
        ]
        assert [run["status"] for run in failed["results"]] == ["FAILURE"]
        assert (by_ada["count"], by_either["count"]) == (1, 2)
        assert served.ask(RUNS, filter={"createdAfter": 4e9})["runsOrError"]["count"] == 0


def test_pages_of_runs_go_on_after_the_last_one() -> None:
    with served_project(with_runs=True) as served:
        first = served.ask(RUNS, limit=1)["runsOrError"]["results"]
        second = served.ask(RUNS, limit=1, cursor=first[0]["runId"])["runsOrError"]["results"]
        assert [run["status"] for run in (*first, *second)] == ["FAILURE", "SUCCESS"]


STOP = """
mutation($id: String!, $policy: TerminateRunPolicy) {
  terminateRun(runId: $id, terminatePolicy: $policy) {
    __typename ... on TerminateRunSuccess { run { status } } ... on TerminateRunFailure { message } ... on Error { message }
  }
}
"""


def test_a_run_that_waits_is_canceled_at_once() -> None:
    with served_project() as served:
        run_id = launched(served, "simple")["run"]["runId"]
        stopped = served.ask(STOP, id=run_id)["terminateRun"]
        assert stopped == {"__typename": "TerminateRunSuccess", "run": {"status": "CANCELED"}}
        again = served.ask(STOP, id=run_id)["terminateRun"]
        assert again["message"] == f"Run {run_id} could not be terminated due to having status CANCELED."


def test_a_run_is_taken_away_once() -> None:
    query = "mutation($id: String!) { deleteRun(runId: $id) { __typename } }"
    with served_project(with_runs=True) as served:
        run_id = served.instance.get_runs()[0].run_id
        assert served.ask(query, id=run_id)["deleteRun"]["__typename"] == "DeletePipelineRunSuccess"
        assert served.ask(query, id=run_id)["deleteRun"]["__typename"] == "RunNotFoundError"


AGAIN = """
mutation($params: ReexecutionParams) {
  launchRunReexecution(reexecutionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId parentRunId rootRunId stepKeysToExecute } }
    ... on Error { message }
  }
}
"""


def test_a_failed_run_goes_on_where_it_failed() -> None:
    with served_project() as served:
        run_id = launched(served, "simple")["run"]["runId"]
        served.ask(STOP, id=run_id)
        again = served.ask(AGAIN, params={"parentRunId": run_id, "strategy": "FROM_FAILURE"})["launchRunReexecution"]
        assert again["run"] == {
            "runId": again["run"]["runId"],
            "parentRunId": run_id,
            "rootRunId": run_id,
            "stepKeysToExecute": ["nothing"],
        }


@pytest.mark.parametrize(
    ("asked", "tags"),
    [
        ({}, {"team": "mine", "given": "1"}),
        ({"useParentRunTags": True}, {"team": "mine", "given": "1"}),
        ({"useParentRunTags": False}, {"team": "sales"}),
        ({"useParentRunTags": False, "extraTags": [{"key": "x", "value": "y"}]}, {"team": "sales", "x": "y"}),
        ({"extraTags": [{"key": "team", "value": "third"}]}, {"team": "third", "given": "1"}),
    ],
)
def test_a_run_that_is_executed_again_has_the_tags_of_its_parent_or_of_the_job(asked: dict[str, Any], tags: object) -> None:
    given = [{"key": "team", "value": "mine"}, {"key": "given", "value": "1"}]
    with served_project() as served:
        run = launched(served, "sales_job", executionMetadata={"tags": given})["run"]
        params = {"parentRunId": run["runId"], "strategy": "ALL_STEPS", **asked}
        again = served.ask(AGAIN, params=params)["launchRunReexecution"]["run"]
        stored = served.instance.get_run_by_id(again["runId"])
        assert stored is not None
        assert {key: value for key, value in stored.tags.items() if not key.startswith("dagster/")} == tags
        assert stored.parent_run_id == run["runId"]


def test_a_coordinator_is_told_the_headers_of_the_request(tmp_path: Path) -> None:
    coordinator = {"module": "dagster_tests.instance.own_classes", "class": "TaggingCoordinator"}
    (tmp_path / "dagster.yaml").write_text(json.dumps({"run_coordinator": coordinator}))
    params = {"selector": {"jobName": "simple", **IN_SHOP}}
    with DagsterInstance.from_config(str(tmp_path)) as instance:
        served = Served(instance, shop=definitions())
        context = served.api.context(headers={"x-user": "ada"})
        served.api.execute(LAUNCH, {"params": params}, None, context)
        [run] = instance.get_runs()
    assert run.tags["user"] == "ada"


def test_tags_of_runs_are_those_that_a_job_declares_for_them() -> None:
    query = """query($job: PipelineSelector!) { pipelineOrError(params: $job) { ... on Pipeline { runTags { key value } } } }"""
    with served_project() as served:
        told = {
            name: served.ask(query, job={"pipelineName": name, **IN_SHOP})["pipelineOrError"]["runTags"]
            for name in ("numbers", "sales_job")
        }
    assert told == {"numbers": [], "sales_job": [{"key": "team", "value": "sales"}]}


def test_a_run_that_is_not_there_is_not_executed_again() -> None:
    with served_project() as served:
        refused = served.ask(AGAIN, params={"parentRunId": "nowhere", "strategy": "ALL_STEPS"})["launchRunReexecution"]
        assert refused["__typename"] == "PythonError"


def test_a_run_without_assets_left_nothing_of_them_undone() -> None:
    with served_project(with_runs=True) as served:
        [made] = [run for run in served.instance.get_runs() if run.is_success]
        again = """
        mutation($params: ReexecutionParams) {
          launchRunReexecution(reexecutionParams: $params) { __typename ... on Error { message } }
        }"""
        params = {"parentRunId": made.run_id, "strategy": "FROM_ASSET_FAILURE"}
        assert served.ask(again, params=params)["launchRunReexecution"]["__typename"] != "LaunchRunSuccess"


def test_a_read_only_server_launches_nothing() -> None:
    with DagsterInstance.local_temp() as instance:
        served = Served(instance, Access(is_read_only=True), shop=Definitions())
        assert launched(served, "simple")["__typename"] == "UnauthorizedError"
        permissions = served.ask("{ permissions { value disabledReason } }")["permissions"]
        assert {permission["value"] for permission in permissions} == {False}
