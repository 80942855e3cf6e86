"""From a selection of assets to frozen steps. Pure: the same graph and selection give the same plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from dagster.define.computations import InputDeclaration, OutputDeclaration
from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError
from dagster.keys import AssetKey
from dagster.planning.steps import ExecutionPlan, Step, StepInput


def plan_assets(project: Project, selected: Set[AssetKey]) -> ExecutionPlan:
    """The steps that make the selected assets.

    Raises:
        DagsterInvalidSubsetError: some, not all, assets of a function that cannot make some only are selected.
    """
    definitions = project.definitions_of(selected)
    for definition in definitions:
        _refuse_partial(definition, selected)
    step_of_key = {key: number for number, made in enumerate(definitions) for key in made.keys & selected}
    steps = tuple(_step(project, number, definition, selected, step_of_key) for number, definition in enumerate(definitions))
    return ExecutionPlan(steps, frozenset(step_of_key))


def _refuse_partial(definition: Any, selected: Set[AssetKey]) -> None:
    left_out = definition.keys - selected
    if left_out and not definition.can_subset:
        wanted = ", ".join(sorted(key.to_user_string() for key in definition.keys & selected))
        others = ", ".join(sorted(key.to_user_string() for key in left_out))
        raise DagsterInvalidSubsetError(
            f"Assets {wanted} are made together with {others} by one function that cannot make some of them only. "
            "Select all of them, or declare it with can_subset=True."
        )


def _step(project: Project, number: int, definition: Any, selected: Set[AssetKey], step_of_key: Mapping[AssetKey, int]) -> Step:
    computation = definition.computation
    specs_by_key = definition.specs_by_key
    outputs = _selected_outputs(computation.outputs, selected)
    inputs = tuple(_step_input(project, declared, step_of_key, number) for declared in computation.inputs)
    specs = {each.name: specs_by_key[each.asset_key] for each in outputs if each.asset_key is not None}
    return Step(
        key=computation.name,
        position=number,
        computation=computation,
        definition=definition,
        inputs=inputs,
        outputs=outputs,
        specs=specs,
        waits_for=tuple(sorted({each.upstream_step for each in inputs if each.upstream_step is not None})),
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
