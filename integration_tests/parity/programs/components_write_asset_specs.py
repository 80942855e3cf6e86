"""Assets and checks as component files write them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Optional

import seen
import written

import dagster as dg
from dagster.components import AssetAttributesModel, ResolvedAssetCheckSpec


@dataclass
class Holder(dg.Resolvable):
    asset: Optional[dg.ResolvedAssetSpec] = None
    assets: Optional[list[dg.ResolvedAssetSpec]] = None
    check: Optional[ResolvedAssetCheckSpec] = None
    key: Optional[dg.ResolvedAssetKey] = None


FRESH = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=2))
SCOPE = {"hourly": "0 * * * *", "spec": dg.AssetSpec("given", group_name="g"), "key": "q/r", "tags": {"a": "b"}, "fresh": FRESH, "kinds": ["x", "y"]}
SPECS = [
    "{key: orders}",
    "{key: a/b, deps: [x/y, '{{ key }}'], description: 'hi {{ key }}', group_name: g, owners: ['team:data', a@example.com]}",
    "{key: a, tags: {a: 3, b: true, c: x}, kinds: [python, sql], metadata: {n: 1, m: '{{ 1 + 1 }}', l: [1]}}",
    "{key: a, tags: '{{ tags }}', kinds: '{{ kinds }}', code_version: v1, skippable: true}",
    "{key: a, automation_condition: '{{ dg.AutomationCondition.eager() }}'}",
    "{key: a, automation_condition: '{{ automation_condition.on_cron(hourly) }}'}",
    "{key: a, partitions_def: {type: daily, start_date: '2024-01-01', timezone: Europe/Berlin}}",
    "{key: a, partitions_def: {type: hourly, start_date: '2024-01-01-00:00'}}",
    "{key: a, partitions_def: {type: weekly, start_date: '2024-01-01', day_offset: 2}}",
    "{key: a, partitions_def: {type: static, partition_keys: [x, y]}}",
    "{key: a, partitions_def: {type: time_window, start_date: '2024-01', fmt: '%Y-%m', cron_schedule: '0 0 1 * *'}}",
    "{key: a, partitions_def: '{{ dg.StaticPartitionsDefinition([\"p\"]) }}'}",
    "'{{ spec }}'",
]
REFUSED = [
    "{group_name: g}",
    "{key: [a, b]}",
    "{key: a, nope: 1}",
    "{key: a, owners: [nobody]}",
    "{key: a, partitions_def: {type: daily}}",
    "{key: a, partitions_def: {type: monthly, start_date: '2024-01-01'}}",
]


def spec_of(text: str) -> dict:
    return written.facts_of(Holder.resolve_from_yaml(f"asset: {text}", scope=SCOPE).asset)


def refused(text: str) -> bool:
    return "raises" in seen.outcome(lambda: spec_of(text))


def facts() -> dict:
    check = Holder.resolve_from_yaml(
        "check: {name: full, asset: a/b, blocking: true, additional_deps: [c/d], description: d, metadata: {n: 1}}"
    ).check
    several = Holder.resolve_from_yaml("assets: [{key: a}, {key: '{{ key }}'}]", scope=SCOPE).assets
    return {
        "specs": {text: spec_of(text) for text in SPECS},
        "refused": {text: refused(text) for text in REFUSED},
        "several": [spec.key.to_user_string() for spec in several],
        "fresh": Holder.resolve_from_yaml("asset: {key: a, freshness_policy: '{{ fresh }}'}", scope=SCOPE).asset.freshness_policy == FRESH,
        "check": [check.name, seen.plain(check.asset_key), check.blocking, check.description, dict(check.metadata)],
        "check deps": [seen.plain(dep.asset_key) for dep in check.additional_deps],
        "key": seen.plain(Holder.resolve_from_yaml("key: a/b/c").key),
        "attributes": sorted(AssetAttributesModel.model_fields),
        "required attributes": [name for name, field in AssetAttributesModel.model_fields.items() if field.is_required()],
    }
