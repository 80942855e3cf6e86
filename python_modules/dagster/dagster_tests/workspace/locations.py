"""Code locations with real processes, and runs that are launched there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dagster import DagsterEventType, DagsterInstance, DagsterRun, RunRequest
from dagster.events.events import DagsterEvent
from dagster.execution.preparation import NewRun
from dagster.instance.launches import Supervision
from dagster.runs.processes import ProcessIdentity
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.hosts import MakeRun
from dagster.workspace.launchers import LocationLauncher, host_of
from dagster.workspace.targets import CodeTarget
from dagster_tests.workspace.projects import Folder

DEADLINE_SECONDS = 120.0
QUICK = Supervision(heartbeat_seconds=0.5, grace_seconds=0.5)


def until(is_so: Callable[[], Any], seconds: float = DEADLINE_SECONDS) -> Any:
    """What `is_so` gives once it gives something true. What takes long is looked at less often: who waits takes no processor."""
    began = time.monotonic()
    while not (found := is_so()):
        passed = time.monotonic() - began
        assert passed < seconds, "this did not happen in time"
        time.sleep(min(0.005 + passed / 20, 0.05))
    return found


class Located:
    """A location that has loaded its code, with an instance for its runs."""

    def __init__(self, processes: LocationProcesses, instance: DagsterInstance) -> None:
        self.processes = processes
        self.instance = instance

    @property
    def obstacles(self) -> list[str]:
        """Why it does not fork."""
        assert self.processes.current is not None
        assert self.processes.current.loaded is not None
        return list(self.processes.current.loaded.obstacles)

    @property
    def zygote_pid(self) -> int:
        assert self.processes.current is not None
        assert self.processes.current.loaded is not None
        return self.processes.current.loaded.pid

    def made(self, job: str, **asked: Any) -> NewRun:
        """A run that is stored, and nothing else."""
        with host_of(self.processes) as host:
            made = host.make_run(MakeRun(job_name=job, request=RunRequest(**asked), instance=self.instance.get_ref()))
        self.instance.add_run(made.run, made.events)
        return made

    def launch(self, job: str, environment: dict[str, str] | None = None, **asked: Any) -> str:
        """The id of a run that is under way."""
        made = self.made(job, **asked)
        self.instance.launch_run(
            made.run.run_id,
            LocationLauncher(self.processes),
            run_config=made.run_config,
            environment={**os.environ, **(environment or {})},
            supervision=QUICK,
        )
        return made.run.run_id

    def ended(self, run_id: str) -> DagsterRun:
        """A run once it has ended."""
        return until(lambda: (run := self.instance.get_run_by_id(run_id)) and run.is_finished and run)

    def run(self, job: str, environment: dict[str, str] | None = None, **asked: Any) -> DagsterRun:
        """A run that was launched and has ended."""
        return self.ended(self.launch(job, environment, **asked))

    def supervisor(self, run_id: str) -> ProcessIdentity:
        """The supervisor of a run that has begun."""
        until(lambda: self.events(run_id, DagsterEventType.RUN_START))
        run = self.instance.get_run_by_id(run_id)
        assert run is not None
        assert run.process is not None
        return run.process

    def events(self, run_id: str, kind: DagsterEventType | None = None) -> list[DagsterEvent]:
        """The events of a run, or those of one type."""
        events = [entry.dagster_event for entry in self.instance.all_logs(run_id)]
        return [event for event in events if event is not None and kind in (None, event.event_type)]

    def types(self, run_id: str) -> list[str]:
        return [event.event_type_value for event in self.events(run_id)]

    def output(self, run_id: str, key: str, ending: str = "out") -> str:
        """What a step printed."""
        return (Path(self.instance.storage_directory()) / run_id / "compute_logs" / f"{key}.{ending}").read_text()


@contextmanager
def located(folder: Folder, text: str, name: str = "defs.py", **options: Any) -> Iterator[Located]:
    """A location over a file with this text."""
    target = CodeTarget(source="python_file", name=str(folder.write(name, text)), working_directory=str(folder.path))
    with DagsterInstance.local_temp(str(folder.path / "home")) as instance:
        processes = LocationProcesses(target, **options)
        try:
            processes.start()
            yield Located(processes, instance)
        finally:
            processes.close()
