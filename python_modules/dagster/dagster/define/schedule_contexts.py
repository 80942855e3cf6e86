"""What the function of a schedule can ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dagster.arguments import check_optional
from dagster.define.tick_contexts import TickContext
from dagster.errors import CheckError, DagsterInvariantViolationError


class ScheduleEvaluationContext(TickContext):
    """The context of a schedule's function: the time that it was due, resources, the instance.

    Example:
        >>> @schedule(cron_schedule="0 9 * * *", job_name="report")
        ... def morning(context: ScheduleEvaluationContext):
        ...     return RunRequest(run_key=context.scheduled_execution_time.strftime("%Y-%m-%d"))
        >>> from datetime import datetime
        >>> morning(build_schedule_context(scheduled_execution_time=datetime(2024, 5, 1, 9))).run_key
        '2024-05-01'
    """

    _builder = "build_schedule_context"

    def __init__(
        self, *, scheduled_execution_time: datetime | None = None, schedule_name: str | None = None, **given: Any
    ) -> None:
        check_optional("scheduled_execution_time", scheduled_execution_time, datetime)
        super().__init__(**given)
        self._scheduled_execution_time = scheduled_execution_time
        self._schedule_name = schedule_name

    @property
    def scheduled_execution_time(self) -> datetime:
        """When the schedule was due, in its own time zone; a tick may come later.

        Raises:
            CheckError: the context was built without.
        """
        if self._scheduled_execution_time is None:
            raise CheckError(
                "Attempting to access scheduled_execution_time, but no scheduled_execution_time was set on this context. Give it "
                "to build_schedule_context."
            )
        return self._scheduled_execution_time

    @property
    def schedule_name(self) -> str | None:
        """The name of the schedule; None in a test that gives none."""
        return self._schedule_name

    @property
    def repository_def(self) -> Any:
        """The repository that the schedule belongs to.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        found = super().repository_def
        if found is None:
            raise DagsterInvariantViolationError(
                "Attempted to access repository_def, but no repository_def was provided. Give it to build_schedule_context."
            )
        return found


def time_of(context: ScheduleEvaluationContext) -> datetime | None:
    """When the schedule was due; None where the context does not say it."""
    return context._scheduled_execution_time  # pyright: ignore[reportPrivateUsage] - a public property raises instead


def build_schedule_context(
    instance: Any = None,
    scheduled_execution_time: datetime | None = None,
    resources: Mapping[str, object] | None = None,
    repository_def: Any = None,
    instance_ref: Any = None,
) -> ScheduleEvaluationContext:
    """The context for calling a schedule's function directly.

    Args:
        instance: what remembers runs and events.
        scheduled_execution_time: when the schedule was due.
        resources: by key, anything that can be a resource.
        repository_def: the repository that the schedule belongs to.
        instance_ref: not used; an instance is handed on as itself.

    Example:
        >>> from datetime import datetime
        >>> with build_schedule_context(scheduled_execution_time=datetime(2024, 5, 1), resources={"limit": 3}) as context:
        ...     context.resources.limit
        3
    """
    return ScheduleEvaluationContext(
        scheduled_execution_time=scheduled_execution_time,
        instance=instance,
        resources=resources,
        repository_def=repository_def,
    )
