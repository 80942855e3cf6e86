"""Locations that are kept served: what changes is loaded, what ends is started again, what cannot be loaded changes nothing."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dagster import AssetKey, DagsterInstance, RunRequest
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.hosts import MakeRun
from dagster.workspace.launchers import LocationLauncher
from dagster.workspace.served_locations import LocationState, ServedLocation, Watching
from dagster.workspace.targets import CodeTarget
from dagster_tests.workspace.locations import until
from dagster_tests.workspace.projects import Folder

real_processes = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]
DEADLINE_SECONDS = 120.0
QUICK = Watching(look_seconds=0.05, settle_seconds=0.02, first_pause_seconds=0.05, longest_pause_seconds=0.2)


def code(*names: str) -> str:
    functions = "\n".join(f"@asset\ndef {name}(): ...\n" for name in names)
    return f"from dagster import Definitions, asset\n{functions}\ndefs = Definitions([{', '.join(names)}])\n"


def names(state: LocationState) -> list[str]:
    nodes = state.description.assets if state.description is not None else ()
    return [node.spec.key.to_user_string() for node in nodes]


@contextmanager
def served(folder: Folder, text: str, **options: Any) -> Iterator[ServedLocation]:
    target = CodeTarget(source="python_file", name=str(folder.write("defs.py", text)), working_directory=str(folder.path))
    sockets = folder.path / "sockets"
    sockets.mkdir()
    location = ServedLocation(target, str(sockets), watching=QUICK, **options)
    location.start()
    try:
        yield location
    finally:
        location.close()


def test_the_first_try_again_is_at_once_and_each_next_one_waits_twice_as_long() -> None:
    assert [Watching().pause(failures) for failures in range(10)] == [0, 0, 0.25, 0.5, 1, 2, 4, 8, 10, 10]


class TestRealProcesses:
    pytestmark = real_processes

    def test_a_file_that_is_saved_is_served(self, folder: Folder) -> None:
        with served(folder, code("one")) as location:
            assert names(location.wait_for(names, DEADLINE_SECONDS)) == ["one"]
            folder.write("defs.py", code("one", "two"))
            state = location.wait_for(lambda state: len(names(state)) == 2, DEADLINE_SECONDS)
            assert (state.complaint, state.version) == (None, 2)
            client = location.host()
            assert [node.spec.key for node in client.describe().assets] == [AssetKey("one"), AssetKey("two")]
            client.close()

    def test_a_changed_dotenv_file_is_taken_by_the_code(self, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(folder.path)
        monkeypatch.setenv("NAME_OF_ASSET", "of_the_shell")
        folder.write(".env", "NAME_OF_ASSET=first")
        text = f"import os\n{code('made')}".replace("@asset", "@asset(name=os.environ['NAME_OF_ASSET'])")
        with served(folder, text) as location:
            assert names(location.wait_for(names, DEADLINE_SECONDS)) == ["first"]
            folder.write(".env", "NAME_OF_ASSET=second")
            location.wait_for(lambda state: names(state) == ["second"], DEADLINE_SECONDS)
            assert os.environ["NAME_OF_ASSET"] == "second"  # what runs are started with

    def test_what_nobody_foresaw_is_told_and_the_location_is_kept_nevertheless(
        self, folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        failures = iter([RuntimeError("no such luck")])

        def preload(_processes: LocationProcesses) -> None:
            if (failure := next(failures, None)) is not None:
                raise failure

        monkeypatch.setattr(LocationProcesses, "preload", preload)
        with served(folder, code("one")) as location:
            state = location.wait_for(lambda state: state.version == 2, DEADLINE_SECONDS)
            assert (names(state), state.complaint) == (["one"], None)
        assert "RuntimeError: no such luck" in caplog.text

    def test_code_that_cannot_be_loaded_is_shown_and_the_earlier_code_goes_on(self, folder: Folder) -> None:
        with served(folder, code("one")) as location:
            location.wait_for(names, DEADLINE_SECONDS)
            folder.write("defs.py", code("one", "two") + "1 / 0\n")
            state = location.wait_for(lambda state: state.complaint, DEADLINE_SECONDS)
            assert state.complaint is not None
            assert state.complaint.sentence.endswith("defs.py:9: ZeroDivisionError: division by zero")
            assert names(state) == ["one"]
            client = location.host()
            assert len(client.describe().assets) == 1
            client.close()
            folder.write("defs.py", code("one", "two", "three"))
            state = location.wait_for(lambda state: len(names(state)) == 3, DEADLINE_SECONDS)
            assert state.complaint is None

    def test_code_that_cannot_be_loaded_at_first_is_served_when_it_is_mended(self, folder: Folder) -> None:
        with served(folder, "import nothing_of_this_name\n") as location:
            state = location.wait_for(lambda state: state.complaint, DEADLINE_SECONDS)
            assert state.complaint is not None
            assert "nothing_of_this_name" in state.complaint.sentence
            folder.write("defs.py", code("one"))
            assert names(location.wait_for(names, DEADLINE_SECONDS)) == ["one"]

    @pytest.mark.parametrize("role", ["host", "zygote", "base and zygote"])
    def test_what_was_killed_is_served_again_by_itself(self, folder: Folder, role: str) -> None:
        with served(folder, code("one")) as location:
            location.wait_for(names, DEADLINE_SECONDS)
            for pid in pids(location, role):
                os.kill(pid, signal.SIGKILL)
            state = location.wait_for(lambda state: state.version == 2 and not state.is_loading, 15)
            assert names(state) == ["one"]
            client = location.host()
            assert len(client.describe().assets) == 1
            client.close()

    def test_a_run_goes_on_undisturbed_while_what_was_saved_is_described(self, folder: Folder) -> None:
        with served(folder, WAITING.format("old")) as location, DagsterInstance.local_temp(str(folder.path / "home")) as instance:
            location.wait_for(names, DEADLINE_SECONDS)
            run_id = launched(location, instance, "waits")
            until(lambda: os.path.exists("told"))
            for saved in ("new", "newest"):
                folder.write("defs.py", WAITING.format(saved))
                location.wait_for(lambda state, saved=saved: names(state) == [saved], DEADLINE_SECONDS)
            base = location.processes.base_pid
            folder.write("go_on", "")
            run = until(lambda: (run := instance.get_run_by_id(run_id)) and run.is_finished and run)
            assert (run.is_success, folder.path.joinpath("told").read_text()) == (True, "old with pandas")
            assert base == location.processes.base_pid

    def test_it_can_be_loaded_again_without_a_change(self, folder: Folder) -> None:
        with served(folder, code("one")) as location:
            location.wait_for(names, DEADLINE_SECONDS)
            location.reload()
            assert names(location.wait_for(lambda state: state.version == 2, DEADLINE_SECONDS)) == ["one"]


WAITING = """
import os, sys, time
import pandas
from dagster import AssetSpec, Definitions, job, op

@op
def waits_for_more():
    with open("told", "w") as file:
        file.write("{0} with pandas" if "pandas" in sys.modules else "{0}")
    while not os.path.exists("go_on"):
        time.sleep(0.02)

@job
def waits():
    waits_for_more()

defs = Definitions([AssetSpec("{0}")], jobs=[waits])
"""


def launched(location: ServedLocation, instance: DagsterInstance, job_name: str) -> str:
    """The id of a run that the location has started."""
    client = location.host()
    made = client.make_run(MakeRun(job_name=job_name, request=RunRequest(), instance=instance.get_ref()))
    client.close()
    instance.add_run(made.run, made.events)
    instance.launch_run(made.run.run_id, LocationLauncher(location.processes))
    return made.run.run_id


def pids(location: ServedLocation, role: str) -> list[int]:
    processes = location.processes
    assert processes.current is not None
    assert processes.current.loaded is not None
    assert processes.base_pid is not None
    assert location.host_pid is not None
    return {
        "host": [location.host_pid],
        "zygote": [processes.current.loaded.pid],
        "base and zygote": [processes.base_pid, processes.current.loaded.pid],
    }[role]
