"""A project under the API of early versions, which called it a repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dagster.define import automation_problems
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.jobs import IMPLICIT_ASSET_JOB_NAME, JobDefinition
from dagster.keys import AssetCheckKey, AssetKey, CoercibleToAssetKey
from dagster.lineage.graph import AssetGraph
from dagster.metadata.coercion import normalize_metadata
from dagster.specs.names import checked_name

SINGLETON_REPOSITORY_NAME = "__repository__"


class RepositoryDefinition:
    """Everything that a project declares, under the API of a repository. Made by `@repository`.

    Args:
        name: letters, digits and underscores.
        definitions: the project.
        description: Markdown for people.
        metadata: shown with the repository.

    Example:
        >>> @repository
        ... def sales():
        ...     return [orders, define_asset_job("nightly")]
        >>> sales.job_names
        ['__ASSET_JOB', 'nightly']
    """

    def __init__(
        self, name: str, *, definitions: Any, description: str | None = None, metadata: Mapping[str, Any] | None = None
    ) -> None:
        self.name = checked_name(name)
        self.description = description
        self.metadata = normalize_metadata(metadata or {})
        self.definitions = definitions

    def __repr__(self) -> str:
        return f"RepositoryDefinition({self.name!r})"

    def __call__(self) -> RepositoryDefinition:
        """The repository itself."""
        return self

    @property
    def job_names(self) -> Sequence[str]:
        """Of every job, the one over all assets included."""
        return list(self.definitions.jobs_by_name)

    def get_all_jobs(self) -> Sequence[JobDefinition]:
        """Every job, the one over all assets included."""
        return list(self.definitions.jobs_by_name.values())

    def has_job(self, name: str) -> bool:
        """Whether there is a job of this name."""
        return name in self.definitions.jobs_by_name

    def get_job(self, name: str) -> JobDefinition:
        """The job of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        return self.definitions.resolve_job_def(name)

    def get_implicit_asset_job_names(self) -> Sequence[str]:
        """The name of the job over all assets; there is such a job only if there are assets to run."""
        return [IMPLICIT_ASSET_JOB_NAME]

    def has_implicit_global_asset_job_def(self) -> bool:
        """Whether there are assets to run."""
        return self.has_job(IMPLICIT_ASSET_JOB_NAME)

    def get_implicit_global_asset_job_def(self) -> JobDefinition:
        """The job over all assets.

        Raises:
            DagsterInvariantViolationError: there are no assets to run.
        """
        return self.get_job(IMPLICIT_ASSET_JOB_NAME)

    def get_implicit_job_def_for_assets(self, asset_keys: Iterable[AssetKey]) -> JobDefinition | None:
        """The job that makes these assets; None where one of them cannot be run."""
        job = self.get_implicit_global_asset_job_def() if self.has_implicit_global_asset_job_def() else None
        return job if job is not None and set(asset_keys) <= job.selected_asset_keys else None

    @property
    def schedule_defs(self) -> Sequence[Any]:
        """Every schedule."""
        return list(self.definitions.schedules_by_name.values())

    def has_schedule_def(self, name: str) -> bool:
        """Whether there is a schedule of this name."""
        return name in self.definitions.schedules_by_name

    def get_schedule_def(self, name: str) -> Any:
        """The schedule of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        return self.definitions.resolve_schedule_def(name)

    @property
    def sensor_defs(self) -> Sequence[Any]:
        """Every sensor, that for conditions which no other one evaluates included."""
        return list(automation_problems.all_sensors(self.definitions.project))

    def has_sensor_def(self, name: str) -> bool:
        """Whether there is a sensor of this name."""
        return any(sensor.name == name for sensor in self.sensor_defs)

    def get_sensor_def(self, name: str) -> Any:
        """The sensor of this name.

        Raises:
            DagsterInvariantViolationError: there is none.
        """
        return self.definitions.resolve_sensor_def(name)

    @property
    def asset_graph(self) -> AssetGraph:
        """The graph of all assets."""
        return self.definitions.resolve_asset_graph()

    @property
    def assets_defs_by_key(self) -> Mapping[AssetKey, AssetsDefinition]:
        """What makes or names each asset."""
        return {spec.key: each for each in self.definitions.project.definitions for spec in each.specs}

    @property
    def source_assets_by_key(self) -> Mapping[AssetKey, AssetsDefinition]:
        """What names each asset that nothing here makes."""
        return {key: each for key, each in self.assets_defs_by_key.items() if each.is_external}

    @property
    def asset_checks_defs_by_key(self) -> Mapping[AssetCheckKey, AssetsDefinition]:
        """What executes each check, apart from what makes the asset."""
        return {key: each for each in self.definitions.project.checks for key in each.check_keys}

    def get_top_level_resources(self) -> Mapping[str, Any]:
        """The resources of the project, by key."""
        return self.definitions.resources

    def load_all_definitions(self) -> None:
        """Look everything up and check it.

        Raises:
            DagsterInvalidDefinitionError: something is wrong; every problem is named.
        """
        definitions = self.definitions
        definitions.validate_loadable(definitions)

    def validate_loadable(self) -> None:
        """Same as `load_all_definitions`."""
        self.load_all_definitions()

    def load_asset_value(self, asset_key: CoercibleToAssetKey, **options: Any) -> Any:
        """The stored value of an asset; options as of `Definitions.load_asset_value`."""
        return self.definitions.load_asset_value(asset_key, **options)

    def get_asset_value_loader(self, instance: Any = None) -> Any:
        """Loads the stored values of assets outside of runs."""
        return self.definitions.get_asset_value_loader(instance)
