"""Which calls of users' functions make a selection of assets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import msgspec

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.computations import Computation
from dagster.define.projects import Project
from dagster.errors import DagsterInvalidSubsetError
from dagster.keys import AssetKey
from dagster.lineage.step_groups import Maker, step_groups


class Call(msgspec.Struct, frozen=True):
    """One call of a definition's function: the assets that it is to make, and the key of its step."""

    definition: AssetsDefinition
    keys: Set[AssetKey]
    step_key: str


def calls_of(project: Project, selected: Set[AssetKey]) -> list[Call]:
    """The calls that make the selected assets, in the order of definition.

    Raises:
        DagsterInvalidSubsetError: some, not all, assets of a function that cannot make some only are selected.
        CircularDependencyError: functions with several assets wait for each other.
    """
    definitions = project.definitions_of(selected)
    has_several = False
    for definition in definitions:
        if len(definition.specs) > 1:
            _refuse_partial(definition, selected)
            has_several = True
    if not has_several:
        named = zip(definitions, _names(definitions), strict=True)
        return [Call(made, {made.specs[0].key}, name) for made, name in named]
    names = _names(definitions)
    taken = set(names)
    groups = step_groups(project.graph, [_maker(project, definition, selected) for definition in definitions])
    named = zip(definitions, names, groups, strict=True)
    return [call for made, name, parts in named for call in _parts(project, made, name, parts, taken)]


def _names(definitions: Sequence[AssetsDefinition]) -> Sequence[str]:
    """What their functions are called; the same function under several keys gets numbers, in the order of the keys."""
    names = [computation_of(definition).name for definition in definitions]
    if len(set(names)) == len(names):
        return names
    first_keys = [min(spec.key.to_user_string() for spec in definition.specs) for definition in definitions]
    taken: set[str] = set()
    for position in sorted(range(len(names)), key=first_keys.__getitem__):
        numbers = iter(range(2, len(names) + 2))
        name = names[position]
        while names[position] in taken:
            names[position] = f"{name}_{next(numbers)}"
        taken.add(names[position])
    return names


def _maker(project: Project, definition: AssetsDefinition, selected: Set[AssetKey]) -> Maker:
    positions = sorted(project.graph.position(spec.key) for spec in definition.specs if spec.key in selected)
    return Maker(tuple(positions), definition.can_subset)


def _parts(
    project: Project, definition: AssetsDefinition, name: str, parts: Sequence[tuple[int, ...]], taken: set[str]
) -> Iterable[Call]:
    """The first call has the function's name; the others a number after it."""
    number = 1
    for order, part in enumerate(parts):
        step_key = name
        while order and step_key in taken:
            number += 1
            step_key = f"{name}_{number}"
        taken.add(step_key)
        yield Call(definition, {project.graph.keys[position] for position in part}, step_key)


def _refuse_partial(definition: AssetsDefinition, selected: Set[AssetKey]) -> None:
    left_out = definition.keys - selected
    if left_out and not definition.can_subset:
        wanted = ", ".join(sorted(key.to_user_string() for key in definition.keys & selected))
        others = ", ".join(sorted(key.to_user_string() for key in left_out))
        raise DagsterInvalidSubsetError(
            f"Assets {wanted} are made together with {others} by one function that cannot make some of them only. "
            "Select all of them, or declare it with can_subset=True."
        )


def computation_of(definition: AssetsDefinition) -> Computation:
    """The function of a definition that is executable."""
    assert definition.computation is not None, "only definitions with a function are executable"
    return definition.computation
