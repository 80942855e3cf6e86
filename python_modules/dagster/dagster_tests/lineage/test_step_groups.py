from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import CircularDependencyError
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.lineage.step_groups import Maker, step_groups
from dagster.specs.assets import AssetSpec


def _graph(**deps: str) -> AssetGraph:
    specs = [AssetSpec(key, deps=found.split()) for key, found in deps.items()]
    return AssetGraph((spec, AssetExecutionType.MATERIALIZATION, None) for spec in specs)


def _groups(graph: AssetGraph, *makers: str, whole: str = "") -> list[list[str]]:
    """The groups of each maker as words of keys, e.g. `["a d", "b"]`; those in `whole` cannot be split."""
    named = [Maker(tuple(sorted(graph.position(AssetKey(key)) for key in maker.split())), maker != whole) for maker in makers]
    found = step_groups(graph, named)
    return [[" ".join(graph.keys[each].to_user_string() for each in group) for group in groups] for groups in found]


def test_a_function_is_called_once_where_nothing_stands_between_its_assets():
    graph = _graph(a="", b="a w", w="")
    assert [["a b"], ["w"]] == _groups(graph, "a b", "w")


def test_what_stands_between_splits():
    graph = _graph(a="", x="a", b="x")
    assert [["a", "b"], ["x"]] == _groups(graph, "a b", "x")


def test_what_follows_inside_of_the_function_stays_with_it():
    graph = _graph(a="", b="a", x="a", c="x b", d="c")
    assert [["a b", "c d"], ["x"]] == _groups(graph, "a b c d", "x")


def test_groups_are_sorted_by_their_smallest_key():
    graph = _graph(z="", x="z", a="x")
    assert [["a", "z"], ["x"]] == _groups(graph, "a z", "x")


def test_two_functions_may_wait_for_each_other():
    graph = _graph(p="", b="", q="b", a="p")
    assert [["p", "q"], ["a", "b"]] == _groups(graph, "p q", "a b")


def test_what_only_lies_downstream_of_a_circle_is_not_split():
    graph = _graph(a="", x="a", b="x", m="b", n="")
    assert ["m n"] == _groups(graph, "a b", "x", "m n")[2]


def test_a_function_that_cannot_be_split_is_refused_by_name():
    graph = _graph(a="", x="a", b="x")
    with pytest.raises(CircularDependencyError) as raised:
        _groups(graph, "a b", "x", whole="a b")
    assert {"a", "x"} == set(raised.value.cycle)


def test_assets_that_the_run_does_not_want_stand_in_nobodys_way():
    graph = _graph(a="", x="a", b="x")
    assert [["a b"]] == _groups(graph, "a b")


def test_a_maker_without_assets_has_no_calls():
    assert [[], ["a"]] == _groups(_graph(a=""), "", "a")


@st.composite
def _shared_graphs(draw: st.DrawFn) -> tuple[AssetGraph, list[Maker]]:
    size = draw(st.integers(1, 12))
    deps = [draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set() for number in range(size)]
    specs = [AssetSpec(f"k{number:02}", deps=[f"k{dep:02}" for dep in found]) for number, found in enumerate(deps)]
    graph = AssetGraph((spec, AssetExecutionType.MATERIALIZATION, None) for spec in specs)
    owners = [draw(st.integers(0, 3)) for _ in range(size)]
    positions = [tuple(n for n in range(size) if owners[n] == owner) for owner in range(4)]
    return graph, [Maker(found, can_split=True) for found in positions]


@given(_shared_graphs())
def test_calls_can_always_be_ordered_and_make_every_asset_once(drawn: tuple[AssetGraph, list[Maker]]):
    graph, makers = drawn
    groups = step_groups(graph, makers)
    assert [sorted(each for group in found for each in group) for found in groups] == [list(maker.positions) for maker in makers]
    number = count()
    call_of = {position: call for found in groups for group in found for call in [next(number)] for position in group}
    waiting = {
        call: {call_of[p] for n, c in call_of.items() if c == call for p in graph.parents[n]} - {call}
        for call in call_of.values()
    }
    while ready := [call for call, before in waiting.items() if not before & waiting.keys()]:
        for call in ready:
            del waiting[call]
    assert not waiting
