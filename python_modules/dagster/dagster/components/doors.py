"""What the class of a component reaches of the modules above it, for tests of components."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dagster.components.contexts import ComponentLoadContext


def context_for_test() -> ComponentLoadContext:
    """The context of a component that stands in no project."""
    from dagster.components.trees import ComponentTree

    return ComponentTree.for_test().load_context


def component_of_file(path: Path, context: ComponentLoadContext | None) -> Any:
    """The first component that a YAML file writes."""
    from dagster.components.defs_files import loaded_instance, written_instances

    return loaded_instance(written_instances(path)[0], context or context_for_test()).component
