"""The step: one call of one user function, with where its inputs come from.

Nothing that a step holds leads back to a step, so the garbage collector need not look through the thousands of a large plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from enum import Enum
from typing import Any

import msgspec

from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.errors import DagsterInvalidDefinitionError
from dagster.events.results import NoValue
from dagster.keys import AssetKey
from dagster.planning.known_steps import KnownSteps, is_among
from dagster.runs.tags import PRIORITY_TAG
from dagster.specs.assets import AssetSpec


class StepPhase(Enum):
    """When in a run a step has its turn: with the work, after it where the run failed, or always at the end."""

    WORK = "work"
    ON_FAILURE = "on_failure"
    FINALLY = "finally_"


class StepInput(msgspec.Struct, frozen=True, gc=False):
    """An input of a step.

    Attributes:
        declared: name, type and manager.
        upstream_step: number of the step in this plan that makes it, None if it was made before.
        upstream_output: the output that it is; None for an external asset.
        upstream_definition: what makes it; None for an external asset.
        upstream_spec: the asset; None for an op's output.
        manager_key: the resource that loads it.
        mapping_key: of the value, where the upstream output is dynamic.
        parts: of a list, where each element comes from; None for what is no list of outputs.
        collects: whether it stands for all values of the upstream output: `parts` are known when these are.
        value: of an input that no output feeds; `NoValue` for others.
        config_at: where run config says the value: the place of the node, and its input.
        must_succeed: whether a step that may fail leaves nothing here when it did, also where only the order counts.
        config_type: of that input, by whose loader run config is read; a graph may say another one than its op.
    """

    declared: InputDeclaration
    upstream_step: int | None
    upstream_output: OutputDeclaration | None
    upstream_definition: Any
    upstream_spec: AssetSpec | None
    manager_key: str
    mapping_key: str | None = None
    parts: tuple[StepInput, ...] | None = None
    collects: bool = False
    value: Any = NoValue
    config_at: tuple[str, str] | None = None
    must_succeed: bool = False
    config_type: InputDeclaration | None = None


def positions_of(given: StepInput) -> Iterable[int]:
    """The numbers of the steps that an input waits for."""
    if given.upstream_step is not None:
        yield given.upstream_step
    for part in given.parts or ():
        yield from positions_of(part)


class Step(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One call of one user function.

    Attributes:
        key: unique in the plan.
        place: of its node, `outer.inner`: the key without a mapping key.
        position: its number in the plan.
        computation: the function.
        definition: the definition it belongs to.
        inputs: in the order of declaration.
        outputs: those that this run wants, checks included.
        specs: the asset of each output that is one, by output name.
        asset_keys: the keys of these assets.
        waits_for: numbers of the steps that must end before.
        resource_keys: every resource that it needs, IO managers included.
        tags: of an op with those of its nodes; of assets those of the computation hold.
        hook_defs: called when it ends, beside those of the job.
        retry_policy: how it is tried again, over that of the computation.
        mapped_over: the number of a step and its dynamic output, for what runs once per value of it: no step itself yet.
        mapping_key: of the value that it runs for.
        template: the number of the step that stands in the plan for it and its siblings.
        priority: of steps that are ready together the one with the highest runs first.
        allows_failure: whether the run goes on, and may end well, where it failed for good.
        phase: when in the run it has its turn.
    """

    key: str
    place: str
    position: int
    computation: Computation
    definition: Any
    inputs: tuple[StepInput, ...]
    outputs: tuple[OutputDeclaration, ...]
    specs: Mapping[str, AssetSpec]
    asset_keys: tuple[AssetKey, ...]
    waits_for: tuple[int, ...]
    resource_keys: frozenset[str]
    tags: Mapping[str, str] = {}
    hook_defs: Set[Any] = frozenset()
    retry_policy: Any = None
    mapped_over: tuple[int, str] | None = None
    mapping_key: str | None = None
    template: int | None = None
    priority: int = 0
    allows_failure: bool = False
    phase: StepPhase = StepPhase.WORK


def priority_of(step_key: str, tags: Mapping[str, Any]) -> int:
    """The priority that the tags of a step say.

    Raises:
        DagsterInvalidDefinitionError: it is no whole number.
    """
    said = tags.get(PRIORITY_TAG)
    if said is None:
        return 0
    try:
        return int(said)
    except ValueError as refused:
        raise DagsterInvalidDefinitionError(
            f'The tag {PRIORITY_TAG} of step "{step_key}" is {said!r}. It must be a whole number; steps without it have 0.'
        ) from refused


class ExecutionPlan(msgspec.Struct, frozen=True):
    """The steps of a run, in the order of definition.

    Attributes:
        steps: numbered by their place.
        step_keys: their keys, each after what it waits for, sorted by key where nothing else orders them.
        selected_asset_keys: the assets that the run makes.
        required_resource_keys: every resource that a step needs, IO managers included.
        is_ordered: whether steps that are ready together run in the order of their numbers; else in that of their keys.
        is_dynamic: whether some step gives a dynamic output, so that steps are made while it runs.
        config_mappings: of the graphs among assets that take config of their own, by their place.
        config_inputs: beside assets, the inputs of ops that config may fill, by their place.
        wanted: the keys of the steps to execute, where these are some only; a key `load[?]` stands for all that are made of it.
        known: what earlier runs did of the others.
    """

    steps: tuple[Step, ...]
    step_keys: tuple[str, ...]
    selected_asset_keys: frozenset[AssetKey]
    required_resource_keys: frozenset[str]
    is_dynamic: bool = False
    is_ordered: bool = False
    config_mappings: Mapping[str, Any] = {}
    config_inputs: Mapping[str, Mapping[str, Any]] = {}
    wanted: frozenset[str] | None = None
    known: KnownSteps = {}

    @property
    def all_asset_keys(self) -> frozenset[AssetKey]:
        """The assets of all its steps, those included that an earlier run has executed."""
        if self.wanted is None:
            return self.selected_asset_keys
        return frozenset(key for step in self.steps for key in step.asset_keys)

    def wants(self, step_key: str) -> bool:
        """Whether the step is to be executed, and not one that an earlier run has executed."""
        return self.wanted is None or is_among(step_key, self.wanted)
