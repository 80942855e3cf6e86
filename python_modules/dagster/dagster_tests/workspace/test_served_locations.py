"""Locations that are kept served: what changes is loaded, what ends is started again, what cannot be loaded changes nothing."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dagster import AssetKey
from dagster.workspace.served_locations import LocationState, ServedLocation, Watching
from dagster.workspace.targets import CodeTarget
from dagster_tests.workspace.projects import Folder

real_processes = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc")]
DEADLINE_SECONDS = 40.0
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

    def test_it_can_be_loaded_again_without_a_change(self, folder: Folder) -> None:
        with served(folder, code("one")) as location:
            location.wait_for(names, DEADLINE_SECONDS)
            location.reload()
            assert names(location.wait_for(lambda state: state.version == 2, DEADLINE_SECONDS)) == ["one"]


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
