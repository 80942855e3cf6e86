"""Opening the storage that the settings name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from dagster.errors import DagsterInvalidSettingsError

if TYPE_CHECKING:
    from dagster.instance.setting_models import ClassEntry, InstanceSettings, PostgresEntry, StorageEntry
    from dagster.storage.ports import Storage

_LEGACY = ("run_storage", "event_log_storage", "schedule_storage")


def opened_storage(root: str, settings: InstanceSettings | None, *, is_known: bool = False) -> Storage:
    """The storage of the instance in folder `root`: one file there, unless the settings say otherwise.

    Args:
        root: the folder.
        settings: as they are checked; None where none have an effect.
        is_known: whether another process has used it, so that it is waited for where it is away.

    Raises:
        DagsterInvalidSettingsError: the settings name a storage that there is not.
        DagsterImportError: the driver of the database is not installed.
    """
    entry = storage_entry(settings) if settings is not None else None
    if entry is None or entry.sqlite is not None:
        return _sqlite(root, entry.sqlite.base_dir if entry is not None and entry.sqlite is not None else root)
    if entry.postgres is not None:
        from dagster.storage.postgres.storage import PostgresStorage

        return PostgresStorage(postgres_url(entry.postgres), is_known=is_known)
    assert entry.custom is not None, "an entry names one storage"
    return _custom(entry.custom)


def ingested_storage(storage: Storage, path: str, settings: InstanceSettings | None) -> Storage:
    """The same storage, whose events are written by the process that listens at a socket."""
    from dagster.storage.ingest.clients import IngestClient
    from dagster.storage.ingest.routes import RouteRules
    from dagster.storage.ingest.storage import IngestedStorage

    rules = RouteRules()
    if settings is not None:
        rules = RouteRules(gone_seconds=settings.ingest.wait_seconds, silent_seconds=settings.ingest.silence_seconds)
    ingested: Any = IngestedStorage(storage, IngestClient(path, storage.events, rules))  # hands on what it does not do itself
    return ingested


def migrate(root: str) -> tuple[int, int] | None:
    """Brings what an older version stored for the instance in folder `root` up to date.

    Returns:
        The numbers of the schema before and after; None for a storage of the user's own.
    """
    from dagster.instance.settings import checked_settings, settings_that_matter

    settings = settings_that_matter(root)
    storage = opened_storage(root, checked_settings(settings, root) if settings else None)
    database = getattr(storage, "database", None)
    try:
        return database.migrate() if database is not None else None
    finally:
        storage.close()


def storage_entry(settings: InstanceSettings) -> StorageEntry | None:
    """The entry `storage`, also where it is written in the older form of three entries or as a documented class."""
    from pydantic import ValidationError

    from dagster.instance.setting_classes import kind_of
    from dagster.instance.setting_models import StorageEntry

    named = {name: entry for name in _LEGACY if (entry := getattr(settings, name)) is not None}
    if settings.storage is not None:
        if named:
            raise DagsterInvalidSettingsError(f"storage: is written beside {next(iter(named))}. Leave the older entries out.")
        if settings.storage.custom is None or settings.storage.custom.module.split(".")[0] not in ("dagster", "dagster_postgres"):
            return settings.storage
        named = {"storage": settings.storage.custom}
    if not named:
        return None
    entries = [(name, entry, kind_of(name, entry)) for name, entry in named.items()]
    name, first, kind = entries[0]
    if any((entry.config, other) != (first.config, kind) for _, entry, other in entries):
        raise DagsterInvalidSettingsError(
            f"{', '.join(named)}: name different places. Runs, events and ticks are kept in one; write one entry `storage`."
        )
    try:
        return StorageEntry.model_validate({kind: first.config})
    except ValidationError as refused:
        raise DagsterInvalidSettingsError(f"{name}.config: {refused.errors()[0]['msg']}.") from None


def artifact_folder(settings: InstanceSettings, root: str) -> str:
    """The folder below which values and files of runs are kept."""
    from dagster.instance.setting_classes import kind_of

    named = settings.local_artifact_storage
    if named is None:
        return root
    kind_of("local_artifact_storage", named)
    folder = named.config.get("base_dir")
    return os.path.join(root, os.path.expanduser(folder)) if isinstance(folder, str) else root


def _sqlite(root: str, folder: str) -> Storage:
    from dagster.instance.homes import existing_folder
    from dagster.storage.sqlite.storage import SqliteStorage

    return SqliteStorage(root if folder == root else existing_folder(os.path.join(root, os.path.expanduser(folder))))


def _custom(named: ClassEntry) -> Storage:
    """A storage of the user's own: a class that has what `dagster.storage.ports.Storage` asks for."""
    from importlib import import_module

    try:
        made: Any = getattr(import_module(named.module), named.class_name)
    except (ImportError, AttributeError) as missing:
        raise DagsterInvalidSettingsError(
            f"storage.custom: there is no {named.module}.{named.class_name}: {missing}. It must be importable here."
        ) from missing
    return made(**named.config)


def postgres_url(entry: PostgresEntry) -> str:
    """The URL of a database as the driver takes it."""
    if entry.postgres_url is not None:
        scheme, separator, rest = entry.postgres_url.partition("://")
        return f"{scheme.partition('+')[0]}{separator}{rest}"
    from urllib.parse import quote, urlencode

    parts = entry.postgres_db
    assert parts is not None, "a database is named by URL or by parts"
    user = quote(parts.username, safe="") if parts.username else ""
    password = f":{quote(parts.password, safe='')}" if parts.password else ""
    params = f"?{urlencode(parts.params)}" if parts.params else ""
    at = "@" if user else ""
    return f"postgresql://{user}{password}{at}{parts.hostname}:{parts.port}/{quote(parts.db_name, safe='')}{params}"
