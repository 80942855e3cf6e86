"""From a graph of ops to frozen steps. Pure: the same graph, selection and values give the same plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from dagster.define.computations import InputDeclaration, OutputDeclaration
from dagster.define.flattening import (
    CollectedFrom,
    Constant,
    FanIn,
    FlatGraph,
    FlatOp,
    FromAsset,
    FromTop,
    OutputOf,
    Source,
    Unconnected,
    resources_of,
)
from dagster.define.jobs import JobDefinition
from dagster.define.ops import OpDefinition
from dagster.define.projects import Project
from dagster.events.results import NoValue
from dagster.garbage import collector_at_rest
from dagster.planning.asset_steps import asset_input
from dagster.planning.steps import ExecutionPlan, Step, StepInput, positions_of, priority_of
from dagster.specs.assets import AssetSpec

_NO_SPECS: Mapping[str, AssetSpec] = {}


def plan_ops(job: JobDefinition) -> ExecutionPlan:
    """The steps of a job of ops. What is mapped over a dynamic output stands for one step per value, which are made when the
    values are known.
    """
    assert job.ops is not None, "jobs of assets are planned by plan_assets"
    planner = OpPlanner(job.ops.flat, job.project, job.ops.input_values)
    ops, hooks = job.ops.flat.ops.values(), job.hook_defs
    with collector_at_rest():
        steps = tuple(planner.step(op, position, job, resources_of(op, hooks)) for position, op in enumerate(ops))
    return ExecutionPlan(
        steps=steps,
        step_keys=tuple(step.key for step in steps),
        is_ordered=True,
        selected_asset_keys=frozenset(),
        required_resource_keys=frozenset(key for step in steps for key in step.resource_keys),
        is_dynamic=any(output.is_dynamic for step in steps for output in step.outputs),
    )


class OpPlanner:
    """Makes the steps of the ops of one graph.

    Args:
        flat: the ops.
        project: the assets that they may load.
        values: of the graph's inputs.
        prefix: put before the keys of the steps.
        first: the number of the first step.
    """

    def __init__(self, flat: FlatGraph, project: Project, values: Mapping[str, object], prefix: str = "", first: int = 0) -> None:
        self._ops = flat.ops
        self._project = project
        self._values = values
        self._prefix = prefix
        self._resource_keys: dict[frozenset[str], frozenset[str]] = {}
        self._positions = {key: first + number for number, key in enumerate(flat.ops)}

    def step(self, op: FlatOp, position: int, definition: Any, resource_keys: frozenset[str]) -> Step:
        """The step of one op.

        Args:
            op: the op.
            position: its number in the plan.
            definition: what it belongs to.
            resource_keys: every resource that it needs, without what loads its inputs.
        """
        computation = op.computation
        inputs = tuple(self._input(declared, op.sources[declared.name]) for declared in computation.inputs)
        over = op.mapped_over
        place = f"{self._prefix}{op.key}"
        return Step(
            key=place if over is None else f"{place}[?]",
            place=place,
            mapping_key=None if over is None else "?",
            position=position,
            computation=computation,
            definition=definition,
            inputs=inputs,
            outputs=computation.outputs,
            specs=_NO_SPECS,
            asset_keys=(),
            waits_for=tuple(sorted({each for given in inputs for each in positions_of(given)})),
            resource_keys=self._shared(resource_keys.union(key for given in inputs for key in _managers_of(given))),
            tags=op.tags,
            hook_defs=op.hook_defs,
            retry_policy=op.retry_policy,
            priority=priority_of(place, op.tags),
            allows_failure=op.allows_failure,
            mapped_over=(self._positions[over.op_key], over.output) if over is not None else None,
        )

    def _shared(self, keys: frozenset[str]) -> frozenset[str]:
        """One set for all steps that need the same: a plan may have a step for each of many thousand calls."""
        return self._resource_keys.setdefault(keys, keys)

    def _input(self, declared: InputDeclaration, source: Source) -> StepInput:
        if isinstance(source, (OutputOf, CollectedFrom)):
            return self.from_output(declared, source)
        if isinstance(source, FanIn):
            parts = tuple(self._input(declared, part) for part in source.parts)
            return replace(_fed_by_nothing(declared), parts=parts)
        if isinstance(source, FromAsset):
            return asset_input(self._project, replace(declared, asset_key=source.asset_key), {}, -1)
        if isinstance(source, FromTop):
            return self.from_top(declared, source)
        if isinstance(source, Constant):
            return replace(_fed_by_nothing(declared), manager_key="", value=source.value)
        return _from_config(declared, source, (f"{self._prefix}{source.node_key}", source.name))

    def from_top(self, declared: InputDeclaration, source: FromTop) -> StepInput:
        """The input of an op that is an input of the outermost graph."""
        value = self._values.get(source.name, NoValue)
        if value is not NoValue:
            return replace(_fed_by_nothing(declared), value=value)
        return _from_config(declared, source, ("", source.name))

    def from_output(self, declared: InputDeclaration, source: OutputOf | CollectedFrom) -> StepInput:
        """The input of an op that is an output of another one, or all values of it."""
        upstream = self._ops[source.op_key]
        output = _output_named(upstream, source.output)
        return StepInput(
            declared=declared,
            upstream_step=self._positions[source.op_key],
            upstream_output=output,
            upstream_definition=OpDefinition.of(upstream.computation),
            upstream_spec=None,
            manager_key=declared.input_manager_key or output.io_manager_key,
            collects=isinstance(source, CollectedFrom),
        )


def _output_named(op: FlatOp, name: str) -> OutputDeclaration:
    return next(declared for declared in op.computation.outputs if declared.name == name)


def _managers_of(given: StepInput) -> Iterator[str]:
    if given.declared.is_loaded and given.manager_key:
        yield given.manager_key
    for part in given.parts or ():
        yield from _managers_of(part)


def _from_config(declared: InputDeclaration, source: FromTop | Unconnected, config_at: tuple[str, str]) -> StepInput:
    """An input whose value run config may say; else the graph's default, else the op's."""
    value = declared.default if source.default is NoValue else source.default
    return replace(_fed_by_nothing(declared), value=value, config_at=config_at, config_type=source.declared)


def _fed_by_nothing(declared: InputDeclaration) -> StepInput:
    return StepInput(
        declared=declared,
        upstream_step=None,
        upstream_output=None,
        upstream_definition=None,
        upstream_spec=None,
        manager_key=declared.input_manager_key or "",
        value=declared.default,
    )
