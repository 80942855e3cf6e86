import pytest

from dagster.errors import DagsterCodeLocationError
from dagster.workspace.finding import targets_of_directory
from dagster_tests.workspace.projects import Folder

WORKSPACE = "load_from:\n  - python_file: shop.py\n"


def test_a_workspace_file_names_the_code(folder: Folder) -> None:
    folder.write("workspace.yaml", WORKSPACE)
    assert [each.location for each in targets_of_directory(".")] == ["shop.py"]


def test_the_block_of_pyproject_goes_before_a_workspace_file(folder: Folder) -> None:
    folder.write("workspace.yaml", WORKSPACE)
    folder.write("pyproject.toml", '[tool.dagster]\nmodule_name = "sales"\n')
    assert [each.location for each in targets_of_directory(".")] == ["sales"]


def test_a_pyproject_of_something_else_does_not_hide_a_workspace_file(folder: Folder) -> None:
    folder.write("workspace.yaml", WORKSPACE)
    folder.write("pyproject.toml", '[project]\nname = "shop"\n')
    assert [each.location for each in targets_of_directory(".")] == ["shop.py"]


def test_a_directory_that_names_nothing_is_refused_with_what_to_do(folder: Folder) -> None:
    with pytest.raises(DagsterCodeLocationError, match="Name a file with -f"):
        targets_of_directory(".")
