"""Refuses documents that would cost too much, before anything of them is executed, and before they are validated."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SchemaMetaFieldDef,
    SelectionSetNode,
    TypeMetaFieldDef,
    get_named_type,
)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How much one document may ask for.

    Attributes:
        depth: how many fields may stand within one another.
        fields: how many fields there may be, each fragment counted where it is used.
        aliases: how often one field may be asked for in one place.
        size: how many values are answered, if each list holds `items`.
        items: how many items a list is taken to hold.
        tokens: how many words and signs the document may have.
    """

    depth: int = 40
    fields: int = 5_000
    aliases: int = 100
    size: int = 20_000_000
    items: int = 10
    tokens: int = 8_000


_META_FIELDS = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class _Cost(msgspec.Struct, frozen=True):
    depth: int = 0
    fields: int = 0
    size: int = 0


class _Counter:
    def __init__(self, schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        self._known: dict[str, _Cost] = {}

    def of_selections(self, selections: SelectionSetNode | None, of_type: Any) -> _Cost:
        if selections is None:
            return _Cost()
        depth = fields = size = 0
        used: dict[str, int] = {}
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                name = selection.name.value
                used[name] = used.get(name, 0) + 1
                if used[name] > self._limits.aliases:
                    raise GraphQLError(f'The field "{name}" is asked for more than {self._limits.aliases} times in one place.')
                cost = self._of_field(selection, of_type)
            elif isinstance(selection, InlineFragmentNode):
                on: Any = selection.type_condition  # None for a fragment that says no type, whatever the library's types say
                cost = self.of_selections(selection.selection_set, self._type(on.name.value) if on is not None else of_type)
            else:
                assert isinstance(selection, FragmentSpreadNode), "a selection is a field or a fragment"
                cost = self._of_fragment(selection.name.value)
            depth, fields, size = max(depth, cost.depth), fields + cost.fields, size + cost.size
        return _Cost(depth, fields, size)

    def _of_field(self, node: FieldNode, of_type: Any) -> _Cost:
        name = node.name.value
        field: Any = _META_FIELDS.get(name) or getattr(of_type, "fields", {}).get(name)
        below = self.of_selections(node.selection_set, get_named_type(field.type) if field is not None else None)
        times = self._limits.items if field is not None and _is_list(field.type) else 1
        return _Cost(below.depth + 1, below.fields + 1, (below.size + 1) * times)

    def _of_fragment(self, name: str) -> _Cost:
        """Counted once, however often it is used. One that uses itself costs nothing here and is refused by validation."""
        if name not in self._known:
            self._known[name] = _Cost()
            fragment = self._fragments.get(name)
            if fragment is not None:
                of_type = self._type(fragment.type_condition.name.value)
                self._known[name] = self.of_selections(fragment.selection_set, of_type)
        return self._known[name]

    def _type(self, name: str) -> Any:
        return self._schema.type_map.get(name)


def refuse_costly(schema: GraphQLSchema, document: DocumentNode, limits: Limits) -> None:
    """Refuses a document of which an operation asks for too much.

    Raises:
        GraphQLError: with the limit, and by how much it is exceeded.
    """
    counter = _Counter(schema, document, limits)
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            cost = counter.of_selections(operation.selection_set, schema.get_root_type(operation.operation))
            _refuse("fields within one another", cost.depth, limits.depth)
            _refuse("fields", cost.fields, limits.fields)
            _refuse("values, by estimate,", cost.size, limits.size)


def _refuse(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise GraphQLError(f"The operation asks for {found:,} {what}; at most {limit:,} are answered. Ask for less at a time.")


def _is_list(of_type: Any) -> bool:
    inner: Any = cast("Any", of_type).of_type if isinstance(of_type, GraphQLNonNull) else of_type
    return isinstance(inner, GraphQLList)
