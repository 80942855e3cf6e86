"""What the function of a sensor on runs can ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster.arguments import check_argument, check_optional
from dagster.define.tick_contexts import TickContext
from dagster.events.events import DagsterEvent
from dagster.events.types import DagsterEventType
from dagster.runs.runs import DagsterRun


class RunStatusSensorContext(TickContext):
    """The context of a sensor on runs: the run and the event that brought it into its status.

    Args:
        sensor_name: the sensor.
        dagster_run: the run.
        dagster_event: the event.
        instance: what remembers them.
        partition_key: the partition of the run.
        given: what every context of a tick takes.

    Example:
        >>> @run_status_sensor(run_status=DagsterRunStatus.SUCCESS)
        ... def announce(context: RunStatusSensorContext) -> str:
        ...     return f"{context.dagster_run.job_name} succeeded"
        >>> instance = DagsterInstance.ephemeral()
        >>> result = materialize([orders], instance=instance)
        >>> announce(build_run_status_sensor_context("announce", result.all_events[-1], instance, result.dagster_run))
        '__ephemeral_asset_job__ succeeded'
    """

    _builder = "build_run_status_sensor_context"

    def __init__(
        self,
        sensor_name: str,
        dagster_run: DagsterRun,
        dagster_event: DagsterEvent,
        instance: Any,
        partition_key: str | None = None,
        **given: Any,
    ) -> None:
        check_argument("sensor_name", sensor_name, str)
        check_argument("dagster_run", dagster_run, DagsterRun)
        check_argument("dagster_event", dagster_event, DagsterEvent)
        check_optional("partition_key", partition_key, str)
        super().__init__(instance=instance, **given)
        self._given = given
        self._sensor_name = sensor_name
        self._dagster_run = dagster_run
        self._dagster_event = dagster_event
        self._partition_key = partition_key

    @property
    def sensor_name(self) -> str:
        """The sensor."""
        return self._sensor_name

    @property
    def dagster_run(self) -> DagsterRun:
        """The run."""
        return self._dagster_run

    @property
    def dagster_event(self) -> DagsterEvent:
        """The event that brought the run into its status."""
        return self._dagster_event

    @property
    def partition_key(self) -> str | None:
        """The partition of the run; None without."""
        return self._partition_key

    def for_run_failure(self) -> RunFailureSensorContext:
        """The same as the context of a sensor on failed runs."""
        return RunFailureSensorContext(
            self._sensor_name, self._dagster_run, self._dagster_event, self._instance, self._partition_key, **self._given
        )


class RunFailureSensorContext(RunStatusSensorContext):
    """The context of a sensor on failed runs.

    Example:
        >>> @run_failure_sensor
        ... def page_the_team(context: RunFailureSensorContext) -> str:
        ...     return context.failure_event.message
        >>> page_the_team.name
        'page_the_team'
    """

    @property
    def failure_event(self) -> DagsterEvent:
        """The event that says why the run failed."""
        return self._dagster_event

    def get_step_failure_events(self) -> Sequence[DagsterEvent]:
        """The failures of the run's steps, in order. One query."""
        entries = self.instance.all_logs(self.dagster_run.run_id, of_type=DagsterEventType.STEP_FAILURE)
        return [entry.dagster_event for entry in entries if entry.dagster_event is not None]


def build_run_status_sensor_context(
    sensor_name: str,
    dagster_event: DagsterEvent,
    dagster_instance: Any,
    dagster_run: DagsterRun,
    context: Any = None,
    resources: Mapping[str, object] | None = None,
    partition_key: str | None = None,
    *,
    repository_def: Any = None,
) -> RunStatusSensorContext:
    """The context for calling the function of a sensor on runs directly.

    Args:
        sensor_name: the sensor.
        dagster_event: the event that brought the run into its status.
        dagster_instance: what remembers them.
        dagster_run: the run.
        context: not used.
        resources: by key, anything that can be a resource.
        partition_key: the partition of the run.
        repository_def: the repository that the sensor belongs to.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> result = materialize([orders], instance=instance)
        >>> context = build_run_status_sensor_context("announce", result.all_events[-1], instance, result.dagster_run)
        >>> context.dagster_event.event_type_value
        'PIPELINE_SUCCESS'
    """
    return RunStatusSensorContext(
        sensor_name,
        dagster_run,
        dagster_event,
        dagster_instance,
        partition_key,
        resources=resources,
        repository_def=repository_def,
    )
