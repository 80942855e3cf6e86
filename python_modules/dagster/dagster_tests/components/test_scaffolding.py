from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

import dagster as dg
from dagster.components import scaffold_component
from dagster.components.scaffolding import scaffolder_of
from dagster.components.testing import create_defs_folder_sandbox
from dagster.errors import CheckError


class Params(BaseModel):
    name: str


class TableScaffolder(dg.Scaffolder[Params]):
    @classmethod
    def get_scaffold_params(cls) -> type[Params]:
        return Params

    def scaffold(self, request: dg.ScaffoldRequest[Params]) -> None:
        scaffold_component(request, {"name": request.params.name})
        (request.target_path / "query.sql").write_text("select 1")


@dg.scaffold_with(TableScaffolder)
class Table(dg.Component, dg.Model, dg.Resolvable):
    name: str

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:
        return dg.Definitions(assets=[dg.AssetSpec(self.name)])


def request(path: Path, **changed: Any) -> dg.ScaffoldRequest[Any]:
    given = {"type_name": "shop.Table", "target_path": path, "scaffold_format": "yaml", "project_root": None, "params": None}
    return dg.ScaffoldRequest(**{**given, **changed})


def test_a_component_file_is_written(tmp_path: Path) -> None:
    scaffold_component(request(tmp_path), {"name": "orders", "columns": ["a"]})
    assert (tmp_path / "defs.yaml").read_text() == "type: shop.Table\n\nattributes:\n  name: orders\n  columns:\n    - a\n"


def test_a_python_file_is_written(tmp_path: Path) -> None:
    scaffold_component(request(tmp_path, scaffold_format="python"))
    assert (
        "@dg.component_instance\ndef load(context: dg.ComponentLoadContext) -> Table: ...\n"
        in (tmp_path / "component.py").read_text()
    )


def test_a_second_component_is_added_to_the_file(tmp_path: Path) -> None:
    scaffold_component(request(tmp_path), {"name": "a"})
    scaffold_component(request(tmp_path, append=True), {"name": "b"})
    written = list(yaml.safe_load_all((tmp_path / "defs.yaml").read_text()))
    assert [each["attributes"]["name"] for each in written] == ["a", "b"]


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckError, match='"yaml" or "python". Got \'toml\''):
        scaffold_component(request(tmp_path, scaffold_format="toml"))


def test_a_class_is_begun_by_its_scaffolder_or_by_that_of_its_base() -> None:
    class Wide(Table): ...

    assert isinstance(scaffolder_of(Table), TableScaffolder)
    assert isinstance(scaffolder_of(Wide), TableScaffolder)


def test_a_sandbox_loads_what_is_scaffolded_in_it() -> None:
    with create_defs_folder_sandbox() as sandbox:
        path = sandbox.scaffold_component(Table, "orders", {"name": "orders"})
        assert (path / "query.sql").read_text() == "select 1"
        with sandbox.load_component_and_build_defs(path) as (component, defs):
            assert isinstance(component, Table)
            assert defs.resolve_all_asset_keys() == [dg.AssetKey("orders")]
        with (
            sandbox.swap_defs_file(path, {"type": f"{__name__}.Table", "attributes": {"name": "other"}}),
            sandbox.build_all_defs() as defs,
        ):
            assert defs.resolve_all_asset_keys() == [dg.AssetKey("other")]
        with sandbox.build_component_tree() as tree:
            assert tree.load_component("orders").name == "orders"
    assert not sandbox.project_root.exists()


def test_a_sandbox_writes_a_plain_file_for_a_class_without_a_scaffolder() -> None:
    with create_defs_folder_sandbox(project_name="sandbox_of_a_test") as sandbox:
        path = sandbox.scaffold_component(dg.DefinitionsComponent, defs_yaml_contents={"type": "x.Y", "attributes": {}})
        assert yaml.safe_load((path / "defs.yaml").read_text()) == {"type": "x.Y", "attributes": {}}
        assert sandbox.project_name == "sandbox_of_a_test"
