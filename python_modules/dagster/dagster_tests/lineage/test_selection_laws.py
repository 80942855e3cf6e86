"""What holds for every selection on every graph."""

from hypothesis import given
from hypothesis import strategies as st

from dagster.lineage.graph import AssetGraph
from dagster.lineage.selections import resolve_positions
from dagster.specs.selections import AssetSelection
from dagster_tests.lineage.graphs import GROUPS, random_graphs
from dagster_tests.specs.selection_strategies import on_graph

EVERY = AssetSelection.all(include_sources=True)


@st.composite
def graph_and_selections(draw: st.DrawFn, count: int = 3) -> tuple[AssetGraph, list[AssetSelection]]:
    graph = draw(random_graphs())
    trees = on_graph([key.to_user_string() for key in graph.keys], GROUPS)
    return graph, [draw(trees) for _ in range(count)]


def ancestors(graph: AssetGraph, start: set[int], depth: int) -> set[int]:
    """The definition, without any cleverness: parents of parents, `depth` times."""
    found = set(start)
    for _ in range(depth):
        found |= {parent for position in found for parent in graph.parents[position]}
    return found


@given(graph_and_selections())
def test_union_intersection_and_difference_are_those_of_sets(drawn: tuple[AssetGraph, list[AssetSelection]]) -> None:
    graph, (a, b, _) = drawn
    set_a, set_b = resolve_positions(a, graph), resolve_positions(b, graph)
    assert resolve_positions(a | b, graph) == set_a | set_b
    assert resolve_positions(a & b, graph) == set_a & set_b
    assert resolve_positions(a - b, graph) == set_a - set_b


@given(graph_and_selections())
def test_the_algebra_of_sets_holds(drawn: tuple[AssetGraph, list[AssetSelection]]) -> None:
    graph, (a, b, c) = drawn
    laws = [
        (a | a, a),
        (a & a, a),
        (a | b, b | a),
        (a & b, b & a),
        (a & (b | c), (a & b) | (a & c)),
        (a | (b & c), (a | b) & (a | c)),
        (EVERY - (a | b), (EVERY - a) & (EVERY - b)),
        (EVERY - (a & b), (EVERY - a) | (EVERY - b)),
        (EVERY - (EVERY - a), a),
        (a - b - c, a - (b | c)),
        (a | (a & b), a),
    ]
    assert [resolve_positions(left, graph) for left, _ in laws] == [resolve_positions(right, graph) for _, right in laws]


@given(graph_and_selections(), st.integers(0, 4), st.integers(0, 4))
def test_steps_add_up(drawn: tuple[AssetGraph, list[AssetSelection]], first: int, second: int) -> None:
    graph, (a, _, _) = drawn
    at_once = resolve_positions(a.downstream(first + second), graph)
    assert resolve_positions(a.downstream(first).downstream(second), graph) == at_once
    assert resolve_positions(a.downstream(len(graph.keys)), graph) == resolve_positions(a.downstream(), graph)


@given(graph_and_selections(), st.none() | st.integers(0, 4))
def test_upstream_is_what_the_definition_says(drawn: tuple[AssetGraph, list[AssetSelection]], depth: int | None) -> None:
    graph, (a, _, _) = drawn
    start = resolve_positions(a, graph)
    reached = ancestors(graph, start, len(graph.keys) if depth is None else depth)
    made = resolve_positions(AssetSelection.all(), graph)
    assert resolve_positions(a.upstream(depth), graph) == reached & made
    assert resolve_positions(a.upstream(depth, include_self=False), graph) == (reached - start) & made


@given(random_graphs(), st.none() | st.integers(0, 4))
def test_upstream_and_downstream_are_each_others_mirror(graph: AssetGraph, depth: int | None) -> None:
    made = sorted(resolve_positions(AssetSelection.all(), graph))
    above = {p: resolve_positions(AssetSelection.keys(graph.keys[p]).upstream(depth), graph) for p in made}
    below = {p: resolve_positions(AssetSelection.keys(graph.keys[p]).downstream(depth), graph) for p in made}
    assert {(p, q) for p in made for q in above[p]} == {(p, q) for q in made for p in below[q] if p in above}


@given(graph_and_selections())
def test_roots_and_sinks_span_the_selection(drawn: tuple[AssetGraph, list[AssetSelection]]) -> None:
    graph, (a, _, _) = drawn
    selected = resolve_positions(a, graph)
    assert selected <= resolve_positions(a.roots().downstream(), graph)
    roots = resolve_positions(a.roots(), graph)
    assert roots <= selected
    assert resolve_positions(a.roots().roots(), graph) == roots
    assert not roots & resolve_positions(a.roots().downstream(include_self=False), graph)
    sinks = resolve_positions(a.sinks(), graph)
    assert selected <= ancestors(graph, sinks, len(graph.keys))


@given(graph_and_selections())
def test_looking_up_changes_nothing(drawn: tuple[AssetGraph, list[AssetSelection]]) -> None:
    graph, (a, b, _) = drawn
    before = resolve_positions(a, graph)
    resolve_positions((a | b).upstream() - a, graph)
    assert resolve_positions(a, graph) == before
