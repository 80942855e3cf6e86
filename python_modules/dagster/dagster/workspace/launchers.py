"""Launching runs by the processes of their code location."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from dagster.execution.preparation import NewRun
from dagster.execution.reexecutions import ReexecutionOptions
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.runs.processes import ProcessIdentity, identity_of
from dagster.runs.requests import RunRequest
from dagster.runs.tags import CODE_LOCATION_TAG
from dagster.storage.refusals import no_run
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.hosts import HostClient, MakeRun, listening_socket
from dagster.workspace.messages import Environment
from dagster.workspace.targets import CodeTarget

_AS_IT_WAS = RunRequest()


class LocationLauncher:
    """The port `RunLauncher` over the processes of one location: each run has a supervisor there.

    Args:
        processes: of the location.
    """

    def __init__(self, processes: LocationProcesses) -> None:
        self._processes = processes

    def launch(self, order: RunOrder) -> ProcessIdentity | None:
        """See `RunLauncher`."""
        _, started = self._processes.start_run(order)
        return identity_of(started.pid)


@contextmanager
def host_of(processes: LocationProcesses) -> Generator[HostClient]:
    """A host of a location, for as long as the block lasts."""
    with TemporaryDirectory(prefix="dagster_") as folder:
        path = os.path.join(folder, "host")
        with listening_socket(path) as listening:
            started = processes.start_host(listening)
        client = HostClient(path)
        try:
            yield client
        finally:
            client.close()
            processes.end_host(identity_of(started.pid))


@contextmanager
def launching_processes(target: CodeTarget, output_path: str | None) -> Generator[LocationProcesses]:
    """The processes of a location that launch runs for as long as the block lasts, and end when none of these runs is left.

    Args:
        target: the code.
        output_path: where goes what they print that belongs to no run.

    Raises:
        DagsterCodeLocationError: the code cannot be loaded.
    """
    environment = Environment(executable=target.interpreter, output_path=output_path)
    processes = LocationProcesses(target, environment)
    try:
        processes.start()
        yield processes
    finally:
        processes.close()


def launch(processes: LocationProcesses, instance: DagsterInstance, job_name: str, request: RunRequest, **asked: Any) -> NewRun:
    """Make the run that is asked for and launch it; returns when it is under way.

    Args:
        processes: of the location.
        instance: what remembers the run.
        job_name: the job.
        request: config, tags, partition, assets.
        asked: other attributes of `MakeRun`.

    Raises:
        DagsterCodeLocationError: what is asked for does not fit.
    """
    request = request.with_replaced_attrs(tags={CODE_LOCATION_TAG: processes.target.location, **request.tags})
    with host_of(processes) as host:
        made = host.make_run(MakeRun(job_name=job_name, request=request, instance=instance.get_ref(), **asked))
    instance.add_run(made.run, made.events)
    instance.launch_run(made.run.run_id, LocationLauncher(processes), run_config=made.run_config)
    return made


def relaunch(
    processes: LocationProcesses, instance: DagsterInstance, options: ReexecutionOptions, request: RunRequest = _AS_IT_WAS
) -> NewRun:
    """Execute a stored run again in its location, all of it or a part; returns when the new run is under way.

    Args:
        processes: of the location.
        instance: what remembers both runs.
        options: the earlier run, and what of it.
        request: config and tags of the new run; without config that of the earlier one.

    Raises:
        DagsterRunNotFoundError: there is no such run.
        DagsterCodeLocationError: what is asked for does not fit; the sentence says why.
    """
    request = request.with_replaced_attrs(tags={CODE_LOCATION_TAG: processes.target.location, **request.tags})
    with host_of(processes) as host:
        made = add_run_again(host, instance, options, request)
    instance.launch_run(made.run.run_id, LocationLauncher(processes), run_config=made.run_config)
    return made


def add_run_again(
    host: HostClient, instance: DagsterInstance, options: ReexecutionOptions, request: RunRequest = _AS_IT_WAS
) -> NewRun:
    """The run that executes a stored one again, made by its location and stored; it is to be launched or submitted yet.

    Args:
        host: of the location.
        instance: what remembers both runs.
        options: the earlier run, and what of it: a strategy, or steps.
        request: config and tags of the new run; without config that of the earlier one.

    Raises:
        DagsterRunNotFoundError: there is no such run.
        DagsterCodeLocationError: what is asked for does not fit; the sentence says why.
    """
    parent = instance.get_run_by_id(options.parent_run_id)
    if parent is None:
        raise no_run(options.parent_run_id)
    made = host.make_run(MakeRun(job_name=parent.job_name, request=request, instance=instance.get_ref(), again=options))
    instance.add_run(made.run, made.events)
    return made
