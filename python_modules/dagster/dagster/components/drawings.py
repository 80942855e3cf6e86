"""Components as a tree of text."""

from __future__ import annotations

from collections.abc import Iterator

from dagster.components.component_types import Component
from dagster.components.folders import DefsFolderComponent, PythonFileComponent, YamlFileComponent


def drawn(root: Component) -> str:
    """The components below one, a line each."""
    return "\n".join(_lines(list(_below(root)), ""))


def _lines(nodes: list[tuple[str, Component | None]], indent: str) -> Iterator[str]:
    for number, (label, component) in enumerate(nodes):
        is_last = number == len(nodes) - 1
        yield f"{indent}{'└── ' if is_last else '├── '}{label}"
        below = list(_below(component)) if component is not None else []
        yield from _lines(below, indent + ("    " if is_last else "│   "))


def _below(component: Component) -> Iterator[tuple[str, Component | None]]:
    if isinstance(component, DefsFolderComponent):
        yield from ((path.name, child) for path, child in component.children.items())
    elif isinstance(component, PythonFileComponent):
        yield from ((name, None) for name in component.components)
    elif isinstance(component, YamlFileComponent):
        for each in component.instances:
            kind = type(each.component).__name__
            number = f"[{each.source.number}]" if len(component.instances) > 1 else ""
            yield (
                f"{component.path.name}{number} ({kind})",
                each.component if isinstance(each.component, DefsFolderComponent) else None,
            )
