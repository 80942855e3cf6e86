"""What the pages of docs/ show in Python is run as it stands there: one module, block after block, and its tests."""

import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from dagster_tests.house.repository import ROOT

PAGES = sorted((ROOT / "docs").glob("*.md"))
WITH_PYTHON = [page for page in PAGES if "```python" in page.read_text(encoding="utf-8")]


def program_of(page: Path) -> str:
    """The Python blocks of a page, each line where it stands there, so that a traceback names it."""
    lines: list[str] = []
    is_python = False
    for line in page.read_text(encoding="utf-8").splitlines():
        fence = line.startswith("```")
        lines.append(line if is_python and not fence else "")
        if fence:
            is_python = line.strip() == "```python"
    return "\n".join(lines)


@pytest.fixture
def as_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], ModuleType]:
    """A page as an imported module, in a directory of its own."""

    def imported(page: Path) -> ModuleType:
        name = f"page_{page.stem}"
        (tmp_path / f"{name}.py").write_text(program_of(page), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.syspath_prepend(tmp_path)
        monkeypatch.delitem(sys.modules, name, raising=False)
        return importlib.import_module(name)

    return imported


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.stem)
def test_what_a_page_shows_runs(page: Path, as_module: Callable[[Path], ModuleType]) -> None:
    assert "assert" in program_of(page), f"{page.name} shows code and claims nothing about it"
    module = as_module(page)
    for name, value in vars(module).items():
        if name.startswith("test_"):
            value()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
