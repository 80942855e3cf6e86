"""Jobs that can run: their assets are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any

from dagster.define.asset_calls import calls_of
from dagster.define.asset_jobs import UnresolvedAssetJobDefinition
from dagster.define.projects import Project
from dagster.errors import CircularDependencyError, DagsterInvalidDefinitionError, DagsterInvalidSubsetError
from dagster.keys import AssetKey
from dagster.specs.names import checked_name

IMPLICIT_ASSET_JOB_NAME = "__ASSET_JOB"
EPHEMERAL_JOB_NAME = "__ephemeral_asset_job__"


class JobDefinition:
    """A job that can run: its steps are known.

    Args:
        project: the assets, resources and settings it is part of.
        declared: name, config, tags and the rest, as declared.
        selected: the assets that it makes.

    Example:
        >>> defs = Definitions(assets=[orders], jobs=[define_asset_job("nightly")])
        >>> defs.resolve_job_def("nightly").execute_in_process().success
        True
    """

    def __init__(self, *, project: Project, declared: UnresolvedAssetJobDefinition, selected: Set[AssetKey]) -> None:
        self.project = project
        self.declared = declared
        self.selected_asset_keys: frozenset[AssetKey] = frozenset(selected)
        if not declared.name.startswith("__"):
            checked_name(declared.name)

    def __repr__(self) -> str:
        return f"JobDefinition({self.name!r})"

    @property
    def name(self) -> str:
        """The job's name."""
        return self.declared.name

    @property
    def description(self) -> str | None:
        """Markdown for people."""
        return self.declared.description

    @property
    def tags(self) -> Mapping[str, str]:
        """Tags of the job."""
        return self.declared.tags or {}

    @property
    def run_tags(self) -> Mapping[str, str]:
        """Tags of its runs."""
        return self.tags if self.declared.run_tags is None else self.declared.run_tags

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Shown with the job."""
        return self.declared.metadata or {}

    @property
    def owners(self) -> Sequence[str] | None:
        """Owners."""
        return self.declared.owners

    @property
    def partitions_def(self) -> Any:
        """Its partitions; those that its assets share where none were given."""
        return self.partitions_of(self.selected_asset_keys)

    def partitions_of(self, keys: Iterable[AssetKey]) -> Any:
        """The partitions of a run of some of its assets; None where they have none, or different ones."""
        if self.declared.partitions_def is not None:
            return self.declared.partitions_def
        found = self.project.partitions_of(keys)
        return found[0] if len(found) == 1 else None

    @property
    def asset_layer(self) -> JobDefinition:
        """The job as what knows its assets, under the name of the API: `asset_layer.selected_asset_keys`."""
        return self

    @property
    def executor_def(self) -> Any:
        """How its steps are executed."""
        return self.declared.executor_def or self.project.executor

    @property
    def hook_defs(self) -> Set[Any]:
        """Called when its steps end."""
        return self.declared.hooks or frozenset()

    @property
    def op_retry_policy(self) -> Any:
        """How steps without a policy of their own are tried again."""
        return self.declared.op_retry_policy

    @property
    def resource_defs(self) -> Mapping[str, Any]:
        """The resources of the project."""
        return self.project.resources

    @property
    def required_resource_keys(self) -> Set[str]:
        """Every resource that a run of it needs."""
        return {key for made in self.project.definitions_of(self.selected_asset_keys) for key in made.required_resource_keys}

    def execute_in_process(
        self,
        run_config: Any = None,
        instance: Any = None,
        partition_key: str | None = None,
        raise_on_error: bool = True,
        op_selection: Sequence[str] | None = None,
        asset_selection: Sequence[Any] | None = None,
        run_id: str | None = None,
        input_values: Mapping[str, object] | None = None,
        tags: Mapping[str, str] | None = None,
        resources: Mapping[str, object] | None = None,
    ) -> Any:
        """Run the job in this process and wait for its end.

        Args:
            run_config: config of assets and resources; without: the job's own.
            instance: what remembers the run; without: one that is forgotten afterwards.
            partition_key: the partition to run.
            raise_on_error: whether an error of the user's code is raised here; otherwise the result says it.
            op_selection: not for jobs of assets.
            asset_selection: assets of the job to make, instead of all.
            run_id: the id of the run; without: a new one.
            input_values: not for jobs of assets.
            tags: of the run, over those of the job.
            resources: over those of the project.

        Returns:
            ExecuteInProcessResult: the values and events of the run.
        """
        from dagster.define.doors import execute_job_in_process

        if op_selection or input_values:
            raise DagsterInvalidDefinitionError(
                f'Job "{self.name}" is made of assets: it takes asset_selection, not op_selection or input_values.'
            )
        return execute_job_in_process(
            self,
            run_config=run_config,
            instance=instance,
            partition_key=partition_key,
            raise_on_error=raise_on_error,
            asset_selection=asset_selection,
            run_id=run_id,
            tags=tags,
            resources=resources,
        )


def resolve_jobs(project: Project) -> Mapping[str, JobDefinition]:
    """Every job of the project by name, the one over all assets included where there are any to run.

    Raises:
        DagsterInvalidDefinitionError: two jobs of one name, or a selection that names what is not there.
    """
    resolved: dict[str, JobDefinition] = {}
    if executable := project.graph.executable_asset_keys:
        resolved[IMPLICIT_ASSET_JOB_NAME] = _job_of(project, UnresolvedAssetJobDefinition(IMPLICIT_ASSET_JOB_NAME), executable)
    for job in project.declared_jobs:
        if job.name in resolved:
            raise DagsterInvalidDefinitionError(f"Duplicate definition found for unresolved job '{job.name}'")
        resolved[job.name] = job if isinstance(job, JobDefinition) else resolved_job(project, job)
    return resolved


def resolved_job(project: Project, declared: UnresolvedAssetJobDefinition) -> JobDefinition:
    """The job that can run.

    Raises:
        DagsterInvalidDefinitionError: its selection names what is not there.
    """
    try:
        selected = project.selected(declared.selection)
    except DagsterInvalidSubsetError as refused:
        raise _unresolved(declared, refused) from refused
    if declared.name != IMPLICIT_ASSET_JOB_NAME:
        _refuse_different_partitions(project, declared, selected)
    return _job_of(project, declared, selected)


def _job_of(project: Project, declared: UnresolvedAssetJobDefinition, selected: Set[AssetKey]) -> JobDefinition:
    try:
        calls_of(project, selected)
    except (DagsterInvalidSubsetError, CircularDependencyError) as refused:
        raise _unresolved(declared, refused) from refused
    return JobDefinition(project=project, declared=declared, selected=selected)


def _unresolved(declared: UnresolvedAssetJobDefinition, refused: Exception) -> DagsterInvalidDefinitionError:
    return DagsterInvalidDefinitionError(f"Failed to resolve asset job {declared.name}: {refused}")


def _refuse_different_partitions(project: Project, declared: UnresolvedAssetJobDefinition, selected: Set[AssetKey]) -> None:
    """A run is of one partition, which must be one of each of its assets."""
    given = () if declared.partitions_def is None else (declared.partitions_def,)
    found = [*given, *(each for each in project.partitions_of(selected) if each not in given)]
    if len(found) > 1:
        raise DagsterInvalidDefinitionError(
            f"Failed to resolve asset job {declared.name}: its assets must have the same partitions. Found: "
            f"{'; '.join(str(each) for each in found)}. Select those of one of them only."
        )
