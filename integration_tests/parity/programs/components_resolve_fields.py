"""How classes are made of what a file holds: fields, defaults, unions, resolvers."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Optional, Union

import seen
from pydantic import BaseModel

import dagster as dg


@dataclass
class Column(dg.Resolvable):
    name: str
    width: int = 10


class Table(dg.Model, dg.Resolvable):
    name: str
    key: Optional[Column] = None
    columns: list[Column] = []


class Loader(dg.Resolvable):
    def __init__(self, tables: list[Table], mode: Literal["a", "b"] = "a", by_name: Optional[dict[str, Column]] = None):
        self.tables, self.mode, self.by_name = tables, mode, by_name

    def __repr__(self):
        return f"Loader({self.tables!r}, {self.mode!r}, {self.by_name!r})"


class Plain(BaseModel):
    text: str


@dataclass
class Fields(dg.Resolvable):
    either: Union[Column, Table, str] = "none"
    plain: Optional[Plain] = None
    numbers: Optional[list[Optional[int]]] = None
    doubled: Annotated[str, dg.Resolver(lambda context, value: value * 2)] = "d"
    where: Annotated[Any, dg.Resolver(lambda context, value: (list(context.path), value), model_field_type=str)] = None
    whole: Annotated[
        Any, dg.Resolver.from_model(lambda context, model: model.doubled, model_field_name="said", model_field_type=str)
    ] = None
    raw: Annotated[Any, dg.Resolver.passthrough()] = None
    late: Annotated[str, dg.Resolver(lambda context, value: value, inject_before_resolve=False)] = ""
    injected: dg.Injected[object] = None
    key: Optional[dg.ResolvedAssetKey] = None


class Unknown:
    pass


def bad_type():
    @dataclass
    class Bad(dg.Resolvable):
        field: Unknown

    return Bad.model()


def bare():
    class Bare(dg.Resolvable):
        pass

    return Bare.model()


def without_annotation():
    class Without(dg.Resolvable):
        def __init__(self, a):
            pass

    return Without.model()


SCOPE = {"column": Column("given"), "names": ["x"], "n": 4}
MADE = [
    (Column, "name: id"),
    (Column, "{name: '{{ names[0] }}', width: '{{ n * 2 }}'}"),
    (Table, "{name: t, key: {name: id}, columns: [{name: a}]}"),
    (Table, "{name: t, columns: '{{ [column] }}'}"),
    (Loader, "{tables: [{name: t}], mode: b, by_name: {k: {name: v}}}"),
    (Fields, "either: {name: a, width: 1}"),
    (Fields, "either: {name: a, columns: []}"),
    (Fields, "either: text"),
    (Fields, "either: '{{ n }}'"),
    (Fields, "plain: {text: '{{ 1 }}'}"),
    (Fields, "numbers: [1, null]"),
    (Fields, "doubled: ab"),
    (Fields, "doubled: 'a{{ n }}'"),
    (Fields, "doubled: '{{ n }}'"),
    (Fields, "where: here"),
    (Fields, "{said: x, doubled: '{{ n }}'}"),
    (Fields, "raw: '{{ n }}'"),
    (Fields, "late: '{{ n }}'"),
    (Fields, "injected: '{{ column }}'"),
    (Fields, "key: a/b"),
    (Fields, "key: '{{ names[0] }}/y'"),
]
REFUSED = [
    (Column, "width: 3"),
    (Column, "{name: a, wdith: 3}"),
    (Column, "name: 3"),
    (Table, "{name: t, columns: [{nome: a}]}"),
    (Table, "{name: '{{ nope }}'}"),
    (Table, "{name: '{{ n }}'}"),
    (Loader, "{tables: []  , mode: [c]}"),
    (Column, "- 1"),
]


def made(cls, text):
    return repr(cls.resolve_from_yaml(text, scope=SCOPE))


def facts() -> dict:
    model = Table.model()
    return {
        "made": {f"{cls.__name__}: {text}": seen.outcome(lambda: made(cls, text)) for cls, text in MADE},
        "refused": {f"{cls.__name__}: {text}": "raises" in seen.outcome(lambda: made(cls, text)) for cls, text in REFUSED},
        "of a dict": repr(Column.resolve_from_dict({"name": "a"})),
        "of a model": repr(Table.resolve_from_model(dg.ResolutionContext.default(), model(name="{{ 1 }}x"))),
        "fields": sorted(model.model_fields),
        "required": [name for name, field in model.model_fields.items() if field.is_required()],
        "types": ["raises" in seen.outcome(call) for call in (bad_type, bare, without_annotation)],
        "extra": seen.outcome(lambda: Table(name="t", nope=1))["raises"],
        "values": dg.ResolutionContext.default().with_scope(n=3).resolve_value({"a": ["{{ n }}", ("{{ n }}",)], "b": None}),
    }
