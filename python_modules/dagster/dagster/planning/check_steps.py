"""The steps that execute checks apart from assets, and who waits for them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.define.asset_calls import computation_of
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY, InputDeclaration
from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.planning.asset_steps import asset_input, ordered_keys, resource_keys_of
from dagster.planning.steps import ExecutionPlan, Step, StepInput


def with_checks(project: Project, plan: ExecutionPlan, checks: Set[AssetCheckKey]) -> ExecutionPlan:
    """The plan with a step for each function that executes some of these checks.

    What depends on an asset waits for the blocking checks of that asset, too.

    Raises:
        DagsterInvalidSubsetError: some, not all, checks of a function that cannot execute some only are selected.
    """
    step_of_key = {key: step.position for step in plan.steps for key in step.asset_keys}
    added: list[Step] = []
    for definition in project.checks:
        keys = definition.check_keys & checks
        if keys:
            _refuse_partial(definition, keys)
            added.append(_check_step(project, len(plan.steps) + len(added), definition, keys, step_of_key))
    if not added:
        return plan
    steps = (*_after_blocking(plan.steps, added), *added)
    return replace(
        plan,
        steps=steps,
        step_keys=tuple(step.key for step in steps) if plan.is_ordered else ordered_keys(steps),
        required_resource_keys=plan.required_resource_keys.union(*(step.resource_keys for step in added)),
    )


def _refuse_partial(definition: Any, selected: Set[AssetCheckKey]) -> None:
    left_out = definition.check_keys - selected
    if left_out and not definition.can_subset:
        wanted, others = (", ".join(sorted(key.to_user_string() for key in keys)) for keys in (selected, left_out))
        raise DagsterInvalidSubsetError(
            f"The checks {wanted} are executed together with {others} by one function that cannot execute some of them only. "
            "Select all of them, or declare it with can_subset=True."
        )


def _check_step(
    project: Project, number: int, definition: Any, keys: Set[AssetCheckKey], step_of_key: Mapping[AssetKey, int]
) -> Step:
    computation = computation_of(definition)
    outputs = tuple(output for output in computation.outputs if output.check is not None and output.check.key in keys)
    inputs = tuple(_input(project, declared, step_of_key, number) for declared in computation.inputs)
    return Step(
        key=computation.name,
        place=computation.name,
        position=number,
        computation=computation,
        definition=definition,
        inputs=inputs,
        outputs=outputs,
        specs={},
        asset_keys=(),
        waits_for=tuple(sorted({each.upstream_step for each in inputs if each.upstream_step is not None})),
        resource_keys=resource_keys_of(computation, inputs, outputs),
        allows_failure=computation.allows_failure,
    )


def _input(project: Project, declared: InputDeclaration, step_of_key: Mapping[AssetKey, int], number: int) -> StepInput:
    """Also of an asset that the project does not know: its check may run. One that could not be made is not checked."""
    if declared.asset_key is None or project.graph.has(declared.asset_key):
        return replace(asset_input(project, declared, step_of_key, number), must_succeed=True)
    return StepInput(declared, None, None, None, None, declared.input_manager_key or DEFAULT_IO_MANAGER_KEY)


def _after_blocking(steps: Sequence[Step], checks: Iterable[Step]) -> list[Step]:
    blocking: dict[AssetKey, list[Step]] = {}
    for check in checks:
        for key in {output.check.asset_key for output in check.outputs if output.check is not None and output.check.blocking}:
            blocking.setdefault(key, []).append(check)
    return [_waiting(step, steps, blocking) for step in steps] if blocking else list(steps)


def _waiting(step: Step, steps: Sequence[Step], blocking: Mapping[AssetKey, Sequence[Step]]) -> Step:
    """The step, waiting for the blocking checks of what it reads, but for those that wait for the step itself."""
    read = {each.declared.asset_key for each in step.inputs}
    read.update(dep.asset_key for spec in step.specs.values() for dep in spec.deps)
    found = {check.position: check for key in read - set(step.asset_keys) if key is not None for check in blocking.get(key, ())}
    waits_for = {position for position, check in found.items() if step.position not in _upstream_of(check, steps)}
    return replace(step, waits_for=tuple(sorted({*step.waits_for, *waits_for}))) if waits_for else step


def _upstream_of(check: Step, steps: Sequence[Step]) -> Set[int]:
    seen: set[int] = set()
    waiting = list(check.waits_for)
    while waiting:
        position = waiting.pop()
        if position not in seen:
            seen.add(position)
            waiting.extend(steps[position].waits_for)
    return seen
