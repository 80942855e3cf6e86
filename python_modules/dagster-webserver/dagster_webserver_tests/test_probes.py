from __future__ import annotations

from collections.abc import Iterator

import pytest
from dagster_webserver_tests.serving import Client, serving

from dagster import DagsterInstance
from dagster.version import __version__


@pytest.fixture
def client() -> Iterator[Client]:
    with DagsterInstance.ephemeral() as instance, serving(instance) as client:
        yield client


@pytest.mark.parametrize("path", ["/server_info", "/dagit_info"])
def test_versions_are_told(client: Client, path: str):
    assert client.get(path).json == {
        "dagster_webserver_version": __version__,
        "dagster_version": __version__,
        "dagster_graphql_version": __version__,
    }


def test_it_lives_and_is_ready(client: Client):
    assert [client.get(path).status for path in ("/health", "/ready")] == [200, 200]


def test_answers_and_runs_are_counted(client: Client):
    client.get("/health")
    client.get("/logs/x")
    lines = client.get("/metrics").text.splitlines()
    assert 'dagster_http_answers_total{status="2xx"} 1.0' in lines
    assert 'dagster_http_answers_total{status="4xx"} 1.0' in lines
    assert 'dagster_runs{status="QUEUED"} 0.0' in lines
