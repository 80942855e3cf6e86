import pytest

import dagster as dg
from dagster.define.type_resolution import resolve_dagster_type, type_of_parameter, type_of_return
from dagster.define.types import DagsterTypeKind
from dagster.errors import (
    CheckError,
    DagsterInvalidDefinitionError,
    DagsterInvariantViolationError,
    ParameterCheckError,
)

Even = dg.DagsterType(lambda _, value: value % 2 == 0, name="Even", description="even numbers")


class Order:
    pass


@pytest.mark.parametrize(
    ("annotation", "key", "name", "kind"),
    [
        (int, "Int", "Int", "SCALAR"),
        (None, "Any", "Any", "ANY"),
        (type(None), "Nothing", "Nothing", "NOTHING"),
        (list, "List.Any", "[Any]", "LIST"),
        (list[int], "List.Int", "[Int]", "LIST"),
        (int | None, "Optional.Int", "Int?", "NULLABLE"),
        (list[int] | None, "Optional.List.Int", "[Int]?", "NULLABLE"),
        (dict, "PythonDict", "dict", "REGULAR"),
        (dict[str, int], "TypedPythonDict.String.Int", "Dict[String,Int]", "REGULAR"),
        (set[int], "TypedPythonSet.Int", "Set[Int]", "REGULAR"),
        (tuple[int, str], "TypedPythonTupleInt.String", "Tuple[Int,String]", "REGULAR"),
        (Order, f"_TypeHintInferred[{__name__}.Order]", "Order", "REGULAR"),
        (dg.List[dg.Optional[int]], "List.Optional.Int", "[Int?]", "LIST"),
        (dg.List, "List.Any", "[Any]", "LIST"),
        (Even, "Even", "Even", "REGULAR"),
    ],
)
def test_an_annotation_has_a_type(annotation, key, name, kind):
    found = resolve_dagster_type(annotation)
    assert (found.key, found.display_name, found.kind) == (key, name, DagsterTypeKind(kind))


@pytest.mark.parametrize("annotation", [int | str, tuple[int, ...], frozenset[int], "text", 3])
def test_an_annotation_without_a_type_is_refused(annotation):
    with pytest.raises(DagsterInvalidDefinitionError, match="Invalid type"):
        resolve_dagster_type(annotation)


def test_the_refusal_names_the_parameter():
    with pytest.raises(DagsterInvalidDefinitionError, match="argument 'x'"):
        type_of_parameter(int | str, "x")
    with pytest.raises(DagsterInvalidDefinitionError, match="return type annotation"):
        type_of_return(int | str)


def test_none_as_an_annotation_means_nothing():
    assert type_of_return(None).is_nothing


@pytest.mark.parametrize(
    ("annotation", "good", "bad", "sentence"),
    [
        (int, True, "x", 'Value "x" of python type "str" must be a int.'),
        (float, 1.0, 1, 'Value "1" of python type "int" must be a float.'),
        (type(None), None, 1, "Value must be None or unset, got a <class 'int'>"),
        (list[int], [1], ["a"], 'Value "a" of python type "str" must be a int.'),
        (list[int], [], 3, 'Value "3" of python type "int" must be a list.'),
        (dict[str, int], {"a": 1}, {1: 1}, 'Value "1" of python type "int" must be a string.'),
        (tuple[int, str], (1, "a"), (1,), "Tuple with key TypedPythonTupleInt.String requires 2 entries, received 1 values"),
        (set[int], {1}, [1], "Value should be a set, got a <class 'list'>"),
        (int | None, None, "x", 'Value "x" of python type "str" must be a int.'),
        (Even, 2, 3, None),
        (list[dict[str, list[int]]], [{"a": [1]}], [{"a": ["x"]}], 'Value "x" of python type "str" must be a int.'),
    ],
)
def test_a_type_tells_values_apart(annotation, good, bad, sentence):
    found = resolve_dagster_type(annotation)
    assert found.type_check(None, good).success
    assert found.type_check(None, bad) == dg.TypeCheck(success=False, description=sentence)


def test_a_class_is_told_by_its_full_name():
    described = resolve_dagster_type(Order).type_check(None, 3).description
    assert described is not None
    assert described.endswith(f"for Dagster type Order, expected value to be of Python type {__name__}.Order.")


def test_a_check_may_say_more_than_yes_or_no():
    positive = dg.DagsterType(lambda _, value: dg.TypeCheck(value > 0, "too small", metadata={"value": value}), name="Positive")
    answer = positive.type_check(None, -1)
    assert (answer.description, answer.metadata["value"].value) == ("too small", -1)


def test_a_check_that_answers_otherwise_is_named():
    odd = dg.DagsterType(lambda _, value: "yes", name="Odd")  # pyright: ignore[reportArgumentType]
    with pytest.raises(DagsterInvariantViolationError, match='type "Odd"'):
        odd.type_check(None, 1)


def test_a_type_check_succeeds_or_not():
    with pytest.raises(ParameterCheckError, match="success"):
        dg.TypeCheck("yes")  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"type_check_fn": lambda _, value: True}, CheckError),
        ({"type_check_fn": 3, "name": "x"}, ParameterCheckError),
        ({"type_check_fn": lambda value: True, "name": "x"}, DagsterInvalidDefinitionError),
        ({"type_check_fn": lambda _, value: True, "name": "x", "loader": 3}, ParameterCheckError),
    ],
)
def test_a_type_that_cannot_stand_is_refused(arguments, error):
    with pytest.raises(error):
        dg.DagsterType(**arguments)


def test_only_named_types_have_a_unique_name():
    assert (Even.unique_name, resolve_dagster_type(list[int]).has_unique_name) == ("Even", False)
    with pytest.raises(CheckError):
        _ = resolve_dagster_type(Order).unique_name


def test_a_type_made_of_others_requires_their_resources():
    known = dg.DagsterType(
        lambda context, value: value in context.resources.known, name="Known", required_resource_keys={"known"}
    )
    assert dg.List[known].required_resource_keys == {"known"}
    assert [inner.display_name for inner in dg.Optional[dg.List[known]].inner_types] == ["[Known]", "Known"]


def test_a_class_may_be_given_a_type_once():
    class Line:
        pass

    dg.make_python_type_usable_as_dagster_type(Line, Even)
    assert resolve_dagster_type(Line) is Even
    dg.make_python_type_usable_as_dagster_type(Line, Even)
    with pytest.raises(DagsterInvalidDefinitionError, match="registered before"):
        dg.make_python_type_usable_as_dagster_type(Line, dg.DagsterType(lambda _, value: True, name="Another"))


def test_a_class_that_was_used_before_cannot_be_given_a_type():
    class Line:
        pass

    resolve_dagster_type(Line)
    with pytest.raises(DagsterInvalidDefinitionError, match="above the first definition"):
        dg.usable_as_dagster_type(Line)


def test_a_value_can_be_checked_outside_of_runs():
    assert dg.check_dagster_type(Even, 3).success is False
    with pytest.raises(DagsterInvariantViolationError, match="typing module"):
        dg.check_dagster_type(list[int], [1])


def test_lists_and_nothing_take_several_outputs():
    assert resolve_dagster_type(list[int]).supports_fan_in
    assert resolve_dagster_type(list[int]).get_inner_type_for_fan_in().key == "Int"
    assert resolve_dagster_type(dg.Nothing).supports_fan_in
    with pytest.raises(CheckError):
        resolve_dagster_type(int).get_inner_type_for_fan_in()
