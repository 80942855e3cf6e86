import enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator

import dagster as dg
from dagster.config.annotations import schema_of_annotation
from dagster.config.run_schemas import process_run_config
from dagster.errors import (
    DagsterInvalidConfigError,
    DagsterInvalidInvocationError,
    DagsterInvalidPythonicConfigDefinitionError,
)


class Color(enum.Enum):
    RED = "r"
    BLUE = "b"


class Inner(dg.Config):
    q: int = 1


class Cat(dg.Config):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(dg.Config):
    kind: Literal["dog"] = "dog"
    noise: float = 1.0


class Everything(dg.Config):
    x: int = Field(ge=2, description="how many")
    name: str = "n"
    flag: bool = False
    color: Color = Color.RED
    maybe: int | None = None
    inner: Inner = Inner()
    many: list[Inner] = Field(default=[])
    by_name: dict[str, Inner] = Field(default={})
    pet: Cat | Dog = Field(discriminator="kind", default=Dog())
    other: str = Field(default="z", alias="another")
    made: list[int] = Field(default_factory=lambda: [7])
    anything: Any = None

    @field_validator("name")
    @classmethod
    def _no_bad_name(cls, value: str) -> str:
        if value == "bad":
            raise ValueError("the name is bad")
        return value


def given_to(annotation, config):
    """What the parameter `config` of the op `o` gets."""
    schema = schema_of_annotation(annotation)
    made = process_run_config({"ops": {"o": {"config": config}}}, owner="job j", ops={"o": schema}, resources={})
    return made.arguments["o"]


@pytest.mark.parametrize(
    "config",
    [
        {"x": 3},
        {"x": 3, "color": "BLUE", "maybe": 4, "inner": {"q": 5}, "many": [{"q": 2}, {}], "by_name": {"a": {"q": 3}}},
        {"x": 3, "pet": {"cat": {"lives": 9}}, "another": "o", "made": [1], "anything": {"a": [1]}},
    ],
)
def test_an_object_reads_back_what_it_writes(config):
    made = given_to(Everything, config)
    assert given_to(Everything, made.to_config_value()) == made
    assert given_to(Everything, made) == made


def test_fields_get_values_of_their_types():
    made = given_to(Everything, {"x": 3, "color": "BLUE", "many": [{"q": 2}], "pet": {"cat": {"lives": 9}}, "another": "o"})
    assert (made.color, made.many, made.pet, made.other) == (Color.BLUE, [Inner(q=2)], Cat(lives=9), "o")
    assert (made.made, made.inner, made.maybe) == ([7], Inner(), None)


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ({}, 'Missing required config entry "x" at path root:ops:o:config.'),
        ({"x": "3"}, "root:ops:o:config:x"),
        ({"x": 3, "color": "r"}, "root:ops:o:config:color not in enum type Color got r"),
        ({"x": 3, "by_name": {"a": {"q": "s"}}}, "root:ops:o:config:by_name:'a':value:q"),
        ({"x": 3, "pet": {"cow": {}}}, 'unexpected config entry "cow" at path root:ops:o:config:pet'),
        ({"x": 3, "other": "o"}, 'unexpected config entry "other"'),
        ({"x": 1}, "Invalid value at path root:ops:o:config:x: Input should be greater than or equal to 2."),
        ({"x": 3, "name": "bad"}, "Invalid value at path root:ops:o:config:name: Value error, the name is bad."),
        ({"x": 3, "name": None}, "Invalid value at path root:ops:o:config:name"),
    ],
)
def test_what_does_not_fit_is_named_with_its_path(config, sentence):
    with pytest.raises(DagsterInvalidConfigError) as caught:
        given_to(Everything, config)
    assert sentence in str(caught.value)
    assert caught.value.errors


def test_a_variable_is_looked_up_when_the_run_starts(monkeypatch):
    monkeypatch.setenv("ROWS_OF_TEST", "12")
    config = Everything(x=dg.EnvVar.int("ROWS_OF_TEST"), name=dg.EnvVar("ROWS_OF_TEST"))
    made = given_to(Everything, config)
    assert (made.x, made.name) == (12, "12")


def test_a_variable_is_checked_like_a_value(monkeypatch):
    monkeypatch.setenv("ROWS_OF_TEST", "1")
    with pytest.raises(DagsterInvalidConfigError, match="greater than or equal to 2"):
        given_to(Everything, Everything(x=dg.EnvVar.int("ROWS_OF_TEST")))


def test_an_optional_field_need_not_be_given():
    class Optional(dg.Config):
        o: int | None

    assert given_to(Optional, {}).o is None


def test_permissive_config_takes_other_fields():
    class Open(dg.PermissiveConfig):
        x: int

    made = given_to(Open, {"x": 1, "y": [2]})
    assert (made.y, made.to_config_value()) == ([2], {"x": 1, "y": [2]})


def test_an_enum_may_be_given_by_name():
    assert Everything(x=3, color="BLUE").color is Color.BLUE  # pyright: ignore[reportArgumentType]


def test_the_defaults_of_a_nested_object_hold_for_its_fields():
    class Outer(dg.Config):
        inner: Inner = Inner(q=8)

    assert given_to(Outer, {"inner": {}}).inner.q == 8


def test_objects_are_frozen():
    with pytest.raises(DagsterInvalidInvocationError, match="does not support item assignment"):
        Inner().q = 3  # pyright: ignore[reportAttributeAccessIssue]


def test_constructing_with_wrong_values_is_pydantics_error():
    with pytest.raises(ValidationError):
        Everything(x=1)


@pytest.mark.parametrize(("annotation", "config"), [(int, 3), (dict, {"a": 1}), (dict[str, int], {"a": 1}), (list[int], [1])])
def test_a_parameter_may_be_annotated_with_a_plain_type(annotation, config):
    assert given_to(annotation, config) == config


class Foreign(BaseModel):
    x: int = 1


@pytest.mark.parametrize(
    "annotation", [object, int | str, tuple[int, int], set[int], Foreign, Literal["a", 1]], ids=lambda each: str(each)
)
def test_a_field_that_config_cannot_say_is_refused(annotation):
    made = type("Made", (dg.Config,), {"__annotations__": {"x": annotation}, "__module__": __name__})
    with pytest.raises(DagsterInvalidPythonicConfigDefinitionError, match="field 'x'"):
        made.to_config_schema()


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (Any, "{ x: Any }"),
        (list, "{ x: [Any] }"),
        (dict, "{ x?: { } }"),
        (Literal["a", "b"], "{ x: Literal['a', 'b'] }"),
        (Annotated[int, Field(gt=3)], "{ x: (Int | { env: String }) }"),
        (list[int | None] | None, "{ x?: [(Int | { env: String })?]? }"),
        (dict[str, list[float]], "{ x: { [String]: [Float] } }"),
    ],
)
def test_a_field_becomes_a_config_type(annotation, text):
    made = type("Made", (dg.Config,), {"__annotations__": {"x": annotation}, "__module__": __name__})
    assert made.to_config_schema().config_type.text == text


def test_docstrings_and_descriptions_are_kept():
    class Described(dg.Config):
        """What it is for."""

        x: int = Field(default=1, description="how many")

    assert Described.to_config_schema().config_type.description == "What it is for."
    assert Described.to_fields_dict()["x"].description == "how many"


def test_what_pydantic_says_has_no_address_and_covers_secrets() -> None:
    class Login(dg.Config):
        user: str
        password: int

    with pytest.raises(ValidationError) as refused:
        Login(password="hunter2")  # pyright: ignore[reportArgumentType, reportCallIssue] - what is refused
    assert "https://" not in str(refused.value)
    assert "hunter2" not in str(refused.value)
    assert [each["type"] for each in refused.value.errors()] == ["missing", "int_parsing"]


def test_a_field_that_config_cannot_say_is_refused_where_the_class_is_used() -> None:
    class Options(dg.Config):
        size: int | str = 3

    with pytest.raises(DagsterInvalidPythonicConfigDefinitionError, match="field 'size'"):

        @dg.op
        def sized(config: Options) -> int:  # pyright: ignore[reportUnusedFunction]
            return 1

    with pytest.raises(DagsterInvalidPythonicConfigDefinitionError, match="field 'size'"):

        @dg.asset
        def orders(config: Options) -> int:  # pyright: ignore[reportUnusedFunction]
            return 1
