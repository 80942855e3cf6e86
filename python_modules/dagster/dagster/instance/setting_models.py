"""The entries of `dagster.yaml`, as they are documented. Imported only when the file has some.

An entry that this version does not act on yet is taken and checked all the same, so that a file that works elsewhere is read.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, NonNegativeFloat, NonNegativeInt, PositiveFloat, PositiveInt, model_validator


class Entry(BaseModel):
    """An entry that holds others; one that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ClassEntry(Entry):
    """A part of the instance that is named by its class."""

    module: str
    class_name: str = Field(alias="class")
    config: dict[str, Any] = {}


class SqliteEntry(Entry):
    """Runs and events in a file below this folder."""

    base_dir: str


class PostgresParts(Entry):
    """A PostgreSQL database, told in parts."""

    hostname: str
    db_name: str
    username: str | None = None
    password: str | None = None
    port: int = 5432
    params: dict[str, Any] = {}
    scheme: str = "postgresql"


class PostgresEntry(Entry):
    """Runs and events in a PostgreSQL database."""

    postgres_url: str | None = None
    postgres_db: PostgresParts | None = None
    should_autocreate_tables: bool = True

    @model_validator(mode="after")
    def _told_once(self) -> PostgresEntry:
        if (self.postgres_url is None) == (self.postgres_db is None):
            raise ValueError("name the database by either postgres_url or postgres_db")
        return self


class StorageEntry(Entry):
    """Where runs and events are kept."""

    sqlite: SqliteEntry | None = None
    postgres: PostgresEntry | None = None
    mysql: Any = None
    custom: ClassEntry | None = None

    @model_validator(mode="after")
    def _one_place(self) -> StorageEntry:
        if len(self.model_fields_set) != 1:
            raise ValueError("choose one of sqlite, postgres, custom")
        if "mysql" in self.model_fields_set:
            raise ValueError("a database of MySQL is not supported; choose sqlite or postgres")
        return self


class UniqueValues(Entry):
    """A limit that holds for each value of a tag by itself."""

    applyLimitPerUniqueValue: bool


class TagLimit(Entry):
    """How many runs with a tag may go on at once."""

    key: str
    limit: int
    value: str | UniqueValues | None = None


class SlotEntry(Entry):
    """Whether runs wait in the queue for free slots of their pools."""

    enabled: bool = True
    op_concurrency_slot_buffer: NonNegativeInt = 0


class QueueEntry(Entry):
    """How runs leave the queue."""

    max_concurrent_runs: int | None = None
    tag_concurrency_limits: list[TagLimit] | None = None
    dequeue_interval_seconds: int | None = None
    dequeue_use_threads: bool | None = None
    dequeue_num_workers: int | None = None
    max_user_code_failure_retries: NonNegativeInt = 0
    user_code_failure_retry_delay: NonNegativeInt = 60
    block_op_concurrency_limited_runs: SlotEntry = SlotEntry()


class MonitoringEntry(Entry):
    """How runs are watched that were launched."""

    enabled: bool = False
    start_timeout_seconds: int = 180
    cancel_timeout_seconds: int = 180
    max_resume_run_attempts: int = 0
    max_runtime_seconds: int = 0
    poll_interval_seconds: PositiveInt = 120
    cancellation_thread_poll_interval_seconds: PositiveInt = 10
    free_slots_after_run_end_seconds: int | None = None


class RetriesEntry(Entry):
    """Whether runs that failed are launched again."""

    enabled: bool = True
    max_retries: NonNegativeInt = 0
    retry_on_asset_or_op_failure: bool = True


class CodeServersEntry(Entry):
    """How long code locations may take."""

    local_startup_timeout: int = 180
    reload_timeout: int = 180
    wait_for_local_processes_on_shutdown: bool = True


class TickAges(Entry):
    """How many days ticks are kept, by how they ended; -1 for ever."""

    skipped: int | None = None
    success: int | None = None
    failure: int | None = None
    started: int | None = None


class TickRetention(Entry):
    """How many days ticks are kept; -1 for ever."""

    purge_after_days: int | TickAges


class HistoryRetention(Entry):
    """How many days history is kept."""

    purge_after_days: PositiveFloat


class RetentionEntry(Entry):
    """What is removed by itself, and when.

    Attributes:
        schedule, sensor, auto_materialize: ticks, but the newest of each schedule, sensor and evaluation.
        runs: runs that ended, with their events.
        events: events that belong to no run.
    """

    schedule: TickRetention | None = None
    sensor: TickRetention | None = None
    auto_materialize: TickRetention | None = None
    runs: HistoryRetention | None = None
    events: HistoryRetention | None = None


class LoopEntry(Entry):
    """How a loop of the daemon works."""

    use_threads: bool = False
    num_workers: int | None = None
    num_submit_workers: int | None = None


class AutomationEntry(Entry):
    """How automation conditions are evaluated."""

    enabled: bool = True
    minimum_interval_seconds: int | None = None
    run_tags: dict[str, str] = {}
    respect_materialization_data_versions: bool = False
    max_tick_retries: int = 3
    use_sensors: bool = True
    use_threads: bool = False
    num_workers: int | None = None


class HandlersEntry(Entry):
    """Handlers that get the lines of runs as well, as the standard library's `logging.config` takes them."""

    handlers: dict[str, dict[str, Any]] = {}
    formatters: dict[str, dict[str, Any]] = {}
    filters: dict[str, dict[str, Any]] = {}


Level = Annotated[
    str, Field(pattern=r"(?i)^(critical|fatal|error|warning|warn|info|debug|notset)$", description="a level of logging")
]


class PythonLogsEntry(Entry):
    """Which lines that Python code logs are kept with runs."""

    managed_python_loggers: list[str] = []
    python_log_level: Level | None = None
    dagster_handler_config: HandlersEntry = HandlersEntry()


class PoolsEntry(Entry):
    """The limits of pools."""

    granularity: Literal["op", "run"] | None = None
    default_limit: int | None = None
    op_granularity_run_buffer: int | None = None


class RunsEntry(Entry):
    """How many runs may go on at once."""

    max_concurrent_runs: int | None = None
    tag_concurrency_limits: list[TagLimit] | None = None


class ConcurrencyEntry(Entry):
    """How much may go on at once."""

    pools: PoolsEntry = PoolsEntry()
    runs: RunsEntry = RunsEntry()
    default_op_concurrency_limit: int | None = None


class Toggle(Entry):
    """Something that is on or off."""

    enabled: bool = True


class IngestEntry(Entry):
    """How the events of launched runs are stored: through the control plane of their host while there is one. Not in the API.

    Attributes:
        enabled: whether they are; else each process stores its own.
        wait_seconds: how long a run waits for another control plane, when the one that there was is gone, before its processes
            store their events themselves.
        silence_seconds: how long it waits for any word of one that was stopped.
        max_memory_mb: how much is kept in memory that the database does not take.
        max_spool_mb: how much is kept on disk, beside the instance.
    """

    enabled: bool = True
    wait_seconds: NonNegativeFloat = 2.0
    silence_seconds: PositiveFloat = 10.0
    max_memory_mb: PositiveInt = 32
    max_spool_mb: PositiveInt = 1024


class SecretsEntry(Entry):
    """What loads secrets into the environment."""

    custom: ClassEntry


Named = Union[ClassEntry, None]


class InstanceSettings(Entry):
    """All of `dagster.yaml`."""

    storage: StorageEntry | None = None
    run_storage: Named = None
    event_log_storage: Named = None
    schedule_storage: Named = None
    local_artifact_storage: Named = None
    compute_logs: Named = None
    scheduler: Named = None
    run_coordinator: Named = None
    run_launcher: Named = None
    defs_state_storage: Named = None
    instance_class: Named = None
    secrets: SecretsEntry | None = None
    run_queue: QueueEntry | None = None
    run_monitoring: MonitoringEntry = MonitoringEntry()
    run_retries: RetriesEntry | None = None
    code_servers: CodeServersEntry = CodeServersEntry()
    retention: RetentionEntry = RetentionEntry()
    ingest: IngestEntry = IngestEntry()
    schedules: LoopEntry = LoopEntry()
    sensors: LoopEntry = LoopEntry()
    backfills: LoopEntry = LoopEntry()
    auto_materialize: AutomationEntry = AutomationEntry()
    python_logs: PythonLogsEntry = PythonLogsEntry()
    concurrency: ConcurrencyEntry = ConcurrencyEntry()
    freshness: Toggle | None = None
    telemetry: Toggle | None = None
    nux: Toggle | None = None
