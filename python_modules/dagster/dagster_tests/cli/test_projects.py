import subprocess
import sys
from pathlib import Path

import pytest

from dagster_tests.cli.commands import call, start


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_project_has_assets_definitions_tests_and_a_readme(tmp_path: Path) -> None:
    assert call("project", "scaffold", "--name", "my-sales").exit_code == 0
    assert files_of(tmp_path / "my-sales") == {
        "pyproject.toml",
        "README.md",
        "my_sales/__init__.py",
        "my_sales/assets.py",
        "my_sales/definitions.py",
        "my_sales_tests/__init__.py",
        "my_sales_tests/test_assets.py",
    }


@pytest.mark.slow
def test_a_new_project_is_valid_and_passes_its_tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("project", "scaffold", "--name", "my_sales")
    monkeypatch.chdir(tmp_path / "my_sales")
    validated = start("definitions", "validate")
    assert (validated.stdout, validated.returncode) == ("my_sales: 2 assets. Valid.\n", 0)
    tests = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], capture_output=True, text=True)
    assert "3 passed" in tests.stdout, tests.stdout


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "my_sales").mkdir()
    result = call("project", "scaffold", "--name", "my_sales")
    assert (result.exit_code, files_of(tmp_path / "my_sales")) == (1, set())
    assert "my_sales is there already. Choose another name" in result.stderr


def test_parts_are_left_out(tmp_path: Path) -> None:
    call("project", "scaffold", "--name", "lean", "--excludes", "README.md", "--excludes", "tests", "--excludes", "setup")
    assert files_of(tmp_path / "lean") == {"pyproject.toml", "lean/__init__.py", "lean/assets.py", "lean/definitions.py"}


@pytest.mark.parametrize("name", ["two words", "../up", "1st", "import", "", "sub/folder", "ends-"])
def test_a_name_that_is_no_package_is_refused(tmp_path: Path, name: str) -> None:
    result = call("project", "scaffold", "--name", name)
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert f'A project cannot be named "{name}". Use letters' in result.stderr


@pytest.mark.parametrize("name", ["dagster", "json", "sys", "msgspec"])
def test_a_name_that_a_module_has_is_refused_unless_it_is_meant(name: str) -> None:
    assert f'A module "{name}" is installed already' in call("project", "scaffold", "--name", name).stderr
    assert call("project", "scaffold", "--name", name, "--ignore-package-conflict").exit_code == 0
