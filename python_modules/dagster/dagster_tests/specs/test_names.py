from typing import Any

import pytest

from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError
from dagster.specs.names import DISALLOWED_NAMES, check_pool, checked_group_name, checked_name, checked_owners


@pytest.mark.parametrize("name", ["a", "A_1", "_", "1", "x" * 500])
def test_letters_digits_and_underscores_are_a_name(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize("name", ["", "a b", "a-b", "a.b", "ä", "a\n", "a/b"])
def test_anything_else_is_no_name(name: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not a valid name"):
        checked_name(name)


@pytest.mark.parametrize("name", sorted(DISALLOWED_NAMES))
def test_names_of_our_own_are_taken(name: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="reserved keyword"):
        checked_name(name)


@pytest.mark.parametrize("name", [None, "sales", "sales/eu/north"])
def test_slashes_make_a_tree_of_groups(name: str | None) -> None:
    assert checked_group_name(name) == name


@pytest.mark.parametrize("name", ["", "a b", "/a", "a/", "a//b", "a\n"])
def test_a_group_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not a valid asset group name"):
        checked_group_name(name)


def test_owners_are_addresses_and_teams() -> None:
    for owner in ("a.b@c.org", "team:sales", "_a+b%c-d@x-y.COM", "0@x..com"):
        assert checked_owners([owner], "it") == [owner]
    assert checked_owners(None, "it") == []


@pytest.mark.parametrize("owner", ["sales", "team:", "@c.org", "a@b.c", "a!@b.com", ".a@b.com", "a@b_c.com", "a@b.com\n", 3])
def test_anything_else_owns_nothing(owner: Any) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="for it"):
        checked_owners([owner], "it")


@pytest.mark.parametrize("name", [None, "a", "a/b:c", "\u00e9", ""])
def test_a_pool_has_any_name_without_blanks(name: str | None) -> None:
    check_pool(name)


@pytest.mark.parametrize("name", ["a b", " a", "a\tb", "a\n"])
def test_blanks_in_the_name_of_a_pool_are_refused(name: str) -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="not a valid pool name"):
        check_pool(name)
    with pytest.raises(ParameterCheckError, match='"pool"'):
        check_pool(1)
