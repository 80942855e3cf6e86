"""How runs leave the queue, as the settings say in one of three places."""

from __future__ import annotations

from pydantic import ValidationError

from dagster.errors import DagsterInvalidSettingsError
from dagster.instance.coordinators import DefaultRunCoordinator, QueuedRunCoordinator, RunCoordinator
from dagster.instance.setting_classes import kind_of, own_object
from dagster.instance.setting_models import InstanceSettings, QueueEntry


def queue_entry(settings: InstanceSettings) -> QueueEntry:
    """The entry `run_queue`; where `run_coordinator` or `concurrency.runs` says it, as these say.

    Raises:
        DagsterInvalidSettingsError: it is written twice, or the coordinator is unknown.
    """
    coordinator = settings.run_coordinator
    if coordinator is not None and kind_of("run_coordinator", coordinator) == "queued" and coordinator.config:
        if settings.run_queue is not None:
            raise DagsterInvalidSettingsError("run_queue: is written beside run_coordinator.config. Leave the latter out.")
        try:
            return QueueEntry.model_validate(coordinator.config)
        except ValidationError as refused:
            first = refused.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise DagsterInvalidSettingsError(f"run_coordinator.config.{place}: {first['msg']}.") from None
    entry = settings.run_queue or QueueEntry()
    runs = settings.concurrency.runs
    told = {name: getattr(runs, name) for name in runs.model_fields_set}
    return entry.model_copy(update=told) if told else entry


def run_coordinator(settings: InstanceSettings) -> RunCoordinator:
    """What becomes of a run that is submitted: the queue, unless the settings name the other one, or a class of the user's own.

    Raises:
        DagsterInvalidSettingsError: the class cannot be imported, is no coordinator, or does not take its config.
    """
    coordinator = settings.run_coordinator
    kind = kind_of("run_coordinator", coordinator) if coordinator is not None else "queued"
    if coordinator is not None and kind == "own":
        return own_object("run_coordinator", coordinator, (QueuedRunCoordinator, DefaultRunCoordinator))
    if kind == "immediate":
        return DefaultRunCoordinator()
    entry = queue_entry(settings).model_dump(exclude_none=True)
    entry["tag_concurrency_limits"] = entry.get("tag_concurrency_limits") or []
    return QueuedRunCoordinator(**entry)
