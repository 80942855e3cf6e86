from types import ModuleType
from typing import Any

import pytest

import dagster as dg
from dagster import AssetKey, AssetsDefinition, AutoMaterializePolicy, AutomationCondition, LegacyFreshnessPolicy, asset
from dagster.errors import CheckError, DagsterInvariantViolationError


def made(**old: Any) -> AssetsDefinition:
    with pytest.warns(DeprecationWarning, match="early versions"):
        return asset(name="orders", **old)(lambda: 1)  # pyright: ignore[reportCallIssue]


def test_each_is_said_in_todays_words() -> None:
    assert made(compute_kind="sql", op_tags={"a": "b"}).op.tags == {"dagster/compute_kind": "sql", "a": "b"}
    assert made(non_argument_deps={"customers"}).dependency_keys == {AssetKey("customers")}
    policy = AutoMaterializePolicy.eager()
    assert made(auto_materialize_policy=policy).get_asset_spec().automation_condition == policy.to_automation_condition()
    lag = LegacyFreshnessPolicy(maximum_lag_minutes=3)
    assert made(legacy_freshness_policy=lag).get_asset_spec().legacy_freshness_policy == lag


def test_a_policy_and_a_condition_both_say_when() -> None:
    with pytest.raises(DagsterInvariantViolationError, match="both"):
        made(auto_materialize_policy=AutoMaterializePolicy.eager(), automation_condition=AutomationCondition.eager())


def test_what_no_version_had_is_refused() -> None:
    with pytest.raises(TypeError, match="'nobody'"):
        asset(nobody=1)(lambda: 1)  # pyright: ignore[reportCallIssue]


def test_hooks_are_hooks() -> None:
    with pytest.raises(CheckError, match="hooks"):
        asset(name="orders", hooks={"alarm"})(lambda: 1)


def test_early_arguments_are_taken_wherever_they_were() -> None:
    policy = dg.AutoMaterializePolicy.eager()

    @dg.op
    def one() -> int:
        return 1

    with pytest.warns(DeprecationWarning, match="early versions"):
        graph_made = dg.graph_asset(name="made", auto_materialize_policy=policy)(lambda: one())
    with pytest.warns(DeprecationWarning, match="early versions"):
        several = dg.multi_asset(specs=[dg.AssetSpec("x")], name="all", compute_kind="py", non_argument_deps=None)(lambda: None)
    with pytest.warns(DeprecationWarning, match="early versions"):
        out = dg.AssetOut(auto_materialize_policy=policy)
    spec = dg.AssetSpec("x", auto_materialize_policy=policy)
    conditions = [graph_made.specs_by_key[graph_made.key].automation_condition, out.automation_condition]
    assert [*conditions, spec.automation_condition] == [policy.to_automation_condition()] * 3
    assert several.op.tags == {"dagster/compute_kind": "py"}


def test_modules_are_loaded_with_an_early_policy() -> None:
    module = ModuleType("loaded")
    vars(module)["orders"] = dg.asset(name="orders")(lambda: 1)
    policy = dg.AutoMaterializePolicy.eager()
    with pytest.warns(DeprecationWarning, match="early versions"):
        (orders,) = dg.load_assets_from_modules([module], auto_materialize_policy=policy)
    assert orders.specs_by_key[orders.key].automation_condition == policy.to_automation_condition()


def test_an_early_argument_of_another_decorator_is_refused() -> None:
    with pytest.raises(TypeError, match="compute_kind"):
        dg.graph_asset(compute_kind="py")
    with pytest.raises(DagsterInvariantViolationError, match="both"):
        dg.AssetSpec(
            "x", auto_materialize_policy=dg.AutoMaterializePolicy.eager(), automation_condition=dg.AutomationCondition.eager()
        )


def test_a_graph_asset_takes_inputs_by_keyword() -> None:
    @dg.op
    def added(left: int, right: int) -> int:
        return left + right

    @dg.graph_asset(ins={"left": dg.AssetIn("one"), "right": dg.AssetIn("two")})
    def total(**inputs: Any):
        return added(inputs["left"], inputs["right"])

    numbers = [dg.asset(name="one")(lambda: 1), dg.asset(name="two")(lambda: 2)]
    with dg.DagsterInstance.ephemeral() as instance:
        assert dg.materialize([*numbers, total], instance=instance).asset_value("total") == 3


def test_a_schema_says_its_default() -> None:
    @dg.op(config_schema={"size": dg.Field(int, default_value=2)})
    def sized(context: dg.OpExecutionContext): ...

    @dg.op(config_schema={"size": int})
    def strict(context: dg.OpExecutionContext): ...

    schema = sized.config_schema
    assert (schema.default_provided, schema.default_value, schema.is_required) == (True, {"size": 2}, False)
    assert (schema.default_value_as_json_str, schema.description) == ('{"size": 2}', None)
    assert (strict.config_schema.default_provided, strict.config_schema.is_required) == (False, True)


def test_names_that_the_package_imported_for_itself_are_found() -> None:
    from collections.abc import Mapping

    assert vars(dg).get("Mapping", dg.__getattr__("Mapping")) is Mapping
