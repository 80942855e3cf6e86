"""What a value is resolved in: the names that templates see, and the place in the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec

from dagster.components.positions import Positions
from dagster.components.refusals import DagsterComponentError
from dagster.components.scopes import default_scope
from dagster.components.templates import rendered


class ResolutionContext(msgspec.Struct, frozen=True, kw_only=True):
    """What templates see, and where in which file the value stands that is being resolved.

    Args:
        scope: values by the name under which templates see them.
        path: keys from the top of the document to the value.
        source_position_tree: the lines of the document, None for a value that is in no file.
        stash: values that one resolver hands to those below it.

    Example:
        >>> from dagster.components import ResolutionContext
        >>> ResolutionContext.default().with_scope(day="Monday").resolve_value({"when": "{{ day }}", "n": "{{ 1 + 1 }}"})
        {'when': 'Monday', 'n': 2}
    """

    scope: Mapping[str, Any]
    path: Sequence[str | int] = ()
    source_position_tree: Positions | None = None
    stash: Mapping[str, Any] = {}

    @classmethod
    def default(cls, source_position_tree: Positions | None = None) -> ResolutionContext:
        """A context with the names that every template sees: `env`, `dg`, `datetime`, `automation_condition`."""
        return cls(scope=default_scope(), path=[], source_position_tree=source_position_tree)

    def at_path(self, path_part: str | int) -> ResolutionContext:
        """The context of a value below: of a field, or of an element."""
        return msgspec.structs.replace(self, path=[*self.path, path_part])

    def with_scope(self, **additional_scope: Any) -> ResolutionContext:
        """The context with more names."""
        return msgspec.structs.replace(self, scope={**self.scope, **additional_scope})

    def with_source_position_tree(self, source_position_tree: Positions) -> ResolutionContext:
        """The context of a document whose lines are known."""
        return msgspec.structs.replace(self, source_position_tree=source_position_tree)

    def with_stashed_value(self, key: str, value: Any) -> ResolutionContext:
        """The context with a value for the resolvers below."""
        return msgspec.structs.replace(self, stash={**self.stash, key: value})

    @property
    def place(self) -> str:
        """File and line of the value, empty for one that is in no file."""
        return self.source_position_tree.place(tuple(self.path)) if self.source_position_tree else ""

    def resolve_value(self, val: Any, as_type: type | None = None) -> Any:
        """A value with the templates in it rendered, in lists and dicts too.

        Args:
            val: text, a list, tuple or dict; anything else is given back as it is.
            as_type: kept for type checkers; nothing is converted.

        Raises:
            DagsterComponentError: a template cannot be rendered; names the file, the line and the key.
        """
        if isinstance(val, str):
            try:
                return rendered(val, self.scope)
            except DagsterComponentError as refused:
                raise refused.at(self.place, self.path) from refused.__cause__
        if isinstance(val, dict):
            entries = cast("dict[Any, Any]", val).items()
            return {key: self.at_path(key).resolve_value(each) for key, each in entries}
        if isinstance(val, (list, tuple)):
            elements = cast("Sequence[Any]", val)
            resolved = [self.at_path(index).resolve_value(each) for index, each in enumerate(elements)]
            return tuple(resolved) if isinstance(val, tuple) else resolved
        return val

    def resolve_source_relative_path(self, value: str) -> Path:
        """A path that is written relative to the file in which it stands.

        Raises:
            DagsterComponentError: the value stands in no file.
        """
        if self.source_position_tree is None:
            raise DagsterComponentError(f'"{value}" stands in no file, so that it is relative to none.')
        return (Path(self.source_position_tree.file).parent / value).resolve()
