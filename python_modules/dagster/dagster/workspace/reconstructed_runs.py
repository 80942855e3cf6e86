"""Processes of runs whose job is named by where it is written: those of `execute_job`, where no location is served.

The first one supervises the run. It has loaded nothing but the job's module, so that it can be forked for each step, unless the
module left something that forbids it or the executor asks for `spawn`: then each step has a process that loads the module anew.

Run as `python -m dagster.workspace.reconstructed_runs <descriptor>`.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Union

from dagster.define.reconstructions import ReconstructableJob
from dagster.errors import DagsterUserCodeLoadError
from dagster.events.failures import error_info
from dagster.execution.consoles import print_entry
from dagster.execution.engines import Engine, LocalEngine
from dagster.execution.forks import Inherited, die_with_parent
from dagster.execution.orders import ReconstructedPart, ReconstructedRun, WorkOrder
from dagster.execution.preparation import PlannedJob
from dagster.execution.supervisors import Supervisor
from dagster.execution.workers import mark_environment
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.lines import Lines, pair
from dagster.runs.members import RUN_MARK
from dagster.runs.runs import DagsterRun
from dagster.workspace.inspections import Inspection
from dagster.workspace.run_processes import MakeEngine, forking, part_of_run, refuse_run, supervise


class ReconstructingEngine(LocalEngine):
    """Parts that load the job's module themselves.

    Args:
        run_id: the run.
        place: of the job.
        search_path: where modules are looked up.
    """

    def __init__(self, run_id: str, place: ReconstructableJob, search_path: Sequence[str]) -> None:
        super().__init__(run_id)
        self._place = place
        self._search_path = search_path

    def _launched(self, order: WorkOrder, channel: socket.socket, kept: list[int]) -> int:
        ours, theirs = pair()
        lines: Lines[Any] = Lines(ours, ReconstructedPart)
        os.set_inheritable(theirs.fileno(), True)
        arguments = [sys.executable, "-m", "dagster.workspace.reconstructed_runs", str(theirs.fileno())]
        try:
            pid = os.posix_spawn(sys.executable, arguments, dict(os.environ))
        finally:
            theirs.close()
        part = ReconstructedPart(place=self._place, order=order, search_path=self._search_path)
        lines.send(part, (channel.fileno(),))
        lines.close()
        return pid


def main(descriptor: int) -> int:
    """Take the order, load the job, carry the order out; gives the exit code."""
    parent = os.getppid()
    die_with_parent(parent)
    lines: Lines[Any] = Lines(socket.socket(fileno=descriptor), Union[ReconstructedRun, ReconstructedPart])
    orders = lines.receive()
    if not orders:
        return 0
    order = orders[0]
    sys.path[:] = order.search_path
    is_part = isinstance(order, ReconstructedPart)
    mark_environment(order.order.run if is_part else order.order, RUN_MARK)
    inspection = Inspection()
    try:
        _load_module_of(order.place)
        job = order.place.get_definition()
    except Exception as failed:
        cause = failed.user_exception if isinstance(failed, DagsterUserCodeLoadError) else failed
        return 1 if is_part else refuse_run(order.order, error_info(cause or failed))
    if is_part:
        return part_of_run(order.order, lambda _: job, Lines(socket.socket(fileno=lines.take_descriptor()), WorkOrder))
    lines.close()
    inherited = None if inspection.obstacles() else inspection.inherited()
    return supervise(order.order, lambda _: job, _engine_for(order, inherited), listeners=(print_entry,))


def _engine_for(order: ReconstructedRun, inherited: Inherited | None) -> MakeEngine:
    """Parts are forked, where nothing forbids it and the executor does not ask for `spawn`."""

    def made(
        run_order: RunOrder, planned: PlannedJob, run: DagsterRun, supervisor: Supervisor, instance: DagsterInstance
    ) -> Engine:
        if supervisor.placement.start_method == "spawn" or inherited is None:
            return ReconstructingEngine(run.run_id, order.place, order.search_path)
        return forking(inherited)(run_order, planned, run, supervisor, instance)

    return made


def _load_module_of(place: ReconstructableJob) -> None:
    """Have the module of the job loaded where its name does not find it: a script is the main module of its process alone."""
    from importlib.util import find_spec, module_from_spec, spec_from_file_location

    if place.file is None or (place.module_name != "__main__" and find_spec(place.module_name) is not None):
        return
    # As multiprocessing does it: what stands under `if __name__ == "__main__"` does not run again.
    name = "__mp_main__" if place.module_name == "__main__" else place.module_name
    spec = spec_from_file_location(name, place.file)
    if spec is None or spec.loader is None:
        return
    module: ModuleType = module_from_spec(spec)
    sys.modules[place.module_name] = sys.modules[name] = module
    spec.loader.exec_module(module)


if __name__ == "__main__":
    from dagster.execution.forks import leave

    # The main module is going to be the user's: what is pickled by name is looked up in the module as it is imported.
    from dagster.workspace.reconstructed_runs import main as imported_main

    leave(imported_main(int(sys.argv[1])))
