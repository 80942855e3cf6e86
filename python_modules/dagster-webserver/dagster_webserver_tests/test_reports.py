from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from dagster_webserver_tests.serving import Client, serving

from dagster import AssetCheckSeverity, AssetKey, DagsterInstance, EventRecordsFilter
from dagster import DagsterEventType as Type


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def client(instance: DagsterInstance) -> Iterator[Client]:
    with serving(instance) as client:
        yield client


def latest(instance: DagsterInstance, *key: str) -> Any:
    event = instance.get_latest_materialization_event(AssetKey(key))
    return event.asset_materialization if event else None


def test_a_materialization_is_stored_with_what_was_said_of_it(client: Client, instance: DagsterInstance):
    reply = client.send(
        "POST", "/report_asset_materialization/sales/orders",
        description="by hand", partition="2026-01-01", metadata={"rows": 3}, tags={"who": "me"}, data_version="v7",
    )  # fmt: skip
    assert (reply.status, reply.json) == (200, {})
    stored = latest(instance, "sales", "orders")
    assert (stored.description, stored.partition, stored.metadata["rows"].value) == ("by hand", "2026-01-01", 3)
    assert (stored.tags["who"], stored.data_version) == ("me", "v7")


@pytest.mark.parametrize("key", ["sales/orders", ["sales", "orders"]])
def test_the_key_may_stand_in_the_body(client: Client, instance: DagsterInstance, key: Any):
    assert client.send("POST", "/report_asset_materialization/", asset_key=key).status == 200
    assert latest(instance, "sales", "orders") is not None


def test_facts_may_stand_in_the_address(client: Client, instance: DagsterInstance):
    path = "/report_asset_materialization/a?description=x&metadata=%7B%22rows%22%3A3%7D"
    assert client.send("POST", path, b"", {"Content-Type": "application/json"}).status == 200
    assert (latest(instance, "a").description, latest(instance, "a").metadata["rows"].value) == ("x", 3)


def test_a_report_without_key_is_refused(client: Client):
    reply = client.send("POST", "/report_asset_materialization/", description="x")
    assert reply.status == 400
    assert reply.json["error"].startswith("Empty asset key")


def test_an_observation_is_stored(client: Client, instance: DagsterInstance):
    assert client.send("POST", "/report_asset_observation/a", data_version="7").status == 200
    filtered = EventRecordsFilter(Type.ASSET_OBSERVATION, AssetKey("a"))
    [record] = instance.get_event_records(filtered)
    assert record.event_log_entry.asset_observation is not None
    assert record.event_log_entry.asset_observation.data_version == "7"


def test_the_evaluation_of_a_check_is_stored(client: Client, instance: DagsterInstance):
    reply = client.send("POST", "/report_asset_check/a", check_name="fresh", passed=False, severity="WARN", metadata={"late": 2})
    assert reply.status == 200
    [record] = instance.get_event_records(EventRecordsFilter(Type.ASSET_CHECK_EVALUATION))
    evaluation: Any = record.event_log_entry.dagster_event.event_specific_data  # type: ignore[union-attr]
    assert (evaluation.check_name, evaluation.passed, evaluation.severity) == ("fresh", False, AssetCheckSeverity.WARN)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"check_name": "c"}, "Missing required parameter 'passed'."),
        ({"passed": True}, "Missing required parameter 'check_name'."),
        ({"check_name": "c", "passed": "yes"}, "passed is of type bool, not 'yes'."),
        ({"check_name": "c", "passed": True, "severity": "BAD"}, "severity is WARN or ERROR, not 'BAD'."),
    ],
)
def test_an_evaluation_that_says_too_little_is_refused(client: Client, said: dict[str, Any], sentence: str):
    reply = client.send("POST", "/report_asset_check/a", **said)
    assert (reply.status, reply.json["error"]) == (400, sentence)
