"""The client, and the command, over an API in this process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dagster import DagsterRunStatus
from dagster_graphql import (
    DagsterGraphQLClient,
    DagsterGraphQLClientError,
    ReloadRepositoryLocationStatus,
    ShutdownRepositoryLocationStatus,
)
from dagster_graphql.cli import graphql
from dagster_graphql.client.transports import data_of
from dagster_graphql.version import __version__
from dagster_graphql_tests.loaded import Served
from dagster_graphql_tests.projects import served_project


class InProcess:
    """Hands documents to an API."""

    def __init__(self, served: Served) -> None:
        self._served = served

    def execute(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        return data_of(self._served.api.execute(document, variables).as_json(), document, variables)


def client_of(served: Served) -> DagsterGraphQLClient:
    return DagsterGraphQLClient("nowhere", transport=InProcess(served))


def test_a_job_is_launched_by_its_name_alone_and_asked_for() -> None:
    with served_project() as served:
        client = client_of(served)
        run_id = client.submit_job_execution("numbers", run_config={"ops": {"read": {"config": {"limit": 1}}}}, tags={"n": 1})
        assert client.get_run_status(run_id) is DagsterRunStatus.QUEUED
        stored = served.instance.get_run_by_id(run_id)
        assert stored is not None
        assert stored.tags["n"] == "1"


def test_assets_are_selected_by_their_keys() -> None:
    with served_project() as served:
        run_id = client_of(served).submit_job_execution("sales_job", asset_selection=["orders"])
        stored = served.instance.get_run_by_id(run_id)
        assert stored is not None
        assert [key.to_user_string() for key in stored.asset_selection or ()] == ["orders"]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (lambda client: client.submit_job_execution("nothing"), "JobNotFoundError"),
        (lambda client: client.submit_job_execution("numbers"), "RunConfigValidationInvalid"),
        (lambda client: client.submit_job_execution("simple", "elsewhere", "__repository__"), "PipelineNotFoundError"),
        (lambda client: client.get_run_status("nothing"), "RunNotFoundError"),
        (lambda client: client.terminate_run("nothing"), "RunNotFoundError"),
        (lambda client: client.terminate_runs(["nothing"]), "TerminateRunsError"),
    ],
)
def test_what_is_refused_is_raised_by_its_kind(asked: Any, kind: str) -> None:
    with served_project() as served, pytest.raises(DagsterGraphQLClientError) as refused:
        asked(client_of(served))
    assert refused.value.args[0] == kind


def test_locations_are_loaded_again() -> None:
    with served_project() as served:
        client = client_of(served)
        assert client.reload_repository_location("shop").status is ReloadRepositoryLocationStatus.SUCCESS
        failed = client.reload_repository_location("elsewhere")
        assert (failed.status.value, failed.failure_type) == ("FAILURE", "RepositoryLocationNotFound")
        assert client.shutdown_repository_location("shop").status is ShutdownRepositoryLocationStatus.SUCCESS


def test_a_run_is_stopped() -> None:
    with served_project() as served:
        client = client_of(served)
        run_id = client.submit_job_execution("simple")
        client.terminate_run(run_id)
        assert client.get_run_status(run_id) is DagsterRunStatus.CANCELED


def test_a_document_without_a_method_is_executed() -> None:
    with served_project() as served:
        client = client_of(served)
        assert client._execute("{ version }") == {"version": "1.13.27"}  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(DagsterGraphQLClientError, match="Cannot query field 'nothing'"):
            client._execute("query Nothing($id: ID) { nothing(id: $id) }", {"id": "x"})  # pyright: ignore[reportPrivateUsage]


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(DagsterGraphQLClientError, match="Error when connecting to url http://127.0.0.1:1/graphql"):
        DagsterGraphQLClient("127.0.0.1", port_number=1).get_run_status("x")


def test_the_command_tells_its_version() -> None:
    ran = CliRunner().invoke(graphql, ["--version"])
    assert (ran.exit_code, ran.stdout) == (0, f"dagster-graphql, version {__version__}\n")


def test_the_command_answers_without_code() -> None:
    ran = CliRunner().invoke(graphql, ["--empty-workspace", "--ephemeral-instance", "-t", "{ version }"])
    assert (ran.exit_code, json.loads(ran.stdout)) == (0, {"data": {"version": "1.13.27"}})


@pytest.mark.parametrize("arguments", [[], ["-t", "{ version }", "-p", "launchRun"], ["-t", "{ version }", "-v", "[1]"]])
def test_the_command_refuses_what_it_cannot_execute(arguments: list[str]) -> None:
    assert CliRunner().invoke(graphql, ["--empty-workspace", "--ephemeral-instance", *arguments]).exit_code == 2


@pytest.mark.slow
def test_the_command_loads_the_code_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "sales.py").write_text(
        "import dagster as dg\n\n@dg.asset\ndef orders(): ...\n\ndefs = dg.Definitions([orders])\n"
    )
    ran = CliRunner().invoke(
        graphql, ["-f", str(tmp_path / "sales.py"), "--ephemeral-instance", "-t", "{ assetNodes { assetKey { path } } }"]
    )
    assert json.loads(ran.stdout) == {"data": {"assetNodes": [{"assetKey": {"path": ["orders"]}}]}}
