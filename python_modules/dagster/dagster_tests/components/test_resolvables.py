from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union

import pytest
from pydantic import BaseModel, ValidationError

import dagster as dg
from dagster.components.refusals import DagsterComponentError


class Client:
    """Of a library of the user."""


@dataclass
class Column(dg.Resolvable):
    name: str
    width: int = 10


class Table(dg.Model, dg.Resolvable):
    name: str
    columns: list[Column] = []  # noqa: RUF012 - pydantic copies it
    key: Column | None = None


class Loader(dg.Resolvable):
    def __init__(
        self, tables: Sequence[Table], by_name: Mapping[str, Column] | None = None, mode: Literal["a", "b"] = "a"
    ) -> None:
        self.tables = tables
        self.by_name = by_name
        self.mode = mode


def test_classes_are_made_of_files_with_their_defaults() -> None:
    table = Table.resolve_from_yaml("{name: orders, columns: [{name: id}, {name: note, width: '{{ 4 * 5 }}'}]}")
    assert table == Table(name="orders", columns=[Column("id"), Column("note", 20)])


def test_a_class_with_a_constructor_is_made_of_a_file() -> None:
    loader = Loader.resolve_from_yaml("tables: [{name: orders, key: {name: id}}]\nby_name: {x: {name: y}}\n")
    assert loader.tables == [Table(name="orders", key=Column("id"))]
    assert loader.by_name == {"x": Column("y")}
    assert loader.mode == "a"


def test_a_field_may_be_a_template_that_gives_it() -> None:
    scope = {"made": Column("x"), "all": [Column("y")]}
    assert Table.resolve_from_yaml("{name: t, columns: ['{{ made }}']}", scope=scope).columns == [Column("x")]
    assert Table.resolve_from_yaml("{name: t, columns: '{{ all }}'}", scope=scope).columns == [Column("y")]


def test_members_of_a_union_are_told_apart_by_their_fields() -> None:
    @dataclass
    class Either(dg.Resolvable):
        what: Union[Column, Table, str]

    assert Either.resolve_from_yaml("what: {name: a, width: 3}").what == Column("a", 3)
    assert Either.resolve_from_yaml("what: {name: a, columns: []}").what == Table(name="a")
    assert Either.resolve_from_yaml("what: a").what == "a"


def test_what_is_not_written_is_left_to_the_class() -> None:
    @dataclass
    class Listed(dg.Resolvable):
        names: list[str] = field(default_factory=lambda: ["x"])
        note: Annotated[str, dg.Resolver(lambda _, value: value + "!")] = "default"

    assert Listed.resolve_from_yaml("{}") == Listed(["x"], "default")
    assert Listed.resolve_from_dict({"note": "a"}) == Listed(["x"], "a!")


def test_a_plain_pydantic_model_is_taken_as_it_stands() -> None:
    class Plain(BaseModel):
        text: str

    @dataclass
    class Holder(dg.Resolvable):
        plain: Plain

    assert Holder.resolve_from_yaml("plain: {text: '{{ 1 }}'}").plain == Plain(text="{{ 1 }}")


def test_a_subclass_has_the_fields_of_its_base() -> None:
    class Wide(Table):
        wide: bool = False

    assert Wide.resolve_from_yaml("{name: t, wide: true}") == Wide(name="t", wide=True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: t\nnmae: t", "<string>:2: nmae: Nothing of this name may be written here. Close: 'name'."),
        ("name: t\ncolumns:\n  - nome: x\n    name: y", "<string>:3: columns.0.nome: Nothing of this name may be written here."),
        ("name: t\ncolumns:\n  - name: 3", "<string>:3: columns.0.name: Input should be a valid string, found 3."),
        ("name: t\nkey:\n  name: '{{ nope }}'", "<string>:3: key.name: 'nope' is undefined."),
        ("name: '{{ 3 }}'", "<string>:1: name: Input should be a valid string, found 3."),
        ("- 1", "<string>:1: Input should be a valid dictionary"),
    ],
)
def test_what_does_not_fit_is_refused_with_line_and_key(text: str, said: str) -> None:
    with pytest.raises(DagsterComponentError) as refused:
        Table.resolve_from_yaml(text)
    assert str(refused.value).startswith(said)


def test_each_problem_is_a_finding_of_its_own() -> None:
    with pytest.raises(DagsterComponentError) as refused:
        Table.resolve_from_yaml("a: 1\nb: 2\nname: t")
    assert [place for _, place in refused.value.findings] == ["<string>:1", "<string>:2"]


def test_a_type_that_no_file_holds_needs_a_resolver() -> None:
    @dataclass
    class Bad(dg.Resolvable):
        client: Client

    with pytest.raises(
        DagsterComponentError, match=r"'client' is of the type Client, which no file holds.*Annotated\[Client, Resolver"
    ):
        Bad.model()


def test_a_class_without_fields_that_can_be_read_is_refused() -> None:
    class Bare(dg.Resolvable): ...

    class Unannotated(dg.Resolvable):
        def __init__(self, a) -> None: ...

    with pytest.raises(DagsterComponentError, match="cannot be read from it"):
        Bare.model()
    with pytest.raises(DagsterComponentError, match="parameter a of Unannotated.__init__ has no annotation"):
        Unannotated.model()


def test_a_model_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValidationError):
        Table(name="t", nope=1)  # pyright: ignore[reportCallIssue]


def test_the_model_has_a_schema_with_descriptions() -> None:
    class Described(dg.Model, dg.Resolvable):
        path: Annotated[str, dg.Resolver.default(description="Where it lies.", examples=["a/b"])]

    assert Described.model().model_json_schema()["properties"]["path"]["description"] == "Where it lies."


def test_resolving_from_a_model_keeps_what_was_set() -> None:
    model: Any = Table.model()
    assert Table.resolve_from_model(dg.ResolutionContext.default(), model(name="{{ 'a' ~ 'b' }}")).name == "ab"
