"""`execute_job` with steps in processes. Real processes."""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from dagster import (
    AssetKey,
    DagsterExecutionStepNotFoundError,
    DagsterInstance,
    DagsterInvariantViolationError,
    JobExecutionResult,
    ReexecutionOptions,
    build_reconstructable_job,
    execute_job,
    reconstructable,
)
from dagster_tests.execution import jobs_for_processes as jobs

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]


@pytest.fixture
def instance() -> Generator[DagsterInstance]:
    with DagsterInstance.local_temp() as made:
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What there is a file for in it breaks."""
    monkeypatch.setenv("FOLDER", str(tmp_path))
    return tmp_path


def pids(result: JobExecutionResult) -> tuple[int, int]:
    with result:
        return result.output_for_node("pid"), result.output_for_node("pid_of_parent")


def test_each_step_has_a_process_below_one_that_is_not_the_caller(instance: DagsterInstance) -> None:
    result = execute_job(reconstructable(jobs.pids), instance)
    assert result.success
    [supervisor] = {event.pid for event in result.all_events if event.event_type_value == "PIPELINE_START"}
    step, parent = pids(result)
    assert parent == supervisor
    assert len({step, parent, os.getpid()}) == 3
    workers = [event.pid for event in result.all_events if event.event_type_value == "STEP_WORKER_STARTED"]
    assert (workers[0], len(set(workers))) == (step, 2)


def test_the_executor_says_whether_there_are_processes_and_whether_they_are_fresh(instance: DagsterInstance) -> None:
    assert pids(execute_job(reconstructable(jobs.pids_in_process), instance))[0] == os.getpid()
    in_process = {"execution": {"config": {"in_process": {}}}}
    assert pids(execute_job(reconstructable(jobs.pids), instance, run_config=in_process))[0] == os.getpid()
    step, parent = pids(execute_job(reconstructable(jobs.pids_of_spawned), instance))
    assert len({step, parent, os.getpid()}) == 3


def test_an_instance_that_no_other_process_sees_has_steps_in_this_one() -> None:
    with DagsterInstance.ephemeral() as instance:
        assert pids(execute_job(reconstructable(jobs.pids), instance))[0] == os.getpid()


def test_what_failed_is_told_and_executed_again(instance: DagsterInstance, folder: Path) -> None:
    (folder / "pid_of_parent").touch()
    result = execute_job(reconstructable(jobs.pids), instance)
    assert (result.success, [event.step_key for event in result.get_step_failure_events()]) == (False, ["pid_of_parent"])
    (folder / "pid_of_parent").unlink()
    options = ReexecutionOptions.from_failure(result.run_id, instance)
    again = execute_job(reconstructable(jobs.pids), instance, reexecution_options=options)
    assert (again.success, [event.step_key for event in again.get_step_success_events()]) == (True, ["pid_of_parent"])
    with pytest.raises(DagsterExecutionStepNotFoundError):
        execute_job(reconstructable(jobs.pids), instance, reexecution_options=ReexecutionOptions(result.run_id, ["nope"]))


def test_a_supervisor_that_is_killed_fails_its_run(instance: DagsterInstance) -> None:
    result = execute_job(reconstructable(jobs.dying), instance)
    assert not result.success
    run = instance.get_run_by_id(result.run_id)
    assert run is not None
    assert run.is_failure


def test_ops_assets_and_arguments_are_told(instance: DagsterInstance, folder: Path) -> None:
    one = execute_job(reconstructable(jobs.pids), instance, op_selection=["pid"], tags={"team": "sales"})
    assert [event.step_key for event in one.get_step_success_events()] == ["pid"]
    assert one.dagster_run.tags["team"] == "sales"
    weekly = build_reconstructable_job(jobs.__name__, "daily", ("weekly",))
    (folder / "report").touch()
    made = execute_job(weekly, instance)
    assert (made.job_def.name, made.success) == ("weekly", False)
    (folder / "report").unlink()
    options = ReexecutionOptions.from_asset_failure(made.run_id)
    assert execute_job(weekly, instance, reexecution_options=options).success
    some = execute_job(weekly, instance, asset_selection=[AssetKey("orders")])
    assert [event.step_key for event in some.get_step_success_events()] == ["orders"]
    with pytest.raises(DagsterInvariantViolationError, match="told to another process"):
        execute_job(build_reconstructable_job(jobs.__name__, "daily", ("weekly", object())), instance)


def run_script(tmp_path: Path, text: str) -> Any:
    script = tmp_path / "script.py"
    script.write_text(dedent(text))
    return subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60)


def test_a_job_of_a_script_is_found_and_what_steps_print_is_seen(tmp_path: Path) -> None:
    done = run_script(
        tmp_path,
        """
        from dagster import DagsterInstance, execute_job, job, op, reconstructable

        class Point:
            x = 1

        @op
        def says():
            print("hello from the step")
            return Point()

        @op
        def takes(point):
            print("x is", point.x)

        @job
        def talking():
            takes(says())

        if __name__ == "__main__":
            with DagsterInstance.local_temp() as instance:
                print("success", execute_job(reconstructable(talking), instance).success)
        """,
    )
    assert done.stdout.splitlines() == ["hello from the step", "x is 1", "success True"], done.stderr


def test_a_module_that_starts_a_thread_has_fresh_processes(tmp_path: Path) -> None:
    (tmp_path / "threaded.py").write_text(
        dedent("""
        import threading, time
        from dagster import job, op

        threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()

        @op
        def counts():
            print(threading.active_count())

        @job
        def counting():
            counts()
        """)
    )
    done = run_script(
        tmp_path,
        """
        from dagster import DagsterInstance, execute_job, reconstructable
        from threaded import counting

        with DagsterInstance.local_temp() as instance:
            print("success", execute_job(reconstructable(counting), instance).success)
        """,
    )
    assert done.stdout.splitlines() == ["2", "success True"], done.stderr
