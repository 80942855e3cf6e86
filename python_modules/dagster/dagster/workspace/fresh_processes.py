"""Processes that load a location's code themselves, for where the process that has loaded it cannot be forked.

Each carries out one order; one is kept ready, so that an order does not wait for the code to be loaded.

Run as `python -m dagster.workspace.fresh_processes <descriptor>`.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from dagster.errors import DagsterUserCodeLoadError
from dagster.events.failures import error_info
from dagster.execution.engines import Engine, LocalEngine
from dagster.execution.forks import Inherited, die_with_parent
from dagster.execution.orders import (
    AnyReport,
    WorkOrder,
)
from dagster.execution.preparation import PlannedJob
from dagster.execution.supervisors import Supervisor
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.lines import Lines, pair
from dagster.runs.runs import DagsterRun
from dagster.workspace.loading import CodeLocation, load
from dagster.workspace.messages import DoPart, FreshOrder, LoadCode, SettleRun, StartEvaluator, StartHost, StartRun
from dagster.workspace.run_processes import MakeEngine, do_part, forking, refuse_run, settle, supervise_run
from dagster.workspace.targets import CodeTarget


class FreshProcesses:
    """Starts processes of one location.

    Args:
        target: the code that they load.
    """

    def __init__(self, target: CodeTarget) -> None:
        self._target = target
        self._warm = self._warmed()

    def _warmed(self) -> tuple[int, Lines[Any]]:
        ours, theirs = pair()
        os.set_inheritable(theirs.fileno(), True)
        arguments = [sys.executable, "-m", "dagster.workspace.fresh_processes", str(theirs.fileno())]
        try:
            pid = os.posix_spawn(sys.executable, arguments, dict(os.environ))
        finally:
            theirs.close()
        lines: Lines[Any] = Lines(ours, AnyReport)
        lines.send(LoadCode(target=self._target))
        return pid, lines

    def start(self, order: StartRun | StartHost | StartEvaluator | DoPart | SettleRun, *descriptors: int) -> int:
        """Have the process that is ready carry out an order, and make another one ready; gives the pid."""
        pid, lines = self._warm
        while not lines.send(order, descriptors):  # what was ready was ended with a run that was stopped
            lines.close()
            pid, lines = self._warmed()
        lines.close()
        self._warm = self._warmed()
        return pid

    def settle(self, order: RunOrder, pid: int, what: str) -> int:
        """Have a process end a run whose supervisor has ended; gives the pid."""
        return self.start(SettleRun(order=order, pid=pid, what=what))

    def close(self) -> None:
        """Let the process go that is ready; it ends when its line does."""
        self._warm[1].close()


class SpawningEngine(LocalEngine):
    """Parts that load the code themselves.

    Args:
        run_id: the run.
        fresh: starts them.
    """

    def __init__(self, run_id: str, fresh: FreshProcesses) -> None:
        super().__init__(run_id)
        self._fresh = fresh

    def _launched(self, order: WorkOrder, channel: socket.socket, kept: list[int]) -> int:
        return self._fresh.start(DoPart(order=order), channel.fileno())

    def close(self) -> None:
        """Listen no more, and let go what is ready and will not be needed."""
        super().close()
        self._fresh.close()


def spawning(target: CodeTarget) -> MakeEngine:
    """Parts are processes that load the code of a target themselves."""

    def made(
        order: RunOrder, planned: PlannedJob, run: DagsterRun, supervisor: Supervisor, instance: DagsterInstance
    ) -> SpawningEngine:
        return SpawningEngine(order.run_id, FreshProcesses(target))

    return made


def as_asked(inherited: Inherited, target: CodeTarget) -> MakeEngine:
    """Parts are forked from the supervisor, or load the code themselves where the executor asks for `spawn`."""

    def made(order: RunOrder, planned: PlannedJob, run: DagsterRun, supervisor: Supervisor, instance: DagsterInstance) -> Engine:
        make = spawning(target) if supervisor.placement.start_method == "spawn" else forking(inherited)
        return make(order, planned, run, supervisor, instance)

    return made


def main(descriptor: int) -> int:
    """Load the code, wait for the order, carry it out; gives the exit code."""
    lines: Lines[Any] = Lines(socket.socket(fileno=descriptor), FreshOrder)
    parent = os.getppid()
    received = lines.receive()
    if not received:
        return 0
    target = received[0].target
    location, failure = _loaded(target)
    orders = received[1:] or lines.receive()
    if not orders:
        return 0
    order = orders[0]
    if isinstance(order, SettleRun):
        return settle(order.order, order.pid, order.what)
    if location is None:
        return refuse_run(order.order, failure) if isinstance(order, StartRun) else 1
    if isinstance(order, StartRun):
        return supervise_run(order.order, location, spawning(target))
    if isinstance(order, DoPart):
        die_with_parent(parent)
        return do_part(order.order, location, Lines(socket.socket(fileno=lines.take_descriptor()), FreshOrder))
    die_with_parent(parent)
    connection = socket.socket(fileno=lines.take_descriptor())
    if isinstance(order, StartEvaluator):
        from dagster.workspace.evaluations import serve_evaluator

        return serve_evaluator(connection, location)
    from dagster.workspace.hosts import serve_host

    return serve_host(connection, location)


def _loaded(target: CodeTarget) -> tuple[CodeLocation | None, Any]:
    from dagster.workspace import user_mains

    user_mains.remember(target)
    sys.modules["__main__"] = user_mains
    try:
        return load(target), None
    except Exception as failed:
        cause = failed.user_exception if isinstance(failed, DagsterUserCodeLoadError) else failed
        return None, error_info(cause or failed)


if __name__ == "__main__":
    from dagster.execution.forks import leave

    leave(main(int(sys.argv[1])))
