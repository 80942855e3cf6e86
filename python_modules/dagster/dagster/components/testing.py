"""For tests of components: a project in a temporary folder, and the definitions that a component makes in it."""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from dagster.components.component_types import Component
from dagster.components.folders import YamlFileComponent
from dagster.components.loading import component_defs as component_defs
from dagster.components.refusals import DagsterComponentError
from dagster.components.scaffolding import ScaffoldFormat, ScaffoldRequest, scaffolder_of
from dagster.components.trees import ComponentTree
from dagster.define.definitions import Definitions


@dataclass(frozen=True)
class DefsFolderSandbox:
    """A project in a temporary folder.

    Attributes:
        project_root: the folder of the project.
        defs_folder_path: its folder of definitions.
        project_name: its package.
    """

    project_root: Path
    defs_folder_path: Path
    project_name: str

    def scaffold_component(
        self,
        component_cls: Any,
        defs_path: Path | str | None = None,
        scaffold_params: dict[str, Any] | None = None,
        scaffold_format: ScaffoldFormat = "yaml",
        defs_yaml_contents: dict[str, Any] | None = None,
    ) -> Path:
        """Begin a component in the project, as its scaffolder does.

        Args:
            component_cls: its class.
            defs_path: from the folder of definitions; without: a new folder.
            scaffold_params: what the scaffolder is told.
            scaffold_format: whether it is written as YAML or as Python.
            defs_yaml_contents: what to write as its `defs.yaml` afterwards.

        Returns:
            Path: the component's folder, absolute.
        """
        folder = self.defs_folder_path / (defs_path or f"component_{uuid4().hex[:8]}")
        folder.mkdir(parents=True, exist_ok=True)
        scaffolder = scaffolder_of(component_cls)
        params = scaffolder.get_scaffold_params().model_validate(scaffold_params or {})
        name = f"{component_cls.__module__}.{component_cls.__qualname__}"
        scaffolder.scaffold(ScaffoldRequest(name, folder, scaffold_format, self.project_root, params))
        if defs_yaml_contents is not None:
            self._write(folder / "defs.yaml", defs_yaml_contents)
        return folder

    @staticmethod
    def _write(file: Path, contents: dict[str, Any]) -> None:
        import yaml

        file.write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")

    @contextmanager
    def swap_defs_file(self, defs_path: Path, defs_yaml_contents: dict[str, Any] | None) -> Generator[None, None, None]:
        """The project with another `defs.yaml` of a component, for a while.

        Args:
            defs_path: the file, or the component's folder.
            defs_yaml_contents: None leaves the file as it is.
        """
        path = self.defs_folder_path / defs_path
        file = path / "defs.yaml" if path.is_dir() else path
        before = file.read_bytes() if file.exists() else None
        if defs_yaml_contents is not None:
            self._write(file, defs_yaml_contents)
        try:
            yield
        finally:
            if before is not None:
                file.write_bytes(before)

    @contextmanager
    def build_component_tree(self, code_location_name: str | None = None) -> Generator[ComponentTree, None, None]:
        """The components of the project; its modules can be imported inside."""
        source = str(self.defs_folder_path.parents[1])
        sys.path.insert(0, source)
        importlib.invalidate_caches()
        self._forget_modules()
        try:
            yield ComponentTree(
                defs_module=importlib.import_module(f"{self.project_name}.defs"),
                project_root=self.project_root,
                code_location_name=code_location_name,
            )
        finally:
            sys.path.remove(source)
            self._forget_modules()

    def _forget_modules(self) -> None:
        for name in [each for each in sys.modules if f"{each}.".startswith(f"{self.project_name}.")]:
            del sys.modules[name]

    @contextmanager
    def build_all_defs(self) -> Generator[Definitions, None, None]:
        """What the project declares."""
        with self.build_component_tree() as tree:
            yield tree.build_defs()

    @contextmanager
    def load_component_and_build_defs(self, defs_path: Path) -> Generator[tuple[Component, Definitions], None, None]:
        """A component of the project, and what it declares.

        Args:
            defs_path: its folder, absolute or from the folder of definitions.

        Raises:
            DagsterComponentError: its file writes more than one component.
        """
        with self.build_component_tree() as tree:
            component = tree.load_component(defs_path)
            if isinstance(component, YamlFileComponent):
                raise DagsterComponentError(
                    f"{defs_path} writes {len(component.instances)} components. Name one that writes one."
                )
            yield component, tree.build_defs(defs_path)


@contextmanager
def create_defs_folder_sandbox(*, project_name: str | None = None) -> Generator[DefsFolderSandbox, None, None]:
    """A project in a temporary folder, which goes on leaving.

    Args:
        project_name: its package; without: one of a new name.

    Example:
        >>> from dagster.components.testing import create_defs_folder_sandbox
        >>> with create_defs_folder_sandbox() as sandbox:
        ...     _ = (sandbox.defs_folder_path / "sales.py").write_text("import dagster\\norders = dagster.AssetSpec('orders')")
        ...     with sandbox.build_all_defs() as defs:
        ...         defs.resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    name = project_name or f"sandbox_{uuid4().hex[:8]}"
    root = Path(tempfile.mkdtemp(prefix="dagster_sandbox_")).resolve()
    try:
        folder = root / "src" / name / "defs"
        folder.mkdir(parents=True)
        for package in (folder, folder.parent):
            (package / "__init__.py").write_text("")
        (root / "dg.toml").write_text(f'directory_type = "project"\n\n[project]\nroot_module = "{name}"\n')
        yield DefsFolderSandbox(project_root=root, defs_folder_path=folder, project_name=name)
    finally:
        shutil.rmtree(root, ignore_errors=True)
