from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import CircularDependencyError, DagsterInvalidDefinitionError
from dagster.keys import AssetKey
from dagster.lineage.graph import AssetExecutionType, AssetGraph
from dagster.partitions.window_mappings import TimeWindowPartitionMapping
from dagster.specs.assets import AssetDep, AssetSpec
from dagster_tests.lineage.graphs import graph_of, spec


def keys(names: str) -> set[AssetKey]:
    return {AssetKey.from_user_string(name) for name in names.split()}


def names(found: list[AssetKey]) -> str:
    return " ".join(key.to_user_string() for key in found)


@st.composite
def acyclic_edges(draw: st.DrawFn) -> list[list[int]]:
    """Per asset the numbers of what it depends on, in no particular order of definition."""
    size = draw(st.integers(0, 12))
    order = draw(st.permutations(range(size)))
    parents: list[list[int]] = [[] for _ in range(size)]
    for place in range(1, size):
        parents[order[place]] = draw(st.lists(st.sampled_from(order[:place]), unique=True, max_size=3))
    return parents


def graph_with(parents: list[list[int]]) -> AssetGraph:
    specs = [AssetSpec(f"a{number}", deps=[f"a{each}" for each in above]) for number, above in enumerate(parents)]
    return graph_of(*specs)


@given(acyclic_edges())
def test_each_level_depends_on_earlier_ones_only_and_every_asset_is_in_one(parents: list[list[int]]) -> None:
    level_of = {position: number for number, level in enumerate(graph_with(parents).levels()) for position in level}
    assert sorted(level_of) == list(range(len(parents)))
    for child, above in enumerate(parents):
        assert level_of[child] == 1 + max((level_of[each] for each in above), default=-1)


@given(acyclic_edges())
def test_parents_and_children_say_the_same(parents: list[list[int]]) -> None:
    graph = graph_with(parents)
    edges = {(parent, child) for child, above in enumerate(graph.parents) for parent in above}
    assert edges == {(parent, child) for parent, below in enumerate(graph.children) for child in below}


@given(acyclic_edges(), st.data())
def test_an_edge_backwards_makes_a_circle_that_is_shown(parents: list[list[int]], data: st.DataObject) -> None:
    edges = [(parent, child) for child, above in enumerate(parents) for parent in above]
    if not edges:
        return
    parent, child = data.draw(st.sampled_from(edges))
    parents[parent].append(child)
    with pytest.raises(CircularDependencyError) as caught:
        graph_with(parents)
    cycle = [int(name[1:]) for name in caught.value.cycle]
    assert cycle[0] == cycle[-1]
    assert all(before in parents[after] for before, after in pairwise(cycle))


def test_assets_are_numbered_in_the_order_of_definition_unknown_ones_last() -> None:
    graph = graph_of(spec("b", "z"), spec("a", "b y"))
    assert names(graph.keys) == "b a z y"
    assert [graph.position(AssetKey(name)) for name in "bazy"] == [0, 1, 2, 3]


def test_an_asset_that_nobody_declares_is_external() -> None:
    node = graph_of(spec("a", "unknown")).get(AssetKey("unknown"))
    assert (node.is_external, node.is_executable, node.definition, node.group_name) == (True, False, None, "default")


def test_two_assets_have_two_keys() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="Duplicate asset key"):
        graph_of(spec("a"), spec("a"))


def test_an_asset_depends_on_itself_over_partitions_only() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="depends on itself"):
        graph_of(spec("a", "a"))
    itself = AssetSpec("a", deps=[AssetDep("a", partition_mapping=TimeWindowPartitionMapping(-1, -1))])
    assert graph_of(itself).get_parents(AssetKey("a")) == set()


def test_an_unknown_asset_names_close_ones() -> None:
    with pytest.raises(KeyError, match="orders"):
        graph_of(spec("orders")).get(AssetKey("ordres"))
    assert not graph_of(spec("orders")).has(AssetKey("ordres"))


def test_what_a_run_can_do_is_told_apart() -> None:
    graph = graph_of(spec("a"), spec("b"), spec("c"), external=["b"], observed=["c"])
    assert graph.materializable_asset_keys == keys("a")
    assert graph.executable_asset_keys == keys("a c")
    assert graph.external_asset_keys == keys("b c")
    assert graph.get_all_asset_keys() == keys("a b c")


def test_roots_are_below_no_other_that_a_run_can_make() -> None:
    graph = graph_of(
        spec("source"), spec("a", "source"), spec("between", "a"), spec("b", "between"), external=["source", "between"]
    )
    assert graph.root_materializable_asset_keys == keys("a")
    assert graph.root_executable_asset_keys == keys("a")


def test_groups_are_named() -> None:
    graph = graph_of(spec("a", group_name="g"), spec("b"), spec("c", "unknown"))
    assert graph.all_group_names == {"g", "default"}
    assert graph.asset_keys_for_group("default") == keys("b c unknown")


def test_keys_are_sorted_within_a_level() -> None:
    graph = graph_of(spec("z"), spec("c", "z a"), spec("a"), spec("b", "z"))
    assert [names(level) for level in graph.toposorted_asset_keys_by_level] == ["a z", "b c"]
    assert names(graph.toposorted_asset_keys) == "a z b c"


def test_neighbours_are_answered() -> None:
    graph = graph_of(spec("a"), spec("b", "a"), spec("c", "a b"))
    assert graph.get_parents(AssetKey("c")) == keys("a b")
    assert graph.get_children(AssetKey("a")) == keys("b c")


def test_a_node_answers_for_its_spec() -> None:
    node = graph_of(
        AssetSpec("a", description="d", tags={"t": "v"}, kinds={"k"}, owners=["team:x"], code_version="1")
    ).asset_nodes[0]
    assert (node.description, node.owners, node.kinds, node.code_version) == ("d", ["team:x"], {"k"}, "1")
    assert (node.metadata, node.is_partitioned, node.partitions_def, node.automation_condition) == ({}, False, None, None)
    assert node.tags == {"t": "v", "dagster/kind/k": ""}
    assert node.to_asset_spec() is node.spec


def test_what_is_observed_is_executable_and_external() -> None:
    node = graph_of(spec("a"), observed=["a"]).get(AssetKey("a"))
    assert node.execution_type is AssetExecutionType.OBSERVATION
    assert (node.is_observable, node.is_executable, node.is_external, node.is_materializable) == (True, True, True, False)


def test_an_empty_graph_has_no_level() -> None:
    assert (graph_of().levels(), graph_of().toposorted_asset_keys) == ([], [])


def test_a_long_chain_needs_no_recursion() -> None:
    specs = [AssetSpec("a0"), *(AssetSpec(f"a{number}", deps=[f"a{number - 1}"]) for number in range(1, 3000))]
    assert len(graph_of(*specs).levels()) == 3000
