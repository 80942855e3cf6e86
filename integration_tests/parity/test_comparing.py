"""When two sets of facts agree, and how a disagreement reads."""

from __future__ import annotations

from parity.comparing import ABSENT, NO_PUBLIC_NAME, disagreements, leaves


def error(name: str, *bases: str, **more: object) -> dict[str, object]:
    return {"raises": name, "bases": list(bases), **more}


def places(reference: object, ours: object) -> list[str]:
    return [item.fact for item in disagreements(reference, ours)]


def test_equal_facts_agree() -> None:
    assert places({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}) == []


def test_the_deepest_differing_fact_is_named() -> None:
    assert places({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}) == ["a[1].b"]


def test_values_of_different_types_disagree() -> None:
    assert places({"a": 1, "b": True}, {"a": 1.0, "b": 1}) == ["a", "b"]


def test_a_fact_that_is_missing_disagrees() -> None:
    (missing,) = disagreements({"a": 1}, {})
    assert missing.ours == ABSENT


def test_lists_of_different_length_are_shown_as_lines() -> None:
    (longer,) = disagreements({"events": [["A", None]] * 20}, {"events": [["A", None]] * 20 + [["B", "x"]]})
    assert '+["B", "x"]' in str(longer)


def test_an_error_agrees_when_the_same_handler_catches_it() -> None:
    ours = error("DagsterUnknownThing", "DagsterInvalidDefinitionError", "DagsterError", "ValueError")
    assert places(error("DagsterInvalidDefinitionError", "DagsterError"), ours) == []


def test_an_error_of_another_class_disagrees() -> None:
    assert places({"e": error("KeyError", "LookupError")}, {"e": error("TypeError")}) == ["e.raises"]


def test_an_error_nobody_can_name_agrees_with_any_error_but_not_with_a_value() -> None:
    unnamed = {"e": error(NO_PUBLIC_NAME)}
    assert places(unnamed, {"e": error("TypeError")}) == []
    assert places(unnamed, {"e": {"returns": 1}}) != []


def test_a_value_instead_of_an_error_is_one_disagreement() -> None:
    assert places({"call": error("ValueError")}, {"call": {"returns": {"deep": 1}}}) == ["call"]


def test_words_that_the_reference_does_not_mention_may_be_mentioned() -> None:
    reference = error("ValueError", mentions={"orders": True, "path": False})
    assert places(reference, error("ValueError", mentions={"orders": True, "path": True})) == []
    assert places({"e": reference}, {"e": error("ValueError", mentions={"orders": False, "path": False})}) == [
        "e.mentions.orders"
    ]


def test_leaves_are_counted_through_lists_and_mappings() -> None:
    assert leaves({"a": [1, 2], "b": {"c": None}}) == 3
