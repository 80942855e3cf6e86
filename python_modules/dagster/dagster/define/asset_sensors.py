"""Sensors that look at the materializations of one asset."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from types import GeneratorType
from typing import Any

from msgspec.structs import replace

from dagster.arguments import check_argument
from dagster.define.resource_values import resource_itself
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.define.sensors import SensorDefinition, named_after
from dagster.define.tick_functions import called_directly, tick_function
from dagster.events.records import EventLogRecord, EventRecordsFilter
from dagster.events.types import DagsterEventType
from dagster.keys import AssetKey
from dagster.runs.requests import SkipReason
from dagster.specs.sensors import DefaultSensorStatus, SensorType


class AssetSensorDefinition(SensorDefinition):
    """Calls its function when an asset was made. Made by `@asset_sensor`.

    Args:
        name: unique among schedules and sensors.
        asset_key: the asset.
        job_name: the job that it starts, by name.
        asset_materialization_fn: takes the context and the log entry of the materialization.
        minimum_interval_seconds, description, job, jobs, default_status, required_resource_keys, tags, metadata: as of
            `SensorDefinition`.

    Raises:
        ParameterCheckError: the asset is not named by an `AssetKey`.
    """

    sensor_type = SensorType.ASSET

    def __init__(
        self,
        name: str,
        asset_key: AssetKey,
        job_name: str | None,
        asset_materialization_fn: Callable[..., Any],
        minimum_interval_seconds: int | None = None,
        description: str | None = None,
        job: Any = None,
        jobs: Sequence[Any] | None = None,
        default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
        required_resource_keys: Set[str] | None = None,
        tags: Mapping[str, str] | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        check_argument("asset_key", asset_key, AssetKey)
        super().__init__(
            name,
            evaluation_fn=asset_materialization_fn,
            job_name=job_name,
            minimum_interval_seconds=minimum_interval_seconds,
            description=description,
            job=job,
            jobs=jobs,
            default_status=default_status,
            required_resource_keys=required_resource_keys,
            tags=tags,
            metadata=metadata,
        )
        self.asset_key = asset_key
        self.spec = replace(self.spec, monitored_assets=[asset_key])

    def __call__(self, *args: Any, **kwargs: Any) -> Iterator[Any]:
        """What the function says of the asset's latest materialization after the context's cursor, which it moves there.

        Args:
            args, kwargs: the context that `build_sensor_context` makes, with an instance; resources by name.

        Returns:
            An iterator; a `SkipReason` where the asset was not made since.
        """
        resources = {key: value for key, value in kwargs.items() if key in self.evaluation_fn.resource_names}
        others = {key: value for key, value in kwargs.items() if key not in resources}
        context = called_directly(
            _ONLY_CONTEXT, args, others, kind="sensor", name=self.name, context_type=SensorEvaluationContext
        )
        return self._said(context, resources)

    def _said(self, context: SensorEvaluationContext, resources: Mapping[str, Any]) -> Iterator[Any]:
        record = self._latest_record(context)
        if record is None:
            yield SkipReason(f"No new materialization events found for asset key {self.asset_key}")
            return
        asked = self.evaluation_fn
        if resources:
            context = context.merge_resources(resources)
        filled = {key: resource_itself(context.resources, key) for key in asked.resource_names}
        said = asked.function(*(context, record.event_log_entry)[: len(asked.arguments)], **filled)
        if isinstance(said, GeneratorType):
            yield from said
        elif said is not None:
            yield said
        context.update_cursor(str(record.storage_id))

    def _latest_record(self, context: SensorEvaluationContext) -> EventLogRecord | None:
        after = int(context.cursor) if context.cursor is not None and context.cursor.isdecimal() else None
        conditions = EventRecordsFilter(DagsterEventType.ASSET_MATERIALIZATION, asset_key=self.asset_key, after_cursor=after)
        return next(iter(context.instance.get_event_records(conditions, limit=1, ascending=False)), None)


def _only_context(context: Any) -> Any:
    return context


_ONLY_CONTEXT = tick_function(_only_context, "@asset_sensor")


def asset_sensor(
    asset_key: AssetKey,
    *,
    job_name: str | None = None,
    name: str | None = None,
    minimum_interval_seconds: int | None = None,
    description: str | None = None,
    job: Any = None,
    jobs: Sequence[Any] | None = None,
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED,
    required_resource_keys: Set[str] | None = None,
    tags: Mapping[str, str] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], AssetSensorDefinition]:
    """Make a sensor out of the function to call when an asset was made; it takes the context and the log entry of that.

    Args:
        asset_key: the asset.
        name: unique among schedules and sensors; without: the function's name.
        job_name, minimum_interval_seconds, description, job, jobs, default_status, required_resource_keys, tags, metadata: as of
            `SensorDefinition`.

    Example:
        >>> @asset_sensor(AssetKey("orders"), job_name="report")
        ... def orders_made(context: SensorEvaluationContext, event):
        ...     return RunRequest(run_key=event.run_id)
        >>> print(next(orders_made(build_sensor_context(DagsterInstance.ephemeral()))).skip_message)
        No new materialization events found for asset key AssetKey(['orders'])
    """
    given = {argument: value for argument, value in locals().items() if argument not in ("name", "asset_key")}

    def decorate(function: Callable[..., Any]) -> AssetSensorDefinition:
        tick = tick_function(function, "@asset_sensor", frozenset(required_resource_keys or ()))
        made = AssetSensorDefinition(name or function.__name__, asset_key, asset_materialization_fn=tick, **given)
        return named_after(made, function)

    return decorate
