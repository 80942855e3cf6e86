from collections.abc import Iterator
from typing import Any

import pytest

from dagster import AssetKey, DagsterInstance, ResourceParam, RunRequest, asset, asset_sensor, build_sensor_context, materialize
from dagster.errors import ParameterCheckError


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as opened:
        yield opened


@asset
def orders() -> int:
    return 1


@asset_sensor(AssetKey("orders"), job_name="report")
def reacts(context: Any, event: Any) -> RunRequest:
    return RunRequest(run_key=event.dagster_event.asset_key.to_user_string())


def test_an_asset_that_was_not_made_is_a_reason_to_skip(instance: DagsterInstance) -> None:
    [said] = reacts(build_sensor_context(instance))
    assert "No new materialization" in said.skip_message


def test_each_materialization_is_seen_once(instance: DagsterInstance) -> None:
    materialize([orders], instance=instance)
    context = build_sensor_context(instance)
    assert [said.run_key for said in reacts(context)] == ["orders"]
    [again] = reacts(build_sensor_context(instance, cursor=context.cursor))
    assert "No new materialization" in again.skip_message


def test_resources_reach_the_function(instance: DagsterInstance) -> None:
    materialize([orders], instance=instance)

    @asset_sensor(AssetKey("orders"), job_name="report")
    def limited(context: Any, event: Any, limit: ResourceParam[int]) -> RunRequest:
        return RunRequest(run_key=str(limit))

    assert next(limited(build_sensor_context(instance), limit=3)).run_key == "3"
    assert next(limited(build_sensor_context(instance, resources={"limit": 4}))).run_key == "4"


def test_the_asset_is_named_by_a_key() -> None:
    with pytest.raises(ParameterCheckError, match="asset_key"):
        asset_sensor("orders", job_name="report")(lambda context: None)  # pyright: ignore[reportArgumentType]
