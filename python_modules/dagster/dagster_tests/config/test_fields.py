import enum

import pytest

import dagster as dg
from dagster.config.fields import to_config_type, to_field
from dagster.config.types import Scalar
from dagster.errors import (
    CheckError,
    DagsterInvalidConfigDefinitionError,
    DagsterInvalidConfigError,
    DagsterInvalidDefinitionError,
    ParameterCheckError,
)


class Mode(enum.Enum):
    FULL = "full"
    PART = "part"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (int, "Int"),
        (float, "Float"),
        (bool, "Bool"),
        (str, "String"),
        (list, "[Any]"),
        (dict, "{ }"),
        ([int], "[Int]"),
        ({str: int}, "{ [String]: Int }"),
        ({"a": int, "b": dg.Field(str, is_required=False)}, "{ a: Int b?: String }"),
        (dg.Noneable(int), "Int?"),
        (dg.Array({"a": int}), "[{ a: Int }]"),
        (dg.Map(str, int, key_label_name="table"), "{ [table: String]: Int }"),
        (dg.Selector({"a": int, "b": str}), "{ a: Int b: String }"),
        (dg.Permissive({"a": int}), "{ a: Int }"),
        (dg.ScalarUnion(int, [int]), "(Int | [Int])"),
        (dg.StringSource, "(String | { env: String })"),
        (dg.Enum.from_python_enum(Mode), "Mode"),
    ],
)
def test_a_python_object_stands_for_a_config_type(raw, text):
    assert to_config_type(raw).text == text


@pytest.mark.parametrize("raw", [3, "text", object, [], [int, str], {"a": {"b": object}}, {3: int}, Mode])
def test_what_stands_for_no_config_type_is_refused(raw):
    with pytest.raises(DagsterInvalidConfigDefinitionError):
        to_config_type(raw)


def test_the_refusal_says_where_in_the_schema():
    with pytest.raises(DagsterInvalidConfigDefinitionError, match="stack path :a:b"):
        to_config_type({"a": {"b": object}})


def test_a_class_of_config_types_is_refused_with_what_to_write():
    with pytest.raises(ParameterCheckError, match=r"Write `Permissive\(\.\.\.\)`"):
        to_config_type(dg.Permissive)


@pytest.mark.parametrize("raw", [dg.List[int], dg.Optional[int], dg.List, list[int]])
def test_types_of_values_are_no_config_types(raw):
    with pytest.raises(DagsterInvalidDefinitionError):
        to_config_type(raw)


@pytest.mark.parametrize(
    ("field", "is_required"),
    [
        (dg.Field(int), True),
        (dg.Field(int, default_value=3), False),
        (dg.Field(int, is_required=False), False),
        (dg.Field(dg.Noneable(int)), False),
        (dg.Field({"a": int}), True),
        (dg.Field({"a": dg.Field(int, default_value=3)}), False),
        (dg.Field({}), False),
        (dg.Field(dg.Permissive()), False),
        (dg.Field([int]), True),
        (dg.Field(dg.Selector({"a": dg.Field(int, default_value=1)})), False),
        (dg.Field(dg.Selector({"a": dg.Field(int, default_value=1), "b": int})), True),
        (to_field(None), False),
    ],
)
def test_a_field_is_required_unless_something_stands_in_for_it(field, is_required):
    assert field.is_required is is_required


def test_the_default_of_a_dict_is_made_of_the_defaults_of_its_fields():
    assert dg.Field({"a": dg.Field(int, default_value=3), "b": dg.Field(str, is_required=False)}).default_value == {"a": 3}


def test_a_default_of_another_type_is_refused_with_its_path():
    with pytest.raises(DagsterInvalidConfigError, match=r"root:a\. Value \"s\""):
        dg.Field({"a": int}, default_value={"a": "s"})


def test_a_required_field_has_no_default():
    with pytest.raises(ParameterCheckError):
        dg.Field(int, default_value=3, is_required=True)


def test_a_default_that_was_not_given_cannot_be_read():
    with pytest.raises(CheckError):
        _ = dg.Field(int).default_value


def test_an_enum_member_is_no_default_but_its_name_is():
    assert dg.Field(dg.Enum.from_python_enum(Mode), default_value="FULL").default_value == "FULL"
    with pytest.raises(DagsterInvalidDefinitionError, match=r"\['FULL', 'PART'\]"):
        dg.Field(dg.Enum.from_python_enum(Mode), default_value=Mode.FULL)


def test_a_map_has_scalar_keys():
    with pytest.raises(ParameterCheckError):
        dg.Map([int], int)


def test_types_that_accept_the_same_are_equal():
    assert dg.Shape({"a": int}) == dg.Shape({"a": int})
    assert dg.Shape({"a": int}) != dg.Shape({"a": str})
    assert isinstance(dg.Array(int).inner_type, Scalar)


def test_a_secret_default_is_not_shown():
    assert "hunter2" not in repr(dg.Field(str, default_value="hunter2", is_secret=True))


def test_the_members_of_an_enum_are_values_of_it() -> None:
    with pytest.raises(CheckError, match=r"write EnumValue\('full'\)"):
        dg.Enum("Mode", ["full"])  # pyright: ignore[reportArgumentType]
