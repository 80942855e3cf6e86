"""What a job of ops runs: its graph, the part of it that is selected, and the resources that come with the job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from dagster.define.asset_jobs import JobDeclaration
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.flattening import (
    FanIn,
    FlatGraph,
    FlatOp,
    FromAsset,
    FromTop,
    Source,
    Unconnected,
    resources_of,
    upstream_keys,
)
from dagster.define.graphs import GraphDefinition
from dagster.define.op_selections import selected_ops
from dagster.define.projects import Project
from dagster.define.resource_sessions import missing_resource
from dagster.define.subgraphs import subgraph
from dagster.errors import DagsterInvalidDefinitionError


class GraphSteps:
    """The ops of a job.

    Args:
        graph: all of them.
        resources: given to the job; None where it was given none, and those of its project have to do.
        loggers: by key.
        input_values: of the graph's inputs.
        selection: what of the graph runs; None for all.
        flat: the ops that are selected; without: all.
        ending_graphs: what the job runs after these, whatever is selected.

    Attributes:
        graph, loggers, input_values, selection, ending_graphs: as given.
        flat: the ops that run.
    """

    def __init__(
        self,
        graph: GraphDefinition,
        resources: Mapping[str, Any] | None,
        loggers: Mapping[str, Any] | None,
        input_values: Mapping[str, object],
        selection: Sequence[str] | None = None,
        flat: FlatGraph | None = None,
        ending_graphs: Sequence[GraphDefinition] = (),
    ) -> None:
        self.graph = graph
        self._resources = resources
        self.loggers: Mapping[str, Any] = loggers or {}
        self.input_values = input_values
        self.selection = selection
        self.flat = graph.flat if flat is None else flat
        self.ending_graphs = ending_graphs
        self._ops = {**self.flat.ops}
        for each in ending_graphs:
            self._ops.update(each.flat.ops)

    def checked_project(self, declared: JobDeclaration) -> Project:
        """The project of a job that stands alone: what it brings itself.

        Raises:
            DagsterInvalidDefinitionError: a resource is missing where resources are given, a value names no input of the
                graph, or nothing can fill an input.
        """
        self.refuse_unknown_values(declared.name)
        self.refuse_unfillable_inputs()
        project = Project(assets=self._assets, resources=self._resources)
        if self._resources is not None:
            self.refuse_missing_resources(declared, project)
        return project

    def refuse_unknown_values(self, job_name: str) -> None:
        """Nothing where every value is of an input.

        Raises:
            DagsterInvalidDefinitionError: a value names no input of the graph.
        """
        inputs = {mapping.graph_input_name for mapping in self.graph.input_mappings}
        for name in self.input_values:
            if name not in inputs:
                raise DagsterInvalidDefinitionError(
                    f"Error when constructing JobDefinition '{job_name}': Input value provided for key '{name}', but job has no "
                    "top-level input with that name."
                )

    def refuse_unfillable_inputs(self) -> None:
        """Nothing where config, a default or an output can fill every input; inputs of the graph may be given later.

        Raises:
            DagsterInvalidDefinitionError: nothing can.
        """
        for key, op in self._ops.items():
            for declared in op.computation.inputs:
                source = op.sources[declared.name]
                if isinstance(source, Unconnected) and not source.declared.is_fillable:
                    raise DagsterInvalidDefinitionError(
                        f"Input '{declared.name}' of op '{key}' has no way of being resolved. Must provide a resolution to this "
                        f"input via another op/graph, or via a direct input value mapped from the top-level graph: its type "
                        f'"{declared.dagster_type.display_name}" cannot be loaded from run config, and it has no default.'
                    )

    @property
    def _assets(self) -> list[Any]:
        """Definitions of the assets that its ops load."""
        return [source.definition for op in self._ops.values() for source in op.sources.values() if isinstance(source, FromAsset)]

    def joined(self, project: Project) -> Project:
        """A project as the job sees it: with the job's own resources on top."""
        if not self._resources and not self._assets:
            return project
        made = project.with_resources({})
        made.resources = {**project.all_resources, **(self._resources or {})}
        return made

    def with_values(self, input_values: Mapping[str, object]) -> GraphSteps:
        """The same with more values of the graph's inputs."""
        values = {**self.input_values, **input_values}
        return GraphSteps(self.graph, self._resources, self.loggers, values, self.selection, self.flat, self.ending_graphs)

    def selected(self, selection: Sequence[str], job_name: str) -> GraphSteps:
        """The same with some of the ops only.

        Raises:
            DagsterInvalidSubsetError: the selection names an op that is not there.
        """
        flat = subset_of(self.flat, selected_ops(self.flat, selection, job_name))
        return GraphSteps(self.graph, self._resources, self.loggers, self.input_values, selection, flat, self.ending_graphs)

    def required_resource_keys(self, declared: JobDeclaration) -> Set[str]:
        """Every resource that a run needs, IO managers included."""
        return {key for op in self._ops.values() for key in resources_of(op, declared.hooks)}

    def refuse_missing_resources(self, declared: JobDeclaration, project: Project) -> None:
        """Nothing where every resource is given.

        Raises:
            DagsterInvalidDefinitionError: one is missing; the sentence names the op.
        """
        known = {*project.all_resources, DEFAULT_IO_MANAGER_KEY}
        for place, op in self._ops.items():
            for key in sorted(resources_of(op, declared.hooks) - known):
                stored = key in {output.io_manager_key for output in op.computation.outputs}
                kind = "io manager" if stored else "resource"
                inside = f" at '{place}'" if "." in place else ""
                raise missing_resource(key, f"{_who_asks(op, key, declared)}{inside}", known, kind)

    @cached_property
    def selected_graph(self) -> GraphDefinition:
        """The graph with the ops that run."""
        return self.graph if self.selection is None else subgraph(self.graph, self.flat.ops.keys())

    @cached_property
    def has_inputs_of_its_own(self) -> bool:
        """Whether some input is fed by nothing in the graph."""
        return any(isinstance(source, (FromTop, Unconnected)) for op in self.flat.ops.values() for source in op.sources.values())


def _who_asks(op: FlatOp, key: str, declared: JobDeclaration) -> str:
    hooks = {*op.hook_defs, *(declared.hooks or ())}
    asking = sorted(hook.name for hook in hooks if key in hook.required_resource_keys)
    if asking and key not in resources_of(replace(op, hook_defs=frozenset())):
        return f"hook '{asking[0]}' attached to op '{op.computation.name}'"
    return f"op '{op.computation.name}'"


def subset_of(flat: FlatGraph, selected: Set[str]) -> FlatGraph:
    """The selected ops; what they took from others is fed by nothing any more."""
    ops: dict[str, FlatOp] = {}
    for key, op in flat.ops.items():
        if key in selected:
            sources = {
                declared.name: _within(
                    op.sources[declared.name],
                    selected,
                    op.fed_at.get(declared.name) or Unconnected(key, declared.name, declared),
                )
                for declared in op.computation.inputs
            }
            over = op.mapped_over if op.mapped_over is not None and op.mapped_over.op_key in selected else None
            ops[key] = replace(op, sources=sources, mapped_over=over)
    return FlatGraph(ops)


def _within(source: Source, selected: Set[str], otherwise: Unconnected) -> Source:
    if isinstance(source, FanIn):
        parts = tuple(part for part in source.parts if set(upstream_keys(part)) <= selected)
        return FanIn(parts) if parts else otherwise
    return source if set(upstream_keys(source)) <= selected else otherwise
