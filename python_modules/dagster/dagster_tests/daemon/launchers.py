"""A launcher that starts nothing: it keeps which runs it was to execute, and a test says what became of them."""

from msgspec.structs import replace

from dagster.errors import DagsterLaunchFailedError
from dagster.events.types import DagsterEventType
from dagster.instance import run_events
from dagster.instance.instance import DagsterInstance
from dagster.runs.monitoring import Sign
from dagster.runs.processes import current_process
from dagster.runs.runs import DagsterRun


class KeptLauncher:
    """The port `Launcher` in memory."""

    def __init__(self) -> None:
        self.launched: dict[str, DagsterRun] = {}
        self.stopped: list[str] = []
        self.gone: set[str] = set()
        self.refuses: str | None = None

    def launch(self, run: DagsterRun) -> None:
        if self.refuses is not None:
            raise DagsterLaunchFailedError(self.refuses)
        self.launched[run.run_id] = run
        self.gone.discard(run.run_id)

    def stop(self, run: DagsterRun) -> bool:
        self.stopped.append(run.run_id)
        return run.run_id in self.launched

    def sign(self, run: DagsterRun) -> Sign:
        if run.run_id in self.gone:
            return Sign.GONE
        return Sign.ALIVE if run.run_id in self.launched else Sign.NEVER_CAME


def begin(instance: DagsterInstance, run: DagsterRun, now: float = 1000.0) -> DagsterRun:
    """The run as its process takes it and begins it."""
    taken = replace(run, attempt=run.attempt + 1, process=current_process())
    instance.storage.runs.replace_run(taken, now)
    instance.append([run_events.run_entry(run, DagsterEventType.RUN_START, now)], attempt=taken.attempt)
    return taken


def finish(instance: DagsterInstance, run: DagsterRun, kind: DagsterEventType, now: float = 1000.0) -> None:
    """The run ends by itself."""
    instance.append([run_events.run_entry(run, kind, now)], attempt=run.attempt)
