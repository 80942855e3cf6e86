from typing import Any

import pytest

from dagster import asset
from dagster.define.asset_options import refuse_other_kinds
from dagster.errors import ParameterCheckError


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
    ],
)
def test_an_option_of_another_kind_is_refused_by_its_name(option: str, value: Any) -> None:
    options: dict[str, Any] = {option: value}
    with pytest.raises(ParameterCheckError, match=f'Param "{option}" is not a'):
        asset(**options)(lambda: 1)


def test_what_is_left_out_is_not_looked_at() -> None:
    refuse_other_kinds({"tags": None})
    refuse_other_kinds({})
