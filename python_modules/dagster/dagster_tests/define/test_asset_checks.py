from typing import Any

import pytest

from dagster import (
    AssetCheckKey,
    AssetCheckResult,
    AssetCheckSpec,
    AssetIn,
    AssetKey,
    AssetSelection,
    Definitions,
    ResourceParam,
    asset,
    asset_check,
    multi_asset_check,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError

PASSED = AssetCheckResult(passed=True)


@asset
def orders() -> int:
    return 1


@asset_check(asset=orders)
def fresh() -> AssetCheckResult:
    return PASSED


def test_a_check_is_named_after_its_function() -> None:
    assert fresh.check_key == AssetCheckKey(AssetKey("orders"), "fresh")
    assert (fresh.op.name, fresh.keys, "test_asset_checks.py" in fresh.place) == ("orders_fresh", set(), True)


def test_the_parameter_is_the_asset_whatever_its_name() -> None:
    @asset_check(asset="orders")
    def not_empty(table: Any) -> AssetCheckResult:
        return PASSED

    assert not_empty.keys_by_input_name == {"table": AssetKey("orders")}


def test_other_assets_are_named() -> None:
    @asset_check(asset="orders", additional_ins={"prices": AssetIn("prices")}, additional_deps=["zones"])
    def sums(orders: Any, prices: Any) -> AssetCheckResult:
        return PASSED

    assert [dep.asset_key for dep in sums.check_specs[0].additional_deps] == [AssetKey("prices"), AssetKey("zones")]
    with pytest.raises(DagsterInvalidDefinitionError, match="'orders', 'prices'"):
        asset_check(asset="orders", name="sums")(lambda orders, prices: PASSED)


def test_the_checked_asset_is_not_named_twice() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="`additional_deps`"):
        asset_check(asset=orders, additional_deps=[orders], name="c")(lambda: PASSED)


def test_one_function_executes_several_checks() -> None:
    specs = [AssetCheckSpec("a", asset="orders"), AssetCheckSpec("b", asset="customers")]
    both = multi_asset_check(specs=specs, name="both", can_subset=True)(lambda context: [])
    assert (both.check_keys, both.can_subset) == ({spec.key for spec in specs}, True)
    with pytest.raises(CheckError, match="customers:b, orders:a"):
        _ = both.check_key


def test_two_checks_of_one_name_are_a_problem_of_the_project() -> None:
    again = asset_check(asset=orders, name="fresh")(lambda: PASSED)
    with pytest.raises(DagsterInvalidDefinitionError, match=r"Duplicate asset check key.*test_asset_checks\.py"):
        _ = Definitions(assets=[orders], asset_checks=[fresh, again]).project
    Definitions.validate_loadable(Definitions(assets=[orders, fresh], asset_checks=[fresh]))


def test_a_resource_that_nobody_gives_is_named() -> None:
    @asset_check(asset=orders)
    def limited(limit: ResourceParam[int]) -> AssetCheckResult:
        return PASSED

    with pytest.raises(DagsterInvalidDefinitionError, match="'limit' required by check 'orders:limited'"):
        Definitions.validate_loadable(Definitions(assets=[orders], asset_checks=[limited]))


def test_checks_are_selected_and_found() -> None:
    defs = Definitions(assets=[orders], asset_checks=[fresh])
    assert AssetSelection.all_asset_checks().resolve_checks(defs.resolve_asset_graph()) == {fresh.check_key}
    assert defs.get_asset_checks_def(fresh.check_key) is fresh
    with pytest.raises(DagsterInvariantViolationError, match="nobody"):
        defs.get_asset_checks_def(AssetCheckKey(AssetKey("orders"), "nobody"))
