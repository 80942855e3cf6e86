"""What a domain of the API gives to the schema: types in GraphQL's own language, and for each field where its value comes from.

A domain is two files side by side: `runs/runs.graphql` holds types, `runs/runs.py` says how their fields are answered, on a
`Domain` that it makes with `Domain.beside(__file__)`. Nothing is registered elsewhere but the module's name, in `schema.py`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., object])
S = TypeVar("S", bound=Callable[..., AsyncIterator[object]])


class RootField(msgspec.Struct, frozen=True, kw_only=True):
    """A field of Query or Mutation.

    Attributes:
        function: called with the context of the request, arguments by their names in snake case.
        permission: without which it is refused; None for what everybody may.
        refusal: gives of the arguments what is answered then; None for one `UnauthorizedError`.
    """

    function: Callable[..., object]
    permission: str | None = None
    refusal: Callable[..., object] | None = None


class TypeFields(msgspec.Struct, kw_only=True):
    """Where the fields of an object type come from; what stands in neither table is an attribute, in snake case.

    Attributes:
        classes: of the values that are of this type.
        plain: called with the value alone.
        asked: called with the value and the context of the request, arguments by their names in snake case.
    """

    classes: tuple[type, ...] = ()
    plain: dict[str, Callable[[Any], object]] = msgspec.field(default_factory=dict)
    asked: dict[str, Callable[..., object]] = msgspec.field(default_factory=dict)


class Domain:
    """The types of one module, and how their fields are answered.

    Args:
        types_path: the file that holds the types.

    Example:
        >>> greetings = Domain(Path("greetings.graphql"))
        >>> @greetings.query("greeting")
        ... def greeting(context, *, name):
        ...     return f"Hello {name}"
        >>> list(greetings.queries)
        ['greeting']
    """

    def __init__(self, types_path: Path) -> None:
        self.types_path = types_path
        self.queries: dict[str, RootField] = {}
        self.mutations: dict[str, RootField] = {}
        self.subscriptions: dict[str, Callable[..., AsyncIterator[object]]] = {}
        self.types: dict[str, TypeFields] = {}
        self.choices: dict[str, Callable[[Any], str]] = {}
        self.never: set[str] = set()

    @staticmethod
    def beside(module_file: str) -> Domain:
        """The domain whose types stand beside a module, in a file of the same name that ends in `.graphql`."""
        return Domain(Path(module_file).with_suffix(".graphql"))

    def query(self, name: str) -> Callable[[F], F]:
        """Marks what answers a field of Query; a function of the context and of the field's arguments, by name."""

        def mark(function: F) -> F:
            self.queries[name] = RootField(function=function)
            return function

        return mark

    def mutation(
        self, *names: str, permission: str | None = None, refusal: Callable[..., object] | None = None
    ) -> Callable[[F], F]:
        """Marks what answers fields of Mutation.

        Args:
            names: one, or several that do the same.
            permission: without which they are refused.
            refusal: gives of the arguments, by name, what is answered then; without: one `UnauthorizedError`.
        """

        def mark(function: F) -> F:
            for name in names:
                self.mutations[name] = RootField(function=function, permission=permission, refusal=refusal)
            return function

        return mark

    def subscription(self, name: str) -> Callable[[S], S]:
        """Marks what answers a field of Subscription; each value that it yields is sent as the field's value."""

        def mark(function: S) -> S:
            self.subscriptions[name] = function
            return function

        return mark

    def type(
        self,
        name: str,
        of: type[T],
        plain: Mapping[str, Callable[[T], object]] | None = None,
        asked: Mapping[str, Callable[[T, RequestContext], object]] | None = None,
    ) -> None:
        """Says where the fields of an object type come from.

        Args:
            name: of the type.
            of: the class of its values; told apart by it where a union or an interface is asked for.
            plain: functions of the value alone, keyed by field.
            asked: functions of the value, the context and the field's arguments, which all may be left out, keyed by field.
        """
        self._add(name, of, plain, asked)

    def placed_type(
        self,
        name: str,
        of: type[T],
        plain: Mapping[str, Callable[[Placed[T]], object]] | None = None,
        asked: Mapping[str, Callable[[Placed[T], RequestContext], object]] | None = None,
    ) -> None:
        """Like `type`, for values of this class together with the code location that declares them."""
        self._add(name, of, plain, asked)

    def _add(self, name: str, of: type, plain: Mapping[str, Any] | None, asked: Mapping[str, Any] | None) -> None:
        fields = self.types.setdefault(name, TypeFields())
        if of not in fields.classes:
            fields.classes = (*fields.classes, of)
        fields.plain.update(plain or {})
        fields.asked.update(asked or {})

    def field(self, type_name: str, name: str) -> Callable[[F], F]:
        """Marks what answers a field: a function of the value, the context and the field's arguments."""

        def mark(function: F) -> F:
            self.types.setdefault(type_name, TypeFields()).asked[name] = function
            return function

        return mark

    def never_made(self, *names: str) -> None:
        """Says of types that no value here is of them: clients know them, and may ask for their fields."""
        self.never.update(names)

    def choose(self, abstract: str, name_of: Callable[[Any], str]) -> None:
        """Says which type a value is, of a union or an interface, where its class does not tell."""
        self.choices[abstract] = name_of


def snake_case(name: str) -> str:
    """How a name of the schema is written in Python.

    Example:
        >>> snake_case("solidHandleID"), snake_case("runId")
        ('solid_handle_id', 'run_id')
    """
    return re.sub(r"(?<=[a-z0-9])([A-Z]+)", r"_\1", name).lower()
