from typing import Any

import pytest
from msgspec.structs import replace

from dagster import AssetCheckSpec, AssetIn, AssetKey, AssetsDefinition, AssetSpec
from dagster.define.computations import OutputDeclaration
from dagster.errors import DagsterInvalidSubsetError
from dagster_tests.planning.plans import made, plan_of


def several(*, can_subset: bool) -> AssetsDefinition:
    """One function that makes x and y."""
    outputs = tuple(OutputDeclaration(name=name, asset_key=AssetKey(name)) for name in "xy")
    computation = replace(made("both").op.computation, name="both", outputs=outputs, can_subset=can_subset)
    return AssetsDefinition(specs=[AssetSpec("x"), AssetSpec("y")], computation=computation)


def waiting(plan: Any) -> dict[str, list[str]]:
    return {step.key: [plan.steps[each].key for each in step.waits_for] for step in plan.steps}


def test_steps_are_numbered_in_the_order_of_definition() -> None:
    plan = plan_of(made("c", "a"), made("a"), made("b", "c a"))
    assert [(step.position, step.key) for step in plan.steps] == [(0, "c"), (1, "a"), (2, "b")]
    assert waiting(plan) == {"c": ["a"], "a": [], "b": ["c", "a"]}


def test_keys_of_steps_are_in_an_order_in_which_they_can_run() -> None:
    plan = plan_of(made("c", "a"), made("b"), made("a"), made("z", "b"), made("d", "c"))
    assert plan.step_keys == ("a", "b", "c", "z", "d")


def test_what_is_not_selected_was_made_before() -> None:
    plan = plan_of(made("a"), made("b", "a"), made("c", "b"), selection=["b", "c"])
    assert plan.selected_asset_keys == {AssetKey("b"), AssetKey("c")}
    assert [(each.upstream_step, each.upstream_output is not None) for each in plan.steps[0].inputs] == [(None, True)]


def test_a_dependency_without_argument_is_waited_for_too() -> None:
    plan = plan_of(made("a"), made("b", deps=["a"]))
    assert waiting(plan)["b"] == ["a"]
    assert not plan.steps[1].inputs[0].declared.is_loaded


def test_an_external_asset_is_not_waited_for() -> None:
    plan = plan_of(AssetSpec("a"), made("b", "a"))
    found = plan.steps[0].inputs[0]
    assert (found.upstream_step, found.upstream_output, found.upstream_spec) == (None, None, AssetSpec("a", group_name="default"))


def test_nothing_selected_is_an_empty_plan() -> None:
    plan = plan_of(made("a"), selection=[])
    assert (plan.steps, plan.step_keys, plan.required_resource_keys) == ((), (), frozenset())


def test_one_function_makes_all_of_its_assets_or_none() -> None:
    with pytest.raises(DagsterInvalidSubsetError, match="x are made together with y"):
        plan_of(several(can_subset=False), selection=["x"])
    assert plan_of(several(can_subset=False)).steps[0].asset_keys == (AssetKey("x"), AssetKey("y"))


def test_a_function_that_can_makes_the_selected_ones() -> None:
    step = plan_of(several(can_subset=True), selection=["y"]).steps[0]
    assert (step.asset_keys, [output.name for output in step.outputs]) == ((AssetKey("y"),), ["y"])


def test_checks_come_with_their_asset() -> None:
    step = plan_of(made("a", check_specs=[AssetCheckSpec("c", asset="a")])).steps[0]
    assert [output.name for output in step.outputs] == ["result", "a_c"]
    assert step.asset_keys == (AssetKey("a"),)


def test_a_value_is_loaded_by_what_stored_it() -> None:
    plan = plan_of(made("a", io_manager_key="lake"), made("b", "a"))
    assert plan.steps[1].inputs[0].manager_key == "lake"
    assert plan.required_resource_keys == {"lake", "io_manager"}


def test_a_value_is_loaded_by_what_the_input_names() -> None:
    plan = plan_of(made("a", io_manager_key="lake"), made("b", "a", ins={"a": AssetIn(input_manager_key="db")}))
    assert plan.steps[1].inputs[0].manager_key == "db"


def test_the_value_of_an_external_asset_is_loaded_by_what_its_metadata_names() -> None:
    plan = plan_of(AssetSpec("a").with_io_manager_key("db"), AssetSpec("c"), made("b", "a c"))
    assert [each.manager_key for each in plan.steps[0].inputs] == ["db", "io_manager"]


def test_a_step_needs_resources_for_what_it_loads_and_stores_only() -> None:
    plan = plan_of(
        made("a", io_manager_key="lake"),
        made("b", deps=["a"], required_resource_keys={"db"}, check_specs=[AssetCheckSpec("c", asset="b")]),
    )
    assert [sorted(step.resource_keys) for step in plan.steps] == [["lake"], ["db", "io_manager"]]


def test_the_same_selection_gives_the_same_plan() -> None:
    assets = [made("a"), made("b", "a")]
    assert plan_of(*assets).steps == plan_of(*assets).steps
