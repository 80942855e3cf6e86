"""The order in which one function gives several assets: each after those of its own that it depends on.

A materialization says of which versions of its inputs it was made, so an asset that comes before its dependency would name the
version of an earlier run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dagster.define.computations import OutputDeclaration
from dagster.errors import DagsterInvariantViolationError
from dagster.execution.running import RunningStep
from dagster.keys import AssetKey
from dagster.planning.steps import Step


def refuse_late(step: RunningStep, declared: OutputDeclaration) -> None:
    """Raises DagsterInvariantViolationError where something that depends on this asset was given already. Constant per edge."""
    if len(step.step.specs) < 2 or declared.asset_key is None:
        return
    if step.dependents is None:
        step.dependents = _dependents(step.step)
    for name in step.dependents.get(declared.asset_key, ()):
        if name in step.given:
            raise DagsterInvariantViolationError(
                f'Asset "{step.step.specs[name].key.to_user_string()}" was yielded before its dependency '
                f'"{declared.asset_key.to_user_string()}". Multiassets yielding multiple asset outputs must yield them in '
                "topological order."
            )


def _dependents(step: Step) -> Mapping[AssetKey, list[str]]:
    """By asset, the outputs of the same step that depend on it."""
    own = set(step.asset_keys)
    found: dict[AssetKey, list[str]] = {}
    for name, spec in step.specs.items():
        for dep in spec.deps:
            if dep.asset_key in own and dep.asset_key != spec.key:
                found.setdefault(dep.asset_key, []).append(name)
    return found


def in_order(step: Step) -> Sequence[OutputDeclaration]:
    """The outputs of the step, each asset after those that it depends on, otherwise as they are declared."""
    if len(step.specs) < 2:
        return step.outputs
    dependents = _dependents(step)
    if not dependents:
        return step.outputs
    waiting_for = {output.name: 0 for output in step.outputs}
    for names in dependents.values():
        for name in names:
            waiting_for[name] += 1
    by_name = {output.name: output for output in step.outputs}
    ordered = [output for output in step.outputs if not waiting_for[output.name]]
    for output in ordered:  # grows while it is walked
        for name in dependents.get(output.asset_key, ()) if output.asset_key is not None else ():
            waiting_for[name] -= 1
            if not waiting_for[name]:
                ordered.append(by_name[name])
    return ordered
