"""Checks that come ready made: freshness, schema changes, bounds of a metadata value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from hashlib import md5
from typing import Any

from msgspec.structs import asdict

from dagster.arguments import check_argument, check_members
from dagster.define.asset_checks import AssetChecksDefinition, multi_asset_check
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.check_evaluations import (
    Finds,
    evaluating,
    finds_bounds,
    finds_last_update,
    finds_partition,
    finds_schema,
    looking_at,
)
from dagster.define.check_verdicts import FRESHNESS_PARAMS, Bounds, Freshness
from dagster.define.sensors import SensorDefinition
from dagster.define.tick_functions import tick_function
from dagster.errors import CheckError, DagsterInvalidDefinitionError, ParameterCheckError
from dagster.events.asset_events import AssetCheckSeverity
from dagster.keys import AssetKey
from dagster.metadata.values import MetadataValue
from dagster.specs.assets import AssetDep
from dagster.specs.checks import AssetCheckSpec
from dagster.specs.crons import is_cron_schedule
from dagster.specs.selections import AssetSelection
from dagster.specs.sensors import DefaultSensorStatus


def build_last_update_freshness_checks(
    *,
    assets: Sequence[Any],
    lower_bound_delta: timedelta,
    deadline_cron: str | None = None,
    timezone: str = "UTC",
    severity: AssetCheckSeverity = AssetCheckSeverity.WARN,
    blocking: bool = False,
) -> Sequence[AssetChecksDefinition]:
    """Checks that assets were made lately: one `freshness_check` for each. Superseded by `FreshnessPolicy`.

    Args:
        assets: keys, strings and definitions.
        lower_bound_delta: how long before now, or before the last deadline, an asset may have been made.
        deadline_cron: when it is to be made, as a cron string; without: always.
        timezone: of the cron string.
        severity: of a failure.
        blocking: whether a failure stops what lies downstream.

    Raises:
        CheckError: no cron string, or an asset twice.

    Example:
        >>> from datetime import timedelta
        >>> [checks] = build_last_update_freshness_checks(assets=["orders"], lower_bound_delta=timedelta(hours=2))
        >>> checks.check_key.to_user_string()
        'orders:freshness_check'
    """
    check_argument("lower_bound_delta", lower_bound_delta, timedelta)
    if deadline_cron is not None:
        _check_cron(deadline_cron)
    seconds = lower_bound_delta.total_seconds()
    wanted = Freshness(timezone=timezone, lower_bound_delta_seconds=seconds, deadline_cron=deadline_cron)
    return _freshness_checks(assets, wanted, finds_last_update(wanted), severity, blocking)


def build_time_partition_freshness_checks(
    *,
    assets: Sequence[Any],
    deadline_cron: str,
    timezone: str = "UTC",
    severity: AssetCheckSeverity = AssetCheckSeverity.WARN,
    blocking: bool = False,
) -> Sequence[AssetChecksDefinition]:
    """Checks that the newest partition was made by its deadline: one `freshness_check` for each asset.

    Superseded by `FreshnessPolicy`.

    Args:
        assets: keys, strings and definitions of assets with time partitions.
        deadline_cron: when the newest partition is to be made.
        timezone: of the cron string.
        severity: of a failure.
        blocking: whether a failure stops what lies downstream.

    Raises:
        CheckError: no cron string, or an asset twice.

    Example:
        >>> [checks] = build_time_partition_freshness_checks(assets=["orders"], deadline_cron="0 9 * * *")
        >>> checks.check_key.to_user_string()
        'orders:freshness_check'
    """
    _check_cron(deadline_cron)
    wanted = Freshness(timezone=timezone, deadline_cron=deadline_cron)
    return _freshness_checks(assets, wanted, finds_partition(wanted), severity, blocking)


def _check_cron(deadline_cron: str) -> None:
    check_argument("deadline_cron", deadline_cron, str)
    if not is_cron_schedule(deadline_cron):
        raise CheckError(f"Invalid cron string {deadline_cron!r}. It has five fields, like '0 9 * * 1'.")


def _freshness_checks(
    assets: Sequence[Any], wanted: Freshness, finds: Finds, severity: AssetCheckSeverity, blocking: bool
) -> Sequence[AssetChecksDefinition]:
    return _ready_made(
        "freshness_check",
        assets,
        lambda key: AssetCheckSpec(
            "freshness_check",
            asset=key,
            description="Evaluates freshness for targeted asset.",
            metadata={FRESHNESS_PARAMS: MetadataValue.json(dict(wanted.params))},
            blocking=blocking,
        ),
        finds,
        severity,
        compares=wanted.params,
    )


def build_column_schema_change_checks(
    *, assets: Sequence[Any], severity: AssetCheckSeverity = AssetCheckSeverity.WARN
) -> Sequence[AssetChecksDefinition]:
    """Checks that the columns of an asset's table are those of the materialization before: one for each asset.

    Args:
        assets: keys, strings and definitions.
        severity: of a failure.

    Example:
        >>> [checks] = build_column_schema_change_checks(assets=["orders"])
        >>> checks.check_key.to_user_string()
        'orders:column_schema_change'
    """
    return _ready_made(
        "column_schema_change",
        assets,
        lambda key: AssetCheckSpec(
            "column_schema_change",
            asset=key,
            description="Checks whether the columns are those of the materialization before.",
        ),
        finds_schema,
        severity,
    )


def build_metadata_bounds_checks(
    *,
    assets: Sequence[Any],
    severity: AssetCheckSeverity = AssetCheckSeverity.WARN,
    metadata_key: str,
    min_value: float | None = None,
    max_value: float | None = None,
    exclusive_min: bool = False,
    exclusive_max: bool = False,
) -> Sequence[AssetChecksDefinition]:
    """Checks that a number in the metadata of the latest materialization lies within bounds: one for each asset.

    Args:
        assets: keys, strings and definitions.
        severity: of a failure.
        metadata_key: which number.
        min_value, max_value: the bounds; at least one of them.
        exclusive_min, exclusive_max: whether the bound itself is a failure.

    Raises:
        DagsterInvalidDefinitionError: no bound, or one above the other.

    Example:
        >>> [checks] = build_metadata_bounds_checks(assets=["orders"], metadata_key="dagster/row_count", min_value=1)
        >>> checks.check_key.to_user_string()
        'orders:dagster_row_count_bounds_check'
    """
    if min_value is None and max_value is None:
        raise DagsterInvalidDefinitionError("At least one of `min_value` or `max_value` must be set.")
    if min_value is not None and max_value is not None and min_value > max_value:
        raise DagsterInvalidDefinitionError(f"`min_value` may not be greater than `max_value`. Got {min_value} and {max_value}.")
    bounds = Bounds(min_value=min_value, max_value=max_value, exclusive_min=exclusive_min, exclusive_max=exclusive_max)
    name = f"{re.sub(r'[^A-Za-z0-9_]', '_', metadata_key)}_bounds_check"
    described = f"Checks that the latest materialization has metadata value `{metadata_key}` {bounds.in_words}"
    return _ready_made(
        name,
        assets,
        lambda key: AssetCheckSpec(name, asset=key, description=described),
        finds_bounds(metadata_key, bounds),
        severity,
        compares={"metadata_key": metadata_key, **asdict(bounds)},
    )


def _ready_made(
    kind: str,
    assets: Sequence[Any],
    spec_of: Callable[[AssetKey], AssetCheckSpec],
    finds: Finds,
    severity: AssetCheckSeverity,
    compares: Mapping[str, Any] | None = None,
) -> Sequence[AssetChecksDefinition]:
    """One definition for all of them; its step is named after what it checks, so that several may stand in one project."""
    check_argument("severity", severity, AssetCheckSeverity)
    keys = _keys(assets)
    specs = [spec_of(key) for key in keys]
    facts = f"{[key.to_string() for key in keys]}{compares}{severity}"
    step_name = f"{kind}_{md5(facts.encode(), usedforsecurity=False).hexdigest()[:8]}"
    decorate = multi_asset_check(specs=specs, name=step_name, can_subset=True, op_tags={"dagster/check_severity": severity.value})
    return [decorate(evaluating(finds, severity))]


def _keys(assets: Sequence[Any]) -> list[AssetKey]:
    if isinstance(assets, str) or not isinstance(assets, Sequence):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
        raise ParameterCheckError("assets", assets, "a Sequence")
    keys: list[AssetKey] = []
    for each in assets:
        if isinstance(each, AssetsDefinition):
            keys.extend(spec.key for spec in each.specs)
        else:
            keys.append(AssetKey.from_user_string(each) if isinstance(each, str) else AssetDep(each).asset_key)
    twice = sorted({key.to_user_string() for key in keys if keys.count(key) > 1})
    if twice:
        raise CheckError(f"Found duplicate assets in the provided list of assets: {', '.join(twice)}. Name each once.")
    return keys


def build_sensor_for_freshness_checks(
    *,
    freshness_checks: Sequence[AssetChecksDefinition],
    minimum_interval_seconds: int | None = None,
    name: str = "freshness_checks_sensor",
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
    tags: Mapping[str, Any] | None = None,
) -> SensorDefinition:
    """A sensor that executes freshness checks when one of them could come out differently. Superseded by `FreshnessPolicy`.

    Args:
        freshness_checks: what the freshness factories gave.
        minimum_interval_seconds, name, default_status, tags: as of `SensorDefinition`.

    Raises:
        ParameterCheckError: no list of checks.

    Example:
        >>> from datetime import timedelta
        >>> checks = build_last_update_freshness_checks(assets=["orders"], lower_bound_delta=timedelta(hours=2))
        >>> build_sensor_for_freshness_checks(freshness_checks=checks).name
        'freshness_checks_sensor'
    """
    check_members("freshness_checks", freshness_checks, AssetChecksDefinition)
    keys = sorted(key for checks in freshness_checks for key in checks.check_keys)
    return SensorDefinition(
        name,
        evaluation_fn=tick_function(looking_at(keys), "build_sensor_for_freshness_checks"),
        minimum_interval_seconds=minimum_interval_seconds,
        description="Executes the freshness checks that may have come out differently since they were executed last.",
        asset_selection=AssetSelection.checks(*freshness_checks),
        default_status=default_status,
        tags=tags,
    )
