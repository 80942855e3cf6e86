"""What a job runs after its work: where the run failed, and always."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, cast

from dagster.define.composition import PendingNodeInvocation
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.flattening import FlatOp, resources_of
from dagster.define.graphs import GraphDefinition
from dagster.define.node_definitions import NodeDefinition
from dagster.define.nodes import Node, node_of
from dagster.define.resource_sessions import missing_resource
from dagster.errors import DagsterInvalidDefinitionError

Endings = Mapping[str, tuple[Node, ...]]
"""The nodes by `on_failure` and `finally_`, in this order."""


def endings_of(job_name: str, on_failure: object, finally_: object) -> Endings:
    """The nodes that a job runs after its work.

    Args:
        job_name: for the error.
        on_failure, finally_: an op or a graph, one with another name, tags, hooks or retry policy, or a list of these.

    Raises:
        DagsterInvalidDefinitionError: something else is among them, a name stands there twice, or nothing can fill an input.
    """
    given = {"on_failure": on_failure, "finally_": finally_}
    endings = {argument: _nodes(job_name, argument, each) for argument, each in given.items() if each is not None}
    names: set[str] = set()
    for argument, nodes in endings.items():
        for node in nodes:
            if node.name in names:
                raise _named_twice(job_name, node.name, argument)
            names.add(node.name)
    return endings


def _nodes(job_name: str, argument: str, given: object) -> tuple[Node, ...]:
    several = cast("Sequence[object]", given) if isinstance(given, (list, tuple)) else [given]
    return tuple(_node(job_name, argument, each) for each in several)


def _node(job_name: str, argument: str, given: object) -> Node:
    if isinstance(given, PendingNodeInvocation):
        return given.as_node(given.given_alias or given.definition.name)
    if isinstance(given, NodeDefinition):
        return node_of(given)
    raise DagsterInvalidDefinitionError(
        f"{argument} of job '{job_name}' takes ops and graphs. Got {given!r} of type {type(given)}. Decorate the function "
        "with @op."
    )


def refuse_same_names(job_name: str, endings: Endings, taken: Sequence[str]) -> None:
    """Nothing where the steps of the job are told from each other by their names.

    Raises:
        DagsterInvalidDefinitionError: what runs after the work bears a name of the work.
    """
    for argument, nodes in endings.items():
        for node in nodes:
            if node.name in taken:
                raise _named_twice(job_name, node.name, argument)


def _named_twice(job_name: str, name: str, argument: str) -> DagsterInvalidDefinitionError:
    return DagsterInvalidDefinitionError(
        f"Job '{job_name}' has two nodes '{name}', one of them in {argument}: their steps could not be told from each other. "
        f"Give one of them another name: {name}.alias('...')."
    )


def ending_graphs(endings: Endings | None) -> Iterator[tuple[str, GraphDefinition]]:
    """Each node as a graph, with the argument that it stands in; those of a list do not wait for each other."""
    for argument, nodes in (endings or {}).items():
        for node in nodes:
            yield argument, GraphDefinition(argument, nodes=(node,))


def resources_of_endings(endings: Endings, hooks: Set[Any]) -> set[str]:
    """Every resource that these need, IO managers and those of the job's hooks included."""
    return {key for op in _ops(endings) for key in resources_of(op, hooks)}


def refuse_missing_resources(job_name: str, endings: Endings, hooks: Set[Any], given: Iterable[str]) -> None:
    """Nothing where every resource is given.

    Raises:
        DagsterInvalidDefinitionError: one is missing; the sentence names the op.
    """
    known = {*given, DEFAULT_IO_MANAGER_KEY}
    for op in _ops(endings):
        for key in sorted(resources_of(op, hooks) - known):
            raise missing_resource(key, f"op '{op.key}' of job '{job_name}'", known)


def _ops(endings: Endings) -> Iterator[FlatOp]:
    for _, graph in ending_graphs(endings):
        yield from graph.flat.ops.values()
