"""Class paths of the documented settings files, and which part of ours each means."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, NamedTuple, TypeVar, cast

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


_MAY_BE_OWN = ("run_coordinator", "run_launcher")
OWN = "own"
_LIBRARIES = (
    *("dagster", "dagster_aws", "dagster_azure", "dagster_celery", "dagster_celery_docker", "dagster_celery_k8s"),
    *("dagster_cloud", "dagster_docker", "dagster_gcp", "dagster_k8s", "dagster_mysql", "dagster_postgres"),
)
T = TypeVar("T")


class ConfigurableClassData(NamedTuple):
    """A class that is named in the settings, and its config there.

    Attributes:
        module_name: where the class is documented to stand.
        class_name: its name.
        config_yaml: its config, as YAML.
    """

    module_name: str
    class_name: str
    config_yaml: str = "{}\n"


def kind_of(entry: str, named: ClassEntry) -> str:
    """Which part of ours a class means, e.g. "postgres" for `dagster_postgres.run_storage.PostgresRunStorage`; `OWN` for a
    class of the user's own, where there may be one.

    Raises:
        DagsterInvalidSettingsError: there is none; the sentence lists those that there are.
    """
    known = _CLASSES.get(entry, {})
    if entry in _MAY_BE_OWN and named.class_name not in known and not _is_of_a_library(named.module):
        return OWN
    kind = known.get(named.class_name) if _is_documented(entry, named.module) else None
    if kind is None:
        raise DagsterInvalidSettingsError(_unknown(entry, named, known))
    return kind


def own_object(entry: str, named: ClassEntry, bases: tuple[type[T], ...]) -> T:
    """The object of a class of the user's own that an entry names, made with its config.

    Args:
        entry: e.g. `run_coordinator`.
        named: the class.
        bases: from one of which it has to derive.

    Raises:
        DagsterInvalidSettingsError: it cannot be imported, is none of these, or does not take its config.
    """
    from importlib import import_module

    path, names = f"{named.module}.{named.class_name}", " or ".join(base.__name__ for base in bases)
    try:
        made: Any = getattr(import_module(named.module), named.class_name)
    except (ImportError, AttributeError) as missing:
        raise DagsterInvalidSettingsError(
            f"{entry}: the class {path} cannot be imported: {missing}. It must be importable by every process of the instance."
        ) from missing
    if not (isinstance(made, type) and issubclass(made, bases)):
        raise DagsterInvalidSettingsError(f"{entry}: {path} has to be a class derived from {names}.")
    import yaml

    data = ConfigurableClassData(named.module, named.class_name, yaml.safe_dump(named.config))
    try:
        return cast("Any", made).from_config_value(data, named.config)
    except TypeError as refused:
        raise DagsterInvalidSettingsError(f"{entry}: {path} does not take its config: {refused}.") from refused


def _is_of_a_library(module: str) -> bool:
    """Whether a class is of a library whose classes are known by their names, or are not there at all."""
    return module.split(".")[0] in _LIBRARIES


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
