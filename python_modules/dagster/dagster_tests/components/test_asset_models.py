from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

import dagster as dg
from dagster.components import ResolvedAssetCheckSpec
from dagster.components.refusals import DagsterComponentError


@dataclass
class Holder(dg.Resolvable):
    asset: dg.ResolvedAssetSpec | None = None
    check: ResolvedAssetCheckSpec | None = None
    key: dg.ResolvedAssetKey | None = None


def asset_of(text: str, **scope: Any) -> dg.AssetSpec:
    asset = Holder.resolve_from_yaml(f"asset: {text}", scope=scope).asset
    assert asset is not None
    return asset


def test_a_spec_is_written_with_all_its_attributes() -> None:
    written = """
        {key: marts/orders, deps: [raw/orders, '{{ other }}'], description: 'All {{ n }}', metadata: {n: '{{ n }}'},
         group_name: marts, code_version: '3', owners: ['team:data'], tags: {a: 3, b: true}, kinds: [table],
         automation_condition: '{{ dg.AutomationCondition.eager() }}', freshness_policy: '{{ fresh }}', skippable: true}
    """
    fresh = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=2))
    expected = dg.AssetSpec(
        ["marts", "orders"],
        deps=[["raw", "orders"], "other"],
        description="All 7",
        metadata={"n": 7},
        group_name="marts",
        code_version="3",
        owners=["team:data"],
        tags={"a": "3", "b": "True"},
        kinds={"table"},
        automation_condition=dg.AutomationCondition.eager(),
        freshness_policy=fresh,
        skippable=True,
    )
    assert asset_of(written.strip(), other="other", n=7, fresh=fresh) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{type: daily, start_date: 2024-01-01, hour_offset: 2}", dg.DailyPartitionsDefinition("2024-01-01", hour_offset=2)),
        ("{type: hourly, start_date: '2024-01-01-00:00'}", dg.HourlyPartitionsDefinition("2024-01-01-00:00")),
        ("{type: weekly, start_date: 2024-01-01, day_offset: 1}", dg.WeeklyPartitionsDefinition("2024-01-01", day_offset=1)),
        ("{type: static, partition_keys: [a, '{{ b }}']}", dg.StaticPartitionsDefinition(["a", "c"])),
        (
            "{type: time_window, start_date: 2024-01-01, fmt: '%Y-%m-%d', cron_schedule: '0 0 * * *'}",
            dg.TimeWindowPartitionsDefinition(start="2024-01-01", fmt="%Y-%m-%d", cron_schedule="0 0 * * *"),
        ),
        ("'{{ dg.MonthlyPartitionsDefinition(\"2024-01-01\") }}'", dg.MonthlyPartitionsDefinition("2024-01-01")),
    ],
)
def test_partitions_are_written_by_their_type(written: str, expected: object) -> None:
    assert asset_of(f"{{key: a, partitions_def: {written}}}", b="c").partitions_def == expected


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{key: a, grup_name: b}", "asset.grup_name: Nothing of this name"),
        ("{key: a, partitions_def: {type: daily}}", "asset.partitions_def.start_date: This must be written."),
        (
            "{key: a, partitions_def: {type: dayly, start_date: x}}",
            "asset.partitions_def.type: Input should be one of",
        ),
        ("{key: a, partitions_def: {type: daily, start_date: x}}", "asset.partitions_def: The start 'x'"),
        ("{key: a, owners: [nobody]}", "asset: Invalid owner 'nobody'"),
        ("orders", "asset: This is a mapping, or a template that gives one. Found 'orders'."),
    ],
)
def test_a_spec_that_cannot_stand_is_refused_with_its_place(written: str, said: str) -> None:
    with pytest.raises(DagsterComponentError) as refused:
        asset_of(written)
    assert str(refused.value).startswith(f"<string>:1: {said}")


def test_checks_and_keys_are_written_with_slashes() -> None:
    made = Holder.resolve_from_yaml("check: {name: c, asset: a/b, blocking: true, additional_deps: [d/e]}\nkey: f/g")
    assert made.check == dg.AssetCheckSpec("c", asset=["a", "b"], blocking=True, additional_deps=[["d", "e"]])
    assert made.key == dg.AssetKey(["f", "g"])


def test_an_object_of_a_template_stands_for_what_would_be_written() -> None:
    spec = dg.AssetSpec("x")
    assert Holder.resolve_from_yaml("asset: '{{ spec }}'", scope={"spec": spec}).asset is spec
