"""The run as a value."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.pools import RunOpConcurrency
from dagster.runs.processes import ProcessIdentity
from dagster.runs.statuses import CANCELABLE_STATUSES, FINISHED_STATUSES, DagsterRunStatus
from dagster.runs.tags import (
    BACKFILL_ID_TAG,
    PARENT_RUN_ID_TAG,
    PARTITION_NAME_TAG,
    RESUME_RETRY_TAG,
    ROOT_RUN_ID_TAG,
    SCHEDULE_NAME_TAG,
    SENSOR_NAME_TAG,
)


def new_run_id() -> str:
    """A run id that nobody else has: a random UUID in text."""
    return str(uuid.uuid4())


class DagsterRun(msgspec.Struct, frozen=True, omit_defaults=True):
    """One execution of a job, past, present or asked for.

    Attributes:
        job_name: the job; assets that were materialized without one run in a job whose name begins with two underscores.
        run_id: a UUID in text.
        run_config: as it was given.
        asset_selection: the assets to write, None for all of the job.
        step_keys_to_execute: the steps, None for all.
        tags: by which filters find it.
        planned_assets: what it was going to write when it began, None before.
        root_run_id, parent_run_id: of a re-execution.
        attempt: which try at executing this run; every write carries it and an older one is refused.
        process: the process that executes it, None while none does.
        run_op_concurrency: what it will ask of pools; None where no step is in one.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> run = instance.get_run_by_id(materialize([orders], instance=instance, tags={"team": "sales"}).run_id)
        >>> run.is_success, run.tags["team"]
        (True, 'sales')
    """

    job_name: str
    run_id: str = msgspec.field(default_factory=new_run_id)
    run_config: dict[str, Any] = {}
    asset_selection: frozenset[AssetKey] | None = None
    asset_check_selection: frozenset[AssetCheckKey] | None = None
    op_selection: list[str] | None = None
    resolved_op_selection: frozenset[str] | None = None
    step_keys_to_execute: list[str] | None = None
    status: DagsterRunStatus = DagsterRunStatus.NOT_STARTED
    tags: dict[str, str] = {}
    root_run_id: str | None = None
    parent_run_id: str | None = None
    job_snapshot_id: str | None = None
    execution_plan_snapshot_id: str | None = None
    planned_assets: frozenset[AssetKey] | None = None
    attempt: int = 0
    process: ProcessIdentity | None = None
    run_op_concurrency: RunOpConcurrency | None = None

    def __post_init__(self) -> None:
        if self.asset_selection is not None:
            force_setattr(self, "asset_selection", frozenset(self.asset_selection))

    @property
    def is_finished(self) -> bool:
        """Whether its status is final."""
        return self.status in FINISHED_STATUSES

    @property
    def is_success(self) -> bool:
        """Whether it ended well."""
        return self.status is DagsterRunStatus.SUCCESS

    @property
    def is_failure(self) -> bool:
        """Whether it failed."""
        return self.status is DagsterRunStatus.FAILURE

    @property
    def is_failure_or_canceled(self) -> bool:
        """Whether it ended, and not well."""
        return self.is_finished and not self.is_success

    @property
    def is_cancelable(self) -> bool:
        """Whether it can be asked to stop."""
        return self.status in CANCELABLE_STATUSES

    @property
    def is_resume_retry(self) -> bool:
        """Whether it goes on where its parent failed."""
        return self.tags.get(RESUME_RETRY_TAG) == "true"

    @property
    def previous_run_id(self) -> str | None:
        """The run that it executes again."""
        return self.parent_run_id

    def get_parent_run_id(self) -> str | None:
        """The run that it executes again, as its tags say."""
        return self.tags.get(PARENT_RUN_ID_TAG)

    def get_root_run_id(self) -> str | None:
        """The first run of its chain of re-executions, as its tags say."""
        return self.tags.get(ROOT_RUN_ID_TAG)

    @property
    def partition_key(self) -> str | None:
        """The partition that it is about."""
        return self.tags.get(PARTITION_NAME_TAG)

    def with_status(self, status: DagsterRunStatus) -> DagsterRun:
        """The same run at another place."""
        return replace(self, status=status)

    def with_tags(self, tags: Mapping[str, str]) -> DagsterRun:
        """The same run with other tags."""
        return replace(self, tags=dict(tags))

    def tags_for_storage(self) -> Mapping[str, str]:
        """The tags by which storage finds it."""
        return self.tags

    @staticmethod
    def tags_for_backfill_id(backfill_id: str) -> Mapping[str, str]:
        """The tags of the runs of a backfill."""
        return {BACKFILL_ID_TAG: backfill_id}


class RunsFilter(msgspec.Struct, frozen=True):
    """Which runs are asked for; every condition given must hold. An empty sequence of ids or statuses finds none.

    Attributes:
        tags: a run must carry each; a sequence stands for any of its values.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> run = materialize([orders], instance=instance, tags={"team": "sales"})
        >>> [found.run_id == run.run_id for found in instance.get_runs(RunsFilter(tags={"team": ["sales", "web"]}))]
        [True]
    """

    run_ids: Sequence[str] | None = None
    job_name: str | None = None
    statuses: Sequence[DagsterRunStatus] = ()
    tags: Mapping[str, str | Sequence[str]] = {}
    snapshot_id: str | None = None
    updated_after: datetime.datetime | None = None
    updated_before: datetime.datetime | None = None
    created_after: datetime.datetime | None = None
    created_before: datetime.datetime | None = None
    exclude_subruns: bool | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "statuses", list(self.statuses or ()))
        force_setattr(self, "tags", dict(self.tags or {}))

    @staticmethod
    def for_backfill(backfill_id: str) -> RunsFilter:
        """The runs of a backfill."""
        return RunsFilter(tags={BACKFILL_ID_TAG: backfill_id})

    @staticmethod
    def for_schedule(schedule: Any) -> RunsFilter:
        """The runs that a schedule asked for; `schedule` is anything with a `name`."""
        return RunsFilter(tags={SCHEDULE_NAME_TAG: schedule.name})

    @staticmethod
    def for_sensor(sensor: Any) -> RunsFilter:
        """The runs that a sensor asked for; `sensor` is anything with a `name`."""
        return RunsFilter(tags={SENSOR_NAME_TAG: sensor.name})


class RunRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A run with what storage knows of it.

    Attributes:
        storage_id: grows with every run that is stored.
        create_timestamp, update_timestamp: UTC, aware.
        start_time, end_time: seconds since the epoch; None before.

    Example:
        >>> instance = DagsterInstance.ephemeral()
        >>> run = materialize([orders], instance=instance)
        >>> record = instance.get_run_records(limit=1)[0]
        >>> record.dagster_run.run_id == run.run_id, record.end_time >= record.start_time
        (True, True)
    """

    storage_id: int
    dagster_run: DagsterRun
    create_timestamp: datetime.datetime
    update_timestamp: datetime.datetime
    start_time: float | None = None
    end_time: float | None = None
