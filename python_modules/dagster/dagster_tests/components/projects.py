"""Projects for tests of components, written into a folder of the test."""

import itertools
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

import msgspec

from dagster import ComponentTree, Definitions, load_from_defs_folder

_NUMBERS = itertools.count()

COMPONENTS = """
    from typing import Any
    import dagster as dg

    class Table(dg.Component, dg.Model, dg.Resolvable):
        '''A table.'''
        name: str
        note: Any = None

        @classmethod
        def get_additional_scope(cls):
            return {"shout": str.upper}

        @staticmethod
        @dg.template_var
        def schema_name(context: dg.ComponentLoadContext):
            return f"schema_of_{context.path.name}"

        def build_defs(self, context):
            spec = dg.AssetSpec(self.name, group_name="tables", tags={"own": "1"}, metadata={"note": self.note}, kinds={"table"})
            return dg.Definitions(assets=[spec])
"""


class Project(msgspec.Struct, frozen=True):
    """A project in a folder of the test."""

    root: Path
    name: str

    @property
    def defs_folder(self) -> Path:
        return self.root / self.name / "defs"

    @property
    def tree(self) -> ComponentTree:
        return ComponentTree.for_project(self.root)

    def load(self) -> Definitions:
        return load_from_defs_folder(path_within_project=self.root)

    def keys(self) -> list[str]:
        return sorted(key.to_user_string() for key in self.load().resolve_all_asset_keys())


@contextmanager
def project_of(root: Path, files: Mapping[str, str]) -> Iterator[Project]:
    """A project whose package can be imported. `PROJECT` in the texts is the package's name; paths are from its `defs` folder,
    or from the package with a leading slash."""
    name = f"project_of_components_{next(_NUMBERS)}"
    package = root / name
    everything = {"/__init__.py": "", "/components.py": COMPONENTS, "__init__.py": "", **files}
    for path, text in everything.items():
        file = package / path[1:] if path.startswith("/") else package / "defs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).replace("PROJECT", name))
    (root / "pyproject.toml").write_text(f'[tool.dg]\ndirectory_type = "project"\n[tool.dg.project]\nroot_module = "{name}"\n')
    sys.path.insert(0, str(root))
    try:
        yield Project(root, name)
    finally:
        sys.path.remove(str(root))
        for module in [each for each in sys.modules if f"{each}.".startswith(f"{name}.")]:
            del sys.modules[module]
