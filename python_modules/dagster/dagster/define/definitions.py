"""The project as one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.definitions_changes import mapped_assets, merged_parts, refuse_selection, with_updated_metadata
from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME, JobDefinition, resolve_jobs
from dagster.define.problems import problems_of, raise_problems
from dagster.define.projects import Project
from dagster.errors import CheckError, DagsterError, DagsterInvariantViolationError, ParameterCheckError
from dagster.keys import AssetCheckKey, AssetKey, CoercibleToAssetKey
from dagster.lineage.graph import AssetGraph
from dagster.metadata.coercion import normalize_metadata
from dagster.specs.assets import AssetSpec
from dagster.specs.selections import AssetSelection


class Definitions:
    """Everything that a project declares.

    Args:
        assets: functions decorated with `@asset` and specs of external assets.
        schedules, sensors: what starts runs.
        jobs: made with `define_asset_job`.
        resources: by key; anything can be a resource.
        executor: how steps are executed where a job does not say it.
        loggers: by key.
        asset_checks: definitions of checks.
        metadata: shown with the project.
        component_tree: the components it was made from.

    Example:
        >>> @asset
        ... def orders():
        ...     return [1, 2, 3]
        >>> Definitions(assets=[orders]).resolve_all_asset_keys()
        [AssetKey(['orders'])]
    """

    def __init__(
        self,
        assets: Iterable[Any] | None = None,
        schedules: Iterable[Any] | None = None,
        sensors: Iterable[Any] | None = None,
        jobs: Iterable[Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        executor: Any = None,
        loggers: Mapping[str, Any] | None = None,
        asset_checks: Iterable[Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        component_tree: Any = None,
    ) -> None:
        self.assets = _listed("assets", assets, _refuse_no_asset)
        self.schedules = _listed("schedules", schedules, _refuse_no_schedule)
        self.sensors = _listed("sensors", sensors, _refuse_no_sensor)
        self.jobs = _listed("jobs", jobs, _refuse_no_job)
        self.resources = _mapped("resources", resources)
        self.executor = _checked_executor(executor)
        self.loggers = _checked_loggers(_mapped("loggers", loggers))
        self.asset_checks = _listed("asset_checks", asset_checks, _refuse_no_check)
        self.metadata = normalize_metadata(_mapped("metadata", metadata))
        self.component_tree = component_tree

    def __repr__(self) -> str:
        return f"Definitions({len(self.assets)} assets, {len(self.jobs)} jobs, {len(self.resources)} resources)"

    @cached_property
    def project(self) -> Project:
        """Everything looked up and checked, once.

        Raises:
            DagsterInvalidDefinitionError: it does not hold together.
        """
        return Project(
            assets=self.assets,
            resources=self.resources,
            jobs=self.jobs,
            executor=self.executor,
            loggers=self.loggers,
            schedules=self.schedules,
            sensors=self.sensors,
            asset_checks=self.asset_checks,
        )

    @cached_property
    def jobs_by_name(self) -> Mapping[str, JobDefinition]:
        """Every job that can run, the one over all assets included.

        Raises:
            DagsterInvalidDefinitionError: two jobs of one name, or a selection that names what is not there.
        """
        return resolve_jobs(self.project)

    @staticmethod
    def validate_loadable(defs: Definitions) -> None:
        """Check the whole, as loading it for a run would.

        Raises:
            DagsterInvalidDefinitionError: something is wrong; every problem is named.
        """
        from dagster.define import automation_problems
        from dagster.define.partition_problems import check_partition_problems, mapping_problems

        project = defs.project
        problems = [
            *project.resource_problems(),
            *mapping_problems(project),
            *check_partition_problems(project),
            *automation_problems.resource_problems(project),
            *automation_problems.duplicate_names(project.schedules, project.sensors),
            *automation_problems.condition_sensor_problems(project),
        ]
        unresolved = automation_problems.selection_problems(project)
        try:
            problems += unresolved or automation_problems.job_name_problems(project, defs.jobs_by_name)
            problems += [] if unresolved else automation_problems.partition_problems(project, defs.jobs_by_name)
        except DagsterError as refused:
            problems += problems_of(refused)
        raise_problems(problems)

    @staticmethod
    def merge(*def_sets: Definitions) -> Definitions:
        """One object that declares what all of them declare.

        Raises:
            DagsterInvariantViolationError: two of them give different resources, loggers or executors under one name.
        """
        for defs in def_sets:
            if not isinstance(defs, Definitions):  # pyright: ignore[reportUnnecessaryIsInstance] - users call this
                raise CheckError(f"Definitions.merge takes Definitions. Got {defs!r} of type {type(defs)}.")
        return Definitions(**merged_parts(def_sets))

    @staticmethod
    def merge_unbound_defs(*def_sets: Definitions) -> Definitions:
        """Same as `merge`."""
        return Definitions.merge(*def_sets)

    def map_asset_specs(self, *, func: Callable[[AssetSpec], AssetSpec], selection: Any = None) -> Definitions:
        """The same declarations with the specs of assets replaced by what `func` makes of them.

        Args:
            func: gives the new spec; keys stay.
            selection: not here any more; `map_resolved_asset_specs` takes one.

        Raises:
            CheckError: a selection is given.
            DagsterInvariantViolationError: there is a SourceAsset among the assets.
        """
        refuse_selection(selection)
        return self._replaced(assets=mapped_assets(self.assets, func))

    def map_resolved_asset_specs(self, *, func: Callable[[AssetSpec], AssetSpec], selection: Any = None) -> Definitions:
        """The same declarations with the specs of selected assets replaced by what `func` makes of them.

        Args:
            func: gives the new spec; keys stay.
            selection: only these assets; looked up among all of the project, in a string also among external ones; without: all.

        Raises:
            DagsterInvariantViolationError: there is a SourceAsset among the assets.
        """
        return self._replaced(assets=mapped_assets(self.assets, self._where_selected(func, selection)))

    def permissive_map_resolved_asset_specs(self, func: Callable[[AssetSpec], AssetSpec], selection: Any) -> Definitions:
        """Same as `map_resolved_asset_specs`, where a SourceAsset among the assets stays as it is."""
        return self._replaced(assets=mapped_assets(self.assets, self._where_selected(func, selection), leaves_others=True))

    def _where_selected(self, func: Callable[[AssetSpec], AssetSpec], selection: Any) -> Callable[[AssetSpec], AssetSpec]:
        if selection is None:
            return func
        if isinstance(selection, str):
            selection = AssetSelection.from_string(selection, include_sources=True)
        selected = self.project.selected(selection, executable_only=False)
        return lambda spec: func(spec) if spec.key in selected else spec

    def with_resources(self, resources: Mapping[str, Any] | None) -> Definitions:
        """The same declarations with more resources.

        Raises:
            DagsterInvariantViolationError: there is another one of the same key.
        """
        return Definitions.merge(self, Definitions(resources=resources)) if resources else self

    def with_definition_metadata_update(self, update: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Definitions:
        """The same declarations, each asset, check, job, schedule and sensor with the metadata that `update` makes of its own."""
        listed = ("assets", "schedules", "sensors", "jobs", "asset_checks")
        return self._replaced(**{name: [with_updated_metadata(each, update) for each in getattr(self, name)] for name in listed})

    def _replaced(self, **changed: Any) -> Definitions:
        names = ("assets", "schedules", "sensors", "jobs", "resources", "executor", "loggers", "asset_checks", "metadata")
        fields = {name: getattr(self, name) for name in names}
        return Definitions(**{**fields, "component_tree": self.component_tree, **changed})

    def resolve_asset_graph(self) -> AssetGraph:
        """The graph of all assets."""
        return self.project.graph

    def resolve_all_asset_specs(self) -> Sequence[AssetSpec]:
        """Every asset as data, in the order of definition, then external ones that are only depended on."""
        return list(self.project.graph.specs)

    def resolve_all_asset_keys(self) -> Sequence[AssetKey]:
        """The key of every asset, in the same order."""
        return list(self.project.graph.keys)

    def get_assets_def(self, key: CoercibleToAssetKey) -> AssetsDefinition:
        """Same as `resolve_assets_def`."""
        return self.resolve_assets_def(key)

    def resolve_assets_def(self, key: CoercibleToAssetKey) -> AssetsDefinition:
        """What makes the asset of this key.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        wanted = AssetKey.from_coercible(key)
        for definition in self.project.definitions:
            if wanted in definition.keys:
                return definition
        raise DagsterInvariantViolationError(f"Could not find asset {wanted}")

    def get_job_def(self, name: str) -> JobDefinition:
        """Same as `resolve_job_def`."""
        return self.resolve_job_def(name)

    def resolve_job_def(self, name: str) -> JobDefinition:
        """The job of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        jobs = self.jobs_by_name
        if name not in jobs:
            found = ", ".join(f"'{each}'" for each in jobs)
            raise DagsterInvariantViolationError(f"Could not find job '{name}'. Found: {found}.")
        return jobs[name]

    def resolve_all_job_defs(self) -> Sequence[JobDefinition]:
        """Every job, the one over all assets included."""
        return list(self.jobs_by_name.values())

    def get_implicit_global_asset_job_def(self) -> JobDefinition:
        """Same as `resolve_implicit_global_asset_job_def`."""
        return self.resolve_implicit_global_asset_job_def()

    def resolve_implicit_global_asset_job_def(self) -> JobDefinition:
        """The job over all assets.

        Raises:
            DagsterInvariantViolationError: there are no assets to run.
        """
        return self.resolve_job_def(IMPLICIT_ASSET_JOB_NAME)

    def has_implicit_global_asset_job_def(self) -> bool:
        """Whether there are assets to run."""
        return IMPLICIT_ASSET_JOB_NAME in self.jobs_by_name

    def resolve_implicit_job_def_def_for_assets(self, asset_keys: Iterable[AssetKey]) -> JobDefinition | None:
        """The job over all assets, if it has these; None otherwise."""
        job = self.jobs_by_name.get(IMPLICIT_ASSET_JOB_NAME)
        return job if job is not None and job.selected_asset_keys.issuperset(asset_keys) else None

    def has_resolved_repository_def(self) -> bool:
        """Whether everything is looked up already."""
        return "project" in vars(self)

    def get_all_job_defs(self) -> Sequence[JobDefinition]:
        """Same as `resolve_all_job_defs`."""
        return self.resolve_all_job_defs()

    @cached_property
    def schedules_by_name(self) -> Mapping[str, Any]:
        """Every schedule, with those looked up that follow from the partitions of a job's assets."""
        return {
            each.name: each.resolve(self.resolve_job_def(each.job_name)) if hasattr(each, "resolve") else each
            for each in self.project.schedules
        }

    def get_schedule_def(self, name: str) -> Any:
        """Same as `resolve_schedule_def`."""
        return self.resolve_schedule_def(name)

    def resolve_schedule_def(self, name: str) -> Any:
        """The schedule of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        return _found("schedule", name, self.schedules_by_name)

    def get_unresolved_schedule_def(self, name: str) -> Any:
        """The schedule of this name as it was declared.

        Raises:
            ValueError: there is none.
        """
        return _declared("ScheduleDefinition", name, self.schedules)

    def get_sensor_def(self, name: str) -> Any:
        """Same as `resolve_sensor_def`."""
        return self.resolve_sensor_def(name)

    def resolve_sensor_def(self, name: str) -> Any:
        """The sensor of this name, that for conditions which no other one evaluates included.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        from dagster.define.automation_problems import all_sensors

        return _found("sensor", name, {each.name: each for each in all_sensors(self.project)})

    def get_unresolved_sensor_def(self, name: str) -> Any:
        """The sensor of this name as it was declared.

        Raises:
            ValueError: there is none.
        """
        return _declared("SensorDefinition", name, self.sensors)

    def get_asset_checks_def(self, key: AssetCheckKey) -> Any:
        """What executes this check, apart from what makes the asset.

        Raises:
            DagsterInvariantViolationError: nothing does.
        """
        for check in self.project.checks:
            if key in check.check_keys:
                return check
        raise DagsterInvariantViolationError(f"Could not find asset checks defs for {key}.")

    def get_repository_def(self) -> Any:
        """The same declarations under the API of a repository."""
        from dagster.define.repositories import SINGLETON_REPOSITORY_NAME, RepositoryDefinition

        return RepositoryDefinition(SINGLETON_REPOSITORY_NAME, definitions=self, metadata=self.metadata)

    def load_asset_value(
        self,
        asset_key: CoercibleToAssetKey,
        *,
        python_type: type | None = None,
        instance: Any = None,
        partition_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        resource_config: Any = None,
    ) -> Any:
        """The stored value of an asset, loaded by its IO manager outside of a run.

        Args:
            asset_key: the asset.
            python_type: the type it should have, given to the IO manager.
            instance: where it is stored; without: the instance of DAGSTER_HOME.
            partition_key: the partition.
            metadata: for the IO manager.
            resource_config: config of the resources that load it.

        Raises:
            DagsterAssetValueNotFoundError: nothing is stored; says which asset to materialize.
        """
        from dagster.define.doors import asset_value_loader

        return asset_value_loader(self.project, instance).load_asset_value(
            asset_key,
            python_type=python_type,
            partition_key=partition_key,
            metadata=metadata,
            resource_config=resource_config,
        )

    def get_asset_value_loader(self, instance: Any = None) -> Any:
        """Loads the stored values of assets outside of runs; keeps its resources open between loads.

        Returns:
            AssetValueLoader: a context manager.
        """
        from dagster.define.doors import asset_value_loader

        return asset_value_loader(self.project, instance)


def _found(what: str, name: str, by_name: Mapping[str, Any]) -> Any:
    if name not in by_name:
        found = ", ".join(f"'{each}'" for each in by_name)
        raise DagsterInvariantViolationError(f"Could not find {what} '{name}'. Found: {found}.")
    return by_name[name]


def _declared(what: str, name: str, declared: Iterable[Any]) -> Any:
    for each in declared:
        if each.name == name:
            return each
    raise ValueError(f"{what} with name {name} not found.")


def _checked_executor(given: Any) -> Any:
    if given is None:
        return None
    from dagster.define.executors import checked_executor

    return checked_executor(given)


def _checked_loggers(given: Mapping[str, Any] | None) -> dict[str, Any]:
    if not given:
        return {}
    from dagster.define.loggers import checked_loggers

    return dict(checked_loggers(given))


def _listed(param: str, given: Iterable[Any] | None, check: Callable[[Any], None] | None = None) -> list[Any]:
    if given is None:
        return []
    if isinstance(given, (str, AssetsDefinition, AssetSpec)) or not hasattr(given, "__iter__"):
        raise ParameterCheckError(param, given, "a Iterable")
    listed = list(given)
    for each in listed if check else ():
        check(each)  # pyright: ignore[reportOptionalCall] - the loop is empty without it
    return listed


def _refuse_no_schedule(each: Any) -> None:
    from dagster.define.automation_problems import refuse_no_schedule

    refuse_no_schedule(each)


def _refuse_no_sensor(each: Any) -> None:
    from dagster.define.automation_problems import refuse_no_sensor

    refuse_no_sensor(each)


def _refuse_no_job(each: Any) -> None:
    from dagster.define.automation_problems import refuse_no_job

    refuse_no_job(each)


def _refuse_no_check(each: Any) -> None:
    from dagster.define.automation_problems import refuse_no_check

    refuse_no_check(each)


def _mapped(param: str, given: Mapping[str, Any] | None) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ParameterCheckError(param, given, "a Mapping")
    for key in given:
        if not isinstance(key, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise CheckError(f'The keys of "{param}" are strings. Got {key!r}, which is {type(key)}.')
    return dict(given)


def _refuse_no_asset(each: Any) -> None:
    if not isinstance(each, (AssetsDefinition, AssetSpec)) and not isinstance(
        getattr(each, "definition", None), AssetsDefinition
    ):
        raise CheckError(
            "Member of iterable mismatches type. An asset is an AssetsDefinition (a function decorated with @asset) or an "
            f"AssetSpec. Got {each!r} of type {type(each)}."
        )
