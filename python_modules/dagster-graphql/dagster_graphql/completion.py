"""Completes lists by functions that are compiled once per operation, in place of a walk per field of each item.

graphql-core looks at the type, the arguments and the result of every field of every item, which costs about 3 µs a field. What it
finds there is the same for each item of a list, apart from the values. So for a list of some length a function is written, in
Python, that makes the dict of an item in one expression, and compiled. Where anything is out of the ordinary (a field raises, a
value is missing that may not be, a type is not ours) the list is completed anew by graphql-core, which then tells each error at
its place; resolvers of fields below a list therefore change nothing. A property test holds both to the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
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

from dagster.garbage import collector_at_rest
from dagster_graphql.building import ASKED, CHOICE, PLAIN

Completer = Callable[[Any], Any]

LONG = 8
"""From how many items on a list is worth a function of its own."""


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
                    with collector_at_rest():  # what is made is all kept, and would be looked through again and again
                        return completer(result)
                except Exception:  # whatever it is, it is found again and told at its place
                    pass
        return cast("Any", super()).complete_list_value(return_type, field_nodes, info, path, result)

    def _compiled(self, of_type: Any, nodes: list[FieldNode]) -> Completer | None:
        try:
            return _Writer(self).list_function(of_type, nodes)
        except (_OutOfTheOrdinary, SyntaxError):  # more loops within one another than Python allows
            return None


class _Writer:
    """Writes one function: statements that complete a value, from outside to inside. Names of values are held, not written."""

    def __init__(self, context: ExecutionContext) -> None:
        self._context = context
        self._names: dict[str, Any] = {"context": context.context_value, "absent": _absent}
        self._lines: list[str] = []
        self._indent = 1
        self._locals = 0

    def list_function(self, item_type: Any, nodes: list[FieldNode]) -> Completer:
        """A function of a list, that gives the completed one."""
        return self._function(self._list(item_type, nodes, "value"))

    def object_function(self, of_type: GraphQLObjectType, nodes: list[FieldNode]) -> Completer:
        """A function of a value that is there, that gives the completed object."""
        return self._function(self._object(of_type, nodes, "value"))

    def _function(self, result: str) -> Completer:
        self._write(f"return {result}")
        made: dict[str, Any] = {}
        # What is written are names that are made here, reprs of names of the schema and attributes in snake case: nothing of
        # the caller's but such names.
        source = "\n".join(["def complete(value):", *self._lines])
        exec(compile(source, "<completion of a list>", "exec"), self._names, made)
        return made["complete"]

    def _write(self, line: str) -> None:
        self._lines.append("    " * self._indent + line)

    @contextmanager
    def _block(self, head: str) -> Generator[None]:
        self._write(head)
        self._indent += 1
        yield
        self._indent -= 1

    def _local(self) -> str:
        self._locals += 1
        return f"v{self._locals}"

    def _named(self, value: Any) -> str:
        name = f"_{len(self._names)}"
        self._names[name] = value
        return name

    def _completed(self, of_type: Any, nodes: list[FieldNode], value: str) -> str:
        """Writes what is needed to complete the value of an expression, and gives an expression for the completed value."""
        if isinstance(of_type, GraphQLNonNull):
            return self._present(cast("Any", of_type).of_type, nodes, value)
        if not isinstance(of_type, (GraphQLList, GraphQLObjectType, GraphQLUnionType, GraphQLInterfaceType)):
            return self._leaf(of_type, value, may_be_absent=True)
        held, result = self._local(), self._local()
        self._write(f"{result} = {held} = {value}")
        with self._block(f"if {held} is not None:"):
            self._write(f"{result} = {self._present(of_type, nodes, held)}")
        return result

    def _present(self, of_type: Any, nodes: list[FieldNode], value: str) -> str:
        """The same where None may not be."""
        if isinstance(of_type, GraphQLList):
            return self._list(cast("Any", of_type).of_type, nodes, value)
        if isinstance(of_type, GraphQLObjectType):
            return self._object(of_type, nodes, value)
        if isinstance(of_type, (GraphQLUnionType, GraphQLInterfaceType)):
            return f"{self._named(self._abstract(of_type, nodes))}({value})"
        return self._leaf(of_type, value, may_be_absent=False)

    def _leaf(self, of_type: Any, value: str, *, may_be_absent: bool) -> str:
        """Plain values, which most leaves are, are looked at in place."""
        serialize = self._named(_nullable(of_type.serialize) if may_be_absent else _required(of_type.serialize))
        as_it_is = _AS_IT_IS.get(of_type.name)
        return f"{serialize}({value})" if as_it_is is None else f"(leaf if {as_it_is.format(value)} else {serialize}(leaf))"

    def _list(self, item_type: Any, nodes: list[FieldNode], value: str) -> str:
        values, result, item = self._local(), self._local(), self._local()
        self._write(f"{values} = {value}")
        self._write(f"if {values}.__class__ is not list and {values}.__class__ is not tuple: absent()")
        self._write(f"{result} = []")
        with self._block(f"for {item} in {values}:"):
            self._write(f"{result}.append({self._completed(item_type, nodes, item)})")
        return result

    def _object(self, of_type: GraphQLObjectType, nodes: list[FieldNode], value: str) -> str:
        held = self._local()
        self._write(f"{held} = {value}")
        self._write(f"if {held} is None: absent()")
        entries: list[str] = []
        for response_name, field_nodes in self._context.collect_subfields(of_type, nodes).items():
            name = field_nodes[0].name.value
            if name == "__typename":
                entries.append(f"{response_name!r}: {of_type.name!r}")
                continue
            field: Any = of_type.fields.get(name)
            if field is None:
                raise _OutOfTheOrdinary
            completed = self._completed(field.type, field_nodes, self._value(field, field_nodes[0], held))
            entries.append(f"{response_name!r}: {completed}")
        return f"{{{', '.join(entries)}}}"

    def _value(self, field: Any, node: FieldNode, held: str) -> str:
        """An expression for what a field holds of a value."""
        extensions: dict[str, Any] = field.extensions
        if PLAIN in extensions:
            function = extensions[PLAIN]
            if isinstance(function, attrgetter):
                return f"{held}.{cast('Any', function).__reduce__()[1][0]}"
            return f"{self._named(function)}({held})"
        if ASKED not in extensions:
            raise _OutOfTheOrdinary
        arguments = get_argument_values(field, node, self._context.variable_values)
        given = "".join(f", {name}={self._named(value)}" for name, value in arguments.items())
        return f"{self._named(extensions[ASKED])}({held}, context{given})"

    def _abstract(self, of_type: GraphQLUnionType | GraphQLInterfaceType, nodes: list[FieldNode]) -> Completer:
        """A function of a value of any of the possible types, each of which is written when the first value of it comes."""
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
                completer = of_name[name] = _Writer(self._context).object_function(possible[name], nodes)
            return completer(value)

        return complete


_AS_IT_IS = {
    "String": "(leaf := {}).__class__ is str",
    "ID": "(leaf := {}).__class__ is str",
    "Boolean": "(leaf := {}) is True or leaf is False",
    "Int": "(leaf := {}).__class__ is int and -2147483648 <= leaf <= 2147483647",
    # A number less itself is 0, unless it is infinite or none.
    "Float": "(leaf := {}).__class__ is float and leaf - leaf == 0",
}
"""By the name of a scalar, when a value goes out as it is."""


def _absent() -> Any:
    raise _OutOfTheOrdinary


def _nullable(serialize: Completer) -> Completer:
    return lambda value: serialize(value) if value is not None else None


def _required(serialize: Completer) -> Completer:
    def complete(value: Any) -> Any:
        if value is None:
            raise _OutOfTheOrdinary
        completed = serialize(value)
        return completed if completed is not None else _absent()

    return complete
