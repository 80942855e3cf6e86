"""Class paths of the documented settings files, and which part of ours each means."""

from __future__ import annotations

from difflib import get_close_matches

from dagster.errors import DagsterInvalidSettingsError
from dagster.instance.setting_models import ClassEntry

# What an entry may be, by the names of classes; then the modules in which they are documented to stand.
_CLASSES = {
    "storage": {"DagsterSqliteStorage": "sqlite", "DagsterPostgresStorage": "postgres"},
    "run_storage": {"SqliteRunStorage": "sqlite", "PostgresRunStorage": "postgres"},
    "event_log_storage": {
        "SqliteEventLogStorage": "sqlite",
        "ConsolidatedSqliteEventLogStorage": "sqlite",
        "PostgresEventLogStorage": "postgres",
    },
    "schedule_storage": {"SqliteScheduleStorage": "sqlite", "PostgresScheduleStorage": "postgres"},
    "local_artifact_storage": {"LocalArtifactStorage": "folder"},
    "compute_logs": {"LocalComputeLogManager": "local", "NoOpComputeLogManager": "none"},
    "scheduler": {"DagsterDaemonScheduler": "daemon"},
    "run_coordinator": {"QueuedRunCoordinator": "queued", "DefaultRunCoordinator": "immediate"},
    "run_launcher": {"DefaultRunLauncher": "process"},
    "defs_state_storage": {"UPathDefsStateStorage": "folder"},
}
_MODULES = {
    "storage": ("sqlite_storage", "dagster_postgres.storage"),
    "run_storage": ("runs", "dagster_postgres.run_storage"),
    "event_log_storage": ("event_log", "dagster_postgres.event_log"),
    "schedule_storage": ("schedules", "dagster_postgres.schedule_storage"),
    "local_artifact_storage": ("root",),
    "defs_state_storage": ("blob_storage_state_storage",),
    "compute_logs": ("local_compute_log_manager", "noop_compute_log_manager"),
}
_ROOTS = ("dagster", "dagster.core", "dagster._core", "dagster_postgres")


def kind_of(entry: str, named: ClassEntry) -> str:
    """Which part of ours a class means, e.g. "postgres" for `dagster_postgres.run_storage.PostgresRunStorage`.

    Raises:
        DagsterInvalidSettingsError: there is none; the sentence lists those that there are.
    """
    known = _CLASSES.get(entry, {})
    kind = known.get(named.class_name) if _is_documented(entry, named.module) else None
    if kind is None:
        raise DagsterInvalidSettingsError(_unknown(entry, named, known))
    return kind


def _is_documented(entry: str, module: str) -> bool:
    """Documented paths begin with one of the roots, and end with a part that says what the entry is."""
    if module.split(".")[0] not in ("dagster", "dagster_postgres"):
        return False
    parts = (entry, *_MODULES.get(entry, ()), "launcher", "storage", *_ROOTS)
    return module in _ROOTS or any(module == part or f".{part}" in f".{module}" for part in parts)


def _unknown(entry: str, named: ClassEntry, known: dict[str, str]) -> str:
    if not known:
        return f"{entry}: classes of one's own are not supported here yet. Leave the entry out."
    close = get_close_matches(named.class_name, known, n=1)
    hint = f"Close: {close[0]}. " if close else ""
    return (
        f"{entry}: the class {named.module}.{named.class_name} is not known here. {hint}"
        f"Known: {', '.join(sorted(known))}. Leave the entry out for the default."
    )
