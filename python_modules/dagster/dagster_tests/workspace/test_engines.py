"""The engines of this host keep the contract of engines."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster import DagsterInstance
from dagster.execution.engines import ForkingEngine, LocalEngine
from dagster.execution.forks import Inherited
from dagster.runs.members import members_of, stop
from dagster.workspace.fresh_processes import FreshProcesses, SpawningEngine
from dagster.workspace.loading import load
from dagster.workspace.run_processes import do_part
from dagster.workspace.targets import CodeTarget
from dagster_tests.contracts.engines import PARTS, EngineContract, Placed
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]


@pytest.fixture
def target(folder: Folder) -> CodeTarget:
    return CodeTarget(source="python_file", name=str(folder.write("parts.py", PARTS)))


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[DagsterInstance]:
    with DagsterInstance.local_temp(str(tmp_path / "home")) as made:
        yield made


@pytest.fixture
def run_id(instance: DagsterInstance) -> str:
    """A run of its own, since the processes of a run are found by its id on the whole host, other tests included."""
    return instance.create_run(job_name="parts").run_id


@pytest.fixture
def signals_restored() -> Iterator[None]:
    """An engine owns the signals of its process."""
    earlier = signal.getsignal(signal.SIGCHLD)
    yield
    signal.signal(signal.SIGCHLD, earlier)


def placed(engine: LocalEngine, instance: DagsterInstance, run_id: str, folder: Folder) -> Iterator[Placed]:
    yield Placed(engine, instance, run_id, folder.path / "begun")
    stop(lambda: members_of(run_id), 0.0)
    engine.close()


class TestForkingEngine(EngineContract):
    @pytest.fixture
    def placed(
        self, target: CodeTarget, instance: DagsterInstance, run_id: str, folder: Folder, signals_restored: None
    ) -> Iterator[Placed]:
        location = load(target)
        engine = ForkingEngine(run_id, lambda order, lines: do_part(order, location, lines), Inherited(), before=instance.dispose)
        yield from placed(engine, instance, run_id, folder)


class TestSpawningEngine(EngineContract):
    @pytest.fixture
    def placed(
        self, target: CodeTarget, instance: DagsterInstance, run_id: str, folder: Folder, signals_restored: None
    ) -> Iterator[Placed]:
        engine = SpawningEngine(run_id, FreshProcesses(target))
        yield from placed(engine, instance, run_id, folder)
