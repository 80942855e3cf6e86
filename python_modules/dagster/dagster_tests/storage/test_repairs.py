from pathlib import Path

import pytest

from dagster.keys import AssetKey
from dagster.storage.sqlite.storage import SqliteStorage
from dagster_tests.contracts.storage import a_history

BREAKS = {
    "run": "UPDATE runs SET status = 'STARTED' WHERE run_id = 'old'",
    "step": "DELETE FROM run_steps",
    "asset": "UPDATE assets SET materialization_id = 1",
    "partition": "DELETE FROM asset_partitions WHERE partition = 'x'",
    "check": "UPDATE asset_checks SET passed = 0",
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_projection_that_was_changed_is_found_and_made_right(tmp_path: Path, kind: str) -> None:
    storage = SqliteStorage(str(tmp_path))
    a_history(storage)
    before = storage.assets.asset_records()
    storage.database.write(lambda transaction: transaction.do(BREAKS[kind]))
    found = storage.maintenance.disagreements()
    assert {wrong.kind for wrong in found} == {kind}
    assert storage.maintenance.repair() == found
    assert storage.maintenance.disagreements() == []
    assert storage.assets.asset_records() == before


def test_a_row_that_is_too_much_goes(tmp_path: Path) -> None:
    storage = SqliteStorage(str(tmp_path))
    a_history(storage)
    ghost = "INSERT INTO assets (asset_key, materialization_id) VALUES ('[\"ghost\"]', 3)"
    storage.database.write(lambda transaction: transaction.do(ghost))
    [wrong] = storage.maintenance.repair()
    assert str(wrong) == "asset ghost: stored materialization_id=3, the log says nothing"
    assert AssetKey("ghost") not in storage.assets.asset_keys()
