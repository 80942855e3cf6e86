"""kill -9 while a value is being written, in real processes (G11, G12, G13)."""

import os
import signal
import subprocess
import sys
import time

import pytest

from dagster.errors import DagsterAssetValueNotFoundError
from dagster.io.building import build_input_context, build_output_context
from dagster_tests.io.writers import MANAGERS, MEGABYTE

pytestmark = [pytest.mark.processes, pytest.mark.skipif(os.name != "posix", reason="kills by signal")]

WRITERS = os.path.join(os.path.dirname(__file__), "writers.py")
DEADLINE_SECONDS = 120.0


def unfinished_bytes(folder, run_id):
    total = 0
    for parent, _, files in os.walk(folder):
        for name in files:
            path = os.path.join(parent, name)
            if ".writing" in path and f"@{run_id}@" in path and os.path.exists(path):
                total += os.stat(path).st_size
    return total


def kill_while_writing(kind, folder, run_id, megabytes, after_bytes):
    writer = subprocess.Popen([sys.executable, WRITERS, kind, str(folder), run_id, str(megabytes)], env=environment())
    deadline = time.monotonic() + DEADLINE_SECONDS
    while unfinished_bytes(folder, run_id) < after_bytes and time.monotonic() < deadline and writer.poll() is None:
        os.sched_yield()
    writer.send_signal(signal.SIGKILL)
    assert writer.wait() == -signal.SIGKILL, "the writer ended before it could be killed"


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def store(kind, folder, value, run_id="r1"):
    MANAGERS[kind](str(folder)).handle_output(build_output_context(asset_key="orders", run_id=run_id), value)


def load(kind, folder):
    return MANAGERS[kind](str(folder)).load_input(build_input_context(asset_key="orders"))


def left_over(folder):
    return [name for name in os.listdir(folder) if name.endswith(".writing")]


@pytest.mark.parametrize("kind", ["pickle", "text", "folder"])
@pytest.mark.parametrize("after_bytes", [1, 2 * MEGABYTE, 20 * MEGABYTE])
def test_a_kill_leaves_the_previous_value(tmp_path, kind, after_bytes):
    store(kind, tmp_path, ["previous"])
    kill_while_writing(kind, tmp_path, "broken-run", 60, after_bytes)
    assert load(kind, tmp_path) == ["previous"]


@pytest.mark.parametrize("kind", ["pickle", "text"])
def test_a_kill_in_the_middle_of_300_megabytes_leaves_the_previous_value(tmp_path, kind):
    store(kind, tmp_path, ["previous"])
    kill_while_writing(kind, tmp_path, "broken-run", 300, 150 * MEGABYTE)
    assert load(kind, tmp_path) == ["previous"]


@pytest.mark.parametrize("kind", ["pickle", "text", "folder"])
def test_a_missing_value_names_the_run_that_broke_off(tmp_path, kind):
    kill_while_writing(kind, tmp_path, "broken-run", 60, 1)
    with pytest.raises(DagsterAssetValueNotFoundError, match="run broken-run broke off") as raised:
        load(kind, tmp_path)
    assert (raised.value.asset_key, raised.value.run_id) == ("orders", "broken-run")


@pytest.mark.parametrize("kind", ["pickle", "text", "folder"])
def test_of_many_kills_the_newest_is_remembered(tmp_path, kind):
    for number in range(4):
        kill_while_writing(kind, tmp_path, f"broken-{number}", 60, 1)
        assert len(left_over(tmp_path)) == min(number + 1, 2)
    with pytest.raises(DagsterAssetValueNotFoundError, match="run broken-3 broke off"):
        load(kind, tmp_path)


@pytest.mark.parametrize("kind", ["pickle", "text", "folder"])
def test_the_next_write_removes_what_a_dead_run_left(tmp_path, kind):
    store(kind, tmp_path, ["previous"])
    kill_while_writing(kind, tmp_path, "broken-run", 60, 1)
    assert left_over(tmp_path) != []
    store(kind, tmp_path, ["next"])
    assert left_over(tmp_path) == []
    assert load(kind, tmp_path) == ["next"] if kind != "folder" else load(kind, tmp_path)[0] == "next"


@pytest.mark.parametrize("kind", ["pickle", "text"])
def test_what_a_living_run_is_writing_is_left_alone(tmp_path, kind):
    arguments = [sys.executable, WRITERS, kind, str(tmp_path), "living-run", "60"]
    writer = subprocess.Popen(arguments, env=environment())
    deadline = time.monotonic() + DEADLINE_SECONDS
    while unfinished_bytes(tmp_path, "living-run") < 1 and time.monotonic() < deadline and writer.poll() is None:
        os.sched_yield()
    writer.send_signal(signal.SIGSTOP)
    store(kind, tmp_path, ["meanwhile"])
    assert load(kind, tmp_path) == ["meanwhile"]
    writer.send_signal(signal.SIGCONT)
    assert writer.wait() == 0
    assert len(load(kind, tmp_path)) == 60
    assert left_over(tmp_path) == []
