from pathlib import Path

import pytest

from dagster.instance import DagsterInstance
from dagster_tests.instance.processes import finish, start

OPENS = """
import sys
from dagster.instance import DagsterInstance
with DagsterInstance.from_config(sys.argv[1]) as instance:
    run = instance.create_run(job_name="j")
    instance.report_run_failed(run)
    assert instance.get_run_by_id(run.run_id).is_failure
"""
WRITES = """
import sys
from dagster.instance import DagsterInstance
from dagster_tests.contracts.storage_facts import written
with DagsterInstance.from_config(sys.argv[1]) as instance:
    for number in range(50):
        instance.append([written(sys.argv[2], "a", str(number))], first_sequence=number)
"""


@pytest.mark.processes
@pytest.mark.parametrize("time", range(2))  # thirty do so in integration_tests/chaos
def test_eight_processes_open_a_fresh_instance_at_once(tmp_path: Path, time: int) -> None:
    opening = [start(OPENS, tmp_path) for _ in range(8)]
    for process in opening:
        finish(process)
    assert DagsterInstance.from_config(str(tmp_path)).get_runs_count() == 8


@pytest.mark.processes
def test_eight_processes_write_side_by_side(tmp_path: Path) -> None:
    for process in [start(WRITES, tmp_path, f"run{number}") for number in range(8)]:
        finish(process)
    instance = DagsterInstance.from_config(str(tmp_path))
    assert [len(instance.all_logs(f"run{number}")) for number in range(8)] == [50] * 8
