from datetime import timedelta
from typing import Any

import pytest

from dagster import (
    AssetKey,
    Definitions,
    asset,
    build_column_schema_change_checks,
    build_last_update_freshness_checks,
    build_metadata_bounds_checks,
    build_sensor_for_freshness_checks,
    build_time_partition_freshness_checks,
)
from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError

DAY = timedelta(days=1)


@asset
def orders() -> int:
    return 1


@asset
def customers() -> int:
    return 1


def test_one_definition_holds_the_checks_of_all_assets() -> None:
    [checks] = build_last_update_freshness_checks(assets=[orders, "customers"], lower_bound_delta=DAY)
    assert {key.asset_key for key in checks.check_keys} == {AssetKey("orders"), AssetKey("customers")}
    assert checks.can_subset


def test_what_freshness_compares_against_stands_in_the_spec() -> None:
    [checks] = build_time_partition_freshness_checks(assets=[orders], deadline_cron="0 9 * * *", timezone="Europe/Berlin")
    [spec] = checks.check_specs
    assert spec.metadata["dagster/freshness_params"].value == {"timezone": "Europe/Berlin", "deadline_cron": "0 9 * * *"}


def test_steps_of_several_factories_have_names_of_their_own() -> None:
    made = [
        *build_column_schema_change_checks(assets=[orders]),
        *build_metadata_bounds_checks(assets=[orders], metadata_key="rows", min_value=1),
        *build_metadata_bounds_checks(assets=[customers], metadata_key="rows", min_value=1),
    ]
    assert len({checks.op.name for checks in made}) == 3
    Definitions.validate_loadable(Definitions(assets=[orders, customers], asset_checks=made))


@pytest.mark.parametrize(
    ("bounds", "words"),
    [({"min_value": 1}, "or equal to 1"), ({"max_value": 5, "exclusive_max": True}, "less than 5")],
)
def test_bounds_are_described_in_words(bounds: Any, words: str) -> None:
    [checks] = build_metadata_bounds_checks(assets=[orders], metadata_key="n rows", **bounds)
    [spec] = checks.check_specs
    assert (spec.name, words in (spec.description or "")) == ("n_rows_bounds_check", True)


def test_bounds_that_hold_nothing_are_refused() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="At least one"):
        build_metadata_bounds_checks(assets=[orders], metadata_key="rows")
    with pytest.raises(DagsterInvalidDefinitionError, match="Got 5 and 2"):
        build_metadata_bounds_checks(assets=[orders], metadata_key="rows", min_value=5, max_value=2)


def test_assets_are_a_list_that_names_each_once() -> None:
    with pytest.raises(CheckError, match="duplicate assets.*orders"):
        build_column_schema_change_checks(assets=[orders, "orders"])
    with pytest.raises(ParameterCheckError, match="assets"):
        build_column_schema_change_checks(assets="orders")


def test_a_sensor_looks_after_freshness_checks() -> None:
    checks = build_last_update_freshness_checks(assets=[orders], lower_bound_delta=DAY)
    sensor = build_sensor_for_freshness_checks(freshness_checks=checks)
    assert (sensor.name, "test_check_factories.py" in sensor.place) == ("freshness_checks_sensor", True)
    Definitions.validate_loadable(Definitions(assets=[orders], asset_checks=checks, sensors=[sensor]))
