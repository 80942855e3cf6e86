import pytest

from dagster.define.assets import asset
from dagster.errors import DagsterInvalidAssetSelectionError, DagsterInvalidSubsetError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetGraph
from dagster.lineage.selections import resolve, resolve_checks
from dagster.specs.selections import AssetSelection
from dagster_tests.lineage.graphs import Definition, graph_of, spec

S = AssetSelection

# ext ─ a ─ p/b ─ c ─ d        e ─ x ─ y
#                obs ┘         (x external)
GRAPH = graph_of(
    spec("ext", group_name="g", tags={"t": "1"}, kinds={"dbt"}, owners=["ann@example.com"]),
    spec("a", "ext undeclared", group_name="g", tags={"t": "1", "u": ""}, kinds={"dbt"}, owners=["ann@example.com"]),
    spec("p/b", "a", group_name="h/i", tags={"t": "2"}),
    spec("obs"),
    spec("c", "p/b obs"),
    spec("d", "c"),
    spec("e"),
    spec("x", "e"),
    spec("y", "x"),
    external=["ext", "x"],
    observed=["obs"],
)


def chosen(selection: AssetSelection | str, graph: AssetGraph = GRAPH) -> str:
    tree = S.from_string(selection) if isinstance(selection, str) else selection
    return " ".join(sorted(key.to_user_string() for key in resolve(tree, graph)))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (S.all(), "a c d e p/b y"),
        (S.all(include_sources=True), "a c d e ext obs p/b undeclared x y"),
        (S.keys("a", "ext", "obs"), "a ext obs"),
        (S.groups("g"), "a"),
        (S.groups("g", "h/i", include_sources=True), "a ext p/b"),
        (S.groups("h"), ""),
        (S.groups(), ""),
        (S.key_prefixes("p"), "p/b"),
        (S.key_prefixes(["p", "b"], "ext"), "p/b"),
        (S.key_prefixes("p/b"), ""),
        (S.key_substring("/b"), "p/b"),
        (S.key_substring("e", include_sources=True), "e ext undeclared"),
        (S.kind("dbt"), "a"),
        (S.kind("dbt", include_sources=True), "a ext"),
        (S.kind(None), "c d e p/b y"),
        (S.owner("ann@example.com"), "a ext"),
        (S.owner(None), "c d e obs p/b undeclared x y"),
        (S.tag("t", "1"), "a"),
        (S.tag("t", ""), ""),
        (S.tag("u", ""), "a"),
    ],
)
def test_filters_leave_external_assets_out_unless_asked(selection: AssetSelection, expected: str) -> None:
    assert chosen(selection) == expected


@pytest.mark.parametrize(
    ("wildcard", "expected"),
    [("*", "a c d e ext obs p/b undeclared x y"), ("p*b", "p/b"), ("*e*", "e ext undeclared"), ("E", ""), ("", ""), ("?", "")],
)
def test_in_a_key_only_a_star_is_special(wildcard: str, expected: str) -> None:
    assert chosen(f'key:"{wildcard}"') == expected


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (S.keys("d").upstream(), "a c d p/b"),
        (S.keys("d").upstream(2), "c d p/b"),
        (S.keys("d").upstream(2, include_self=False), "c p/b"),
        (S.keys("c", "p/b").upstream(include_self=False), "a"),
        (S.keys("ext").upstream(), ""),
        (S.keys("y").upstream(), "e y"),
        (S.keys("y").upstream(1), "y"),
        (S.keys("a").upstream(0), "a"),
        (S.keys("a").upstream(-1), "a"),
    ],
)
def test_upstream_walks_through_external_assets_and_leaves_them_out(selection: AssetSelection, expected: str) -> None:
    assert chosen(selection) == expected


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (S.keys("ext").downstream(), "a c d ext p/b"),
        (S.keys("ext").downstream(1), "a ext"),
        (S.keys("e").downstream(include_self=False), "x y"),
        (S.keys("e", "x").downstream(include_self=False), "y"),
    ],
)
def test_downstream_takes_external_assets_in(selection: AssetSelection, expected: str) -> None:
    assert chosen(selection) == expected


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (S.keys("a", "d").roots(), "a"),
        (S.keys("a", "d").sinks(), "d"),
        (S.all().roots(), "a e"),
        (S.all(include_sources=True).sources(), "e ext obs undeclared"),
        (S.all().sinks(), "d y"),
    ],
)
def test_ends_are_found_across_assets_that_are_not_selected(selection: AssetSelection, expected: str) -> None:
    assert chosen(selection) == expected


def test_external_ancestors_include_the_selected_ones() -> None:
    assert chosen(S.keys("d").upstream_source_assets()) == "ext obs undeclared"
    assert chosen(S.keys("x").upstream_source_assets()) == "x"


def test_only_what_a_run_writes_is_materializable() -> None:
    assert chosen(S.keys("a", "ext", "obs").materializable()) == "a"


def test_assets_that_are_made_as_a_whole_bring_each_other() -> None:
    whole, parts = Definition(), Definition(can_subset=True)
    made_by = {"m1": whole, "m2": whole, "s1": parts, "s2": parts}
    graph = graph_of(*(spec(name) for name in made_by), definitions=made_by)
    assert chosen(S.keys("m1", "s1").required_multi_asset_neighbors(), graph) == "m1 m2 s1"


def test_difference_and_intersection_keep_what_is_left() -> None:
    assert chosen("+key:d and not key:a") == "c d p/b"
    assert chosen(S.keys("ext", "a") - S.all()) == "ext"
    assert chosen(S.all() & S.keys("ext", "a") & S.keys("a")) == "a"


def test_an_unknown_key_is_refused_with_close_ones() -> None:
    with pytest.raises(DagsterInvalidSubsetError) as refused:
        resolve(S.keys("b", "a").downstream(), GRAPH)
    assert str(refused.value) == "No asset \"b\". Close: 'p/b'."


def test_unknown_keys_may_be_left_out() -> None:
    selection = S.keys("nobody", "a") | S.checks(AssetCheckKey(AssetKey("a"), "nobody"))
    assert resolve(selection, GRAPH, allow_missing=True) == {AssetKey("a")}
    assert resolve_checks(selection, GRAPH, [], allow_missing=True) == set()


def test_a_key_that_is_searched_for_may_be_missing() -> None:
    assert chosen("key:nobody or group:nobody or key_substring:nobody") == ""


@pytest.mark.parametrize("string", ["status:x", "job:x", "column_tag:a=b", "code_location:<null>"])
def test_what_definitions_do_not_say_is_not_answered(string: str) -> None:
    with pytest.raises(DagsterInvalidAssetSelectionError, match="cannot be used to select assets in user code"):
        chosen(string)


def test_unpartitioned_assets_are_chosen_by_no_partitions() -> None:
    assert chosen("partitions:<null>") == chosen("partitions:none") == chosen('key:"*"')
    assert chosen("partitions:static") == ""


class Chosen(AssetSelection):
    def __init__(self, *keys: str) -> None:
        self.chosen_keys = keys

    def resolve_inner(self, asset_graph: AssetGraph, allow_missing: bool) -> set[AssetKey]:
        return {AssetKey(key) for key in self.chosen_keys}


def test_a_users_selection_takes_part_like_ours() -> None:
    assert chosen(Chosen("a").downstream(1) - S.keys("a")) == "p/b"
    assert Chosen("a").resolve(GRAPH) == {AssetKey("a")}
    with pytest.raises(DagsterInvalidSubsetError):
        chosen(Chosen("nobody") | S.all())


def test_a_users_selection_becomes_keys_where_data_is_needed() -> None:
    selection = (S.groups("g") - Chosen("d", "a")).upstream()
    assert selection.to_serializable_asset_selection(GRAPH) == (S.groups("g") - S.keys("a", "d")).upstream()


CHECKS = [AssetCheckKey.from_user_string(name) for name in ("a:fresh", "a:whole", "ext:fresh", "c:fresh")]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (S.keys("a"), "a:fresh a:whole"),
        (S.all(), "a:fresh a:whole c:fresh"),
        (S.keys("a").without_checks(), ""),
        (S.keys("a") - S.checks(CHECKS[0]), "a:whole"),
        (S.keys("a") | S.checks(CHECKS[3]), "a:fresh a:whole c:fresh"),
        (S.keys("a") & S.checks(CHECKS[1]), "a:whole"),
        (S.all_asset_checks() - S.checks_for_assets("a"), "c:fresh ext:fresh"),
        (S.checks_for_assets("nobody"), ""),
        (S.keys("a").without_checks().downstream(), "a:fresh a:whole c:fresh"),
    ],
)
def test_checks_follow_their_assets_unless_said_otherwise(selection: AssetSelection, expected: str) -> None:
    assert " ".join(sorted(key.to_user_string() for key in resolve_checks(selection, GRAPH, CHECKS))) == expected


def test_selections_of_checks_choose_no_asset() -> None:
    assert chosen(S.all_asset_checks() | S.checks(CHECKS[0]) | S.checks_for_assets("a")) == ""


def test_an_unknown_check_is_refused() -> None:
    with pytest.raises(DagsterInvalidSubsetError, match=r"No asset check .a:frish.*Close: 'a:fresh'"):
        resolve_checks(S.checks(AssetCheckKey(AssetKey("a"), "frish")), GRAPH, CHECKS)


def test_selections_are_looked_up_on_definitions() -> None:
    @asset
    def first() -> None: ...

    @asset(deps=[first])
    def second() -> None: ...

    assert S.assets(second).upstream().resolve([first, second]) == {AssetKey("first"), AssetKey("second")}
