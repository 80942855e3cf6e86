from typing import Any

import pytest
from msgspec.structs import replace

from dagster import AssetCheckSpec, AssetDep, AssetKey, AssetsDefinition, AssetSpec, AutomationCondition, asset
from dagster.define.replacements import spec_with_renamed_dependencies
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.partitions.mappings import LastPartitionMapping

_CONDITION = AutomationCondition.eager()
EAGER = AutomationCondition.eager()
A, B, C = AssetKey("a"), AssetKey("b"), AssetKey(["p", "c"])


def orders() -> AssetsDefinition:
    return asset(
        name="orders",
        deps=["b"],
        metadata={"m": 1},
        tags={"t": "v"},
        owners=["team:sales"],
        code_version="2",
        automation_condition=_CONDITION,
        description="Orders",
        check_specs=[AssetCheckSpec("c", asset="orders")],
    )(lambda a: 1)


def external(*specs: AssetSpec) -> AssetsDefinition:
    return AssetsDefinition(specs=specs or (AssetSpec("a"),))


def test_everything_is_answered_by_key() -> None:
    key = AssetKey("orders")
    definition = orders()
    assert definition.keys == {key}
    assert definition.specs_by_key[key] is definition.get_asset_spec(key)
    assert definition.metadata_by_key == {key: {"m": 1}}
    assert definition.tags_by_key == {key: {"t": "v"}}
    assert definition.owners_by_key == {key: ["team:sales"]}
    assert definition.code_versions_by_key == {key: "2"}
    assert definition.automation_conditions_by_key == {key: _CONDITION}
    assert definition.descriptions_by_key == {key: "Orders"}
    assert definition.group_names_by_key == {key: "default"}


def test_edges_are_answered_by_key_and_by_name() -> None:
    definition = orders()
    assert definition.dependency_keys == {A, B}
    assert definition.asset_deps == {AssetKey("orders"): {A, B}}
    assert definition.keys_by_input_name == {"a": A, "b": B}
    assert definition.keys_by_output_name == {"result": AssetKey("orders")}
    assert definition.get_output_name_for_asset_key(AssetKey("orders")) == "result"


def test_checks_are_answered() -> None:
    assert [spec.name for spec in orders().check_specs] == ["c"]
    assert {key.name for key in orders().check_keys} == {"c"}


def test_an_asset_that_it_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="p/c not found"):
        orders().get_asset_spec(C)
    with pytest.raises(DagsterInvariantViolationError, match="p/c not found"):
        orders().get_output_name_for_asset_key(C)


def test_several_assets_have_no_single_key() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="multiple asset keys: a, b"):
        _ = external(AssetSpec("b"), AssetSpec("a")).key


def test_what_nothing_makes_is_external() -> None:
    definition = external()
    assert (definition.is_external, definition.is_executable, definition.is_materializable) == (True, False, False)
    assert (definition.required_resource_keys, definition.keys_by_input_name, definition.can_subset) == (set(), {}, False)
    with pytest.raises(DagsterInvariantViolationError, match="no function"):
        _ = definition.op


def test_the_io_manager_of_an_external_asset_is_in_its_metadata() -> None:
    assert external(AssetSpec("a").with_io_manager_key("db")).get_io_manager_key_for_asset_key(A) == "db"
    assert external().get_io_manager_key_for_asset_key(A) == "io_manager"
    assert orders().get_io_manager_key_for_asset_key(AssetKey("orders")) == "io_manager"


def test_resources_are_those_of_the_function_and_of_io() -> None:
    definition = asset(name="x", required_resource_keys={"db"}, io_manager_key="lake")(lambda: 1)
    assert definition.required_resource_keys == {"db", "lake"}


def test_a_function_without_a_value_needs_no_io_manager_of_its_own() -> None:
    def nothing() -> None: ...

    assert [output.is_stored for output in asset(nothing).op.outputs] == [False]


def test_new_keys_reach_inputs_and_outputs() -> None:
    renamed = orders().with_attributes(asset_key_replacements={AssetKey("orders"): AssetKey(["p", "orders"])})
    assert renamed.key == AssetKey(["p", "orders"])
    assert renamed.keys_by_output_name == {"result": AssetKey(["p", "orders"])}


def test_a_function_over_specs_leaves_the_key_alone() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="must not change keys"):
        orders().map_asset_specs(lambda spec: spec.replace_attributes(key="other"))


def test_a_function_over_specs_leaves_arguments_alone() -> None:
    with pytest.raises(CheckError, match="argument-backed dependency"):
        orders().map_asset_specs(lambda spec: spec.replace_attributes(deps=[]))


def test_a_function_over_specs_may_add_dependencies() -> None:
    more = orders().map_asset_specs(lambda spec: spec.merge_attributes(deps=["new"]))
    assert more.keys_by_input_name["new"] == AssetKey("new")


def test_the_rest_stays_when_specs_change() -> None:
    before = orders()
    after = before.map_asset_specs(lambda spec: spec.replace_attributes(group_name="sales"))
    assert after.get_asset_spec().group_name == "sales"
    assert (after.op, after.check_keys) == (before.op, before.check_keys)


def test_renamed_dependencies_reach_the_inputs() -> None:
    renamed = orders().with_renamed_dependencies({A: C})
    assert renamed.dependency_keys == {C, B}
    assert renamed.keys_by_input_name == {"a": C, "b": B}


def test_a_renamed_edge_keeps_what_it_says() -> None:
    mapping = LastPartitionMapping()
    spec = AssetSpec("x", deps=[AssetDep("a", partition_mapping=mapping, metadata={"m": 1})])
    dep = spec_with_renamed_dependencies(spec, {A: C}).deps[0]
    assert (dep.asset_key, dep.partition_mapping, dep.metadata) == (C, mapping, {"m": 1})


def test_the_partitions_are_those_of_the_first_that_has_some() -> None:
    partitions: Any = object()
    assert external(AssetSpec("a"), AssetSpec("b", partitions_def=partitions)).partitions_def is partitions
    assert external().partitions_def is None


def test_a_definition_shows_its_keys() -> None:
    assert repr(external(AssetSpec(["p", "c"]), AssetSpec("a"))) == "AssetsDefinition(p/c, a)"


def test_a_computation_knows_where_it_stands() -> None:
    computation = orders().op.computation
    assert computation.place.startswith(f"{__file__}:")
    assert replace(computation, function=print).place == ""


def test_a_check_follows_its_asset_to_a_new_key() -> None:
    new_key = AssetKey(["p", "orders"])
    moved = orders().with_attributes(asset_key_replacements={AssetKey("orders"): new_key})
    assert {key.asset_key for key in moved.check_keys} == {new_key}
    assert [output.check.asset_key for output in moved.op.outputs if output.check is not None] == [new_key]


def test_keys_of_assets_and_of_their_dependencies_are_replaced_at_once() -> None:
    moved = orders().with_attributes(asset_key_replacements={AssetKey("orders"): A, A: C})
    assert (moved.key, moved.dependency_keys, list(moved.input_names)) == (A, {C, B}, ["a", "b"])
    assert moved.keys_by_input_name == {"a": C, "b": B}
    assert moved.op.name == "orders"


def test_attributes_are_given_to_assets_that_have_none() -> None:
    plain = asset(name="plain")(lambda: 1)
    key = AssetKey("plain")
    more = plain.with_attributes(
        group_names_by_key={key: "g"},
        tags_by_key={key: {"t": "v"}},
        automation_condition=EAGER,
        metadata_by_key={key: {"m": 1}},
        backfill_policy="policy",
        hook_defs={"hook"},
    )
    spec = more.get_asset_spec()
    assert (spec.group_name, spec.tags, spec.automation_condition, spec.metadata) == ("g", {"t": "v"}, EAGER, {"m": 1})
    assert (more.backfill_policy, more.hook_defs) == ("policy", {"hook"})


@pytest.mark.parametrize("more", [{"tags_by_key": {AssetKey("orders"): {"u": "w"}}}, {"automation_condition": EAGER}])
def test_attributes_that_are_there_are_not_replaced(more: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="already exists on assets orders"):
        orders().with_attributes(**more)


def test_metadata_is_laid_over_the_present_one() -> None:
    more = orders().with_attributes(metadata_by_key={AssetKey("orders"): {"n": 2}})
    assert more.get_asset_spec().metadata == {"m": 1, "n": 2}
