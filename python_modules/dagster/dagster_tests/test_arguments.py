import pytest

from dagster.arguments import check_argument, check_callable, check_members, check_optional, check_string_keys
from dagster.errors import CheckError, ParameterCheckError


def test_what_fits_says_nothing() -> None:
    check_argument("name", "a", str)
    check_optional("name", None, str)
    check_callable("function", print)
    check_callable("function", None)
    check_members("names", ["a"], str)
    check_members("names", None, str)
    check_string_keys("tags", {"a": 1})


def test_the_refusal_names_the_parameter_and_what_it_was_given() -> None:
    with pytest.raises(ParameterCheckError, match='Param "name" is not a str. Got 3'):
        check_argument("name", 3, str)
    with pytest.raises(ParameterCheckError, match="a str or int"):
        check_optional("name", [], (str, int))
    with pytest.raises(ParameterCheckError, match="callable"):
        check_callable("function", 3)


def test_members_are_those_of_a_list_and_never_of_a_string() -> None:
    with pytest.raises(ParameterCheckError, match="a Sequence"):
        check_members("names", "abc", str)
    with pytest.raises(CheckError, match='"names" takes a str. Got 3'):
        check_members("names", ["a", 3], str)


def test_keys_are_strings() -> None:
    with pytest.raises(CheckError, match="the key 1"):
        check_string_keys("tags", {1: "a"})
    with pytest.raises(ParameterCheckError, match="a dict"):
        check_string_keys("tags", ["a"])
