import asyncio
from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetObservation,
    AssetSpec,
    DagsterInstance,
    DataVersion,
    DataVersionsByPartition,
    ObserveResult,
    SourceAsset,
    StaticPartitionsDefinition,
    asset,
    multi_observable_source_asset,
    observable_source_asset,
)
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvalidObservationError, DagsterStepOutputNotFoundError
from dagster.execution.observe import observe


def _observations(*assets: Any, **given: Any) -> list[AssetObservation]:
    result = observe(list(assets), **given)
    return [event.asset_observation_data.asset_observation for event in result.get_asset_observation_events()]


def test_a_data_version_is_recorded_and_remembered():
    @observable_source_asset
    def watched():
        return DataVersion("5")

    with DagsterInstance.ephemeral() as instance:
        found = _observations(watched, instance=instance)[0]
        assert instance.get_latest_data_version_record(AssetKey("watched")) is not None
    assert (AssetKey("watched"), "5") == (found.asset_key, found.data_version)


def test_a_coroutine_is_awaited():
    @observable_source_asset
    async def watched():
        await asyncio.sleep(0)
        return DataVersion("6")

    assert "6" == _observations(watched)[0].data_version


def test_each_partition_has_its_version():
    @observable_source_asset(partitions_def=StaticPartitionsDefinition(["a", "b"]))
    def watched():
        return DataVersionsByPartition({"a": "1", "b": "2"})

    assert [("a", "1"), ("b", "2")] == [(each.partition, each.data_version) for each in _observations(watched)]


@pytest.mark.parametrize("returned", [5, None, DataVersionsByPartition({"a": "1"})])
def test_what_says_no_version_is_refused(returned: Any):
    watched = observable_source_asset(name="watched")(lambda: returned)
    with pytest.raises(DagsterInvalidObservationError, match="watched"):
        observe([watched])


def test_several_assets_are_each_seen():
    @multi_observable_source_asset(specs=[AssetSpec("a"), AssetSpec("b")])
    def watched():
        yield ObserveResult("a", data_version=DataVersion("1"))
        yield ObserveResult("b", metadata={"rows": 2})

    assert ["a", "b"] == [each.asset_key.to_user_string() for each in _observations(watched)]


def test_what_was_not_looked_at_was_not_seen():
    @multi_observable_source_asset(specs=[AssetSpec("a"), AssetSpec("b")])
    def watched():
        yield ObserveResult("a")

    with pytest.raises(DagsterStepOutputNotFoundError, match='"b"'):
        observe([watched])


def test_what_is_made_here_is_not_observed():
    @asset
    def made(): ...

    assert [] == _observations(made)


def test_a_source_without_a_function_cannot_be_observed():
    with pytest.raises(DagsterInvalidDefinitionError, match="Assets s cannot be observed"):
        observe([SourceAsset("s")])
