"""Places in the graph of a job, as users name them: `outer.inner`."""

from __future__ import annotations

from typing import Any

from dagster.define.flattening import op_output, op_output_of
from dagster.errors import DagsterInvariantViolationError


def place_in_job(job: Any, node_str: str, output_name: str) -> tuple[str, str]:
    """The place of the op, and its output, that an output of a node is; of an asset made by a function they are the same.

    Raises:
        DagsterInvariantViolationError: there is no such node or output.
    """
    if job.ops is not None:
        return place_of_output(job.ops.graph, job.name, node_str, output_name)
    first, _, inside = node_str.partition(".")
    for definition in job.project.definitions:
        graph = definition.computation.graph if definition.computation is not None else None
        if graph is not None and graph.name == first:
            if inside:
                place, name = place_of_output(graph, job.name, inside, output_name)
            elif graph.has_output(output_name):
                place, name = op_output_of(graph, output_name)
            else:
                raise DagsterInvariantViolationError(f"{first} has no output named {output_name}.")
            return f"{first}.{place}", name
    return node_str, output_name


def place_of_output(graph: Any, job_name: str, node_str: str, output_name: str) -> tuple[str, str]:
    """The op, and its output, that an output of a node is; graphs are looked into.

    Raises:
        DagsterInvariantViolationError: there is no such node or output.
    """
    inside = graph
    *around, last = node_str.split(".")
    for name in around:
        if not hasattr(inside, "has_node_named") or not inside.has_node_named(name):
            raise DagsterInvariantViolationError(f"{job_name} has no op named {node_str}.")
        inside = inside.node_named(name).definition
    if not hasattr(inside, "has_node_named") or not inside.has_node_named(last):
        raise DagsterInvariantViolationError(f"{job_name} has no op named {node_str}.")
    if not inside.node_named(last).definition.has_output(output_name):
        raise DagsterInvariantViolationError(f"{last} has no output named {output_name}.")
    return op_output(inside, ".".join(around), last, output_name)
