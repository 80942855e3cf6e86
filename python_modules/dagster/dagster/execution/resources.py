"""Setting up the resources of a run and tearing them down, with the events that say so."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any

from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.resource_sessions import ResourceSession, open_resources
from dagster.define.resources import ResourceDefinition
from dagster.events.failures import error_info
from dagster.execution.events import in_words
from dagster.execution.running import RunningRun
from dagster.io.defaults import default_io_manager
from dagster.metadata.values import AnyMetadataValue, PythonArtifactMetadataValue, TextMetadataValue


@contextmanager
def opened_resources(running: RunningRun, definitions: Mapping[str, ResourceDefinition]) -> Generator[Mapping[str, Any]]:
    """The resources that the plan needs, set up, by key; torn down at the end, whatever happened."""
    keys = sorted(running.plan.required_resource_keys)
    if not keys:
        yield {}
        return
    recorder, make = running.recorder, running.make
    recorder.record(make.resources_started(keys))
    try:
        session = open_resources(
            definitions,
            keys,
            config=running.config.resources,
            instance=running.instance,
            run=running.run,
        )
    except Exception as failed:
        recorder.record(make.resources_failed(keys, error_info(failed)))
        raise
    running.session = session
    recorder.record(make.resources_succeeded(keys, _described(session)))
    try:
        yield session.resources._asdict()  # pyright: ignore[reportPrivateUsage] - named so by the API
    finally:
        _close(running, session)


def with_default_io_manager(resources: Mapping[str, Any], instance: Any) -> Mapping[str, Any]:
    """The resources with the IO manager that is there when nobody gives one."""
    if DEFAULT_IO_MANAGER_KEY in resources:
        return resources
    return {
        **resources,
        DEFAULT_IO_MANAGER_KEY: default_io_manager(instance.storage_directory(), is_lasting=instance.is_persistent),
    }


def _described(session: ResourceSession) -> dict[str, AnyMetadataValue]:
    described: dict[str, AnyMetadataValue] = {}
    values = session.resources._asdict()  # pyright: ignore[reportPrivateUsage] - named so by the API
    for key, seconds in session.init_seconds.items():
        made_of = values[key].__class__
        described[key] = PythonArtifactMetadataValue(module=made_of.__module__, name=made_of.__name__)
        described[f"{key}:init_time"] = TextMetadataValue(in_words(seconds))
    return described


def _close(running: RunningRun, session: ResourceSession) -> None:
    for failed in session.close():
        running.recorder.log(40, f'Teardown of resource "{failed.key}" failed.', None, error_info(failed.error))
