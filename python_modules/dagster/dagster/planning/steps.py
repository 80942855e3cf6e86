"""The step: one call of one user function, with where its inputs come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.keys import AssetKey
from dagster.specs.assets import AssetSpec


class StepInput(msgspec.Struct, frozen=True):
    """An input of a step.

    Attributes:
        declared: name, type and manager.
        upstream_step: number of the step in this plan that makes it, None if it was made before.
        upstream_output: the output that it is; None for an external asset.
        upstream_definition: what makes it; None for an external asset.
        upstream_spec: the asset; None for an op's output.
    """

    declared: InputDeclaration
    upstream_step: int | None
    upstream_output: OutputDeclaration | None
    upstream_definition: Any
    upstream_spec: AssetSpec | None

    @property
    def manager_key(self) -> str:
        """The resource that loads it."""
        if self.declared.input_manager_key is not None:
            return self.declared.input_manager_key
        if self.upstream_output is not None:
            return self.upstream_output.io_manager_key
        from dagster.specs.assets import IO_MANAGER_KEY_METADATA

        return self.upstream_spec.metadata.get(IO_MANAGER_KEY_METADATA, "io_manager") if self.upstream_spec else "io_manager"


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One call of one user function.

    Attributes:
        key: unique in the plan.
        position: its number in the plan.
        computation: the function.
        definition: the definition it belongs to.
        inputs: in the order of declaration.
        outputs: those that this run wants, checks included.
        specs: the asset of each output that is one, by output name.
        waits_for: numbers of the steps that must end before.
    """

    key: str
    position: int
    computation: Computation
    definition: Any
    inputs: tuple[StepInput, ...]
    outputs: tuple[OutputDeclaration, ...]
    specs: Mapping[str, AssetSpec]
    waits_for: tuple[int, ...]

    @property
    def asset_keys(self) -> tuple[AssetKey, ...]:
        """The assets that it makes."""
        return tuple(spec.key for spec in self.specs.values())


class ExecutionPlan(msgspec.Struct, frozen=True):
    """The steps of a run, in the order of definition.

    Attributes:
        steps: numbered by their place.
        selected_asset_keys: the assets that the run makes.
    """

    steps: tuple[Step, ...]
    selected_asset_keys: frozenset[AssetKey]

    @property
    def step_keys(self) -> list[str]:
        """The keys of all steps, each after what it waits for, sorted by key where nothing else orders them."""
        depths: dict[int, int] = {}
        for step in _by_dependency(self.steps):
            depths[step.position] = 1 + max((depths[each] for each in step.waits_for), default=0)
        return [step.key for step in sorted(self.steps, key=lambda step: (depths[step.position], step.key))]

    @property
    def required_resource_keys(self) -> set[str]:
        """Every resource that its steps need, IO managers included."""
        needed: set[str] = set()
        for step in self.steps:
            needed.update(resource_keys_of(step))
        return needed


def _by_dependency(steps: tuple[Step, ...]) -> list[Step]:
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


def resource_keys_of(step: Step) -> set[str]:
    """Every resource that the step needs, IO managers included."""
    needed = set(step.computation.required_resource_keys)
    needed.update(output.io_manager_key for output in step.outputs if output.check is None)
    needed.update(each.manager_key for each in step.inputs if each.declared.is_loaded)
    return needed
