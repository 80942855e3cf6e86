from datetime import timedelta
from typing import Any

import pytest

from dagster import AssetDep, AssetKey, AssetsDefinition, AssetSpec, AutomationCondition, FreshnessPolicy
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.partitions.window_mappings import TimeWindowPartitionMapping
from dagster.specs.assets import coerce_deps, refuse_self_dependency

FULL: dict[str, Any] = {
    "deps": ["b"],
    "description": "d",
    "metadata": {"m": 1},
    "skippable": True,
    "group_name": "g",
    "code_version": "1",
    "automation_condition": AutomationCondition.eager(),
    "owners": ["team:x"],
    "tags": {"t": "v"},
    "kinds": {"table"},
    "partitions_def": "p",
    "freshness_policy": FreshnessPolicy.time_window(fail_window=timedelta(hours=1)),
    "is_virtual": True,
}


def test_a_spec_coerces_what_people_write() -> None:
    spec = AssetSpec(["p", "a"], **FULL)
    assert (spec.key, spec.deps, spec.kinds) == (AssetKey(["p", "a"]), [AssetDep("b")], {"table"})
    assert spec.tags == {"t": "v", "dagster/kind/table": ""}


def test_equal_specs_are_equal() -> None:
    assert AssetSpec("a", **FULL) == AssetSpec("a", **FULL)
    assert AssetSpec("a", **FULL) != AssetSpec("b", **FULL)


def test_a_spec_is_frozen() -> None:
    with pytest.raises(AttributeError):
        AssetSpec("a").key = AssetKey("b")  # pyright: ignore[reportAttributeAccessIssue]


def test_what_is_left_out_stays() -> None:
    spec = AssetSpec("a", **FULL)
    assert spec.replace_attributes() == spec
    assert spec.merge_attributes() == spec


@pytest.mark.parametrize("name", [name for name in FULL if name not in ("kinds", "tags", "skippable", "is_virtual")])
def test_every_attribute_can_be_replaced_by_nothing(name: str) -> None:
    replaced = AssetSpec("a", **FULL).replace_attributes(**{name: None})
    assert getattr(replaced, name) == getattr(AssetSpec("a"), name)


def test_new_tags_keep_the_kinds_and_new_kinds_keep_the_tags() -> None:
    spec = AssetSpec("a", **FULL)
    assert spec.replace_attributes(tags={"u": "w"}).tags == {"u": "w", "dagster/kind/table": ""}
    assert spec.replace_attributes(kinds={"view"}).tags == {"t": "v", "dagster/kind/view": ""}
    assert spec.replace_attributes(kinds=None).kinds == set()
    assert spec.replace_attributes(tags=None, kinds=None).tags == {}


def test_merging_adds_to_lists_and_lays_over_mappings() -> None:
    merged = AssetSpec("a", **FULL).merge_attributes(
        deps=["c", "b"], metadata={"m": 2, "n": 3}, owners=["team:y"], tags={"t": "w"}, kinds={"view"}
    )
    assert [dep.asset_key for dep in merged.deps] == [AssetKey("b"), AssetKey("c")]
    assert merged.metadata == {"m": 2, "n": 3}
    assert merged.owners == ["team:x", "team:y"]
    assert merged.tags == {"t": "w", "dagster/kind/table": "", "dagster/kind/view": ""}


def test_a_dependency_on_itself_is_refused_unless_on_other_partitions() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="depends on itself"):
        refuse_self_dependency(AssetSpec("a", deps=["a"]))
    refuse_self_dependency(AssetSpec("a", deps=[AssetDep("a", partition_mapping=TimeWindowPartitionMapping(-1, -1))]))


def test_the_same_dependency_counts_once() -> None:
    assert coerce_deps(["a", AssetKey("a"), AssetSpec("a")], "it") == [AssetDep("a")]


def test_the_same_dependency_has_one_mapping() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="different partition mappings, in it"):
        coerce_deps(["a", AssetDep("a", partition_mapping=TimeWindowPartitionMapping(-1, -1))], "it")


def test_a_definition_of_several_assets_stands_for_all_of_them() -> None:
    several = AssetsDefinition(specs=[AssetSpec("a"), AssetSpec("b")])
    assert [dep.asset_key for dep in coerce_deps([several], "it")] == [AssetKey("a"), AssetKey("b")]
    with pytest.raises(DagsterInvariantViolationError, match=r"2 assets.*: a, b"):
        AssetDep(several)


@pytest.mark.parametrize("asset", [3, None, object(), {"a"}])
def test_what_has_no_key_is_no_dependency(asset: Any) -> None:
    with pytest.raises(CheckError, match="key, spec or definition"):
        AssetDep(asset)


def test_an_edge_can_carry_metadata() -> None:
    assert AssetDep("a", metadata={"m": 1}).metadata == {"m": 1}
    assert AssetDep.from_coercible("a") == AssetDep("a")


def test_the_io_manager_is_metadata() -> None:
    assert AssetSpec("a", metadata={"m": 1}).with_io_manager_key("db").metadata == {"m": 1, "dagster/io_manager_key": "db"}
