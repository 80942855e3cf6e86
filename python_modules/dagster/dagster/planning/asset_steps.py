"""The step of one call of an asset's function, and where its inputs come from. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from msgspec.structs import replace

from dagster.define.asset_calls import Call, computation_of
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY, Computation, InputDeclaration, OutputDeclaration
from dagster.define.projects import Project
from dagster.keys import AssetKey
from dagster.planning.steps import Step, StepInput, priority_of
from dagster.specs.assets import IO_MANAGER_KEY_METADATA, AssetSpec

_NO_KEYS: frozenset[str] = frozenset()


def ordered_keys(steps: Sequence[Step]) -> tuple[str, ...]:
    """The keys of steps, each after what it waits for, sorted by key where nothing else orders them."""
    depths: dict[int, int] = {}
    for step in _by_dependency(steps):
        depths[step.position] = 1 + max((depths[each] for each in step.waits_for), default=0)
    return tuple(step.key for step in sorted(steps, key=lambda step: (depths[step.position], step.key)))


def _by_dependency(steps: Sequence[Step]) -> list[Step]:
    """The steps, each after what it waits for. Linear."""
    waiting_for = {step.position: len(step.waits_for) for step in steps}
    followers: dict[int, list[Step]] = {}
    for step in steps:
        for upstream in step.waits_for:
            followers.setdefault(upstream, []).append(step)
    ordered = [step for step in steps if not step.waits_for]
    for step in ordered:  # grows while it is walked
        for follower in followers.get(step.position, ()):
            waiting_for[follower.position] -= 1
            if not waiting_for[follower.position]:
                ordered.append(follower)
    return ordered


def step_of_call(project: Project, number: int, call: Call, step_of_key: Mapping[AssetKey, int]) -> Step:
    """The step of a call. An argument that none of its assets depends on is loaded as it is stored, and not waited for."""
    definition = call.definition
    computation, hooks = computation_of(definition), definition.hook_defs
    specs_by_key = definition.specs_by_key
    outputs = _selected_outputs(computation.outputs, call.keys)
    needed = None if len(specs_by_key) == 1 else {dep.asset_key for key in call.keys for dep in specs_by_key[key].deps}
    inputs = tuple(
        asset_input(project, declared, step_of_key if needed is None or declared.asset_key in needed else {}, number)
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
        place=call.step_key,
        position=number,
        computation=computation,
        definition=definition,
        inputs=inputs,
        outputs=outputs,
        specs=specs,
        asset_keys=tuple(spec.key for spec in specs.values()),
        waits_for=tuple(sorted(waits_for)),
        resource_keys=resource_keys_of(computation, inputs, outputs) | (resources_of_hooks(hooks) if hooks else _NO_KEYS),
        hook_defs=hooks,
        priority=priority_of(call.step_key, computation.tags) if computation.tags else 0,
        allows_failure=computation.allows_failure,
    )


def resource_keys_of(
    computation: Computation, inputs: Sequence[StepInput], outputs: Sequence[OutputDeclaration]
) -> frozenset[str]:
    """Every resource that a step with these needs."""
    stored = (output.io_manager_key for output in outputs if output.check is None)
    loaded = (each.manager_key for each in inputs if each.declared.is_loaded)
    return frozenset((*computation.required_resource_keys, *stored, *loaded))


def resources_of_hooks(hooks: Set[Any]) -> frozenset[str]:
    """The resources that hooks ask for."""
    return frozenset(key for hook in hooks for key in hook.required_resource_keys)


def _selected_outputs(outputs: Sequence[OutputDeclaration], selected: Set[AssetKey]) -> tuple[OutputDeclaration, ...]:
    return tuple(each for each in outputs if (each.check.asset_key if each.check is not None else each.asset_key) in selected)


def asset_input(project: Project, declared: InputDeclaration, step_of_key: Mapping[AssetKey, int], own_number: int) -> StepInput:
    """The input that is the value of an asset, made by one of these steps or before."""
    key = declared.asset_key
    assert key is not None, "the input of an asset is an asset"
    position = project.graph.position(key)
    definition = project.graph.definitions[position]
    upstream_step = step_of_key.get(key)
    output, spec = _output_of(definition, key), project.graph.specs[position]
    return StepInput(
        declared=declared,
        upstream_step=None if upstream_step == own_number else upstream_step,
        upstream_output=output,
        upstream_definition=definition,
        upstream_spec=spec,
        manager_key=declared.input_manager_key or _stored_by(output, spec),
    )


def _stored_by(output: OutputDeclaration | None, spec: AssetSpec) -> str:
    """The resource that stores an asset; of an external one its metadata says it."""
    return output.io_manager_key if output is not None else spec.metadata.get(IO_MANAGER_KEY_METADATA, DEFAULT_IO_MANAGER_KEY)


def _output_of(definition: Any, key: AssetKey) -> OutputDeclaration | None:
    computation: Computation | None = definition.computation if definition else None
    for each in computation.outputs if computation is not None else ():
        if each.asset_key == key:
            return each if computation is None or computation.graph is None else _of_op(computation, each)
    return None


def _of_op(computation: Computation, declared: OutputDeclaration) -> OutputDeclaration:
    """An output of a graph as that of the op that gives it: under its name there."""
    from dagster.define.flattening import op_output_of

    return replace(declared, name=op_output_of(computation.graph, declared.name)[1])
