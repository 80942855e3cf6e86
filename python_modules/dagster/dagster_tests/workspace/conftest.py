from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster_tests.workspace.projects import Folder, imports_forgotten


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """An empty folder that is the current directory."""
    monkeypatch.chdir(tmp_path)
    with imports_forgotten():
        yield Folder(tmp_path)
