import pytest

from dagster.errors import DagsterCodeLocationError
from dagster.workspace.pyprojects import targets_of_pyproject
from dagster.workspace.targets import CodeTarget
from dagster_tests.workspace.projects import Folder


def only_target(folder: Folder, text: str) -> CodeTarget:
    folder.write("pyproject.toml", text)
    [target] = targets_of_pyproject(".")
    return target


def refusal(folder: Folder, text: str) -> tuple[str, str]:
    folder.write("pyproject.toml", text)
    with pytest.raises(DagsterCodeLocationError) as refused:
        targets_of_pyproject(".")
    return refused.value.place, str(refused.value)


def test_a_directory_without_the_file_names_nothing(folder: Folder) -> None:
    assert targets_of_pyproject(".") == []


def test_a_file_without_such_a_block_names_nothing(folder: Folder) -> None:
    folder.write("pyproject.toml", '[project]\nname = "shop"\n')
    assert targets_of_pyproject(".") == []


def test_tool_dagster_names_a_module_and_its_location(folder: Folder) -> None:
    text = '[tool.dagster]\nmodule_name = "shop.definitions"\ncode_location_name = "sales"\nattribute = "defs"\n'
    target = only_target(folder, text)
    assert (target.source, target.name, target.attribute) == ("python_module", "shop.definitions", "defs")
    assert (target.location, target.directory, target.asked_in) == ("sales", str(folder.path), "pyproject.toml:2")


def test_tool_dagster_names_a_file(folder: Folder) -> None:
    target = only_target(folder, '[tool.dagster]\npython_file = "shop.py"\n')
    assert (target.source, target.location) == ("python_file", "shop.py")


def test_tool_dagster_names_several_modules(folder: Folder) -> None:
    folder.write("pyproject.toml", '[tool.dagster]\nmodules = [{type = "module", name = "a"}, {type = "module", name = "b.c"}]\n')
    targets = targets_of_pyproject(".")
    assert [(target.source, target.name, target.location) for target in targets] == [
        ("python_module", "a", "a"),
        ("python_module", "b.c", "b.c"),
    ]


@pytest.mark.parametrize("modules", ['["a"]', '[{name = "a"}]', '[{type = "package", name = "a"}]', "[]", "3"])
def test_modules_that_cannot_be_read_are_refused_with_their_line(folder: Folder, modules: str) -> None:
    place, sentence = refusal(folder, f"[tool.dagster]\nmodules = {modules}\n")
    assert place == "pyproject.toml:2"
    assert 'type = "module"' in sentence


def test_a_module_and_modules_exclude_each_other(folder: Folder) -> None:
    _, sentence = refusal(folder, '[tool.dagster]\nmodule_name = "a"\nmodules = [{type = "module", name = "b"}]\n')
    assert "by one of" in sentence


def test_a_project_of_dg_has_its_definitions_below_the_root_module(folder: Folder) -> None:
    text = '[tool.dg]\ndirectory_type = "project"\n\n[tool.dg.project]\nroot_module = "shop"\nregistry_modules = ["shop.x"]\n'
    target = only_target(folder, text)
    assert (target.source, target.name, target.asked_in) == ("python_module", "shop.definitions", "pyproject.toml:5")


def test_a_project_of_dg_may_name_another_module(folder: Folder) -> None:
    text = '[tool.dg.project]\nroot_module = "shop"\ncode_location_target_module = "shop.there"\ncode_location_name = "sales"\n'
    target = only_target(folder, text)
    assert (target.name, target.location) == ("shop.there", "sales")


def test_the_root_module_is_found_in_src(folder: Folder) -> None:
    folder.write("src/shop/__init__.py", "")
    target = only_target(folder, '[tool.dg.project]\nroot_module = "shop"\n')
    assert target.directory == str(folder.path / "src")


def test_what_is_no_toml_is_refused_at_its_line(folder: Folder) -> None:
    place, sentence = refusal(folder, '[project]\nname = "shop\n')
    assert place == "pyproject.toml:2"
    assert "is no TOML" in sentence


def test_a_block_without_code_is_refused_at_its_line(folder: Folder) -> None:
    place, sentence = refusal(folder, '[project]\nname = "shop"\n\n[tool.dagster]\nmodule_nam = "shop"\n')
    assert place == "pyproject.toml:4"
    assert "module_nam" in sentence


def test_a_value_of_the_wrong_kind_is_refused_at_its_line(folder: Folder) -> None:
    place, sentence = refusal(folder, '[tool.dagster]\nattribute = "defs"\nmodule_name = 3\n')
    assert (place, sentence) == ("pyproject.toml:3", '"module_name" of [tool.dagster] is 3. Write a string.')


def test_a_workspace_of_dg_is_refused_with_what_it_is(folder: Folder) -> None:
    place, sentence = refusal(folder, '[tool.dg]\ndirectory_type = "workspace"\n')
    assert place == "pyproject.toml:1"
    assert "'workspace'" in sentence


def test_a_file_that_is_not_utf8_is_refused_at_its_line(folder: Folder) -> None:
    folder.path.joinpath("pyproject.toml").write_bytes(b'[tool.dagster]\nmodule_name = "caf\xe9"\n')
    with pytest.raises(DagsterCodeLocationError, match="not UTF-8") as refused:
        targets_of_pyproject(str(folder.path))
    assert refused.value.place.endswith("pyproject.toml:2")


@pytest.mark.parametrize(
    ("more", "expected"),
    [("", "shop.defs"), ('defs_module = "shop.other"', "shop.other")],
)
def test_a_project_of_dg_without_definitions_is_loaded_by_its_folder(folder: Folder, more: str, expected: str) -> None:
    folder.write("pyproject.toml", f'[tool.dg.project]\nroot_module = "shop"\n{more}\n')
    folder.write(f"src/{expected.replace('.', '/')}/__init__.py", "")
    (target,) = targets_of_pyproject(str(folder.path))
    assert (target.source, target.name) == ("autoload_defs_module", expected)


def test_a_module_of_definitions_comes_before_the_folder(folder: Folder) -> None:
    folder.write("pyproject.toml", '[tool.dg.project]\nroot_module = "shop"\n')
    folder.write("shop/defs/__init__.py", "")
    folder.write("shop/definitions.py", "")
    (target,) = targets_of_pyproject(str(folder.path))
    assert (target.source, target.name) == ("python_module", "shop.definitions")
