"""Loads a folder of definitions: what all files in it declare, as one project."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from dagster.components.component_types import Component
from dagster.components.contexts import ComponentLoadContext
from dagster.components.defs_files import built
from dagster.components.projects import project_around
from dagster.components.trees import ComponentTree
from dagster.define.definitions import Definitions
from dagster.errors import CheckError


def load_from_defs_folder(*, path_within_project: Path | None = None, project_root: Path | None = None) -> Definitions:
    """What the folder of definitions of a project declares: its `defs.yaml` files, and its Python files.

    The project is the one of the nearest `pyproject.toml` with `[tool.dg.project]`, or `dg.toml`; its folder is `defs` in its
    `root_module`, or what `defs_module` names. Without such a file it is the package that has a folder `defs`.

    Args:
        path_within_project: any path in the project, as `Path(__file__)`.
        project_root: the same by its older name.

    Raises:
        DagsterProjectNotFoundError: the path lies in no project, or the project's module cannot be imported.
        DagsterComponentError: a component file does not fit; names file, line and key.
        DagsterUserCodeLoadError: a component raised; the cause is what it raised.

    Example:
        >>> for name in ("pyproject.toml", "shop_a/__init__.py", "shop_a/defs/__init__.py"):
        ...     Path(name).parent.mkdir(exist_ok=True)
        ...     _ = Path(name).write_text("")
        >>> _ = Path("pyproject.toml").write_text('[tool.dg.project]\\nroot_module = "shop_a"')
        >>> _ = Path("shop_a/defs/orders.py").write_text("from dagster import AssetSpec\\norders = AssetSpec('orders')")
        >>> import sys; sys.path.insert(0, os.getcwd())
        >>> load_from_defs_folder(path_within_project=Path.cwd()).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    path = path_within_project if path_within_project is not None else project_root
    if path is None:
        raise CheckError("Must provide path_within_project: any path in the project, as Path(__file__).")
    return ComponentTree.for_project(Path(path)).build_defs()


def load_defs(
    defs_root: ModuleType, project_root: Path | None = None, terminate_autoloading_on_keyword_files: bool = True
) -> Definitions:
    """What a folder of definitions declares that is imported already.

    Args:
        defs_root: the folder as a module.
        project_root: the folder of the project; without: that of the project in which the module lies.
        terminate_autoloading_on_keyword_files: whether of a folder with a `definitions.py` nothing else is loaded.

    Raises:
        DagsterProjectNotFoundError: no project root is given, and the module lies in none.
        DagsterComponentError: a component file does not fit; names file, line and key.

    Example:
        >>> Path("shop_b/defs").mkdir(parents=True)
        >>> _ = Path("shop_b/defs/orders.py").write_text("from dagster import AssetSpec\\norders = AssetSpec('orders')")
        >>> import sys; sys.path.insert(0, os.getcwd())
        >>> import shop_b.defs
        >>> load_defs(shop_b.defs, project_root=Path.cwd()).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    folder = Path(next(iter(defs_root.__path__)))
    tree = ComponentTree(
        defs_module=defs_root,
        project_root=Path(project_root) if project_root is not None else project_around(folder).root,
        terminate_autoloading_on_keyword_files=terminate_autoloading_on_keyword_files,
    )
    return tree.build_defs()


def build_component_defs(components_root: Path) -> Definitions:
    """What the project in which a path lies declares. Deprecated: use `load_from_defs_folder`.

    Of a folder with a `definitions.py` nothing else is loaded.

    Args:
        components_root: the folder of definitions.

    Example:
        >>> from dagster.components import build_component_defs
        >>> Path("shop_c/defs").mkdir(parents=True)
        >>> _ = Path("shop_c/__init__.py").write_text("")
        >>> _ = Path("shop_c/defs/orders.py").write_text("from dagster import AssetSpec\\norders = AssetSpec('orders')")
        >>> import sys; sys.path.insert(0, os.getcwd())
        >>> build_component_defs(Path("shop_c/defs")).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    project = project_around(Path(components_root))
    return load_defs(project.module(), project_root=project.root)


def build_defs_for_component(component: Component) -> Definitions:
    """What one component declares, without a project.

    Args:
        component: the component.

    Example:
        >>> from dagster.components import build_defs_for_component
        >>> class Orders(Component):
        ...     def build_defs(self, context):
        ...         return Definitions(assets=[AssetSpec("orders")])
        >>> build_defs_for_component(Orders()).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    return component_defs(component=component)


def component_defs(
    *, component: Component, resources: Mapping[str, Any] | None = None, context: ComponentLoadContext | None = None
) -> Definitions:
    """What one component declares, with resources that its project would have; for tests.

    Args:
        component: the component.
        resources: by key.
        context: without: one of no project.

    Example:
        >>> class Orders(Component):
        ...     def build_defs(self, context):
        ...         return Definitions(assets=[AssetSpec("orders")])
        >>> component_defs(component=Orders(), resources={"warehouse": Client()}).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """
    context = context or ComponentTree.for_test().load_context
    return Definitions.merge(built(component, context, "without a file"), Definitions(resources=resources))
