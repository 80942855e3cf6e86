"""Completes lists by functions that are compiled once per operation, in place of a walk per field of each item.

graphql-core looks at the type, the arguments and the result of every field of every item, which costs about 3 µs a field. What it
finds there is the same for each item of a list, apart from the values. So for a list of some length a function is written, in
Python, that makes the dict of an item in one expression, and compiled. Where anything is out of the ordinary (a field raises, a
value is missing that may not be, a type is not ours) the list is completed anew by graphql-core, which then tells each error at
its place; resolvers of fields below a list therefore change nothing. A property test holds both to the same result.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from typing import Any, cast

from graphql import (
    ExecutionContext,
    FieldNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLUnionType,
)
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path

from dagster_graphql.building import ASKED, CHOICE, PLAIN

Completer = Callable[[Any], Any]

LONG = 8
"""From how many items on a list is worth a function of its own."""
VERY_LONG = 200
"""From how many items on the garbage collector rests meanwhile: what is made is all kept, and looked through again and again."""


class _OutOfTheOrdinary(Exception):
    """The list has to be completed by graphql-core."""


class CompilingContext(ExecutionContext):
    """Executes one operation."""

    long = LONG

    def complete_list_value(
        self,
        return_type: GraphQLList[Any],
        field_nodes: list[FieldNode],
        info: GraphQLResolveInfo,
        path: Path,
        result: Any,
    ) -> Any:
        """The completed list; see the module's docstring."""
        if type(result) in (list, tuple) and len(result) >= self.long:
            completers: dict[int, Completer | None] = self.__dict__.setdefault("_completers", {})
            key = id(field_nodes)
            if key not in completers:
                # Kept with what it is keyed by, so that no other list of nodes comes to have this id.
                self.__dict__.setdefault("_kept", []).append(field_nodes)
                completers[key] = self._compiled(return_type.of_type, field_nodes)
            completer = completers[key]
            if completer is not None:
                try:
                    with _resting_collector(result):
                        return [completer(item) for item in result]
                except Exception:  # whatever it is, it is found again and told at its place
                    pass
        return cast("Any", super()).complete_list_value(return_type, field_nodes, info, path, result)

    def _compiled(self, of_type: Any, nodes: list[FieldNode]) -> Completer | None:
        try:
            writer = _Writer(self)
            return writer.function(writer.completed(of_type, nodes, "value"))
        except _OutOfTheOrdinary:
            return None


@contextmanager
def _resting_collector(items: Sequence[Any]) -> Generator[None]:
    rests = len(items) >= VERY_LONG and gc.isenabled()
    if rests:
        gc.disable()
    try:
        yield
    finally:
        if rests:
            gc.enable()


class _Writer:
    """Writes expressions that complete a value, and the functions that they call. Names of values are held, not written."""

    def __init__(self, context: ExecutionContext) -> None:
        self._context = context
        self._names: dict[str, Any] = {"context": context.context_value, "absent": _absent}

    def _named(self, value: Any) -> str:
        name = f"_{len(self._names)}"
        self._names[name] = value
        return name

    def function(self, expression: str) -> Completer:
        """A function of `value` that gives the expression."""
        made: dict[str, Any] = {}
        source = f"def complete(value):\n    return {expression}"
        # What is written are names that are made here, reprs of names of the schema and attributes in snake case: nothing of
        # the caller's but such names.
        exec(compile(source, "<completion of a list>", "exec"), self._names, made)
        return made["complete"]

    def completed(self, of_type: Any, nodes: list[FieldNode], value: str) -> str:
        """An expression that completes `value`, an expression that is evaluated once."""
        if isinstance(of_type, GraphQLNonNull):
            return self._present(cast("Any", of_type).of_type, nodes, value)
        if isinstance(of_type, GraphQLList):
            item = self.function(self.completed(cast("Any", of_type).of_type, nodes, "value"))
            return f"{self._named(_each(item))}({value})"
        if isinstance(of_type, GraphQLObjectType):
            return f"{self._named(_if_there(self._object(of_type, nodes)))}({value})"
        if isinstance(of_type, (GraphQLUnionType, GraphQLInterfaceType)):
            return f"{self._named(_if_there(self._abstract(of_type, nodes)))}({value})"
        return self._leaf(of_type, value, may_be_absent=True)

    def _present(self, of_type: Any, nodes: list[FieldNode], value: str) -> str:
        """The same where None may not be. What is made of an object that is there is there."""
        if isinstance(of_type, GraphQLObjectType):
            return f"{self._named(self._object(of_type, nodes))}({value})"
        if isinstance(of_type, (GraphQLUnionType, GraphQLInterfaceType)):
            return f"{self._named(self._abstract(of_type, nodes))}({value})"
        if isinstance(of_type, GraphQLList):
            item = self.function(self.completed(cast("Any", of_type).of_type, nodes, "value"))
            return f"{self._named(_each_of_some(item))}({value})"
        return self._leaf(of_type, value, may_be_absent=False)

    def _leaf(self, of_type: Any, value: str, *, may_be_absent: bool) -> str:
        """Texts, which most leaves are, are looked at in place."""
        serialize = self._named(_nullable(of_type.serialize) if may_be_absent else _required(of_type.serialize))
        if of_type.name in ("String", "ID"):
            return f"(text if (text := {value}).__class__ is str else {serialize}(text))"
        return f"{serialize}({value})"

    def _object(self, of_type: GraphQLObjectType, nodes: list[FieldNode]) -> Completer:
        entries: list[str] = []
        for response_name, field_nodes in self._context.collect_subfields(of_type, nodes).items():
            name = field_nodes[0].name.value
            if name == "__typename":
                entries.append(f"{response_name!r}: {of_type.name!r}")
                continue
            field: Any = of_type.fields.get(name)
            if field is None:
                raise _OutOfTheOrdinary
            value = self._value(field, field_nodes[0])
            entries.append(f"{response_name!r}: {self.completed(field.type, field_nodes, value)}")
        return self.function(f"{{{', '.join(entries)}}} if value is not None else absent()")

    def _value(self, field: Any, node: FieldNode) -> str:
        """An expression for what a field holds of `value`."""
        extensions: dict[str, Any] = field.extensions
        if PLAIN in extensions:
            function = extensions[PLAIN]
            if isinstance(function, attrgetter):
                return f"value.{cast('Any', function).__reduce__()[1][0]}"
            return f"{self._named(function)}(value)"
        if ASKED not in extensions:
            raise _OutOfTheOrdinary
        arguments = get_argument_values(field, node, self._context.variable_values)
        given = "".join(f", {name}={self._named(value)}" for name, value in arguments.items())
        return f"{self._named(extensions[ASKED])}(value, context{given})"

    def _abstract(self, of_type: GraphQLUnionType | GraphQLInterfaceType, nodes: list[FieldNode]) -> Completer:
        choose = of_type.extensions.get(CHOICE)
        if choose is None:
            raise _OutOfTheOrdinary
        possible = {each.name: each for each in self._context.schema.get_possible_types(of_type)}
        of_name: dict[str, Completer] = {}

        def complete(value: Any) -> Any:
            if value is None:
                return _absent()
            name = choose(value)
            completer = of_name.get(name)
            if completer is None:
                completer = of_name[name] = self._object(possible[name], nodes)
            return completer(value)

        return complete


def _absent() -> Any:
    raise _OutOfTheOrdinary


def _if_there(completer: Completer) -> Completer:
    return lambda value: completer(value) if value is not None else None


def _each(completer: Completer) -> Completer:
    def complete(values: Any) -> Any:
        if values is None:
            return None
        if not isinstance(values, (list, tuple)):
            raise _OutOfTheOrdinary
        return [completer(value) for value in cast("list[Any]", values)]

    return complete


def _each_of_some(completer: Completer) -> Completer:
    """The same for a list that is there."""

    def complete(values: Any) -> Any:
        if values.__class__ is list or values.__class__ is tuple:
            return [completer(value) for value in cast("list[Any]", values)]
        raise _OutOfTheOrdinary

    return complete


def _nullable(serialize: Completer) -> Completer:
    return lambda value: serialize(value) if value is not None else None


def _required(serialize: Completer) -> Completer:
    def complete(value: Any) -> Any:
        if value is None:
            raise _OutOfTheOrdinary
        completed = serialize(value)
        return completed if completed is not None else _absent()

    return complete
