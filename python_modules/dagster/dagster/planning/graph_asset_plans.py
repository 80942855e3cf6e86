"""The steps of assets that graphs of ops make, among those of other assets. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from msgspec.structs import replace

from dagster.define.asset_calls import Call, computation_of
from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.define.flattening import (
    CollectedFrom,
    FlatGraph,
    FlatOp,
    FromTop,
    OutputOf,
    depths_of,
    op_output_of,
    resources_of,
    upstream_keys,
)
from dagster.define.graph_steps import subset_of
from dagster.define.op_configs import mappings_of
from dagster.define.projects import Project
from dagster.keys import AssetKey
from dagster.planning.asset_steps import asset_input, step_of_call
from dagster.planning.op_plans import OpPlanner
from dagster.planning.steps import ExecutionPlan, Step, StepInput


def plan_with_graphs(project: Project, calls: Sequence[Call]) -> ExecutionPlan:
    """The steps of these calls: one per function, and one per op of a graph."""
    calls = _by_level(calls)
    flats = [_flat_of(call) for call in calls]
    numbers: list[int] = []
    following = 0
    for flat in flats:
        numbers.append(following)
        following += 1 if flat is None else len(flat.ops)
    step_of_key: dict[AssetKey, int] = {}
    for call, flat, number in zip(calls, flats, numbers, strict=True):
        step_of_key.update(_positions(call, flat, number))
    steps: list[Step] = []
    for call, flat, number in zip(calls, flats, numbers, strict=True):
        if flat is None:
            steps.append(step_of_call(project, number, call, step_of_key))
        else:
            steps.extend(_GraphPlanner(project, call, flat, number, step_of_key).steps())
    mappings = {
        place: mapping
        for call in calls
        if (graph := computation_of(call.definition).graph) is not None
        for place, mapping in mappings_of(graph, call.step_key)
    }
    return ExecutionPlan(
        steps=tuple(steps),
        step_keys=tuple(step.key for step in steps),
        is_ordered=True,
        selected_asset_keys=frozenset(step_of_key),
        required_resource_keys=frozenset(key for step in steps for key in step.resource_keys),
        is_dynamic=any(output.is_dynamic for step in steps for output in step.outputs),
        config_mappings=mappings,
    )


def _by_level(calls: Sequence[Call]) -> list[Call]:
    """Each after those whose assets it depends on: by the length of the way there, then by name."""
    maker = {key: call.step_key for call in calls for key in call.keys}
    upstream: dict[str, set[str]] = {}
    for call in calls:
        deps = (dep.asset_key for spec in call.definition.specs if spec.key in call.keys for dep in spec.deps)
        upstream[call.step_key] = {maker[key] for key in deps if key in maker} - {call.step_key}
    depths = depths_of(upstream)
    return sorted(calls, key=lambda call: (depths.get(call.step_key, len(calls)), call.step_key))


def _flat_of(call: Call) -> FlatGraph | None:
    """The ops that make the selected assets of a graph; None for a plain function."""
    computation = computation_of(call.definition)
    if computation.graph is None:
        return None
    flat: FlatGraph = computation.graph.flat
    if call.keys == call.definition.keys:
        return flat
    wanted = {op_output_of(computation.graph, each.name)[0] for each in _selected(computation, call.keys)}
    return subset_of(flat, _with_ancestors(flat, wanted))


def _selected(computation: Computation, keys: Set[AssetKey]) -> list[OutputDeclaration]:
    return [each for each in computation.outputs if (each.check.asset_key if each.check is not None else each.asset_key) in keys]


def _with_ancestors(flat: FlatGraph, wanted: Set[str]) -> set[str]:
    found, frontier = set(wanted), list(wanted)
    while frontier:
        for source in flat.ops[frontier.pop()].sources.values():
            new = [key for key in upstream_keys(source) if key not in found]
            found.update(new)
            frontier.extend(new)
    return found


def _positions(call: Call, flat: FlatGraph | None, number: int) -> dict[AssetKey, int]:
    if flat is None:
        return dict.fromkeys(call.keys, number)
    computation = computation_of(call.definition)
    places = {key: number + index for index, key in enumerate(flat.ops)}
    outputs = [each for each in _selected(computation, call.keys) if each.asset_key is not None]
    return {each.asset_key: places[op_output_of(computation.graph, each.name)[0]] for each in outputs if each.asset_key}


class _GraphPlanner(OpPlanner):
    """Makes the steps of a graph that makes assets: its inputs are assets, some outputs of its ops are."""

    def __init__(self, project: Project, call: Call, flat: FlatGraph, first: int, step_of_key: Mapping[AssetKey, int]) -> None:
        super().__init__(flat, project, {}, prefix=f"{call.step_key}.", first=first)
        self._call = call
        self._first = first
        self._step_of_key = step_of_key
        computation = computation_of(call.definition)
        self._taken = {declared.name: declared.asset_key for declared in computation.inputs}
        self._given = {op_output_of(computation.graph, each.name): each for each in _selected(computation, call.keys)}

    def steps(self) -> list[Step]:
        """The steps of its ops."""
        return [self._step(op, self._first + index) for index, op in enumerate(self._ops.values())]

    def _step(self, op: FlatOp, position: int) -> Step:
        step = self.step(op, position, self._call.definition, resources_of(op, self._call.definition.hook_defs))
        outputs = tuple(self._output(op.key, declared) for declared in step.outputs)
        by_key = self._call.definition.specs_by_key
        specs = {each.name: by_key[each.asset_key] for each in outputs if each.asset_key is not None}
        return replace(
            step,
            outputs=outputs,
            specs=specs,
            asset_keys=tuple(spec.key for spec in specs.values()),
            hook_defs=step.hook_defs | self._call.definition.hook_defs,
        )

    def _output(self, op_key: str, declared: OutputDeclaration) -> OutputDeclaration:
        given = self._given.get((op_key, declared.name))
        if given is None:
            return declared
        if given.check is not None:
            return replace(declared, check=given.check, is_stored=False)
        return replace(declared, asset_key=given.asset_key, io_manager_key=given.io_manager_key, metadata=given.metadata)

    def from_output(self, declared: InputDeclaration, source: OutputOf | CollectedFrom) -> StepInput:
        """An output that is an asset is loaded as the asset."""
        taken = super().from_output(declared, source)
        given = self._given.get((source.op_key, source.output))
        if given is None or given.asset_key is None:
            return taken
        return replace(
            taken,
            declared=replace(declared, asset_key=given.asset_key),
            upstream_spec=self._call.definition.specs_by_key[given.asset_key],
            upstream_definition=self._call.definition,
            manager_key=declared.input_manager_key or given.io_manager_key,
        )

    def from_top(self, declared: InputDeclaration, source: FromTop) -> StepInput:
        key = self._taken[source.name]
        return asset_input(self._project, replace(declared, asset_key=key), self._step_of_key, -1)
