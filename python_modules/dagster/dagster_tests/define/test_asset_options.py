from collections.abc import Callable
from typing import Any

import pytest

from dagster import (
    AssetCheckSpec,
    AssetDep,
    AssetOut,
    AssetSpec,
    In,
    MaterializeResult,
    ObserveResult,
    asset,
    define_asset_job,
)
from dagster.define.asset_options import refuse_other_kinds
from dagster.errors import CheckError, ParameterCheckError


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("name", 1),
        ("group_name", 1),
        ("tags", ["x"]),
        ("metadata", ["x"]),
        ("resource_defs", ["x"]),
        ("required_resource_keys", "database"),
        ("required_resource_keys", ["database"]),
        ("output_required", "yes"),
        ("partitions_def", "daily"),
        ("retry_policy", 3),
        ("backfill_policy", 3),
        ("hooks", {1}),
        ("key_prefix", 1),
        ("key_prefix", [1]),
        ("pool", 1),
    ],
)
def test_an_option_of_another_kind_is_refused_by_its_name(option: str, value: Any) -> None:
    options: dict[str, Any] = {option: value}
    with pytest.raises(ParameterCheckError, match=f'Param "{option}" is not a'):
        asset(**options)(lambda: 1)


def test_what_is_left_out_is_not_looked_at() -> None:
    refuse_other_kinds({"tags": None})
    refuse_other_kinds({})


@pytest.mark.parametrize(
    "declare",
    [
        lambda metadata: asset(name="a", metadata=metadata)(lambda: 1),
        lambda metadata: AssetSpec("a", metadata=metadata),
        lambda metadata: AssetSpec("a").merge_attributes(metadata=metadata),
        lambda metadata: AssetDep("a", metadata=metadata),
        lambda metadata: AssetOut(metadata=metadata),
        lambda metadata: AssetCheckSpec("c", asset="a", metadata=metadata),
        lambda metadata: In(metadata=metadata),
        lambda metadata: MaterializeResult(metadata=metadata),
        lambda metadata: ObserveResult(metadata=metadata),
        lambda metadata: define_asset_job("j", metadata=metadata),
    ],
)
def test_the_names_of_metadata_are_strings(declare: Callable[[Any], Any]) -> None:
    with pytest.raises(CheckError, match="1, which is no string"):
        declare({1: 2})
    declare({"1": 2})
