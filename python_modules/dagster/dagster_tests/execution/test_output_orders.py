from typing import Any

import pytest

from dagster import AssetKey, AssetSpec, DagsterInstance, MaterializeResult, materialize, multi_asset
from dagster.errors import DagsterInvariantViolationError

CHAIN = [AssetSpec("c", deps=["b"]), AssetSpec("b", deps=["a"]), AssetSpec("a")]


def _made(*keys: str) -> Any:
    @multi_asset(specs=CHAIN)
    def made() -> Any:
        for key in keys:
            yield MaterializeResult(key)

    return made


def _written(*keys: str) -> list[str]:
    events = materialize([_made(*keys)]).get_asset_materialization_events()
    return [event.asset_key.to_user_string() for event in events if event.asset_key is not None]


def test_a_dependency_comes_before_what_depends_on_it():
    assert ["a", "b", "c"] == _written("a", "b", "c")
    with pytest.raises(DagsterInvariantViolationError, match='"b" was yielded before its dependency "a"'):
        _written("b", "a", "c")


def test_what_nobody_mentions_is_given_in_order():
    assert ["a", "b", "c"] == _written()
    assert ["b", "a", "c"] == _written("b")


def test_each_asset_names_the_versions_of_this_run():
    with DagsterInstance.ephemeral() as instance:
        result = materialize([_made()], instance=instance)
        provenance = instance.get_latest_materialization_event(AssetKey("c"))
    assert provenance is not None
    assert provenance.asset_materialization is not None
    tags = provenance.asset_materialization.tags or {}
    made = {event.asset_key: event.materialization for event in result.get_asset_materialization_events()}
    assert made[AssetKey("b")].data_version == tags["dagster/input_data_version/b"]
