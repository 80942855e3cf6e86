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
        manager_key: the resource that loads it.
    """

    declared: InputDeclaration
    upstream_step: int | None
    upstream_output: OutputDeclaration | None
    upstream_definition: Any
    upstream_spec: AssetSpec | None
    manager_key: str


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
        asset_keys: the keys of these assets.
        waits_for: numbers of the steps that must end before.
        resource_keys: every resource that it needs, IO managers included.
    """

    key: str
    position: int
    computation: Computation
    definition: Any
    inputs: tuple[StepInput, ...]
    outputs: tuple[OutputDeclaration, ...]
    specs: Mapping[str, AssetSpec]
    asset_keys: tuple[AssetKey, ...]
    waits_for: tuple[int, ...]
    resource_keys: frozenset[str]


class ExecutionPlan(msgspec.Struct, frozen=True):
    """The steps of a run, in the order of definition.

    Attributes:
        steps: numbered by their place.
        step_keys: their keys, each after what it waits for, sorted by key where nothing else orders them.
        selected_asset_keys: the assets that the run makes.
        required_resource_keys: every resource that a step needs, IO managers included.
    """

    steps: tuple[Step, ...]
    step_keys: tuple[str, ...]
    selected_asset_keys: frozenset[AssetKey]
    required_resource_keys: frozenset[str]
