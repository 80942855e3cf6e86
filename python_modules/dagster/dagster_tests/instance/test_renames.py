from __future__ import annotations

from collections.abc import Iterator

import pytest

import dagster as dg
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvariantViolationError, ParameterCheckError

LETTERS = dg.StaticPartitionsDefinition(["a", "b"])
OLD, NEW = dg.AssetKey(["raw", "orders"]), dg.AssetKey("orders")


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def orders(key: dg.AssetKey, **options: object) -> dg.AssetsDefinition:
    @dg.asset(key=key, code_version="1", check_specs=[dg.AssetCheckSpec("good", asset=key)], **options)  # type: ignore[call-overload]
    def made() -> dg.MaterializeResult[None]:
        return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True)])

    return made


def reader(key: dg.AssetKey) -> dg.AssetsDefinition:
    @dg.asset(code_version="1", deps=[key], key="reader")
    def made() -> None: ...

    return made


def test_a_renamed_asset_has_the_history_of_its_alias(instance: dg.DagsterInstance) -> None:
    dg.materialize([orders(OLD), reader(OLD)], instance=instance)
    renamed = [orders(NEW, aliases=[OLD]), reader(NEW)]
    graph = dg.Definitions(renamed).resolve_asset_graph()
    assert instance.take_over_aliases(graph.specs) == {OLD: NEW}
    assert instance.take_over_aliases(graph.specs) == {}
    event = instance.get_latest_materialization_event(NEW)
    assert event is not None
    assert event.asset_materialization is not None
    assert event.asset_materialization.asset_key == NEW
    check = instance.get_latest_asset_check_evaluation_record(dg.AssetCheckKey(NEW, "good"))
    assert check is not None
    assert check.status.value == "SUCCEEDED"
    assert not instance.has_asset_key(OLD)
    staleness = instance.staleness(graph)
    assert [staleness.status(key).value for key in (NEW, dg.AssetKey("reader"))] == ["FRESH", "FRESH"]


def test_a_run_takes_the_history_over_before_it_begins(instance: dg.DagsterInstance) -> None:
    for letter in "ab":
        dg.materialize([orders(OLD, partitions_def=LETTERS)], instance=instance, partition_key=letter)
    dg.materialize([orders(NEW, partitions_def=LETTERS, aliases=["raw/orders"])], instance=instance, partition_key="a")
    assert len(instance.fetch_materializations(NEW, limit=10).records) == 3
    assert instance.get_materialized_partitions(NEW) == {"a", "b"}
    assert instance.all_asset_keys() == [NEW]


def test_a_key_that_another_asset_has_now_is_not_taken_from_it(instance: dg.DagsterInstance) -> None:
    dg.materialize([orders(OLD)], instance=instance)
    dg.materialize([orders(OLD), orders(NEW, aliases=[OLD])], instance=instance)
    assert {key: len(instance.fetch_materializations(key, limit=9).records) for key in (OLD, NEW)} == {OLD: 2, NEW: 1}


def test_specs_keep_aliases_and_refuse_what_is_none() -> None:
    spec = dg.AssetSpec("orders", aliases=["raw/orders"])  # type: ignore[call-arg]
    assert spec.replace_attributes(key="sales").aliases == [OLD]
    with pytest.raises(DagsterInvalidDefinitionError, match="has itself as an alias"):
        dg.AssetSpec("orders", aliases=["orders"])  # type: ignore[call-arg]
    with pytest.raises(ParameterCheckError, match="aliases"):
        dg.AssetSpec("orders", aliases="raw/orders")  # type: ignore[call-arg,arg-type]


def test_an_asset_is_not_moved_to_its_own_key(instance: dg.DagsterInstance) -> None:
    with pytest.raises(DagsterInvariantViolationError, match="cannot be moved to its own key"):
        instance.move_asset(NEW, NEW)
