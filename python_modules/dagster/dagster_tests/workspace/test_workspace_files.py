import sys

import pytest

from dagster.errors import DagsterCodeLocationError
from dagster.workspace.loading import load
from dagster.workspace.targets import CodeTarget
from dagster.workspace.workspace_files import targets_of_workspace_file
from dagster_tests.workspace.projects import Folder


def targets(folder: Folder, text: str) -> list[CodeTarget]:
    folder.write("workspace.yaml", text)
    return targets_of_workspace_file("workspace.yaml")


def test_each_entry_is_a_target_with_its_line(folder: Folder) -> None:
    text = """
    load_from:
      - python_file: shop.py
      - python_module: sales.definitions
      - python_package: stock
    """
    found = targets(folder, text)
    assert [(each.source, each.location, each.asked_in) for each in found] == [
        ("python_file", "shop.py", "workspace.yaml:2"),
        ("python_module", "sales.definitions", "workspace.yaml:3"),
        ("python_package", "stock", "workspace.yaml:4"),
    ]


def test_the_documented_keys_of_a_file(folder: Folder) -> None:
    text = """
    load_from:
      - python_file:
          relative_path: code/shop.py
          attribute: defs
          location_name: sales
          working_directory: code
    """
    [target] = targets(folder, text)
    assert target.name == str(folder.path / "code/shop.py")
    assert (target.attribute, target.location, target.directory) == ("defs", "sales", str(folder.path / "code"))


def test_paths_are_relative_to_the_file_that_names_them(folder: Folder) -> None:
    folder.write("deploy/workspace.yaml", "load_from:\n  - python_file: shop.py\n")
    [target] = targets_of_workspace_file("deploy/workspace.yaml")
    assert (target.name, target.directory) == (str(folder.path / "deploy/shop.py"), str(folder.path / "deploy"))


def test_a_value_may_come_from_the_environment(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_MODULE", "shop.definitions")
    [target] = targets(folder, "load_from:\n  - python_module:\n      module_name:\n        env: SHOP_MODULE\n")
    assert target.name == "shop.definitions"


def test_the_interpreter_of_a_location_is_read(folder: Folder) -> None:
    text = "load_from:\n  - python_module:\n      module_name: shop\n      executable_path: {}\n"
    interpreters = [targets(folder, text.format(path))[0].executable for path in ("/other/python", "venv/bin/python", "python3")]
    assert interpreters == ["/other/python", str(folder.path / "venv/bin/python"), "python3"]


def test_code_of_another_interpreter_is_not_loaded_in_this_process(folder: Folder) -> None:
    text = "load_from:\n  - python_file:\n      relative_path: shop.py\n      executable_path: {}\n"
    folder.write("shop.py", "from dagster import Definitions\ndefs = Definitions()")
    [own] = targets(folder, text.format(sys.executable))
    assert load(own).name == "shop.py"
    [other] = targets(folder, text.format("/no/python"))
    with pytest.raises(
        DagsterCodeLocationError, match="asks for the interpreter .* Run it there: `/no/python -m dagster"
    ) as refused:
        load(other)
    assert refused.value.place == "workspace.yaml:2"


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("load_from:\n  - python_fil: shop.py\n", 2, 'Unknown entry "python_fil"'),
        ("load_from:\n  - python_file:\n      path: shop.py\n", 3, 'Unknown entry "path" in `python_file`'),
        ("load_from:\n  - python_file:\n      attribute: defs\n", 3, "has no `relative_path`"),
        ("load_from:\n  - python_file: [shop.py]\n", 2, "is a name, or a mapping"),
        ("load_from: 3\n", 1, "must be a list"),
        ("load_form:\n  - python_file: shop.py\n", 2, 'Unknown entry "load_form"'),
        ("- python_file: shop.py\n", 1, "is a mapping with the list `load_from`"),
        ("", 1, "is a mapping with the list `load_from`"),
        ("load_from:\n  - python_file: [shop.py\n", 3, "is no YAML"),
        ("load_from:\n  - python_file: a.py\n  - python_file: a.py\n", 3, 'Two locations are called "a.py"'),
        ("load_from:\n  - grpc_server:\n      host: localhost\n", 2, "`grpc_server` cannot be loaded here"),
        ("load_from:\n  - python_module:\n      module_name:\n        env: NOT_SET\n", 4, '"NOT_SET", which is not set'),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_at_its_line(folder: Folder, text: str, line: int, sentence: str) -> None:
    with pytest.raises(DagsterCodeLocationError) as refused:
        targets(folder, text)
    assert sentence in str(refused.value)
    assert refused.value.place == f"workspace.yaml:{line}"


def test_a_file_that_is_not_there_is_refused(folder: Folder) -> None:
    with pytest.raises(DagsterCodeLocationError, match=r'no workspace file "other.yaml"'):
        targets_of_workspace_file("other.yaml")


def test_a_folder_of_definitions_may_be_named(folder: Folder) -> None:
    path = folder.write("workspace.yaml", "load_from:\n  - autoload_defs_module: {module_name: shop.defs, location_name: shop}\n")
    (target,) = targets_of_workspace_file(str(path))
    assert (target.source, target.name, target.location) == ("autoload_defs_module", "shop.defs", "shop")
