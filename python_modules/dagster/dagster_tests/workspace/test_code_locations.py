"""Locations as their owner has them: code that changes, code that cannot be loaded, interpreters, ends."""

import os
import signal
import sys
import time

import pytest

from dagster import DagsterEventType as T
from dagster.errors import DagsterCodeLocationError
from dagster.runs.processes import identity_of
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.hosts import MakeRun
from dagster.workspace.launchers import host_of
from dagster.workspace.process_handles import LocationLoadError
from dagster.workspace.targets import CodeTarget
from dagster.workspace.workspace_files import targets_of_workspace_file
from dagster_tests.busy_machines import fair
from dagster_tests.workspace.locations import Located, located, until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    from dagster import Definitions, job, op
    import numbers_of_mine

    @op
    def shows():
        print(numbers_of_mine.NUMBER)

    @job
    def showing():
        shows()

    @op
    def waits():
        import time
        time.sleep(600)

    @job
    def waiting():
        waits()

    defs = Definitions(jobs=[showing, waiting])
"""


def write_number(folder: Folder, text: str) -> None:
    """Writes the module that the code imports. Its mark differs in size, so that no clock decides."""
    folder.write("numbers_of_mine.py", text)


def shown(location: Located) -> str:
    run = location.run("showing")
    assert run.status.value == "SUCCESS"
    return location.output(run.run_id, "shows").strip()


def test_code_that_was_changed_is_what_runs(folder: Folder) -> None:
    write_number(folder, "NUMBER = 1")
    with located(folder, CODE) as location:
        assert shown(location) == "1"
        first = location.zygote_pid
        write_number(folder, "NUMBER = 22")
        assert shown(location) == "22"
        assert location.zygote_pid != first
        assert shown(location) == "22"


def test_a_run_in_progress_goes_on_with_the_code_that_it_began_with(folder: Folder) -> None:
    write_number(folder, "NUMBER = 1")
    with located(folder, CODE) as location:
        run_id = location.launch("waiting")
        until(lambda: location.events(run_id, T.STEP_START))
        old = identity_of(location.zygote_pid)
        write_number(folder, "NUMBER = 22")
        assert shown(location) == "22"
        run = location.instance.get_run_by_id(run_id)
        assert run is not None
        assert run.status.value == "STARTED"
        location.instance.terminate_run(run_id)
        assert location.ended(run_id).status.value == "CANCELED"
        until(lambda: not old.is_alive())


def test_a_run_whose_changed_code_cannot_be_loaded_fails_with_the_place(folder: Folder) -> None:
    write_number(folder, "NUMBER = 1")
    with located(folder, CODE) as location:
        run = location.instance.create_run(job_name="showing")
        write_number(folder, "NUMBER = 1 / 0")
        from dagster.workspace.launchers import LocationLauncher

        ended = location.instance.launch_run(run.run_id, LocationLauncher(location.processes))
        assert ended.status.value == "FAILURE"
        (event,) = location.events(run.run_id, T.RUN_FAILURE)
        assert "numbers_of_mine.py:1: ZeroDivisionError: division by zero" in (event.message or "")
        write_number(folder, "NUMBER = 333")
        assert shown(location) == "333"


def test_code_that_cannot_be_loaded_is_told_with_file_and_line(folder: Folder) -> None:
    write_number(folder, "OTHER = 1\nNUMBER = 1 / 0")
    sentence = r"numbers_of_mine.py:2: ZeroDivisionError: division by zero"
    with pytest.raises(LocationLoadError, match=sentence) as raised, located(folder, CODE):
        pass
    assert any(path.endswith("numbers_of_mine.py") for path in raised.value.failed.files)


def test_code_that_ends_its_process_while_it_is_loaded_is_told(folder: Folder) -> None:
    with pytest.raises(DagsterCodeLocationError, match="ended before the code"), located(folder, "import os\nos._exit(3)"):
        pass


def test_an_interpreter_that_is_not_there_is_told(folder: Folder) -> None:
    target = CodeTarget(source="python_file", name="defs.py", executable="/no/python", asked_in="workspace.yaml:3")
    processes = LocationProcesses(target)
    with pytest.raises(DagsterCodeLocationError, match=r'The interpreter "/no/python" of location "defs.py" cannot be started'):
        processes.start()
    processes.close()


def test_an_interpreter_without_this_package_is_told(folder: Folder) -> None:
    folder.write("python", '#!/bin/sh\necho "No module named dagster" >&2\nexit 1\n').chmod(0o755)
    processes = LocationProcesses(CodeTarget(source="python_file", name="defs.py", executable=str(folder.path / "python")))
    with pytest.raises(DagsterCodeLocationError, match="ended with exit code 1. It must have this package in version"):
        processes.start()
    processes.close()


def test_a_location_is_described_with_the_values_of_its_definitions(folder: Folder) -> None:
    code = """
        from dagster import *

        @asset(partitions_def=DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin"), group_name="sales")
        def orders(): ...

        @asset(deps=[orders], automation_condition=AutomationCondition.eager(), metadata={"owner": "me"})
        def report(): ...

        @schedule(cron_schedule="0 6 * * *", target=define_asset_job("nightly", ["report"]))
        def morning(): ...

        defs = Definitions([orders, report], schedules=[morning])
    """
    with located(folder, code) as location, host_of(location.processes) as host:
        described = host.describe()
    from dagster import AssetKey, AutomationCondition, DailyPartitionsDefinition

    orders, report = (node.spec for node in described.assets)
    assert orders.partitions_def == DailyPartitionsDefinition("2024-01-01", timezone="Europe/Berlin")
    assert (orders.group_name, report.automation_condition) == ("sales", AutomationCondition.eager())
    assert [(job.name, job.asset_keys) for job in described.jobs] == [
        ("__ASSET_JOB", {AssetKey("orders"), AssetKey("report")}),
        ("nightly", {AssetKey("report")}),
    ]
    assert [(each.name, each.cron_schedules) for each in described.schedules] == [("morning", ["0 6 * * *"])]


def test_what_a_host_is_asked_in_vain_is_told(folder: Folder) -> None:
    write_number(folder, "NUMBER = 1")
    with located(folder, CODE) as location, host_of(location.processes) as host:
        asked = MakeRun(job_name="shwing", request=_request(), instance=location.instance.get_ref())
        with pytest.raises(DagsterCodeLocationError, match="Could not find job 'shwing'"):
            host.make_run(asked)
        assert host.describe().jobs != ()


def _request() -> object:
    from dagster import RunRequest

    return RunRequest()


def test_what_an_owner_that_is_killed_had_started_ends_when_nothing_is_left(folder: Folder) -> None:
    write_number(folder, "NUMBER = 1")
    with located(folder, CODE) as location:
        run_id = location.launch("waiting")
        until(lambda: location.events(run_id, T.STEP_START))
        zygote = identity_of(location.zygote_pid)
        location.processes.close()
        run = location.instance.get_run_by_id(run_id)
        assert run is not None
        assert run.status.value == "STARTED"
        assert zygote.is_alive()
        location.instance.terminate_run(run_id)
        assert location.ended(run_id).status.value == "CANCELED"
        until(lambda: not zygote.is_alive())


@pytest.mark.parametrize("role", ["base", "zygote"])
def test_a_killed_process_of_a_location_is_started_again(folder: Folder, role: str) -> None:
    write_number(folder, "NUMBER = 1")
    with located(folder, CODE) as location:
        pid = location.processes.base_pid if role == "base" else location.zygote_pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        until(lambda: not identity_of(pid).start_ticks)
        began = time.monotonic()
        write_number(folder, "NUMBER = 22")
        assert shown(location) == "22"
        assert time.monotonic() - began < fair(15)


def test_installed_packages_are_imported_once(folder: Folder) -> None:
    tells = 'import os, sys\nASSET = f\'{"before" if "pandas" in sys.modules else "after"}_{os.getppid()}\'\nimport pandas\n'
    with located(folder, tells + "from dagster import *\ndefs = Definitions([AssetSpec(ASSET)])") as location:
        base = location.processes.base_pid
        assert declared(location) == [f"after_{base}"]
        location.processes.preload()
        location.processes.start()
        for _ in range(2):
            location.processes.start()
            assert declared(location) == [f"before_{base}"]


def declared(location: Located) -> list[str]:
    """The keys of the assets of the code that serves now."""
    with host_of(location.processes) as host:
        return [node.spec.key.to_user_string() for node in host.describe().assets]


def test_each_location_of_a_workspace_has_an_interpreter_of_its_own(folder: Folder) -> None:
    for name in ("first", "second"):
        folder.write(name, f'#!/bin/sh\nOWN={name} exec "{sys.executable}" "$@"\n').chmod(0o755)
    folder.write("defs.py", "import os\nfrom dagster import *\ndefs = Definitions([AssetSpec(os.environ['OWN'])])")
    entry = "  - python_file:\n      relative_path: defs.py\n      location_name: {0}\n      executable_path: ./{0}\n"
    folder.write("workspace.yaml", "load_from:\n" + entry.format("first") + entry.format("second"))
    locations = [LocationProcesses(target) for target in targets_of_workspace_file("workspace.yaml")]
    try:
        for location in locations:
            location.start()
        found: list[str] = []
        for location in locations:
            with host_of(location) as host:
                found.extend(node.spec.key.to_user_string() for node in host.describe().assets)
    finally:
        for location in locations:
            location.close()
    assert found == ["first", "second"]
