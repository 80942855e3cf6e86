from typing import Any

import pytest

from dagster import (
    AssetKey,
    AssetOut,
    AssetsDefinition,
    AssetSpec,
    AutoMaterializePolicy,
    AutomationCondition,
    LegacyFreshnessPolicy,
    asset,
)
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


def test_a_policy_of_an_asset_spec_or_output_becomes_its_condition() -> None:
    policy = AutoMaterializePolicy.eager()
    with pytest.warns(DeprecationWarning, match="automation_condition"):
        spec = AssetSpec("orders", auto_materialize_policy=policy)
    with pytest.warns(DeprecationWarning, match="automation_condition"):
        out = AssetOut(auto_materialize_policy=policy)
    assert spec.automation_condition == out.automation_condition == policy.to_automation_condition()
    assert spec.replace_attributes(automation_condition=None).automation_condition is None
    with pytest.raises(DagsterInvariantViolationError, match="both"):
        AssetSpec("orders", auto_materialize_policy=policy, automation_condition=policy.to_automation_condition())
    with pytest.raises(CheckError, match="AutoMaterializePolicy"):
        AssetSpec("orders", auto_materialize_policy="eager")
