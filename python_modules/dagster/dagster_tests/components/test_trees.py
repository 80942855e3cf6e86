from importlib import import_module
from pathlib import Path

import pytest

import dagster as dg
from dagster.components.contexts import ComponentPath
from dagster.components.folders import PythonFileComponent, YamlFileComponent
from dagster.components.refusals import DagsterComponentError, DagsterProjectNotFoundError
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterUserCodeLoadError
from dagster_tests.components.conftest import MakeProject

TABLE = "type: PROJECT.components.Table\nattributes: {name: orders}"
ASSET = "import dagster as dg\n@dg.asset\ndef NAME(): ...\n"


def asset_named(name: str) -> str:
    return ASSET.replace("NAME", name)


def test_python_files_are_loaded_from_nested_folders(make_project: MakeProject) -> None:
    files = {
        "a.py": asset_named("a"),
        "deep/er/b.py": asset_named("b"),
        "package/__init__.py": asset_named("c"),
        "_below.py": asset_named("d"),
        ".hidden/e.py": asset_named("e"),
        "notes.txt": "",
        "empty/notes.md": "",
    }
    assert make_project(files).keys() == ["a", "b", "c", "d"]


def test_everything_that_a_file_declares_is_taken(make_project: MakeProject) -> None:
    text = """
        import dagster as dg

        @dg.asset
        def orders(): ...

        @dg.asset_check(asset=orders)
        def not_empty(): return dg.AssetCheckResult(passed=True)

        specs = [dg.AssetSpec("external")]
        nightly = dg.define_asset_job("nightly", "orders")
        daily = dg.ScheduleDefinition(name="daily", job=nightly, cron_schedule="0 0 * * *")

        @dg.sensor(target="*")
        def watched(): ...
    """
    defs = make_project({"a.py": text}).load()
    assert sorted(key.to_user_string() for key in defs.resolve_all_asset_keys()) == ["external", "orders"]
    assert (defs.jobs[0].name, defs.schedules[0].name, defs.sensors[0].name) == ("nightly", "daily", "watched")
    assert len(defs.asset_checks) == 1


def test_definitions_of_a_file_stand_for_the_file(make_project: MakeProject) -> None:
    text = asset_named("loose") + "d = dg.Definitions(assets=[dg.AssetSpec('said')], resources={'r': 1})"
    project = make_project({"a.py": text})
    assert project.keys() == ["said"]
    assert project.load().resources == {"r": 1}


def test_a_function_gives_the_definitions_of_a_file(make_project: MakeProject) -> None:
    text = """
        import dagster as dg

        @dg.definitions
        def defs(context: dg.ComponentLoadContext):
            return dg.Definitions(assets=[dg.AssetSpec(context.path.stem)])
    """
    assert make_project({"a.py": text}).keys() == ["a"]


def test_two_definitions_in_one_file_are_refused(make_project: MakeProject) -> None:
    text = "import dagster as dg\none = dg.Definitions()\ntwo = dg.Definitions()\n"
    with pytest.raises(DagsterInvalidDefinitionError, match="More than one Definitions object .*a.py.*: one, two"):
        make_project({"a.py": text}).load()


def test_a_function_says_a_component_of_a_python_file(make_project: MakeProject) -> None:
    text = """
        import dagster as dg
        from PROJECT.components import Table

        @dg.component_instance
        def first(context): return Table(name=f"{context.path.stem}_{context.component_path.instance_key}")

        @dg.component_instance
        def second(context: dg.ComponentLoadContext): return Table(name="second")

        @dg.asset
        def plain(): ...
    """
    project = make_project({"a.py": text})
    assert project.keys() == ["a_first", "plain", "second"]
    component = project.tree.load_component("a.py")
    assert isinstance(component, PythonFileComponent)
    assert sorted(component.components) == ["first", "second"]


def test_a_function_that_says_no_component_is_refused(make_project: MakeProject) -> None:
    text = "import dagster as dg\n@dg.component_instance\ndef load(context): return 3\n"
    with pytest.raises(DagsterComponentError, match='"load" of .*a.py" must return a Component. It returned 3'):
        make_project({"a.py": text}).load()


def test_a_function_that_raises_keeps_its_cause(make_project: MakeProject) -> None:
    text = "import dagster as dg\n@dg.component_instance\ndef load(context): raise ValueError('boom')\n"
    with pytest.raises(DagsterUserCodeLoadError, match='Calling "load" of .*a.py": ValueError: boom'):
        make_project({"a.py": text}).load()


def test_a_component_file_stands_for_its_folder(make_project: MakeProject) -> None:
    files = {"a/defs.yaml": TABLE, "a/beside.py": asset_named("beside"), "a/below/x.py": asset_named("below")}
    assert make_project(files).keys() == ["orders"]


def test_a_component_file_in_the_folder_of_definitions_stands_for_all(make_project: MakeProject) -> None:
    assert make_project({"defs.yaml": TABLE, "a.py": asset_named("a")}).keys() == ["orders"]


def test_one_asset_imported_into_two_files_counts_once(make_project: MakeProject) -> None:
    files = {"a.py": asset_named("a"), "b.py": "from PROJECT.defs.a import a\n"}
    assert make_project(files).keys() == ["a"]


def test_components_of_a_path_are_loaded_once(make_project: MakeProject) -> None:
    tree = make_project({"a/defs.yaml": TABLE}).tree
    assert tree.load_component("a") is tree.load_component(tree.defs_module_path / "a")
    assert tree.build_defs("a") is tree.build_defs_at_path("a")


def test_a_path_with_several_components_gives_what_stands_for_them(make_project: MakeProject) -> None:
    tree = make_project({"a/defs.yaml": f"{TABLE}\n---\n{TABLE}"}).tree
    assert isinstance(tree.load_component("a"), YamlFileComponent)
    assert tree.load_component(ComponentPath(file_path=Path("a"), instance_key=1)).name == "orders"
    with pytest.raises(DagsterComponentError, match=r"No component 2 at a. There is: \[0, 1\]"):
        tree.load_component(ComponentPath(file_path=Path("a"), instance_key=2))


def test_a_component_of_another_class_is_refused(make_project: MakeProject) -> None:
    tree = make_project({"a/defs.yaml": TABLE}).tree
    assert tree.load_component("a", dg.Component).name == "orders"
    with pytest.raises(DagsterComponentError, match="Component at path a is not of type DefsFolderComponent"):
        tree.load_component("a", dg.DefsFolderComponent)


def test_a_path_without_a_component_is_refused(make_project: MakeProject) -> None:
    with pytest.raises(DagsterComponentError, match="No component found for path nope in .*defs"):
        make_project({}).tree.load_component("nope")


def test_components_that_ask_for_each_other_are_refused(make_project: MakeProject) -> None:
    asking = "type: PROJECT.components.Table\nattributes: {name: \"{{ context.load_component('OTHER').name }}\"}"
    files = {"a/defs.yaml": asking.replace("OTHER", "b"), "b/defs.yaml": asking.replace("OTHER", "a")}
    with pytest.raises(DagsterComponentError, match="in a circle while they are loaded: a -> b -> a"):
        make_project(files).load()


def test_all_components_are_found_by_their_class(make_project: MakeProject) -> None:
    tree = make_project({"a/defs.yaml": TABLE, "b/c/defs.yaml": TABLE.replace("orders", "other"), "d.py": ""}).tree
    table = import_module(f"{tree.defs_module_name.partition('.')[0]}.components").Table
    assert [each.name for each in tree.get_all_components(table)] == ["orders", "other"]
    assert len(tree.get_all_components(dg.DefsFolderComponent)) == 2


def test_the_components_are_drawn_as_a_tree(make_project: MakeProject) -> None:
    loader = (
        "import dagster as dg\nfrom PROJECT.components import Table\n@dg.component_instance\ndef load(c): return Table(name='x')"
    )
    files = {"a/defs.yaml": TABLE, "b/c.py": loader}
    expected = ["├── __init__.py", "├── a", "│   └── defs.yaml (Table)", "└── b", "    └── c.py", "        └── load"]
    drawn = make_project(files).tree.to_string_representation().splitlines()
    assert [line for line in drawn if line != "├── a"] == [line for line in expected if line != "├── a"]


def test_the_project_knows_its_components(make_project: MakeProject) -> None:
    defs = make_project({"a/defs.yaml": TABLE}).load()
    assert defs.component_tree.has_built_all_defs()
    assert defs.component_tree.load_component("a").name == "orders"


def test_only_definitions_py_is_loaded_of_a_folder_that_has_one(make_project: MakeProject) -> None:
    files = {"a/definitions.py": asset_named("said"), "a/other.py": asset_named("other"), "b.py": asset_named("b")}
    project = make_project(files)
    module = import_module(f"{project.name}.defs")
    assert sorted(key.path[0] for key in dg.load_defs(module).resolve_all_asset_keys()) == ["b", "said"]
    everything = dg.load_defs(module, terminate_autoloading_on_keyword_files=False)
    assert sorted(key.path[0] for key in everything.resolve_all_asset_keys()) == ["b", "other", "said"]


def test_a_path_in_the_project_must_be_given() -> None:
    with pytest.raises(CheckError, match="Must provide path_within_project"):
        dg.load_from_defs_folder()


@pytest.mark.parametrize("path", ["", "PROJECT", "PROJECT/defs/a", "PROJECT/defs/a/defs.yaml"])
def test_any_path_in_the_project_leads_to_it(make_project: MakeProject, path: str) -> None:
    project = make_project({"a/defs.yaml": TABLE})
    found = dg.load_from_defs_folder(path_within_project=project.root / path.replace("PROJECT", project.name))
    assert len(found.resolve_all_asset_keys()) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("dg.toml", '[project]\nroot_module = "PROJECT"'),
        ("pyproject.toml", '[tool.dg.project]\nroot_module = "elsewhere"\ndefs_module = "PROJECT.defs"'),
        ("README.md", ""),
    ],
)
def test_a_project_is_found_by_its_file_or_by_its_folder(make_project: MakeProject, file: str, text: str) -> None:
    project = make_project({"a.py": asset_named("a")})
    (project.root / "pyproject.toml").unlink()
    (project.root / file).write_text(text.replace("PROJECT", project.name))
    found = dg.load_from_defs_folder(path_within_project=project.root / project.name / "components.py")
    assert [key.path[0] for key in found.resolve_all_asset_keys()] == ["a"]


def test_a_project_without_a_root_module_is_refused(make_project: MakeProject) -> None:
    project = make_project({})
    (project.root / "pyproject.toml").write_text('[tool.dg]\ndirectory_type = "workspace"\n')
    with pytest.raises(DagsterComponentError, match='pyproject.toml:1: Neither "defs_module" nor "root_module" is set'):
        project.load()


def test_a_path_outside_of_a_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DagsterProjectNotFoundError, match="Could not find config file"):
        dg.load_from_defs_folder(path_within_project=tmp_path)


def test_a_project_that_is_not_installed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.dg.project]\nroot_module = "no_such_project"')
    with pytest.raises(DagsterProjectNotFoundError, match='"no_such_project" .* cannot be imported. Install the project'):
        dg.load_from_defs_folder(path_within_project=tmp_path)
