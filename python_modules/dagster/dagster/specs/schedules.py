"""What a schedule is, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec


class DefaultScheduleStatus(Enum):
    """Whether a schedule runs before anybody has switched it on or off.

    Example:
        >>> running = DefaultScheduleStatus.RUNNING
        >>> nightly = ScheduleDefinition("nightly", target="*", cron_schedule="@daily", default_status=running)
        >>> nightly.default_status.value
        'RUNNING'
    """

    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


class ScheduleSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What a schedule is, without the function that says what to run.

    Attributes:
        name: unique among schedules and sensors.
        cron_schedule: when, as one cron string or several.
        job_name: the job that it starts.
        execution_timezone: of the cron strings; None stands for UTC.
        default_status: whether it runs before anybody has switched it on or off.
        environment_vars: of early versions; kept and not read.
    """

    name: str
    cron_schedule: str | Sequence[str]
    job_name: str
    execution_timezone: str | None = None
    default_status: DefaultScheduleStatus = DefaultScheduleStatus.STOPPED
    description: str | None = None
    tags: Mapping[str, str] = {}
    metadata: Mapping[str, Any] = {}
    owners: Sequence[str] | None = None
    required_resource_keys: frozenset[str] = frozenset()
    environment_vars: Mapping[str, str] | None = None

    @property
    def cron_schedules(self) -> Sequence[str]:
        """Every cron string."""
        return [self.cron_schedule] if isinstance(self.cron_schedule, str) else list(self.cron_schedule)
