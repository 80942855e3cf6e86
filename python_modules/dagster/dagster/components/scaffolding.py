"""Makes the files of a new component, or of anything else that says how it is begun."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, cast

from pydantic import BaseModel

from dagster.errors import CheckError

P = TypeVar("P", bound=BaseModel)
T = TypeVar("T", bound=Any)
_MARK = "__dagster_scaffolder__"
ScaffoldFormat = Literal["yaml", "python"]


class NoParams(BaseModel):
    """What a scaffolder is told that needs nothing."""


@dataclass
class ScaffoldRequest(Generic[P]):
    """What a scaffolder is asked for.

    Args:
        type_name: the full name of what is begun, as `my_project.components.Table`.
        target_path: the folder for its files.
        scaffold_format: whether a component is written as YAML or as Python.
        project_root: the folder of the project, None outside of one.
        params: of `Scaffolder.get_scaffold_params`.
        append: whether to add to the file that is there.

    Example:
        >>> from dagster.components import ScaffoldRequest
        >>> ScaffoldRequest("shop.Table", Path("defs/orders"), "yaml", project_root=None, params=None).append
        False
    """

    type_name: str
    target_path: Path
    scaffold_format: ScaffoldFormat
    project_root: Path | None
    params: P
    append: bool = False


class Scaffolder(ABC, Generic[P]):
    """Makes the first files of a component; put on its class with `@scaffold_with`.

    Example:
        >>> from dagster.components import Scaffolder, ScaffoldRequest, scaffold_component
        >>> class TableScaffolder(Scaffolder):
        ...     def scaffold(self, request):
        ...         scaffold_component(request, {"name": "orders"})
        >>> request = ScaffoldRequest("shop.Table", Path.cwd(), "yaml", project_root=None, params=None)
        >>> TableScaffolder().scaffold(request)
        >>> print(Path("defs.yaml").read_text())
        type: shop.Table
        <BLANKLINE>
        attributes:
          name: orders
        <BLANKLINE>
    """

    @classmethod
    def get_scaffold_params(cls) -> type[P]:
        """What the scaffolder is told, as a pydantic model; without parameters an empty one."""
        return cast("type[P]", NoParams)

    @abstractmethod
    def scaffold(self, request: ScaffoldRequest[P]) -> None:
        """Make the files.

        Args:
            request: where, and what for. The folder is there.
        """


def scaffold_with(scaffolder_cls: type[Scaffolder[Any]]) -> Callable[[T], T]:
    """Say which scaffolder begins what is decorated.

    Args:
        scaffolder_cls: makes its files.

    Example:
        >>> from dagster.components import scaffold_component
        >>> class TableScaffolder(Scaffolder):
        ...     def scaffold(self, request):
        ...         scaffold_component(request, {"name": "orders"})
        >>> @scaffold_with(TableScaffolder)
        ... class Table(Component):
        ...     def build_defs(self, context):
        ...         return Definitions()
    """

    def marked(begun: T) -> T:
        setattr(begun, _MARK, scaffolder_cls)
        return begun

    return marked


class _PlainScaffolder(Scaffolder[Any]):
    def scaffold(self, request: ScaffoldRequest[Any]) -> None:
        scaffold_component(request, {})


def scaffolder_of(begun: Any) -> Scaffolder[Any]:
    """What makes the files of a class: its own scaffolder or that of a base, else one that names the class in a `defs.yaml`."""
    return getattr(begun, _MARK, _PlainScaffolder)()


def scaffold_component(request: ScaffoldRequest[Any], yaml_attributes: Mapping[str, Any] | None = None) -> None:
    """Write the file of a component: `defs.yaml` with its type and attributes, or `component.py` with a function to fill in.

    Args:
        request: what is begun; its `target_path` is a folder that is there, or with `append` the file to add to.
        yaml_attributes: what stands below `attributes`.

    Raises:
        CheckError: the format is neither "yaml" nor "python".

    Example:
        >>> from dagster.components import ScaffoldRequest, scaffold_component
        >>> scaffold_component(ScaffoldRequest("shop.Table", Path.cwd(), "python", project_root=None, params=None))
        >>> print(Path("component.py").read_text())
        import dagster as dg
        from shop import Table
        <BLANKLINE>
        @dg.component_instance
        def load(context: dg.ComponentLoadContext) -> Table: ...
        <BLANKLINE>
    """
    if request.scaffold_format == "yaml":
        name, text = "defs.yaml", _as_yaml(request.type_name, yaml_attributes or {})
    elif request.scaffold_format == "python":
        name, text = "component.py", _as_python(request.type_name)
    else:
        raise CheckError(f'The format of a component is "yaml" or "python". Got {request.scaffold_format!r}.')
    if request.append:
        separator = "\n---\n\n" if request.scaffold_format == "yaml" else "\n\n"
        file = request.target_path if request.target_path.is_file() else request.target_path / name
        with file.open("a", encoding="utf-8") as opened:
            opened.write(separator + text)
    else:
        (request.target_path / name).write_text(text, encoding="utf-8")


def _as_yaml(type_name: str, attributes: Mapping[str, Any]) -> str:
    import yaml

    class Indented(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            return super().increase_indent(flow, False)

    below: str = yaml.dump({"attributes": dict(attributes)}, Dumper=Indented, sort_keys=False, allow_unicode=True)
    return f"type: {type_name}\n\n{below}"


def _as_python(type_name: str) -> str:
    module, _, name = type_name.rpartition(".")
    return (
        f"import dagster as dg\nfrom {module} import {name}\n\n"
        f"@dg.component_instance\ndef load(context: dg.ComponentLoadContext) -> {name}: ...\n"
    )
