"""What a sensor is, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import msgspec

from dagster.keys import AssetKey
from dagster.runs.statuses import DagsterRunStatus
from dagster.specs.automation_conditions import AutomationCondition
from dagster.specs.selections import AssetSelection

DEFAULT_MINIMUM_INTERVAL_SECONDS = 30


class DefaultSensorStatus(Enum):
    """Whether a sensor runs before anybody has switched it on or off.

    Example:
        >>> @sensor(target="*", default_status=DefaultSensorStatus.RUNNING)
        ... def new_files(): ...
        >>> new_files.default_status.value
        'RUNNING'
    """

    RUNNING = "RUNNING"
    STOPPED = "STOPPED"


class SensorType(Enum):
    """What a sensor looks at."""

    STANDARD = "STANDARD"
    RUN_STATUS = "RUN_STATUS"
    ASSET = "ASSET"
    MULTI_ASSET = "MULTI_ASSET"
    FRESHNESS_POLICY = "FRESHNESS_POLICY"
    AUTO_MATERIALIZE = "AUTO_MATERIALIZE"
    AUTOMATION = "AUTOMATION"
    UNKNOWN = "UNKNOWN"


class SensorSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What a sensor is, without the function that it calls.

    Attributes:
        name: unique among schedules and sensors.
        sensor_type: what it looks at.
        job_names: the jobs that it may start.
        asset_selection: the assets that it may start runs of, instead of jobs.
        minimum_interval_seconds: between the beginning of a tick and that of the next one.
        default_status: whether it runs before anybody has switched it on or off.
        monitored_assets: whose events it looks at; an `AssetSelection` or keys; None for other sensors.
        run_status: the status into which the runs that it looks at come; None for other sensors.
        monitored_jobs: the names of the jobs whose runs it looks at; None for all of the code location.
        monitors_everywhere: whether it looks at the runs of all code locations.
        run_tags: of the runs that an automation sensor starts.
        emits_backfills: whether an automation sensor may ask for several runs at once.
        default_condition: of the assets of an automation sensor that have none.
    """

    name: str
    sensor_type: SensorType = SensorType.STANDARD
    job_names: Sequence[str] = ()
    asset_selection: AssetSelection | None = None
    minimum_interval_seconds: int = DEFAULT_MINIMUM_INTERVAL_SECONDS
    default_status: DefaultSensorStatus = DefaultSensorStatus.STOPPED
    description: str | None = None
    tags: Mapping[str, str] = {}
    metadata: Mapping[str, Any] = {}
    owners: Sequence[str] = ()
    required_resource_keys: frozenset[str] = frozenset()
    monitored_assets: AssetSelection | Sequence[AssetKey] | None = None
    run_status: DagsterRunStatus | None = None
    monitored_jobs: Sequence[str] | None = None
    monitors_everywhere: bool = False
    run_tags: Mapping[str, str] = {}
    emits_backfills: bool = True
    default_condition: AutomationCondition | None = None
