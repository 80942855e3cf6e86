import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from projects.edits import EDITS, Edit

PROJECT = Path(__file__).parent / "shop300"
PACKAGES = [path for path in sys.path if "python_modules" in path]


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(PACKAGES), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-m", "dagster", *arguments], cwd=folder, env=environment, capture_output=True, text=True
    )


def test_the_project_is_valid() -> None:
    result = command(PROJECT, "definitions", "validate")
    assert (result.stderr, result.returncode) == ("", 0)
    assert result.stdout.splitlines()[0] == "shop: 300 assets, 30 checks, 13 jobs, 8 schedules, 7 sensors, 4 resources. Valid."


def test_all_assets_are_listed() -> None:
    listed = command(PROJECT, "asset", "list")
    assert (len(listed.stdout.splitlines()), listed.returncode) == (1 + 300, 0)
    assert sum(line.startswith("raw/") for line in listed.stdout.splitlines()) == 25


def test_a_part_is_listed() -> None:
    listed = command(PROJECT, "asset", "list", "--select", "group:finance and not tag:confidential=true").stdout
    assert all(name in listed for name in ("revenue_by_country", "vat_due", "vat_rates", "vat_returns"))
    assert "cash_balance" not in listed


def test_there_are_twenty_five_edits_that_differ() -> None:
    assert len({edit.claim for edit in EDITS}) == len({edit[1:4] for edit in EDITS}) == 25


@pytest.mark.slow
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.claim.replace(" ", "_"))
def test_a_mistake_is_named_with_its_place(tmp_path: Path, edit: Edit) -> None:
    project = Path(shutil.copytree(PROJECT, tmp_path / "shop300", ignore=shutil.ignore_patterns("__pycache__")))
    text = (project / edit.file).read_text()
    assert edit.old in text
    (project / edit.file).write_text(text.replace(edit.old, edit.new, 1))
    refused = command(project, "definitions", "validate")
    lines = refused.stderr.splitlines()
    assert refused.returncode == 1
    assert 0 < len(lines) <= 15, refused.stderr
    assert [word for word in edit.words if word not in lines[-1]] == [], lines[-1]
    assert lines[-1].startswith(f"{edit.place}:" if edit.place else ""), lines[-1]
