"""Sensors that look at the materializations of several assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.define.multi_asset_contexts import MultiAssetSensorEvaluationContext
from dagster.define.sensors import SensorDefinition, named_after
from dagster.define.tick_functions import tick_function
from dagster.errors import CheckError
from dagster.keys import AssetKey
from dagster.specs.selections import AssetSelection
from dagster.specs.sensors import DefaultSensorStatus, SensorType


class MultiAssetSensorDefinition(SensorDefinition):
    """Calls its function again and again to ask which of several assets were made. Made by `@multi_asset_sensor`.

    Args:
        name: unique among schedules and sensors.
        monitored_assets: a selection, or keys.
        job_name: the job that it starts, by name.
        asset_materialization_fn: takes a `MultiAssetSensorEvaluationContext`.
        request_assets: the assets that it may start runs of, instead of jobs.
        minimum_interval_seconds, description, job, jobs, default_status, required_resource_keys, tags, metadata: as of
            `SensorDefinition`.

    Raises:
        CheckError: the assets are given in another form.
    """

    sensor_type = SensorType.MULTI_ASSET
    context_type = MultiAssetSensorEvaluationContext

    def __init__(
        self,
        name: str,
        monitored_assets: AssetSelection | Sequence[AssetKey],
        job_name: str | None,
        asset_materialization_fn: Callable[..., Any],
        minimum_interval_seconds: int | None = None,
        description: str | None = None,
        job: Any = None,
        jobs: Sequence[Any] | None = None,
        default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
        request_assets: AssetSelection | None = None,
        required_resource_keys: Set[str] | None = None,
        tags: Mapping[str, str] | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(
            name,
            evaluation_fn=asset_materialization_fn,
            job_name=job_name,
            minimum_interval_seconds=minimum_interval_seconds,
            description=description,
            job=job,
            jobs=jobs,
            default_status=default_status,
            asset_selection=request_assets,
            required_resource_keys=required_resource_keys,
            tags=tags,
            metadata=metadata,
        )
        self.monitored_assets = _checked(monitored_assets)
        self.spec = replace(self.spec, monitored_assets=self.monitored_assets)


def _checked(monitored: Any) -> AssetSelection | list[AssetKey]:
    if isinstance(monitored, AssetSelection):
        return monitored
    if not isinstance(monitored, (list, tuple)) or not all(isinstance(key, AssetKey) for key in monitored):  # pyright: ignore[reportUnknownVariableType]
        raise CheckError(
            f"The value passed to monitored_assets param must be either an AssetSelection or a Sequence of AssetKeys. "
            f"Got {monitored!r}."
        )
    return list(monitored)  # pyright: ignore[reportUnknownArgumentType]


def multi_asset_sensor(
    monitored_assets: AssetSelection | Sequence[AssetKey],
    *,
    job_name: str | None = None,
    name: str | None = None,
    minimum_interval_seconds: int | None = None,
    description: str | None = None,
    job: Any = None,
    jobs: Sequence[Any] | None = None,
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
    request_assets: AssetSelection | None = None,
    required_resource_keys: Set[str] | None = None,
    tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], MultiAssetSensorDefinition]:
    """Make a sensor out of the function that asks which of several assets were made.

    Args:
        monitored_assets: a selection, or keys.
        name: unique among schedules and sensors; without: the function's name.
        request_assets: the assets that it may start runs of, instead of jobs.
        job_name, minimum_interval_seconds, description, job, jobs, default_status, required_resource_keys, tags, metadata: as of
            `SensorDefinition`.

    Example:
        >>> @multi_asset_sensor(monitored_assets=AssetSelection.groups("raw"), job_name="report")
        ... def raw_made(context):
        ...     return SkipReason("not yet")
        >>> raw_made.name
        'raw_made'
    """
    given = {argument: value for argument, value in locals().items() if argument not in ("name", "monitored_assets")}

    def decorate(function: Callable[..., Any]) -> MultiAssetSensorDefinition:
        tick = tick_function(function, "@multi_asset_sensor", frozenset(required_resource_keys or ()))
        made = MultiAssetSensorDefinition(name or function.__name__, monitored_assets, asset_materialization_fn=tick, **given)
        return named_after(made, function)

    return decorate
