import sqlite3
from pathlib import Path

import pytest
from click.testing import Result

from dagster.instance.instance import DagsterInstance
from dagster.runs.ticks import TickStatus
from dagster.storage.statements.sqlite import SCHEMA_VERSION
from dagster_tests.cli.commands import call as call_any
from dagster_tests.contracts.storage_facts import a_tick, written
from dagster_tests.workspace.projects import Folder

OLD_FILE = Path(__file__).parents[1] / "storage" / "files" / "schema_1.sql"


def call(*arguments: str, exit_code: int = 0, **how: str) -> Result:
    result = call_any(*arguments, **how)
    assert result.exit_code == exit_code, result.output
    return result


@pytest.fixture
def home(folder: Folder) -> Path:
    import os

    return Path(os.environ["DAGSTER_HOME"])


def change(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "dagster.db") as connection:
        connection.executescript(statement)
    connection.close()


def test_an_older_file_is_brought_up_to_date(home: Path) -> None:
    change(home, OLD_FILE.read_text())
    assert call("instance", "migrate").stdout == f"Schema 1 became schema {SCHEMA_VERSION}.\n"
    assert call("instance", "migrate").stdout == f"Schema {SCHEMA_VERSION}: up to date.\n"


def test_what_is_wrong_is_listed_and_made_right(home: Path) -> None:
    with DagsterInstance.get() as instance:
        instance.append([written("", "a"), written("", "b")])
    assert call("instance", "reindex", "--verify").stdout == "What is known is what the log says.\n"
    change(home, "DELETE FROM assets WHERE asset_key = '[\"a\"]'")
    found = call("instance", "reindex", "--verify", exit_code=1)
    assert found.stdout == "asset a: stored nothing, the log says materialization_id=1, materialization_run_id=\n"
    assert call("instance", "reindex").stdout.endswith("1 places were made right.\n")
    call("instance", "reindex", "--verify")


def test_old_history_goes_as_the_settings_say(home: Path) -> None:
    with DagsterInstance.get() as instance:
        instance.append([written("", "a", timestamp=1.0), written("", "a", timestamp=2.0)])
    assert "dagster.yaml does not say what may go" in call("instance", "prune", exit_code=1).stderr
    (home / "dagster.yaml").write_text("retention:\n  events: {purge_after_days: 0.5}\n")
    with DagsterInstance.get() as instance:  # once a day it is done by itself
        assert len(instance.all_logs("")) == 1
        instance.append([written("", "a", timestamp=3.0)])
    with DagsterInstance.get() as instance:
        assert len(instance.all_logs("")) == 2
        instance.add_tick(a_tick(timestamp=1.0, status=TickStatus.SKIPPED))
        instance.add_tick(a_tick(timestamp=2.0, status=TickStatus.SKIPPED))
    assert call("instance", "prune").stdout == "Removed: 0 runs, 1 event without a run, 1 tick.\n"
    with DagsterInstance.get() as instance:
        assert [record.tick.timestamp for record in instance.get_ticks()] == [2.0]
