from pathlib import Path

import pytest

from dagster.components.refusals import DagsterComponentError
from dagster.errors import DagsterUserCodeLoadError
from dagster.metadata.code_references import LocalFileCodeReference
from dagster_tests.components.conftest import MakeProject

TABLE = "type: PROJECT.components.Table\n"
NAMED = TABLE + "attributes: {name: a}"


def test_a_file_makes_a_component(make_project: MakeProject) -> None:
    project = make_project({"a/defs.yaml": TABLE + "attributes: {name: orders, note: '{{ 1 + 1 }}'}"})
    spec = project.load().resolve_all_asset_specs()[0]
    assert (spec.key.to_user_string(), spec.metadata["note"]) == ("orders", 2)


@pytest.mark.parametrize("name", ["defs.yaml", "defs.yml", "component.yaml"])
def test_a_component_file_has_one_of_its_names(make_project: MakeProject, name: str) -> None:
    assert make_project({f"a/{name}": TABLE + "attributes: {name: orders}"}).keys() == ["orders"]


def test_a_file_may_write_several_components(make_project: MakeProject) -> None:
    files = {"a/defs.yaml": f"{TABLE}attributes: {{name: one}}\n---\n{TABLE}attributes: {{name: two}}\n"}
    assert make_project(files).keys() == ["one", "two"]


def test_each_asset_knows_the_line_of_its_component(make_project: MakeProject) -> None:
    project = make_project({"a/defs.yaml": f"{TABLE}attributes: {{name: one}}\n---\n{TABLE}attributes: {{name: two}}\n"})
    metadata = {spec.key.to_user_string(): spec.metadata for spec in project.load().resolve_all_asset_specs()}
    expected = LocalFileCodeReference(file_path=str(project.defs_folder / "a/defs.yaml"), line_number=4)
    assert metadata["two"]["dagster/code_references"].code_references == [expected]


def test_a_class_beside_the_file_is_named_with_a_dot(make_project: MakeProject) -> None:
    local = "from PROJECT.components import Table\nclass Local(Table): ..."
    files = {"a/defs.yaml": "type: .local.Local\nattributes: {name: orders}", "a/local.py": local}
    assert make_project(files).keys() == ["orders"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{{ shout('orders') }}", "ORDERS"),
        ("{{ schema_name }}", "schema_of_a"),
        ("{{ context.load_component('b').name }}_2", "other_2"),
        ("{{ load_component_at_path('b').name ~ '_too' }}", "other_too"),
        ("{{ context.build_defs('b').resolve_all_asset_keys() | length ~ '_asset' }}", "1_asset"),
        ("{{ limit }}_{{ doubled(4) }}_{{ here }}", "7_8_a"),
    ],
)
def test_templates_see_the_component_and_its_project(make_project: MakeProject, written: str, expected: str) -> None:
    files = {
        "a/defs.yaml": f'{TABLE}attributes: {{name: "{written}"}}\ntemplate_vars_module: .vars\n',
        "b/defs.yaml": TABLE + "attributes: {name: other}",
        "a/vars.py": """
            import dagster as dg

            @dg.template_var
            def limit(): return 7

            @dg.template_var()
            def doubled(): return lambda n: n * 2

            @dg.template_var
            def here(context): return context.path.name
        """,
    }
    assert make_project(files).keys() == sorted([expected, "other"])


def test_the_root_of_the_project_is_seen(make_project: MakeProject) -> None:
    project = make_project({"a/defs.yaml": TABLE + "attributes: {name: a, note: '{{ project_root }}'}"})
    assert project.load().resolve_all_asset_specs()[0].metadata["note"] == str(project.root)


@pytest.mark.parametrize(
    ("written", "place_and_sentence"),
    [
        ("type: PROJECT.components.Tabel", "1: type: The module \"PROJECT.components\" has no 'Tabel'. Close: 'Table'."),
        ("type: nowhere.Table", '1: type: There is no module "nowhere".'),
        ("type: Table", "1: type: 'Table' is no name of a component."),
        ("type: pathlib.Path", "1: type: pathlib.Path is <class 'pathlib.Path'>, and must be a subclass of dagster.Component."),
        (TABLE + "atributes: {}", "2: atributes: Nothing of this name may be written here. Close: 'attributes'."),
        (TABLE, "1: attributes.name: This must be written."),
        (TABLE + "attributes:\n  name: a\n  nope: 1", "4: attributes.nope: Nothing of this name may be written here."),
        (TABLE + "attributes: [1]", "2: attributes: Input should be a valid dictionary, found [1]."),
        (TABLE + "attributes:\n  name: '{{ nope }}'", "3: attributes.name: 'nope' is undefined."),
        ("attributes: {}", "1: type: This must be written."),
        ("", "1: This file writes no component."),
        ("a: [", "1: This is no YAML:"),
        (NAMED + "\ntemplate_vars_module: .nope", '3: template_vars_module: There is no module "PROJECT.defs.a.nope".'),
        (NAMED + "\ntemplate_vars_module: json", "3: template_vars_module: No template vars found in module json."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_file_line_and_key(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, written: str, place_and_sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    project = make_project({"a/defs.yaml": written})
    with pytest.raises(DagsterComponentError) as refused:
        project.load()
    expected = f"{project.name}/defs/a/defs.yaml:{place_and_sentence}".replace("PROJECT", project.name)
    assert str(refused.value).startswith(expected)


def test_an_error_in_the_code_of_a_component_keeps_its_cause(make_project: MakeProject) -> None:
    broken = """
        import dagster as dg

        class Broken(dg.Component):
            def build_defs(self, context):
                raise ValueError("boom")
    """
    project = make_project({"a/defs.yaml": "type: .broken.Broken", "a/broken.py": broken})
    with pytest.raises(DagsterUserCodeLoadError, match=r"Building the definitions of Broken \(.*defs.yaml:1\): ValueError: boom"):
        project.load()


def test_what_a_component_gives_must_be_definitions(make_project: MakeProject) -> None:
    odd = "import dagster as dg\nclass Odd(dg.Component):\n    def build_defs(self, context):\n        return []\n"
    project = make_project({"a/defs.yaml": "type: .odd.Odd", "a/odd.py": odd})
    with pytest.raises(DagsterComponentError, match="Odd.build_defs must return Definitions. It returned \\[\\]"):
        project.load()


def test_a_missing_library_of_the_component_is_not_taken_for_a_missing_component(make_project: MakeProject) -> None:
    project = make_project({"a/defs.yaml": "type: .needs.Needs", "a/needs.py": "import no_such_library"})
    with pytest.raises(ModuleNotFoundError, match="no_such_library"):
        project.load()


def test_a_class_that_is_no_resolvable_says_its_attributes_itself(make_project: MakeProject) -> None:
    own = """
        import dagster as dg
        from pydantic import BaseModel

        class Attributes(BaseModel):
            keys: list[str]

        class Own(dg.Component):
            def __init__(self, keys):
                self.keys = keys

            @classmethod
            def get_model_cls(cls):
                return Attributes

            @classmethod
            def load(cls, attributes, context):
                return cls(attributes.keys)

            def build_defs(self, context):
                return dg.Definitions(assets=[dg.AssetSpec(key) for key in self.keys])
    """
    assert make_project({"a/defs.yaml": "type: .own.Own\nattributes: {keys: [x, y]}", "a/own.py": own}).keys() == ["x", "y"]
