"""The runs that a sensor asks for, completed: of which job, of which assets and checks, with config and tags of partitions."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME
from dagster.define.sensor_contexts import SensorEvaluationContext
from dagster.define.sensors import SensorDefinition
from dagster.define.tick_contexts import instance_of
from dagster.errors import DagsterInvalidSubsetError, DagsterInvariantViolationError
from dagster.execution.tick_calls import resolved_requests
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.requests import RunRequest, SensorResult
from dagster.runs.tags import SENSOR_NAME_TAG


def completed_requests(sensor: SensorDefinition, context: SensorEvaluationContext, said: SensorResult) -> list[RunRequest]:
    """The runs that a sensor asks for, as they can be started.

    Raises:
        DagsterInvariantViolationError: a job that the sensor does not start, or a repository is needed and the context has none.
        DagsterInvalidSubsetError: assets that are not among those of the sensor.
        DagsterUnknownPartitionError: a partition that is not there.
    """
    if not said.run_requests:
        return []
    if sensor.asset_selection is not None:
        requests = _requests_of_assets(sensor, context, said.run_requests)
    else:
        requests = [_of_known_job(sensor, request) for request in said.run_requests]
    return resolved_requests(
        requests,
        lambda request: _repository(sensor, context).get_job(request.job_name or sensor.job_name),
        {SENSOR_NAME_TAG: sensor.name},
        instance=instance_of(context),
        partition_changes=said.dynamic_partitions_requests,
    )


def _of_known_job(sensor: SensorDefinition, request: RunRequest) -> RunRequest:
    names = [target.job_name for target in sensor.targets]
    if not names:
        raise DagsterInvariantViolationError(
            f"Error in sensor {sensor.name}: it asks for a run and names nothing that it starts. Give the sensor a target, job, "
            "jobs, job_name or asset_selection."
        )
    if request.job_name is None and len(names) > 1:
        raise DagsterInvariantViolationError(
            f"Error in sensor {sensor.name}: it asks for a run of no particular job, and starts several. Give the RunRequest a "
            f"job_name: one of {names}."
        )
    if request.job_name is not None and request.job_name not in names:
        raise DagsterInvariantViolationError(
            f"Error in sensor {sensor.name}: it asks for a run of job {request.job_name!r}, which it does not start. Expected "
            f"one of: {names}."
        )
    return request


def _requests_of_assets(sensor: SensorDefinition, context: SensorEvaluationContext, given: list[RunRequest]) -> list[RunRequest]:
    project = _repository(sensor, context).definitions.project
    allowed, checks = project.selected(sensor.asset_selection), project.selected_checks(sensor.asset_selection)
    return [_of_assets(request, allowed, checks) for request in given]


def _of_assets(request: RunRequest, allowed: Set[AssetKey], checks: Set[AssetCheckKey]) -> RunRequest:
    wanted = sorted(allowed) if request.asset_selection is None else request.asset_selection
    if unknown := set(wanted) - allowed:
        raise DagsterInvalidSubsetError(
            f"RunRequest includes asset keys that are not part of sensor's asset_selection: {sorted(unknown)}. Select them "
            "there, or leave them out here."
        )
    wanted_checks = request.asset_check_keys
    if wanted_checks is None:
        is_all = request.asset_selection is None
        wanted_checks = sorted(key for key in checks if is_all or key.asset_key in wanted)
    return request.with_replaced_attrs(
        job_name=IMPLICIT_ASSET_JOB_NAME, asset_selection=list(wanted), asset_check_keys=wanted_checks
    )


def _repository(sensor: SensorDefinition, context: SensorEvaluationContext) -> Any:
    if context.repository_def is None:
        raise DagsterInvariantViolationError(
            f"Error in sensor {sensor.name}: what it asks for has to be looked up in the project. Give it: "
            "build_sensor_context(definitions=defs)."
        )
    return context.repository_def
