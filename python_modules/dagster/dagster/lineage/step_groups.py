"""Which assets one call of their function makes. Pure.

A function that makes several assets is called once in a run, unless something else stands between them: with `a -> x -> b`, where
`a` and `b` come from one function and `x` from another, it has to be called for `a`, and again for `b`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from dagster.errors import CircularDependencyError
from dagster.lineage.graph import AssetGraph


class Maker(msgspec.Struct, frozen=True):
    """A function in a run.

    Attributes:
        positions: numbers of the assets that the run wants of it, ascending.
        can_split: whether it can be called for some of them only.
    """

    positions: tuple[int, ...]
    can_split: bool


def step_groups(graph: AssetGraph, makers: Sequence[Maker]) -> list[list[tuple[int, ...]]]:
    """For each maker the groups of assets that one call makes, each ascending; sorted by their smallest key. Linear.

    Raises:
        CircularDependencyError: functions wait for each other, and those that do cannot be split.
    """
    owner = {position: number for number, maker in enumerate(makers) for position in maker.positions}
    on_circles = _on_circles(graph, makers, owner)
    whole = [[maker.positions] if maker.positions else [] for maker in makers]
    if not on_circles:
        return whole
    node_of: dict[int, int] = {}  # the asset itself where its maker is split; else the first asset of its maker
    for number, maker in enumerate(makers):
        is_split = maker.can_split and number in on_circles
        node_of.update({position: position if is_split else maker.positions[0] for position in maker.positions})
    level_of = _levels(graph, owner, node_of)
    for number in on_circles:
        if makers[number].can_split:
            by_level: dict[int, list[int]] = {}
            for position in makers[number].positions:
                by_level.setdefault(level_of[position], []).append(position)
            groups = [tuple(group) for group in by_level.values()]
            whole[number] = sorted(groups, key=lambda group: min(graph.keys[each] for each in group))
    return whole


def _on_circles(graph: AssetGraph, makers: Sequence[Maker], owner: Mapping[int, int]) -> set[int]:
    """The makers that wait for each other, and those between two such circles: what is left after trimming both ends."""
    upstream: list[set[int]] = [set() for _ in makers]
    downstream: list[set[int]] = [set() for _ in makers]
    for position, number in owner.items():
        for parent in graph.parents[position]:
            other = owner.get(parent, number)
            if other != number:
                upstream[number].add(other)
                downstream[other].add(number)
    left = set(range(len(makers)))
    for waits_for, followers in ((upstream, downstream), (downstream, upstream)):
        count = {number: len(waits_for[number] & left) for number in left}
        free = [number for number in left if not count[number]]
        for number in free:  # grows while it is walked
            left.discard(number)
            for follower in followers[number]:
                if follower in count:
                    count[follower] -= 1
                    if not count[follower]:
                        free.append(follower)
    return left


def _levels(graph: AssetGraph, owner: Mapping[int, int], node_of: Mapping[int, int]) -> dict[int, int]:
    """How often one has to change between functions to come to an asset, at the most."""
    parents: dict[int, set[int]] = {node: set() for node in node_of.values()}
    for position, node in node_of.items():
        parents[node].update(node_of[each] for each in graph.parents[position] if each in node_of and node_of[each] != node)
    children: dict[int, list[int]] = {node: [] for node in parents}
    for node, found in parents.items():
        for parent in found:
            children[parent].append(node)
    waiting_for = {node: len(found) for node, found in parents.items()}
    ordered = [node for node, count in waiting_for.items() if not count]
    level = dict.fromkeys(parents, 0)
    for node in ordered:  # grows while it is walked
        for child in children[node]:
            level[child] = max(level[child], level[node] + (owner[node] != owner[child]))
            waiting_for[child] -= 1
            if not waiting_for[child]:
                ordered.append(child)
    if len(ordered) < len(parents):
        raise CircularDependencyError(_one_circle(graph, parents, set(parents) - set(ordered)))
    return level


def _one_circle(graph: AssetGraph, parents: Mapping[int, set[int]], stuck: set[int]) -> list[str]:
    node = min(stuck)
    path: list[int] = []
    while node not in path:
        path.append(node)
        node = min(parents[node] & stuck)
    return [graph.keys[each].to_user_string() for each in [*path[path.index(node) :], node][::-1]]
