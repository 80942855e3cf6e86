from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_tests.workspace.projects import Folder, imports_forgotten


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """An empty folder that is the current directory, with an empty instance elsewhere."""
    home, here = tmp_path / "home", tmp_path / "here"
    home.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("DAGSTER_HOME", str(home))
    with imports_forgotten():
        yield Folder(here)
