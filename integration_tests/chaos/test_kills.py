"""A few kills in every run of the tests; `DAGSTER_TEST_KILLS=200` for the number that the guarantee names."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaos.kills import kill_writers
from dagster.instance import DagsterInstance
from dagster_tests.instance.processes import finish, start
from dagster_tests.storage.servers import database, require_server

KILLS = int(os.environ.get("DAGSTER_TEST_KILLS", "9"))

pytestmark = pytest.mark.processes


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service)])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """The folder of a fresh instance."""
    if request.param == "sqlite":
        yield tmp_path
        return
    require_server()
    with database() as url:
        (tmp_path / "dagster.yaml").write_text(f"storage: {{postgres: {{postgres_url: {url}}}}}\n")
        yield tmp_path


@pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL is of this kind of system")
def test_what_was_acknowledged_is_there_once_after_kills(home: Path) -> None:
    seed = random.randrange(2**32)
    found, events = kill_writers(home, KILLS, seed)
    assert found == [], f"seed {seed}"
    assert events > KILLS


WRITES = """
import sys
from dagster.instance import DagsterInstance
from dagster_tests.contracts.storage_facts import written
with DagsterInstance.from_config(sys.argv[1]) as instance:
    run = instance.create_run(job_name="j", run_id=sys.argv[2])
    for number in range(10):
        instance.append([written(run.run_id, "a", str(number)), written(run.run_id, sys.argv[2])], first_sequence=2 * number)
"""


def test_thirty_processes_open_a_fresh_instance_and_write_at_once(home: Path) -> None:
    names = [f"run{number}" for number in range(30)]
    for process in [start(WRITES, home, name) for name in names]:
        finish(process)
    with DagsterInstance.from_config(str(home)) as instance:
        assert {run.run_id for run in instance.get_runs()} == set(names)
        assert [len(instance.all_logs(name)) for name in names] == [20] * 30
        assert instance.disagreements() == []
