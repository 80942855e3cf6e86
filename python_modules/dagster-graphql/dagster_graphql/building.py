"""Builds the schema of what the domains give: their types parsed, and each field bound to what answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from operator import attrgetter
from typing import Any, cast

from graphql import (
    DocumentNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLUnionType,
    build_ast_schema,
    concat_ast,
    get_named_type,
    parse,
)

from dagster.events.failures import error_info
from dagster_graphql.catalogs import Placed
from dagster_graphql.domains import Domain, RootField, TypeFields, snake_case
from dagster_graphql.errors.errors import UnauthorizedError

PLAIN, ASKED, CHOICE = "plain", "asked", "choice"
"""Where a field or an abstract type keeps what answers it, among its extensions."""


def built_schema(domains: Sequence[Domain]) -> GraphQLSchema:
    """The schema of all domains.

    Raises:
        TypeError: types do not fit together.
    """
    built = build_ast_schema(_document(domains))
    _name_arguments(built)
    for name, fields in _merged(domains).items():
        _bind_type(cast("GraphQLObjectType", built.type_map[name]), fields)
    _bind_roots(built, domains)
    _bind_abstract(built, domains)
    return built


def _document(domains: Sequence[Domain]) -> DocumentNode:
    texts = (domain.types_path.read_text(encoding="utf-8") for domain in domains)
    return concat_ast([parse(text, no_location=True) for text in texts if text.strip()])


def _merged(domains: Sequence[Domain]) -> dict[str, TypeFields]:
    merged: dict[str, TypeFields] = {}
    for domain in domains:
        for name, fields in domain.types.items():
            of_type = merged.setdefault(name, TypeFields())
            of_type.classes += fields.classes
            of_type.plain.update(fields.plain)
            of_type.asked.update(fields.asked)
    return merged


def _name_arguments(built: GraphQLSchema) -> None:
    """Arguments and fields of inputs come in snake case; enum values of Python go out by their names."""
    ours = [each for each in built.type_map.values() if not each.name.startswith("__")]
    for each in ours:
        if isinstance(each, (GraphQLObjectType, GraphQLInterfaceType)):
            for field in each.fields.values():
                for name, argument in field.args.items():
                    argument.out_name = snake_case(name)
        elif isinstance(each, GraphQLInputObjectType):
            for name, field in each.fields.items():
                field.out_name = snake_case(name)
        elif isinstance(each, GraphQLEnumType):
            cast("Any", each).serialize = _serialized_enum(each)


def _serialized_enum(each: GraphQLEnumType) -> Callable[[object], Any]:
    names = frozenset(each.values)
    checked = each.serialize

    def serialize(value: object) -> Any:
        name = value.name if isinstance(value, Enum) else value
        return name if name in names else checked(name)

    return serialize


def _bind_type(of_type: GraphQLObjectType, fields: TypeFields) -> None:
    unknown = (fields.plain.keys() | fields.asked.keys()) - of_type.fields.keys()
    if unknown:
        raise TypeError(f"{of_type.name} has no field {', '.join(sorted(unknown))}.")
    for name, field in of_type.fields.items():
        if (function := fields.asked.get(name)) is not None:
            field.extensions = {ASKED: function}
            field.resolve = _asking(function)
        else:
            function = fields.plain.get(name) or attrgetter(snake_case(name))
            field.extensions = {PLAIN: function}
            field.resolve = _plain(function)


def _plain(function: Callable[[Any], object]) -> Callable[..., object]:
    def resolve(value: Any, _info: Any, **_arguments: Any) -> object:
        return function(value)

    return resolve


def _asking(function: Callable[..., object]) -> Callable[..., object]:
    def resolve(value: Any, info: Any, **arguments: Any) -> object:
        return function(value, info.context, **arguments)

    return resolve


def _bind_roots(built: GraphQLSchema, domains: Sequence[Domain]) -> None:
    for domain in domains:
        for of_type, fields in ((built.query_type, domain.queries), (built.mutation_type, domain.mutations)):
            for name, root_field in fields.items():
                assert of_type is not None, "the schema has a type for each kind of operation"
                _bind_root(of_type.fields[name], root_field)
        for name, source in domain.subscriptions.items():
            assert built.subscription_type is not None, "the schema has a type for subscriptions"
            field = built.subscription_type.fields[name]
            field.subscribe = _subscribing(source)
            field.resolve = _plain(lambda event: event)


def _members(of_type: Any) -> set[str]:
    """The names of the types of a union."""
    named = cast("object", get_named_type(of_type))
    return {each.name for each in named.types} if isinstance(named, GraphQLUnionType) else set()


def _bind_root(field: GraphQLField, root_field: RootField) -> None:
    """What is raised becomes a value, if the field's type has a place for it."""
    members = _members(cast("Any", field).type)

    def resolve(_root: object, info: GraphQLResolveInfo, **arguments: Any) -> object:
        context = info.context
        try:
            if root_field.permission is not None and not context.permits(root_field.permission):
                if root_field.refusal is not None:
                    return root_field.refusal(**arguments)
                if "UnauthorizedError" in members:
                    return UnauthorizedError()
                raise PermissionError(UnauthorizedError().message)
            return root_field.function(context, **arguments)
        except Exception as raised:
            if "PythonError" in members:
                return error_info(raised)
            raise

    field.extensions = {ASKED: resolve}
    field.resolve = resolve


def _subscribing(source: Callable[..., Any]) -> Callable[..., Any]:
    def subscribe(_root: Any, info: Any, **arguments: Any) -> Any:
        return source(info.context, **arguments)

    return subscribe


def _bind_abstract(built: GraphQLSchema, domains: Sequence[Domain]) -> None:
    names: dict[type, set[str]] = {}
    for name, fields in _merged(domains).items():
        for each in fields.classes:
            names.setdefault(each, set()).add(name)
    choices = {name: choose for domain in domains for name, choose in domain.choices.items()}
    for each in built.type_map.values():
        if isinstance(each, (GraphQLUnionType, GraphQLInterfaceType)):
            possible = {of_type.name for of_type in built.get_possible_types(each)}
            choose = _choosing(each.name, names, possible, choices.get(each.name))
            each.extensions = {CHOICE: choose}
            each.resolve_type = lambda value, _info, _type, choose=choose: choose(value)


def class_of(value: object) -> type:
    """The class by which a type is told; of what a code location declares, that of what is declared."""
    return value.value.__class__ if isinstance(value, Placed) else value.__class__  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - of anything


def _choosing(
    abstract: str, names: Mapping[type, set[str]], possible: set[str], given: Callable[[Any], str] | None
) -> Callable[[Any], str]:
    """A function that names the type of a value among those of a union or interface; by its class unless `given` knows it."""
    only = {of: next(iter(found)) for of, all_names in names.items() if len(found := all_names & possible) == 1}

    def choose(value: Any) -> str:
        of = class_of(value)
        name = only.get(of)
        if name is not None:
            return name
        if given is not None:
            return given(value)
        raise TypeError(f"{of.__name__} is not one of the types of {abstract}.")

    return choose
