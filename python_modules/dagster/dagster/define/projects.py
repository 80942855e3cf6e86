"""The whole of what a project declares, looked up and checked once: assets as a graph, resources, jobs.

`Definitions`, `materialize` and code locations all stand on this value; there is no second resolution anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from copy import copy
from functools import cached_property
from typing import Any

from dagster.define import automations
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.computations import DEFAULT_IO_MANAGER_KEY
from dagster.define.problems import Problem, raise_problems
from dagster.define.resource_sessions import checked_resource_key
from dagster.errors import CheckError, DagsterError, DagsterInvalidDefinitionError, closest
from dagster.keys import AssetCheckKey, AssetKey
from dagster.lineage.graph import AssetGraph
from dagster.lineage.names import unqualified_references
from dagster.specs.assets import IO_MANAGER_KEY_METADATA, AssetSpec
from dagster.specs.checks import AssetCheckSpec


class Project:
    """Assets, resources and jobs that belong together.

    Args:
        assets: definitions and specs; the same object twice counts once.
        resources: by key, anything that can be a resource.
        jobs: definitions of jobs.
        executor: how steps are executed where a job does not say it.
        loggers: by key, for jobs that have none of their own.
        schedules, sensors: what starts runs.
        asset_checks: definitions of checks; those among the assets count too.

    Raises:
        CheckError: something among the assets is no asset.
        DagsterInvalidDefinitionError: the whole does not hold together; every problem is named.
    """

    def __init__(
        self,
        *,
        assets: Iterable[Any] = (),
        resources: Mapping[str, Any] | None = None,
        jobs: Iterable[Any] = (),
        executor: Any = None,
        loggers: Mapping[str, Any] | None = None,
        schedules: Iterable[Any] = (),
        sensors: Iterable[Any] = (),
        asset_checks: Iterable[Any] = (),
    ) -> None:
        self.schedules = _same_once(schedules)
        self.sensors = _same_once(sensors)
        assets = list(assets)
        brought = automations.assets_of_targets(assets, self.schedules, self.sensors)
        makers, self.checks = automations.without_checks([*assets, *asset_checks, *brought])
        declared = [_as_definition(each) for each in _once(makers)]
        raise_problems(_duplicates(declared) or _duplicate_steps(declared))
        raise_problems(automations.duplicate_checks([*declared, *self.checks]))
        self.definitions = _with_qualified_dependencies(declared)
        raise_problems(_unknown_inputs(self.definitions))
        self.graph = AssetGraph(
            (spec, definition.execution_type, definition) for definition in self.definitions for spec in definition.specs
        )
        self.graph.check_definitions = self.checks
        self.resources = dict(resources or {})
        for key in self.resources:
            checked_resource_key(key)
        self.executor = executor
        self.loggers: Mapping[str, Any] = loggers or {}
        self.declared_jobs = _same_once([*jobs, *automations.jobs_of_targets(self.schedules, self.sensors)])

    def with_resources(self, resources: Mapping[str, Any]) -> Project:
        """The same project with more resources, below those that it has."""
        made = copy(self)
        made.resources = {**resources, **self.resources}
        return made

    def definitions_of(self, keys: Iterable[AssetKey]) -> list[AssetsDefinition]:
        """What makes these assets, each once, in the order of definition; external assets are left out."""
        positions = sorted({self.graph.position(key) for key in keys})
        found: dict[int, AssetsDefinition] = {}
        for position in positions:
            definition = self.graph.definitions[position]
            if definition is not None and definition.is_executable:
                found.setdefault(id(definition), definition)
        return list(found.values())

    @cached_property
    def resources_of_assets(self) -> Mapping[str, Any]:
        """Resources that come with definitions of assets, below those of the project."""
        collected: dict[str, Any] = {}
        for definition in [*self.definitions, *self.checks]:
            for key, resource in definition.resource_defs.items():
                if collected.setdefault(key, resource) is not resource and key not in self.resources:
                    raise DagsterInvalidDefinitionError(
                        f'Two assets bring different resources under the key "{key}". Give one of them another key, or put '
                        "the resource into Definitions."
                    )
        return collected

    @property
    def all_resources(self) -> Mapping[str, Any]:
        """Every resource by key; those given to the project win over those that come with an asset."""
        return {**self.resources_of_assets, **self.resources} if self.resources_of_assets else self.resources

    def resource_problems(self, also_given: Iterable[str] = ()) -> list[Problem]:
        """Resources that assets ask for and nobody gives, neither the project nor who runs it (`also_given`)."""
        known = {*self.all_resources, DEFAULT_IO_MANAGER_KEY, *also_given}
        problems: list[Problem] = []
        for definition in [*self.definitions, *self.checks]:
            missing = _keys_of_resources(definition) - known
            problems.extend(_missing_resource(definition, key, known) for key in sorted(missing))
        return problems

    def partitions_of(self, keys: Iterable[AssetKey]) -> list[Any]:
        """The different partitions definitions of these assets."""
        by_identity = {id(each): each for key in keys if (each := self.graph.get(key).partitions_def) is not None}
        found: list[Any] = []
        for each in by_identity.values():
            if each not in found:
                found.append(each)
        return sorted(found, key=str) if len(found) > 1 else found

    @property
    def check_specs(self) -> Sequence[AssetCheckSpec]:
        """Every check, those that are executed together with an asset too."""
        return [spec for definition in [*self.definitions, *self.checks] for spec in definition.check_specs]

    @cached_property
    def has_checks(self) -> bool:
        """Whether there is any check."""
        return bool(self.checks) or any(definition.check_specs for definition in self.definitions)

    def selected_checks(self, selection: Any) -> set[AssetCheckKey]:
        """The checks of a selection: those of its assets, where it does not say otherwise.

        Raises:
            DagsterInvalidSubsetError: it names an asset or check that is not there.
        """
        from dagster.lineage.selections import resolve_checks
        from dagster.specs.selections import AssetSelection

        return resolve_checks(AssetSelection.from_coercible(selection), self.graph, [spec.key for spec in self.check_specs])

    def selected(self, selection: Any, *, executable_only: bool = True) -> set[AssetKey]:
        """The assets of a selection; all materializable ones for None.

        Args:
            selection: what `AssetSelection.from_coercible` takes.
            executable_only: leave out what no run can do anything with.

        Raises:
            DagsterInvalidSubsetError: it names an asset that is not there.
        """
        if selection is None:
            return self.graph.materializable_asset_keys
        from dagster.lineage.selections import resolve
        from dagster.specs.selections import AssetSelection

        found = resolve(AssetSelection.from_coercible(selection), self.graph)
        return found & self.graph.executable_asset_keys if executable_only else found


def _same_once(declared: Iterable[Any]) -> list[Any]:
    return list({id(each): each for each in declared}.values())


def _once(assets: Iterable[Any]) -> list[Any]:
    """The same object counts once, and so do equal specs: several places may name the same external asset."""
    found: list[Any] = []
    seen: set[int] = set()
    specs: dict[AssetKey, AssetSpec] = {}
    for each in assets:
        if id(each) in seen or (isinstance(each, AssetSpec) and specs.get(each.key) == each):
            continue
        seen.add(id(each))
        if isinstance(each, AssetSpec):
            specs.setdefault(each.key, each)
        found.append(each)
    return found


def _as_definition(each: Any) -> AssetsDefinition:
    if isinstance(each, AssetsDefinition):
        return each
    if isinstance(each, AssetSpec):
        return AssetsDefinition(specs=[each])
    if isinstance(definition := getattr(each, "definition", None), AssetsDefinition):
        return definition  # of a SourceAsset, whose module few projects need
    raise CheckError(
        f"Member of iterable mismatches type. An asset is an AssetsDefinition (a function decorated with @asset) or an "
        f"AssetSpec. Got {each!r} of type {type(each)}."
    )


def _duplicates(definitions: Sequence[AssetsDefinition]) -> list[Problem]:
    first: dict[AssetKey, AssetsDefinition] = {}
    problems: list[Problem] = []
    for definition in definitions:
        for spec in definition.specs:
            earlier = first.setdefault(spec.key, definition)
            if earlier is not definition:
                problems.append(_duplicate(spec.key, earlier, definition))
    return problems


def _duplicate_steps(definitions: Sequence[AssetsDefinition]) -> list[Problem]:
    """Different keys may give steps of one name: `x/a` and `x__a`. One function under several keys is numbered instead."""
    first: dict[str, AssetsDefinition] = {}
    problems: list[Problem] = []
    for definition in definitions:
        if definition.computation is None:
            continue
        earlier = first.setdefault(definition.computation.name, definition)
        assert earlier.computation is not None, "only those with a function are kept"
        if earlier.computation.function is not definition.computation.function:
            keys = " and ".join(f'"{each.specs[0].key.to_user_string()}"' for each in (earlier, definition))
            error = DagsterInvalidDefinitionError(
                f"Assets {keys} would both run as a step named '{definition.computation.name}'. Rename one of them."
            )
            problems.append(Problem(error, definition.computation.place))
    return problems


def _duplicate(key: AssetKey, earlier: AssetsDefinition, later: AssetsDefinition) -> Problem:
    also = f" First declared at {place}." if (place := _place(earlier)) else ""
    return Problem(DagsterInvalidDefinitionError(f"Duplicate asset key: {key}.{also}"), _place(later))


def _place(definition: AssetsDefinition) -> str:
    return definition.computation.place if definition.computation else ""


def _with_qualified_dependencies(definitions: Sequence[AssetsDefinition]) -> list[AssetsDefinition]:
    """Dependencies that name an asset without its prefix depend on that asset, where it is clear which one is meant."""
    specs = [spec for definition in definitions for spec in definition.specs]
    renamed_by_key = unqualified_references(specs)
    if not renamed_by_key:
        return list(definitions)
    qualified: list[AssetsDefinition] = []
    for definition in definitions:
        renamed = {old: new for spec in definition.specs for old, new in renamed_by_key.get(spec.key, {}).items()}
        qualified.append(definition.with_renamed_dependencies(renamed) if renamed else definition)
    return qualified


def _unknown_inputs(definitions: Sequence[AssetsDefinition]) -> list[Problem]:
    """Arguments that are the value of an asset which nobody declares; a dependency without argument may be external."""
    known = {spec.key for definition in definitions for spec in definition.specs}
    return [
        Problem(_unknown_input(definition, declared.name, declared.asset_key, known), definition.computation.place)
        for definition in definitions
        if definition.computation
        for declared in definition.computation.inputs
        if declared.is_loaded and declared.asset_key is not None and declared.asset_key not in known
    ]


def _unknown_input(definition: AssetsDefinition, name: str, key: AssetKey, known: Set[AssetKey]) -> DagsterError:
    wanted = key.to_user_string()
    taker = definition.specs[0].key.to_user_string()
    return DagsterInvalidDefinitionError(
        f'Input asset "{wanted}" is not produced by any of the provided assets and is not one of the provided sources: '
        f'asset "{taker}" takes it as its argument "{name}".{closest(wanted, (each.to_user_string() for each in known))} '
        f'Declare it, or put it into deps=["{wanted}"] if its value is not needed.'
    )


def _keys_of_resources(definition: AssetsDefinition) -> Set[str]:
    """The resources that a run of it needs; of an external asset what loads it."""
    if definition.computation is not None:
        return definition.required_resource_keys
    return {spec.metadata[IO_MANAGER_KEY_METADATA] for spec in definition.specs if IO_MANAGER_KEY_METADATA in spec.metadata}


def _missing_resource(definition: AssetsDefinition, key: str, known: Set[str]) -> Problem:
    computation = definition.computation
    outputs = computation.outputs if computation is not None else ()
    is_io_manager = computation is None or any(output.io_manager_key == key for output in outputs if output.check is None)
    kind = "io manager" if is_io_manager else "resource"
    error = DagsterInvalidDefinitionError(
        f"{kind} with key '{key}' required by {_named(definition)} was not provided."
        f"{closest(key, known)} Provide it in Definitions(resources={{'{key}': ...}}); there are: "
        f"{', '.join(sorted(known))}."
    )
    return Problem(error, _place(definition), key)


def _named(definition: AssetsDefinition) -> str:
    if definition.specs:
        return f"asset '{definition.specs[0].key.to_user_string()}'"
    return f"check '{definition.check_specs[0].key.to_user_string()}'"
