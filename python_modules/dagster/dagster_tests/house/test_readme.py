"""What the README promises, done as it is written."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_tests.house.repository import DISTRIBUTIONS, ROOT, home_of

README = (ROOT / "README.md").read_text()
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))
RUN_COMMAND = "from dagster.cli import main; main()"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands(program: str) -> list[list[str]]:
    """Arguments of each line of a console block that calls `program`, without comments."""
    lines = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith(f"$ {program} ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def run(arguments: list[str], directory: Path) -> subprocess.CompletedProcess[str]:
    home = directory / "home"
    home.mkdir(exist_ok=True)
    path = os.pathsep.join(str(home_of(name)) for name in DISTRIBUTIONS)
    environment = {**os.environ, "DAGSTER_HOME": str(home), "PYTHONPATH": path}
    return subprocess.run([sys.executable, *arguments], cwd=directory, env=environment, capture_output=True, text=True)


def test_every_make_target_it_names_exists() -> None:
    assert set(re.findall(r"(?:`|^\$ )make ([a-z-]+)", README, re.MULTILINE)) <= TARGETS


def test_every_file_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.slow
def test_its_first_asset_runs_from_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(blocks("python")[0])
    results = [run(["-c", RUN_COMMAND, *arguments], tmp_path) for arguments in commands("dagster")]
    assert [result.stderr for result in results if result.returncode] == []
    assert results


@pytest.mark.slow
def test_its_first_asset_runs_from_python(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    (tmp_path / "shop.py").write_text(blocks("python")[0])
    (tmp_path / "run_shop.py").write_text(blocks("python")[1])
    result = run(["run_shop.py"], tmp_path)
    assert result.returncode == 0, result.stderr
    assert "tue" in result.stdout
