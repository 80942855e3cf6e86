import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import CheckError, DagsterInvariantViolationError, ParameterCheckError
from dagster.keys import AssetCheckKey, AssetKey, key_prefix_of

PARTS = st.lists(st.text(alphabet=st.characters(exclude_characters="\\", exclude_categories=["Cs"]), min_size=1), min_size=1)


@given(PARTS)
def test_every_escaped_user_string_reads_back(parts: list[str]) -> None:
    key = AssetKey(parts)
    assert AssetKey.from_escaped_user_string(key.to_escaped_user_string()) == key


@given(PARTS)
def test_every_database_string_reads_back(parts: list[str]) -> None:
    assert AssetKey.from_db_string(AssetKey(parts).to_db_string()) == AssetKey(parts)


@given(PARTS, PARTS)
def test_a_prefix_in_the_database_is_the_beginning_of_exactly_the_keys_below_it(first: list[str], second: list[str]) -> None:
    key = AssetKey([*first, *second])
    assert key.to_db_string().startswith(AssetKey.get_db_prefix(first))


def test_a_plain_string_is_one_part_also_with_a_slash() -> None:
    assert AssetKey("a/b").path == ["a/b"]
    assert AssetKey.from_user_string("a/b").path == ["a", "b"]


def test_equal_keys_are_one_key_in_a_dict() -> None:
    assert {AssetKey(["a", "b"]): 1}[AssetKey(("a", "b"))] == 1


def test_a_key_equals_no_string_and_no_list() -> None:
    assert AssetKey("a") != "a"
    assert AssetKey("a") != ["a"]


def test_keys_sort_by_their_parts() -> None:
    keys = [AssetKey("b"), AssetKey(["a", "z"]), AssetKey("a")]
    assert sorted(keys) == [AssetKey("a"), AssetKey(["a", "z"]), AssetKey("b")]


@pytest.mark.parametrize("made_again", [copy.copy, copy.deepcopy, lambda key: pickle.loads(pickle.dumps(key))])
def test_a_key_survives_copying_and_pickling(made_again: Any) -> None:
    key = made_again(AssetKey(["a", "b"]))
    assert key == AssetKey(["a", "b"])
    assert hash(key) == hash(AssetKey(["a", "b"]))


def test_a_key_is_frozen() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        AssetKey("a").parts = ("b",)


@pytest.mark.parametrize("path", [None, 3, {"a"}, b"a"])
def test_a_path_of_another_kind_is_refused(path: Any) -> None:
    with pytest.raises(ParameterCheckError, match="path"):
        AssetKey(path)


def test_a_part_that_is_no_string_is_refused() -> None:
    with pytest.raises(CheckError, match="Got 3"):
        AssetKey(["a", 3])  # pyright: ignore[reportArgumentType]


def test_a_path_changed_afterwards_does_not_change_the_key() -> None:
    key = AssetKey(["a", "b"])
    key.path.append("c")
    assert key.path == ["a", "b"]


@pytest.mark.parametrize(("given", "expected"), [("a", ["a"]), (["a", "b"], ["a", "b"]), (("a",), ["a"])])
def test_what_people_write_becomes_a_key(given: Any, expected: list[str]) -> None:
    assert AssetKey.from_coercible(given).path == expected


def test_what_has_a_key_becomes_that_key() -> None:
    class Having:
        key = AssetKey("a")

    assert AssetKey.from_coercible_or_definition(Having()) == AssetKey("a")
    assert AssetKey.from_coercible_or_definition(AssetKey("a")) == AssetKey("a")


def test_what_has_no_key_is_refused() -> None:
    with pytest.raises(CheckError, match="Got 3"):
        AssetKey.from_coercible_or_definition(3)


def test_prefixes_go_before_the_key() -> None:
    assert AssetKey("a").with_prefix("p").path == ["p", "a"]
    assert AssetKey("a").with_prefix(["p", "q"]).path == ["p", "q", "a"]
    assert AssetKey(["p", "q", "a"]).has_prefix(["p", "q"])
    assert not AssetKey(["p", "a"]).has_prefix(["q"])


def test_an_empty_prefix_is_a_prefix_of_every_key() -> None:
    assert AssetKey("a").has_prefix([])


def test_no_prefix_has_no_parts() -> None:
    assert key_prefix_of(None) == ()
    assert key_prefix_of("a") == ("a",)


def test_the_name_of_the_step_is_an_identifier() -> None:
    assert AssetKey(["a-b", "c"]).to_python_identifier() == "a_b__c"
    assert AssetKey("a").to_python_identifier("end") == "a__end"


def test_the_graphql_input_reads_back() -> None:
    key = AssetKey(["a", "b"])
    assert AssetKey.from_graphql_input(key.to_graphql_input()) == key


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_database_string_is_no_key(nothing: str | None) -> None:
    assert AssetKey.from_db_string(nothing) is None


def test_a_check_key_is_written_with_a_colon() -> None:
    key = AssetCheckKey(AssetKey(["a", "b"]), "not_empty")
    assert key.to_user_string() == "a/b:not_empty"
    assert AssetCheckKey.from_user_string("a/b:not_empty") == key


@pytest.mark.parametrize("string", ["", "a", "a:", ":b"])
def test_a_check_key_without_asset_or_name_is_refused(string: str) -> None:
    with pytest.raises(DagsterInvariantViolationError, match="asset:check"):
        AssetCheckKey.from_user_string(string)


def test_a_check_key_reads_back_from_the_database() -> None:
    key = AssetCheckKey(AssetKey(["a", "b"]), "not_empty")
    assert AssetCheckKey.from_db_string(key.to_db_string()) == key


@pytest.mark.parametrize("string", ["", "null", "{}", "[]", '{"asset_key": "x", "check_name": "y"}'])
def test_what_is_no_check_key_in_the_database_is_none(string: str) -> None:
    assert AssetCheckKey.from_db_string(string) is None


def test_a_check_key_coerces_its_asset() -> None:
    assert AssetCheckKey("a", "b").asset_key == AssetKey("a")  # pyright: ignore[reportArgumentType]


def test_a_check_key_can_move_to_another_asset() -> None:
    key = AssetCheckKey(AssetKey("a"), "c")
    assert key.with_asset_key_prefix("p").asset_key == AssetKey(["p", "a"])
    assert key.replace_asset_key(AssetKey("z")) == AssetCheckKey(AssetKey("z"), "c")
    assert AssetCheckKey.from_graphql_input({"assetKey": {"path": ["a"]}, "name": "c"}) == key
