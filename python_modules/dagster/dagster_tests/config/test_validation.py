import enum
import math
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dagster as dg
from dagster.config.fields import to_config_type
from dagster.config.validation import process_config
from dagster.errors import DagsterInvalidConfigError


class Mode(enum.Enum):
    FULL = "full"
    PART = "part"


def processed(schema, value):
    return process_config(to_config_type(schema), value, "Error in config for op o")


def refusal(schema, value):
    with pytest.raises(DagsterInvalidConfigError) as caught:
        processed(schema, value)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        (int, 1, 1),
        (float, 1, 1.0),
        (bool, True, True),
        (str, "a", "a"),
        (dg.Any, None, None),
        (dg.Noneable(int), None, None),
        ([int], [1], [1]),
        (dg.Map(int, {"x": int}), {1: {"x": 2}}, {1: {"x": 2}}),
        ({"a": int, "b": dg.Field(str, default_value="z")}, {"a": 1}, {"a": 1, "b": "z"}),
        ({"a": dg.Field(int, is_required=False)}, {}, {}),
        ({"a": dg.Field({"b": dg.Field(int, default_value=2)})}, {}, {"a": {"b": 2}}),
        ({"a": dg.Noneable(int)}, {}, {"a": None}),
        (dg.Permissive({"a": int}), {"a": 1, "z": [2]}, {"a": 1, "z": [2]}),
        (dg.Selector({"a": int, "b": int}), {"b": 1}, {"b": 1}),
        (dg.Selector({"a": dg.Field(int, default_value=3)}), {}, {"a": 3}),
        (dg.Selector({"a": {"x": dg.Field(int, default_value=3)}, "b": int}), {"a": None}, {"a": {"x": 3}}),
        (dg.ScalarUnion(int, {"a": int}), 1, 1),
        (dg.ScalarUnion(int, {"a": int}), {"a": 1}, {"a": 1}),
        (dg.Enum.from_python_enum(Mode), "FULL", Mode.FULL),
        (dg.Enum("E", [dg.EnumValue("x", python_value=3)]), "x", 3),
        (dg.Shape({"a": int}, field_aliases={"a": "b"}), {"b": 1}, {"a": 1}),
    ],
)
def test_config_that_fits_gets_its_defaults(schema, value, expected):
    assert processed(schema, value) == expected


@pytest.mark.parametrize(
    ("schema", "value", "sentence"),
    [
        (int, "a", 'Invalid scalar at the root. Value "a" of type "<class \'str\'>" is not valid for expected type "Int".'),
        (int, True, 'Invalid scalar at the root. Value "True" of type "<class \'bool\'>" is not valid for expected type "Int".'),
        (int, None, 'Value at the root must not be None. Expected "Int"'),
        ([int], (1, 2), 'Value at the root must be list. Expected: "[Int]"'),
        ({"a": int}, 3, 'Value at the root must be dict. Expected: "{ a: Int }".'),
        ({"a": [{"b": int}]}, {"a": [{"b": "s"}]}, "Invalid scalar at path root:a[0]:b."),
        ({str: int}, {"k": "s"}, "Invalid scalar at path root:'k':value."),
        ({str: int}, {1: 1}, "Invalid scalar at path root:1:key."),
        ({"a": int}, {"a": 1, "z": 2}, 'Received unexpected config entry "z" at the root. Expected: "{ a: Int }".'),
        ({"a": int}, {}, "Example config for the missing entry: {'a': 0}"),
        ({"a": int, "b": [str]}, {}, "Missing required config entries ['a', 'b'] at the root."),
        (dg.Selector({"a": int, "b": int}), {}, "Must specify a field at the root if more than one field is defined."),
        (dg.Selector({"a": int, "b": int}), {"a": 1, "b": 2}, "You can only specify a single field at the root."),
        (dg.Selector({"a": int}), 3, "Value at the root must be dict"),
        (dg.Enum.from_python_enum(Mode), "full", "Value at the root not in enum type Mode got full"),
        (dg.Enum.from_python_enum(Mode), 3, "Value at the root for enum type Mode must be a string"),
        (dg.Shape({"a": int}, field_aliases={"a": "b"}), {"a": 1, "b": 1}, 'under its name and under its alias "b"'),
    ],
)
def test_what_does_not_fit_is_named_with_its_path(schema, value, sentence):
    (found,) = refusal(schema, value)
    assert sentence in found


def test_every_place_that_does_not_fit_is_named():
    assert len(refusal({"a": int, "b": [{"x": str}]}, {"a": "s", "b": [{"x": 3}], "zz": 1})) == 3


def test_the_error_keeps_reasons_places_and_the_config():
    with pytest.raises(DagsterInvalidConfigError) as caught:
        processed({"a": {"b": int}}, {"a": {"b": "s"}})
    (error,) = caught.value.errors
    assert (error.reason.value, error.stack.levels) == ("RUNTIME_TYPE_MISMATCH", ["a", "b"])
    assert caught.value.config_value == {"a": {"b": "s"}}


def test_a_close_name_is_offered():
    assert "Close: 'host'" in refusal({"host": dg.Field(str, is_required=False)}, {"hots": "x"})[0]


def test_processing_leaves_the_given_config_as_it_is():
    given_config = {"a": {}}
    processed({"a": {"b": dg.Field(int, default_value=1)}}, given_config)
    assert given_config == {"a": {}}


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=8,
)
schemas = st.recursive(
    st.sampled_from([int, float, bool, str, dg.Any, dg.StringSource, dg.Enum.from_python_enum(Mode)]),
    lambda inner: (
        st.builds(dg.Noneable, inner)
        | st.builds(dg.Array, inner)
        | st.builds(dg.Map, st.just(str), inner)
        | st.builds(dg.Shape, st.dictionaries(st.sampled_from("abc"), inner, max_size=3))
        | st.builds(dg.Permissive, st.dictionaries(st.sampled_from("abc"), inner, max_size=3))
        | st.builds(dg.Selector, st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=3))
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(schema=schemas, value=anything)
def test_a_check_raises_nothing_but_its_own_error(schema, value):
    with suppress(DagsterInvalidConfigError):
        processed(schema, value)


def _examples_fit(schema):
    return schema.example not in ("<selector>", None) and "<selector>" not in str(schema.example)


@settings(max_examples=100, deadline=None)
@given(schema=schemas.map(to_config_type).filter(_examples_fit))
def test_the_example_of_a_schema_fits_it(schema):
    process_config(schema, schema.example, "")


def test_a_number_that_is_none_stays_so():
    assert math.isnan(processed(float, math.nan))
