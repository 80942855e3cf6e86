"""A component of an ordinary Python file."""

from __future__ import annotations

from dagster.components.component_types import Component
from dagster.components.contexts import ComponentLoadContext
from dagster.components.refusals import DagsterComponentError
from dagster.components.resolvables import Model, Resolvable
from dagster.define.definitions import Definitions


class DefinitionsComponent(Component, Model, Resolvable):
    """What a Python file beside the component file declares.

    Args:
        path: of the file, from the folder of the component; None for all files of the folder.

    Example:
        >>> from dagster.components import DefinitionsComponent
        >>> DefinitionsComponent.resolve_from_yaml("path: sales.py")
        DefinitionsComponent(path='sales.py')
    """

    path: str | None

    def build_defs(self, context: ComponentLoadContext) -> Definitions:
        """What the file declares.

        Raises:
            DagsterComponentError: there is no such file.
        """
        files = [context.path / self.path] if self.path else sorted(context.path.glob("*.py"))
        missing = [each for each in files if not each.exists()]
        if missing:
            raise DagsterComponentError(f'There is no file "{missing[0]}".', context.resolution_context.place, ("path",))
        return Definitions.merge(*[context.build_defs(each) for each in files])
