import pickle

import pytest

from dagster import serdes
from dagster.errors import CheckError, DagsterInvalidAssetSelectionError, ParameterCheckError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.assets import AssetSpec
from dagster.specs.selections import (
    AllSelection,
    AndAssetSelection,
    AssetSelection,
    KeysAssetSelection,
    Operand,
    OrAssetSelection,
    SubtractAssetSelection,
)

A, B, C = AssetSelection.keys("a"), AssetSelection.groups("b"), AssetSelection.kind("c")


class Definition:
    """Looks like a definition of several assets and their checks."""

    def __init__(self, *keys: str, checks: tuple[str, ...] = ()) -> None:
        self.specs = [AssetSpec(key) for key in keys]
        self.keys = {AssetKey(key) for key in keys}
        self.check_keys = {AssetCheckKey.from_user_string(check) for check in checks}

    @property
    def key(self) -> AssetKey:
        raise LookupError("there are several")


def keys_of(selection: AssetSelection) -> list[str]:
    assert isinstance(selection, KeysAssetSelection)
    return [key.to_user_string() for key in selection.selected_keys]


def test_a_string_with_slashes_is_a_key_of_several_parts() -> None:
    assert AssetSelection.keys("a/b").selected_keys == (AssetKey(["a", "b"]),)
    assert AssetSelection.assets("a/b", ["c", "d"]).selected_keys == (AssetKey(["a", "b"]), AssetKey(["c", "d"]))


def test_a_definition_of_several_assets_stands_for_all_of_them_in_their_order() -> None:
    assert keys_of(AssetSelection.assets(Definition("z", "a"), AssetSpec("m"))) == ["z", "a", "m"]


def test_a_prefix_given_as_a_string_is_one_part() -> None:
    assert AssetSelection.key_prefixes("a/b", ["c", "d"]).selected_key_prefixes == (("a/b",), ("c", "d"))


def test_unions_and_intersections_are_flat_and_differences_are_not() -> None:
    assert A | (B | C) == OrAssetSelection(operands=(A, B, C)) == (A | B) | C
    assert A & (B & C) == AndAssetSelection(operands=(A, B, C)) == (A & B) & C
    assert A - B - C == SubtractAssetSelection(left=SubtractAssetSelection(left=A, right=B), right=C)


def test_selections_are_values() -> None:
    assert AssetSelection.keys("a", "b") == AssetSelection.keys("a", "b") != AssetSelection.keys("b", "a")
    assert AssetSelection.groups("a") != AssetSelection.groups("a", include_sources=True)
    assert len({A | B, A | B, B | A}) == 2
    assert pickle.loads(pickle.dumps((A - B).upstream(2))) == (A - B).upstream(2)


def test_selections_travel_as_json() -> None:
    tree = ((A | B.downstream()) - AssetSelection.checks(AssetCheckKey(AssetKey("a"), "c"))).upstream(2).roots()
    assert serdes.decode(serdes.encode(tree), Operand) == tree


def test_only_selections_are_combined() -> None:
    with pytest.raises(ParameterCheckError, match='Param "other" is not a AssetSelection'):
        _ = A | "b"  # pyright: ignore[reportOperatorIssue]


@pytest.mark.parametrize(
    "make",
    [
        lambda: AssetSelection.keys(3),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.assets(3),
        lambda: AssetSelection.groups(["a", "b"]),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.key_prefixes(3),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.key_prefixes(["a", 3]),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.key_substring(3),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.kind(3),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.owner(3),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.tag("a", None),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.tag_string("a=b=c"),
        lambda: AssetSelection.checks("a:b"),
        lambda: A.upstream("2"),  # pyright: ignore[reportArgumentType]
        lambda: AssetSelection.from_string(3),  # pyright: ignore[reportArgumentType]
    ],
)
def test_arguments_of_a_wrong_type_are_refused(make) -> None:
    with pytest.raises(CheckError):
        make()


def test_a_tag_string_without_a_value_means_the_empty_one() -> None:
    assert AssetSelection.tag_string("k") == AssetSelection.tag("k", "")


def test_a_selection_argument_takes_strings_keys_and_definitions() -> None:
    assert AssetSelection.from_coercible("*") == AllSelection()
    assert AssetSelection.from_coercible(A) is A
    assert keys_of(AssetSelection.from_coercible([AssetKey("a"), Definition("b", "c"), AssetSpec("d")])) == list("abcd")
    assert AssetSelection.from_coercible(["a", "group:b"]) == A | B
    assert AssetSelection.from_coercible(["group:b", AssetKey("a"), C]) == B | C | A
    assert keys_of(AssetSelection.from_coercible([])) == []


def test_a_definition_of_checks_alone_stands_for_its_checks() -> None:
    checks = Definition(checks=("a:fresh",))
    assert AssetSelection.from_coercible([checks]) == AssetSelection.checks(checks)
    assert AssetSelection.checks(checks).selected_asset_check_keys == (AssetCheckKey(AssetKey("a"), "fresh"),)


@pytest.mark.parametrize("wrong", [None, 3, {"a"}, [3], [["a", "b"]], AssetKey("a")])
def test_what_selects_no_asset_is_refused(wrong: object) -> None:
    with pytest.raises(DagsterInvalidAssetSelectionError, match="must be one of str"):
        AssetSelection.from_coercible(wrong)  # pyright: ignore[reportArgumentType]
