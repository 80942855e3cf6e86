"""From a selection of assets to frozen steps. Pure: the same graph and selection give the same plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from dagster.define.asset_calls import Call, calls_of
from dagster.define.computations import InputDeclaration, OutputDeclaration
from dagster.define.projects import Project
from dagster.keys import AssetKey
from dagster.planning.steps import ExecutionPlan, Step, StepInput


def plan_assets(project: Project, selected: Set[AssetKey]) -> ExecutionPlan:
    """The steps that make the selected assets.

    Raises:
        DagsterInvalidSubsetError: some, not all, assets of a function that cannot make some only are selected.
        CircularDependencyError: functions with several assets wait for each other.
    """
    calls = calls_of(project, selected)
    step_of_key = {key: number for number, call in enumerate(calls) for key in call.keys}
    steps = tuple(_step(project, number, call, step_of_key) for number, call in enumerate(calls))
    return ExecutionPlan(steps, frozenset(step_of_key))


def _step(project: Project, number: int, call: Call, step_of_key: Mapping[AssetKey, int]) -> Step:
    """The step of a call. An argument that none of its assets depends on is loaded as it is stored, and not waited for."""
    definition = call.definition
    computation = definition.computation
    specs_by_key = definition.specs_by_key
    outputs = _selected_outputs(computation.outputs, call.keys)
    needed = None if len(specs_by_key) == 1 else {dep.asset_key for key in call.keys for dep in specs_by_key[key].deps}
    inputs = tuple(
        _step_input(project, declared, step_of_key if needed is None or declared.asset_key in needed else {}, number)
        for declared in computation.inputs
        if needed is None or declared.is_loaded or declared.asset_key in needed
    )
    specs = {each.name: specs_by_key[each.asset_key] for each in outputs if each.asset_key is not None}
    waits_for = {each.upstream_step for each in inputs if each.upstream_step is not None}
    if needed is not None:
        # Other calls of the same function that make what this one depends on.
        waits_for.update(step_of_key[key] for key in needed & specs_by_key.keys() if step_of_key.get(key, number) != number)
    return Step(
        key=call.step_key,
        position=number,
        computation=computation,
        definition=definition,
        inputs=inputs,
        outputs=outputs,
        specs=specs,
        waits_for=tuple(sorted(waits_for)),
    )


def _selected_outputs(outputs: Sequence[OutputDeclaration], selected: Set[AssetKey]) -> tuple[OutputDeclaration, ...]:
    return tuple(each for each in outputs if (each.check.asset_key if each.check is not None else each.asset_key) in selected)


def _step_input(project: Project, declared: InputDeclaration, step_of_key: Mapping[AssetKey, int], own_number: int) -> StepInput:
    key = declared.asset_key
    assert key is not None, "the input of an asset is an asset"
    position = project.graph.position(key)
    definition = project.graph.definitions[position]
    upstream_step = step_of_key.get(key)
    return StepInput(
        declared=declared,
        upstream_step=None if upstream_step == own_number else upstream_step,
        upstream_output=_output_of(definition, key),
        upstream_definition=definition,
        upstream_spec=project.graph.specs[position],
    )


def _output_of(definition: Any, key: AssetKey) -> OutputDeclaration | None:
    outputs: Iterable[OutputDeclaration] = definition.computation.outputs if definition and definition.computation else ()
    return next((each for each in outputs if each.asset_key == key), None)
