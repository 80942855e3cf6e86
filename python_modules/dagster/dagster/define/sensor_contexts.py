"""What the function of a sensor can ask for and tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dagster.arguments import check_optional
from dagster.define.tick_contexts import TickContext


class SensorEvaluationContext(TickContext):
    """The context of a sensor's function: the cursor, the last tick, resources, the instance.

    Example:
        >>> @sensor(job_name="load")
        ... def new_numbers(context: SensorEvaluationContext):
        ...     latest = int(context.cursor or 0) + 1
        ...     context.update_cursor(str(latest))
        ...     return RunRequest(run_key=str(latest))
        >>> context = build_sensor_context(cursor="41")
        >>> new_numbers(context).run_key, context.cursor
        ('42', '42')
    """

    def __init__(
        self,
        *,
        cursor: str | None = None,
        sensor_name: str | None = None,
        repository_name: str | None = None,
        last_run_key: str | None = None,
        last_tick_completion_time: float | None = None,
        last_sensor_start_time: float | None = None,
        **given: Any,
    ) -> None:
        check_optional("cursor", cursor, str)
        super().__init__(**given)
        self._cursor = cursor
        self._sensor_name = sensor_name
        self._repository_name = repository_name
        self._last_run_key = last_run_key
        self._last_tick_completion_time = last_tick_completion_time
        self._last_sensor_start_time = last_sensor_start_time
        self._cursor_updated = False

    @property
    def cursor(self) -> str | None:
        """What the last tick, or this one, left with `update_cursor`."""
        return self._cursor

    @property
    def cursor_updated(self) -> bool:
        """Whether this tick has called `update_cursor`."""
        return self._cursor_updated

    def update_cursor(self, cursor: str | None) -> None:
        """Say what the next tick finds at `cursor`.

        Raises:
            ParameterCheckError: it is no string.
        """
        check_optional("cursor", cursor, str)
        self._cursor = cursor
        self._cursor_updated = True

    @property
    def sensor_name(self) -> str | None:
        """The name of the sensor; None in a test that gives none."""
        return self._sensor_name

    @property
    def repository_name(self) -> str | None:
        """The name of the repository that the sensor belongs to."""
        return self._repository_name

    @property
    def code_location_origin(self) -> Any:
        """Where the code is loaded from; None outside of a tick."""
        return None

    @property
    def last_run_key(self) -> str | None:
        """The key of the last run that the sensor asked for. Use a cursor instead."""
        return self._last_run_key

    @property
    def last_tick_completion_time(self) -> float | None:
        """When the last tick ended, in seconds since the epoch; None at the first."""
        return self._last_tick_completion_time

    @property
    def last_completion_time(self) -> float | None:
        """Same as `last_tick_completion_time`."""
        return self._last_tick_completion_time

    @property
    def last_sensor_start_time(self) -> float | None:
        """When the sensor was last switched on, in seconds since the epoch."""
        return self._last_sensor_start_time

    @property
    def is_first_tick_since_sensor_start(self) -> bool:
        """Whether no tick has ended since the sensor was switched on."""
        started, ended = self._last_sensor_start_time, self._last_tick_completion_time
        return started is None or ended is None or ended < started


def build_sensor_context(
    instance: Any = None,
    cursor: str | None = None,
    repository_name: str | None = None,
    repository_def: Any = None,
    sensor_name: str | None = None,
    resources: Mapping[str, object] | None = None,
    definitions: Any = None,
    instance_ref: Any = None,
    last_sensor_start_time: float | None = None,
) -> SensorEvaluationContext:
    """The context for calling a sensor's function directly.

    Args:
        instance: what remembers runs and events.
        cursor: what the last tick left.
        repository_name, repository_def: the repository that the sensor belongs to.
        sensor_name: its name.
        resources: by key, anything that can be a resource.
        definitions: the project it belongs to, instead of a repository.
        instance_ref: not used; an instance is handed on as itself.
        last_sensor_start_time: when it was last switched on, in seconds since the epoch.

    Example:
        >>> build_sensor_context(cursor="a").cursor
        'a'
    """
    return SensorEvaluationContext(
        instance=instance,
        cursor=cursor,
        repository_name=repository_name,
        repository_def=repository_def,
        sensor_name=sensor_name,
        resources=resources,
        definitions=definitions,
        last_sensor_start_time=last_sensor_start_time,
    )
