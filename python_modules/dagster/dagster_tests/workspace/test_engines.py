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

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc")]


@pytest.fixture
def target(folder: Folder) -> CodeTarget:
    return CodeTarget(source="python_file", name=str(folder.write("parts.py", PARTS)))


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[DagsterInstance]:
    with DagsterInstance.local_temp(str(tmp_path / "home")) as made:
        yield made


@pytest.fixture
def signals_restored() -> Iterator[None]:
    """An engine owns the signals of its process."""
    earlier = signal.getsignal(signal.SIGCHLD)
    yield
    signal.signal(signal.SIGCHLD, earlier)


def placed(engine: LocalEngine, instance: DagsterInstance, folder: Folder) -> Iterator[Placed]:
    yield Placed(engine, instance, "r1", folder.path / "begun")
    stop(lambda: members_of("r1"), 0.0)
    engine.close()


class TestForkingEngine(EngineContract):
    @pytest.fixture
    def placed(self, target: CodeTarget, instance: DagsterInstance, folder: Folder, signals_restored: None) -> Iterator[Placed]:
        location = load(target)
        instance.create_run(job_name="parts", run_id="r1")
        engine = ForkingEngine("r1", lambda order, lines: do_part(order, location, lines), Inherited(), before=instance.dispose)
        yield from placed(engine, instance, folder)


class TestSpawningEngine(EngineContract):
    @pytest.fixture
    def placed(self, target: CodeTarget, instance: DagsterInstance, folder: Folder, signals_restored: None) -> Iterator[Placed]:
        instance.create_run(job_name="parts", run_id="r1")
        engine = SpawningEngine("r1", FreshProcesses(target))
        yield from placed(engine, instance, folder)
