"""The first files of a component, and the projects of tests."""

from pathlib import Path

import seen
from pydantic import BaseModel

import dagster as dg
from dagster.components import (
    ComponentTypeSpec,
    DefinitionsComponent,
    Scaffolder,
    ScaffoldRequest,
    build_defs_for_component,
    scaffold_component,
)
from dagster.components.testing import create_defs_folder_sandbox


class Params(BaseModel):
    name: str
    rows: int = 3


class TableScaffolder(Scaffolder[Params]):
    @classmethod
    def get_scaffold_params(cls):
        return Params

    def scaffold(self, request):
        scaffold_component(request, {"name": request.params.name, "columns": [1, {"a": None}]})
        (request.target_path / "query.sql").write_text(f"select {request.params.rows}")


@dg.scaffold_with(TableScaffolder)
class Table(dg.Component, dg.Model, dg.Resolvable):
    """A table.

    And more."""

    name: str
    columns: list = []

    def build_defs(self, context):
        return dg.Definitions(assets=[dg.AssetSpec(self.name)])


class Said(Table):
    @classmethod
    def get_spec(cls):
        return ComponentTypeSpec(description="Said.", tags=["t"], owners=["team:x"], metadata={"m": 1})


def scaffolded(folder: str, **changed) -> dict:
    path = Path.cwd() / folder
    path.mkdir()
    given = dict(type_name="shop.Table", target_path=path, scaffold_format="yaml", project_root=None, params=Params(name="orders"))
    TableScaffolder().scaffold(ScaffoldRequest(**{**given, **changed}))
    return {each.name: each.read_text() for each in sorted(path.iterdir())}


def in_a_sandbox() -> dict:
    with create_defs_folder_sandbox() as sandbox:
        path = sandbox.scaffold_component(component_cls=Table, defs_path="here", scaffold_params={"name": "orders"})
        with sandbox.load_component_and_build_defs(defs_path=path) as (component, defs):
            loaded = [component.name, seen.plain(list(defs.resolve_all_asset_keys()))]
        other = {"type": f"{Table.__module__}.Table", "attributes": {"name": "other"}}
        with sandbox.swap_defs_file(path / "defs.yaml", other):
            swapped = (path / "defs.yaml").read_text()
        swapped_back = "orders" in (path / "defs.yaml").read_text()
        with sandbox.build_all_defs() as defs:
            everything = seen.plain(list(defs.resolve_all_asset_keys()))
        return {
            "files": sorted(each.name for each in path.iterdir() if each.is_file()),
            "below": str(path.relative_to(sandbox.defs_folder_path)),
            "name is that of the package": sandbox.defs_folder_path.parent.name == sandbox.project_name,
            "loaded": loaded,
            "swapped": ["other" in swapped, swapped_back],
            "everything": everything,
        }


def bare(folder: str) -> str:
    path = Path.cwd() / folder
    path.mkdir()
    scaffold_component(ScaffoldRequest("m.Bare", path, "yaml", project_root=None, params=None))
    return (path / "defs.yaml").read_text()


def facts() -> dict:
    return {
        "yaml": scaffolded("yaml"),
        "python": scaffolded("python", scaffold_format="python"),
        "bare": bare("bare"),
        "unknown format": "raises" in seen.outcome(lambda: scaffolded("toml", scaffold_format="toml")),
        "no folder": seen.outcome(
            lambda: scaffold_component(ScaffoldRequest("m.T", Path("nowhere"), "yaml", project_root=None, params=None))
        )["raises"],
        "sandbox": in_a_sandbox(),
        "descriptions": [Table.get_description(), Said.get_description()],
        "spec": [list(Said.get_spec().tags), list(Said.get_spec().owners), dict(Said.get_spec().metadata)],
        "bad owner": seen.outcome(lambda: ComponentTypeSpec(owners=["nobody"]))["raises"],
        "of attributes": seen.outcome(lambda: repr(Table.from_attributes_dict(attributes={"name": "a{{ 1 }}"}))),
        "of wrong attributes": "raises" in seen.outcome(lambda: Table.from_attributes_dict(attributes={"nmae": "a"})),
        "built": seen.plain(list(build_defs_for_component(Table(name="z")).resolve_all_asset_keys())),
        "with resources": sorted(dg.component_defs(component=Table(name="z"), resources={"r": 1}).resources),
        "of a file": DefinitionsComponent(path="a.py").path,
        "decorated": [dg.template_var(bare) is bare, dg.component_instance(bare) is bare],
    }
