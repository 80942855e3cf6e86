"""`dagster dev` and `dagster-daemon run` as a user has them. Real processes."""

import os
import re
import sys
from pathlib import Path

import pytest

from dagster import DagsterInstance
from dagster_tests.cli.commands import call
from dagster_tests.cli.running import DAEMON, DEV, running
from dagster_tests.daemon.planes import below
from dagster_tests.workspace.locations import until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os, time
    from pathlib import Path
    from dagster import DefaultSensorStatus, Definitions, RunRequest, asset, job, op, sensor

    @op
    def waits():
        Path("step").touch()
        while not os.path.exists("go_on"):
            time.sleep(0.02)

    @job
    def load():
        waits()

    @asset
    def orders(): ...

    @sensor(job=load, minimum_interval_seconds=1, default_status=DefaultSensorStatus.RUNNING)
    def files(context):
        return RunRequest("only")

    @sensor(job=load)
    def other(context): ...

    defs = Definitions([orders], jobs=[load], sensors=[files, other])
"""


def test_dev_serves_a_project_and_ends_with_everything_at_an_interrupt(folder: Folder) -> None:
    folder.write("defs.py", CODE)
    with running(folder, DEV, "dev", "-f", "defs.py") as dev:
        until(lambda: (folder.path / "step").exists())
        said = dev.said
        assert "defs.py: 1 asset, 2 jobs, 0 schedules, 2 sensors (on: files)" in said
        [home] = re.findall(r"export DAGSTER_HOME=(\S+)", said)
        assert Path(home).parent == folder.path
        with DagsterInstance.from_config(home) as instance:
            [run] = instance.get_runs()
        processes = below(dev.process.pid)
        assert len(processes) >= 4
        dev.interrupt()
        assert f"Canceling what goes on: {run.run_id}." in dev.said
        until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in processes))
    assert run.tags["dagster/sensor_name"] == "files"
    assert not os.path.exists(home)


def test_dev_names_what_is_wrong_with_a_project_and_serves_it_once_it_is_mended(folder: Folder) -> None:
    folder.write("defs.py", "import nothing_of_this_name\n")
    with running(folder, DEV, "dev", "-f", "defs.py") as dev:
        until(lambda: "defs.py: cannot be loaded." in dev.said and "defs.py:1" in dev.said)
        folder.write("defs.py", CODE)
        until(lambda: "2 sensors (on: files)" in dev.said)
        (folder.path / "go_on").touch()
        dev.interrupt()


def test_a_daemon_that_is_ended_leaves_its_runs_and_the_next_one_goes_on(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("defs.py", CODE)
    home = folder.path / "home"
    home.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    with running(folder, DAEMON, "run", "-f", "defs.py", home=str(home)) as daemon:
        until(lambda: (folder.path / "step").exists())
        daemon.interrupt()
    with DagsterInstance.get() as instance:
        [run] = instance.get_runs()
        assert run.status.value == "STARTED"
        (folder.path / "go_on").touch()
        until(lambda: [run.status.value for run in instance.get_runs()] == ["SUCCESS"])
    assert "only" in call("sensor", "preview", "-f", "defs.py", "files").output


def test_a_sensor_is_asked_on_the_command_line_and_nothing_is_stored(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("defs.py", CODE)
    home = folder.path / "home"
    home.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    asked = call("sensor", "preview", "-f", "defs.py", "files")
    assert asked.output.splitlines()[0] == 'A run of load, run key "only"'
    skipped = call("sensor", "preview", "-f", "defs.py", "other")
    assert skipped.output == "No run: Sensor function returned an empty result\n"
    with DagsterInstance.get() as instance:
        assert instance.get_runs() == []
