from pathlib import Path

import pytest

import dagster as dg
from dagster.components import ComponentTypeSpec, DefinitionsComponent, build_defs_for_component
from dagster.components.refusals import DagsterComponentError
from dagster_tests.components.conftest import MakeProject


class Table(dg.Component, dg.Model, dg.Resolvable):
    """A table.

    And more."""

    name: str

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        return dg.Definitions(assets=[dg.AssetSpec(self.name)])


def test_a_component_is_made_of_attributes_for_a_test() -> None:
    assert Table.from_attributes_dict(attributes={"name": "a{{ 1 }}"}) == Table(name="a1")
    with pytest.raises(DagsterComponentError, match=r"^nmae: Nothing of this name may be written here. Close: 'name'"):
        Table.from_attributes_dict(attributes={"nmae": "a", "name": "b"})


def test_a_component_is_made_of_a_file_for_a_test(tmp_path: Path) -> None:
    (tmp_path / "defs.yaml").write_text(f"type: {__name__}.Table\nattributes: {{name: orders}}\n")
    made = dg.Component.from_yaml_path(tmp_path / "defs.yaml")
    assert (type(made).__name__, getattr(made, "name", None)) == ("Table", "orders")


def test_a_component_declares_without_a_project() -> None:
    assert build_defs_for_component(Table(name="a")).resolve_all_asset_keys() == [dg.AssetKey("a")]
    assert dg.component_defs(component=Table(name="a"), resources={"r": 1}).resources == {"r": 1}


def test_a_class_says_what_it_is_for() -> None:
    class Said(Table):
        @classmethod
        def get_spec(cls) -> ComponentTypeSpec:
            return ComponentTypeSpec(description="Said.", owners=["team:data"])

    assert (Table.get_description(), Said.get_description()) == ("A table.\n\nAnd more.", "Said.")


def test_owners_of_a_class_are_checked() -> None:
    with pytest.raises(dg.DagsterInvalidDefinitionError, match="Invalid owner 'nobody'"):
        ComponentTypeSpec(owners=["nobody"])


def test_a_component_must_build_definitions() -> None:
    class Nothing(dg.Component): ...

    with pytest.raises(TypeError, match="build_defs"):
        Nothing()  # pyright: ignore[reportAbstractUsage]


def test_a_component_stands_for_a_python_file(make_project: MakeProject) -> None:
    files = {
        "a/defs.yaml": "type: dagster.DefinitionsComponent\nattributes: {path: sales.py}",
        "a/sales.py": "import dagster as dg\norders = dg.AssetSpec('orders')",
        "a/other.py": "import dagster as dg\nother = dg.AssetSpec('other')",
    }
    assert make_project(files).keys() == ["orders"]


def test_a_python_file_that_is_not_there_is_refused(make_project: MakeProject) -> None:
    project = make_project({"a/defs.yaml": "type: dagster.DefinitionsComponent\nattributes: {path: nope.py}"})
    with pytest.raises(DagsterComponentError, match=r"There is no file .*nope.py"):
        project.load()
    assert DefinitionsComponent(path=None).path is None


def test_the_context_names_modules_and_contexts_of_other_paths(make_project: MakeProject) -> None:
    tree = make_project({"a/defs.yaml": "", "a/b.py": ""}).tree
    context = tree.load_context.for_path(tree.defs_module_path / "a")
    assert context.normalize_component_type_str(".b.Table") == f"{tree.defs_module_name}.a.b.Table"
    assert context.normalize_component_type_str("x.Table") == "x.Table"
    assert context.defs_relative_module_name(context.path / "b.py") == f"{tree.defs_module_name}.a.b"
    assert context.path.name == "a"


def test_a_resolver_outside_of_a_component_has_no_context() -> None:
    with pytest.raises(DagsterComponentError, match="resolved for no component"):
        dg.ComponentLoadContext.from_resolution_context(dg.ResolutionContext.default())
