"""A launcher that starts nothing: it keeps what it was to execute, and a test says what became of it."""

from msgspec.structs import replace

from dagster.errors import DagsterError
from dagster.events.types import DagsterEventType
from dagster.instance import run_events
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.runs.processes import ProcessIdentity, current_process
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.memory.storage import MemoryStorage


class KeptLauncher:
    """The port `RunLauncher` in memory."""

    def __init__(self) -> None:
        self.orders: dict[str, RunOrder] = {}
        self.refuses: str | None = None

    def launch(self, order: RunOrder) -> ProcessIdentity | None:
        if self.refuses is not None:
            raise DagsterError(self.refuses)
        self.orders[order.run_id] = order


def instance_in_memory(folder: str, **settings: object) -> DagsterInstance:
    """An instance in memory that is taken for one which other processes see."""
    return DagsterInstance(MemoryStorage(), root_directory=folder, settings=settings)


def gone_process() -> ProcessIdentity:
    """A process of this host that does not exist."""
    return replace(current_process(), start_ticks=1)


def elsewhere_process() -> ProcessIdentity:
    """A process of another host, of which nothing can be known but its lease."""
    return replace(current_process(), host="elsewhere")


def begin(instance: DagsterInstance, order: RunOrder, process: ProcessIdentity | None = None) -> DagsterRun | None:
    """The run as its supervisor takes it over and begins it, None where it stands at another attempt than ordered."""
    taken = instance.storage.runs.take(
        order.run_id, order.attempt, [DagsterRunStatus.STARTING], process or current_process(), (), 1.0
    )
    if taken is not None:
        instance.append([run_events.run_entry(taken, DagsterEventType.RUN_START, 1.0)], attempt=taken.attempt)
    return instance.get_run_by_id(order.run_id) if taken is not None else None


def finish(instance: DagsterInstance, run: DagsterRun, kind: DagsterEventType) -> None:
    """The run ends by itself."""
    instance.append([run_events.run_entry(run, kind, 2.0)], attempt=run.attempt)
