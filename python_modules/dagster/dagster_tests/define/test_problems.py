import pytest

from dagster.define.problems import Problem, problems_of, raise_problems
from dagster.errors import CircularDependencyError, DagsterInvalidDefinitionError


def problem(sentence: str, place: str = "") -> Problem:
    return Problem(DagsterInvalidDefinitionError(sentence), place)


def test_without_problems_nothing_happens() -> None:
    raise_problems([])


def test_a_single_problem_is_raised_as_it_is_with_its_place() -> None:
    only = Problem(CircularDependencyError(["a", "b", "a"]), "shop.py:3")
    with pytest.raises(CircularDependencyError, match=r"\(shop\.py:3\)$") as caught:
        raise_problems([only])
    assert caught.value is only.error


def test_a_place_is_said_once() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"^bad at shop\.py:3$"):
        raise_problems([problem("bad at shop.py:3", "shop.py:3")])


def test_several_problems_are_listed() -> None:
    with pytest.raises(DagsterInvalidDefinitionError) as caught:
        raise_problems([problem("one", "a.py:1"), problem("two")])
    assert str(caught.value).splitlines() == ["2 problems in these definitions:", "  one (a.py:1)", "  two"]


def test_very_many_problems_are_counted() -> None:
    with pytest.raises(DagsterInvalidDefinitionError) as caught:
        raise_problems([problem(str(number)) for number in range(10)])
    assert str(caught.value).splitlines()[-1] == "  and 2 more"
    assert len(str(caught.value).splitlines()) == 10


def test_a_missing_resource_is_told_once_with_how_many_ask_for_it() -> None:
    missing = [Problem(DagsterInvalidDefinitionError(f"{name} asks for db."), f"{name}.py:1", "db") for name in "abc"]
    alone = Problem(DagsterInvalidDefinitionError("d asks for mail."), "d.py:1", "mail")
    with pytest.raises(DagsterInvalidDefinitionError) as caught:
        raise_problems([*missing, alone, problem("other")])
    assert [text for text, _ in caught.value.findings] == [
        "a asks for db. 2 more ask for it.",
        "d asks for mail.",
        "other",
    ]


def test_what_an_error_lists_are_problems_again() -> None:
    listed = DagsterInvalidDefinitionError("all")
    listed.findings = (("one", "a.py:1"), ("two", ""))
    assert [(str(each.error), each.place) for each in problems_of(listed)] == [("one", "a.py:1"), ("two", "")]
    assert problems_of(CircularDependencyError(["a", "a"]))[0].place == ""
