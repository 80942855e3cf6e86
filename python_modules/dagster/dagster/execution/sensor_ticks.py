"""What a sensor says when it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from dagster.define.asset_sensors import AssetSensorDefinition
from dagster.define.automation_sensors import AutomationConditionSensorDefinition
from dagster.define.multi_asset_contexts import MultiAssetSensorEvaluationContext
from dagster.define.multi_asset_sensors import MultiAssetSensorDefinition
from dagster.define.run_status_sensors import RunStatusSensorDefinition
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.define.sensors import SensorDefinition
from dagster.errors import (
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    DagsterUserCodeExecutionError,
    ParameterCheckError,
)
from dagster.execution.run_status_ticks import reactions
from dagster.execution.sensor_requests import completed_requests
from dagster.execution.sensor_results import result_of
from dagster.execution.tick_calls import said_by
from dagster.runs.requests import SensorResult
from dagster.runs.tick_results import DagsterRunReaction, SensorExecutionData

NOTHING_SAID = "Sensor function returned an empty result"


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What the function of a sensor said.

    Attributes:
        result: that.
        cursor: what the next tick finds.
        reactions: of a sensor on runs.
    """

    result: SensorResult
    cursor: str | None
    reactions: Sequence[DagsterRunReaction] = ()


def evaluate_as_called(sensor: SensorDefinition, context: Any) -> SensorExecutionData:
    """What the sensor says, for tests: what its function raises comes out as it is."""
    try:
        return evaluate_sensor_tick(sensor, context)
    except DagsterUserCodeExecutionError as fenced:
        raise fenced.user_exception from fenced.user_exception.__cause__


def evaluate_sensor_tick(sensor: SensorDefinition, context: Any, *, location_name: str | None = None) -> SensorExecutionData:
    """What the sensor says. Nothing is stored and nothing is started.

    Args:
        sensor: whom to ask.
        context: a `SensorEvaluationContext`; runs of partitions and of assets need its repository or definitions, runs of
            dynamic partitions and sensors on runs and assets its instance.
        location_name: of the code location, for sensors on runs.

    Raises:
        ParameterCheckError: the context is none.
        DagsterUserCodeExecutionError: the function of the sensor raised.
        CheckError: it said something else than a sensor may say.
        DagsterInvariantViolationError: it asks for a job that it does not start, or sets a cursor that is not its own.
        DagsterUnknownPartitionError: it asks for a partition that is not there.
        NotImplementedError: it evaluates automation conditions, and has no function.
    """
    if not isinstance(context, SensorEvaluationContext):
        raise ParameterCheckError("context", context, "a SensorEvaluationContext; build_sensor_context makes one")
    said = _said(sensor, context, location_name)
    result = said.result
    nothing = None if said.reactions or result.run_requests else NOTHING_SAID
    return SensorExecutionData(
        run_requests=completed_requests(sensor, context, result),
        skip_message=result.skip_reason.skip_message if result.skip_reason else nothing,
        cursor=said.cursor,
        dagster_run_reactions=list(said.reactions),
        log_key=context.log_key,
        dynamic_partitions_requests=result.dynamic_partitions_requests,
        asset_events=result.asset_events,
    )


def _said(sensor: SensorDefinition, context: SensorEvaluationContext, location_name: str | None) -> Said:
    match sensor:
        case AutomationConditionSensorDefinition():
            return sensor()
        case RunStatusSensorDefinition():
            result, cursor, reacted = reactions(sensor, context, location_name)
            return Said(result=result, cursor=cursor, reactions=reacted)
        case MultiAssetSensorDefinition():
            return _said_of_assets(sensor, MultiAssetSensorEvaluationContext.watching(sensor.monitored_assets, context))
        case AssetSensorDefinition():
            result = result_of(sensor, _call(sensor, context))
            if result.cursor is not None:
                raise DagsterInvariantViolationError(
                    f"Error in asset sensor {sensor.name}: it returned a SensorResult with a cursor value. The cursor is managed "
                    "by the asset sensor. Leave it out."
                )
            return Said(result=result, cursor=context.cursor)
        case _:
            result = result_of(sensor, _call(sensor, context))
            if result.cursor is not None and context.cursor_updated:
                raise DagsterInvariantViolationError(
                    f"Error in sensor {sensor.name}: SensorResult.cursor cannot be set if context.update_cursor() was called. "
                    "Do one of the two."
                )
            return Said(result=result, cursor=context.cursor if result.cursor is None else result.cursor)


def _said_of_assets(sensor: MultiAssetSensorDefinition, context: MultiAssetSensorEvaluationContext) -> Said:
    result = result_of(sensor, _call(sensor, context))
    if result.cursor is not None:
        raise DagsterInvariantViolationError(
            f"Error in sensor {sensor.name}: cannot set cursor in a multi_asset_sensor. It follows from what was marked with "
            "context.advance_cursor. Leave it out."
        )
    if result.run_requests and not context.cursor_updated:
        raise DagsterInvalidDefinitionError(
            f"Error in sensor {sensor.name}: asset materializations have been handled in this sensor, but the cursor was not "
            "updated. This means the same materialization events will be handled in the next sensor tick. Use "
            "context.advance_cursor or context.advance_all_cursors to update the cursor."
        )
    context.update_cursor_after_evaluation()
    return Said(result=result, cursor=context.cursor)


def _call(sensor: SensorDefinition, context: SensorEvaluationContext) -> Any:
    return said_by(lambda: sensor(context), f"Error occurred during the execution of evaluation_fn for sensor {sensor.name}")
