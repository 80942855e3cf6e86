"""Jobs that can run: their assets or ops are known."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence, Set
from copy import copy
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from dagster.define.asset_calls import calls_of
from dagster.define.asset_jobs import (
    JobDeclaration,
    UnresolvedAssetJobDefinition,
    checked_job_config,
    declared_endings,
    refuse_different_partitions,
)
from dagster.define.problems import Problem, raise_problems
from dagster.define.projects import Project
from dagster.errors import (
    CircularDependencyError,
    DagsterInvalidDefinitionError,
    DagsterInvalidSubsetError,
)
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.coercion import normalize_metadata
from dagster.metadata.tags import run_tags as checked_run_tags
from dagster.specs.names import checked_name, checked_owners

if TYPE_CHECKING:
    from datetime import datetime

    from dagster.define.config_mappings import ConfigMapping
    from dagster.define.graph_steps import GraphSteps
    from dagster.define.graphs import GraphDefinition
    from dagster.runs.requests import RunRequest

IMPLICIT_ASSET_JOB_NAME = "__ASSET_JOB"
EPHEMERAL_JOB_NAME = "__ephemeral_asset_job__"


class JobDefinition:
    """A job that can run: its steps are known. Made by `@job` and `GraphDefinition.to_job`.

    Args:
        graph_def: the ops that it runs.
        resource_defs: by key; anything can be a resource.
        executor_def: how its steps are executed.
        logger_defs: by key.
        name: without: that of the graph.
        config: run config of its runs, a `ConfigMapping` for a whole run config, or config per partition.
        description, metadata, owners: shown with the job.
        partitions_def: its partitions.
        tags: of the job, and of its runs where `run_tags` is left out.
        run_tags: of its runs.
        hook_defs: called when its steps end.
        op_retry_policy: how steps without a policy of their own are tried again.
        input_values: of the graph's inputs.
        automation_condition: when it should run.
        on_failure: an op, a graph or a list of these that runs when the rest has ended and the run failed.
        finally_: an op, a graph or a list of these that runs at the end, whatever happened.

    Raises:
        DagsterInvalidDefinitionError: a resource that an op asks for is missing where resources are given; an input that nothing
            can fill.

    Example:
        >>> @job
        ... def nightly():
        ...     add(one(), one())
        >>> nightly.execute_in_process().success
        True
    """

    def __init__(
        self,
        *,
        graph_def: GraphDefinition,
        resource_defs: Mapping[str, Any] | None = None,
        executor_def: Any = None,
        logger_defs: Mapping[str, Any] | None = None,
        name: str | None = None,
        config: Any = None,
        description: str | None = None,
        partitions_def: Any = None,
        tags: Mapping[str, Any] | None = None,
        run_tags: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        hook_defs: Set[Any] | None = None,
        op_retry_policy: Any = None,
        input_values: Mapping[str, object] | None = None,
        owners: Sequence[str] | None = None,
        automation_condition: Any = None,
        on_failure: Any = None,
        finally_: Any = None,
    ) -> None:
        from dagster.define.graph_steps import GraphSteps

        job_name = checked_name(name or graph_def.name)
        endings = declared_endings(job_name, on_failure, finally_)

        self.declared = JobDeclaration(
            name=job_name,
            config=checked_job_config(config),
            description=graph_def.description if description is None else description,
            tags={**graph_def.tags, **checked_run_tags(tags)},
            run_tags=None if run_tags is None else checked_run_tags(run_tags),
            metadata=normalize_metadata(metadata),
            partitions_def=partitions_def,
            executor_def=executor_def,
            hooks=hook_defs,
            op_retry_policy=op_retry_policy,
            owners=checked_owners(owners, f"job '{job_name}'") if owners else None,
            automation_condition=automation_condition,
            endings=endings,
        )
        self.selected_asset_keys: frozenset[AssetKey] = frozenset()
        graphs: Sequence[GraphDefinition] = ()
        if endings is not None:
            from dagster.define.job_endings import ending_graphs, refuse_same_names

            refuse_same_names(job_name, endings, [node.name for node in graph_def.nodes])
            graphs = [graph for _, graph in ending_graphs(endings)]
        self.ops: GraphSteps | None = GraphSteps(
            graph_def, resource_defs, logger_defs, dict(input_values or {}), ending_graphs=graphs
        )
        self.project = self.ops.checked_project(self.declared)

    def __repr__(self) -> str:
        return f"JobDefinition({self.name!r})"

    def check_keys_of(self, selected: Set[AssetKey]) -> Set[AssetCheckKey] | None:
        """The checks that a run of some of its assets executes: those that the job selects, of these assets; None for all."""
        selection = getattr(self.declared, "selection", None)
        if selection is None or not self.project.has_checks:
            return None
        checks = self.project.selected_checks(selection)
        if selected == self.selected_asset_keys:
            return checks
        return {key for key in checks if key.asset_key in selected}

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
    def automation_condition(self) -> Any:
        """When it should run."""
        return self.declared.automation_condition

    @property
    def partitions_def(self) -> Any:
        """Its partitions: those that its assets share; of a job of ops those that were given, or those of its config."""
        return self.partitions_of(self.selected_asset_keys)

    def partitions_of(self, keys: Iterable[AssetKey]) -> Any:
        """The partitions of a run of some of its assets; None where they have none, or different ones."""
        if self.ops is not None:
            return self.declared.partitions_def or getattr(self.declared.config, "partitions_def", None)
        found = self.project.partitions_of(keys)  # what was declared is the same, or there is no asset with partitions
        return found[0] if len(found) == 1 else None

    @property
    def config_mapping(self) -> ConfigMapping | None:
        """What makes the whole run config out of the job's own; None without."""
        from dagster.define.config_mappings import ConfigMapping

        return self.declared.config if isinstance(self.declared.config, ConfigMapping) else None

    @property
    def has_specified_executor(self) -> bool:
        """Whether it says how its steps are executed."""
        return self.declared.executor_def is not None

    @property
    def has_specified_loggers(self) -> bool:
        """Whether it has loggers of its own."""
        return self.ops is not None and bool(self.ops.loggers)

    @property
    def partitioned_config(self) -> Any:
        """The config per partition; None for a job without partitions."""
        return self.partitioned_config_of(self.selected_asset_keys)

    def partitioned_config_of(self, keys: Iterable[AssetKey]) -> Any:
        """The config per partition of a run of some of its assets; None where they have no partitions, or different ones."""
        from dagster.define.partitioned_configs import PartitionedConfig

        partitions, config = self.partitions_of(keys), self.declared.config
        if partitions is None or isinstance(config, PartitionedConfig):
            return None if partitions is None else config
        return PartitionedConfig.from_flexible_config(config, partitions)

    def run_request_for_partition(
        self,
        partition_key: str,
        run_key: str | None = None,
        tags: Mapping[str, str] | None = None,
        asset_selection: Sequence[AssetKey] | None = None,
        run_config: Mapping[str, Any] | None = None,
        current_time: datetime | None = None,
        dynamic_partitions_store: Any = None,
    ) -> RunRequest:
        """What a schedule or sensor returns to ask for a run of one partition, with its config and tags.

        Args:
            partition_key: the partition.
            run_key, tags, asset_selection: of the request.
            run_config: without: the job's own for the partition.
            current_time: as of when the partition must exist.
            dynamic_partitions_store: where dynamic keys are kept; an instance, usually.

        Raises:
            CheckError: the job has no partitions.
            DagsterUnknownPartitionError: there is no such partition.
        """
        from dagster.define.partitioned_configs import run_request

        request: dict[str, Any] = {"job_name": self.name, "run_key": run_key, "tags": tags, "run_config": run_config}
        request["asset_selection"] = asset_selection
        config = self.partitioned_config_of(asset_selection or self.selected_asset_keys)
        return run_request(config, partition_key, request, current_time, dynamic_partitions_store, names_the_set=True)

    @property
    def asset_layer(self) -> JobDefinition:
        """The job as what knows its assets, under the name of the API: `asset_layer.selected_asset_keys`."""
        return self

    @property
    def executor_def(self) -> Any:
        """How its steps are executed: as it says itself, else as its project says, else as run config says."""
        said = self.declared.executor_def or self.project.executor
        if said is not None:
            return said
        from dagster.define.executors import multi_or_in_process_executor

        return multi_or_in_process_executor

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
        """The resources of the project, and those that the job was given."""
        return self.project.resources

    @property
    def required_resource_keys(self) -> Set[str]:
        """Every resource that a run of it needs."""
        if self.ops is not None:
            return self.ops.required_resource_keys(self.declared)
        keys = {key for made in self.project.definitions_of(self.selected_asset_keys) for key in made.required_resource_keys}
        if self.declared.endings:
            from dagster.define.job_endings import resources_of_endings

            keys |= resources_of_endings(self.declared.endings, self.hook_defs)
        return keys

    @property
    def is_asset_job(self) -> bool:
        """Whether it is made of assets."""
        return self.ops is None

    @property
    def graph(self) -> GraphDefinition:
        """The ops that it runs.

        Raises:
            DagsterInvalidDefinitionError: it is made of assets.
        """
        return self._steps.selected_graph

    @property
    def _steps(self) -> GraphSteps:
        if self.ops is None:
            raise DagsterInvalidDefinitionError(f'Job "{self.name}" is made of assets: it has no graph of ops.')
        return self.ops

    @property
    def nodes(self) -> Sequence[Any]:
        """The nodes of its graph."""
        return self.graph.nodes

    @property
    def loggers(self) -> Mapping[str, Any]:
        """The loggers that run config may name, by key: its own, else those of its project, else the console."""
        own: Mapping[str, Any] = self.ops.loggers if self.ops is not None else {}
        if own or self.project.loggers:
            return own or self.project.loggers
        from dagster.define.loggers import default_loggers

        return default_loggers()

    @property
    def op_selection(self) -> Set[str] | None:
        """What of its graph runs; None for all."""
        return frozenset(self.ops.selection) if self.ops is not None and self.ops.selection is not None else None

    @property
    def is_subset(self) -> bool:
        """Whether some of its graph runs only."""
        return self.op_selection is not None

    @property
    def run_config(self) -> Any:
        """The run config of its runs, where it is given as such."""
        config = self.declared.config
        return cast("Mapping[str, Any]", config) if isinstance(config, Mapping) else None

    @property
    def run_config_schema(self) -> Any:
        """The schema of the run config of its runs: a `RunConfigSchema`, whose `config_type` says each entry."""
        from dagster.define.doors import run_config_schema_of

        return run_config_schema_of(self)

    def get_subset(self, *, op_selection: Sequence[str] | None = None) -> JobDefinition:
        """The job with some of its ops only.

        Args:
            op_selection: names, with `+` and `*` for what lies before and behind: `["*total", "load+"]`.

        Raises:
            DagsterInvalidSubsetError: it names an op that is not there.
        """
        if op_selection is None:
            return self
        return self._with(ops=self._steps.selected(list(op_selection), self.name))

    def with_input_values(self, input_values: Mapping[str, object]) -> JobDefinition:
        """The same job with values of its graph's inputs.

        Raises:
            DagsterInvalidDefinitionError: a value names no input of the graph.
        """
        ops = self._steps.with_values(input_values)
        ops.refuse_unknown_values(self.name)
        return self._with(ops=ops)

    def bound_to(self, project: Project) -> JobDefinition:
        """The same job as part of a project: its resources and executor serve where the job has none of its own.

        Raises:
            DagsterInvalidDefinitionError: a resource that an op asks for is missing.
        """
        joined = self._steps.joined(project)
        self._steps.refuse_missing_resources(self.declared, joined)
        return self._with(project=joined)

    def with_top_level_resources(self, resource_defs: Mapping[str, Any]) -> JobDefinition:
        """The same job with resources that serve where it has none of its own."""
        return self._with(project=self._steps.joined(self.project.with_resources(resource_defs)))

    def with_hooks(self, hook_defs: Set[Any]) -> JobDefinition:
        """The same job with more hooks."""
        return self._with(declared=replace(self.declared, hooks=frozenset({*self.hook_defs, *hook_defs})))

    def with_executor_def(self, executor_def: Any) -> JobDefinition:
        """The same job, executed in another way."""
        return self._with(declared=replace(self.declared, executor_def=executor_def))

    def with_metadata(self, metadata: Mapping[str, Any]) -> JobDefinition:
        """The same job with other metadata."""
        return self._with(declared=replace(self.declared, metadata=normalize_metadata(metadata)))

    def _with(self, **changed: Any) -> JobDefinition:
        made = copy(self)
        made.__dict__.update(changed)
        return made

    def visualize(self, path: str | os.PathLike[str] | None = None) -> Any:
        """The steps of the job as a picture, without running anything.

        Args:
            path: a file to write it to: SVG where it ends with `.svg`, else Mermaid.

        Returns:
            JobDrawing: with the properties `svg` and `mermaid`; a notebook shows it.

        Example:
            >>> print(doubled.to_job().visualize())
            flowchart TD
                s0["add"]
        """
        from dagster.define.doors import drawing_of_job

        drawing = drawing_of_job(self)
        if path is not None:
            drawing.save(os.fspath(path))
        return drawing

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the job in this process as the function that it was made of: with values of its parameters.

        Returns:
            What the function returns, with values in place of outputs: one value, a dict of them, or None.

        Raises:
            DagsterInvariantViolationError: it is called inside of the body of a graph or job, or it is made of assets.
            DagsterInvalidInvocationError: an argument is none of its parameters.

        Example:
            >>> @job
            ... def total(n: int = 2):
            ...     return add(n, 10)
            >>> total(n=5)
            15
        """
        from dagster.define.doors import call_job

        return call_job(self, args, kwargs)

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
            run_config: config of assets, ops and resources; without: the job's own.
            instance: what remembers the run; without: one that is forgotten afterwards.
            partition_key: the partition to run.
            raise_on_error: whether an error of the user's code is raised here; otherwise the result says it.
            op_selection: ops of the job to run, instead of all.
            asset_selection: assets of the job to make, instead of all.
            run_id: the id of the run; without: a new one.
            input_values: of the inputs of the job's graph.
            tags: of the run, over those of the job.
            resources: over those of the project.

        Returns:
            ExecuteInProcessResult: the values and events of the run.
        """
        from dagster.define.doors import execute_job_in_process

        return execute_job_in_process(
            self,
            run_config=run_config,
            instance=instance,
            partition_key=partition_key,
            raise_on_error=raise_on_error,
            op_selection=op_selection,
            asset_selection=asset_selection,
            run_id=run_id,
            input_values=input_values,
            tags=tags,
            resources=resources,
        )


class AssetJobDefinition(JobDefinition):
    """A job that makes assets.

    Args:
        project: the assets, resources and settings it is part of.
        declared: name, config, tags and the rest, as declared.
        selected: the assets that it makes.

    Example:
        >>> defs = Definitions(assets=[orders], jobs=[define_asset_job("nightly")])
        >>> defs.resolve_job_def("nightly").execute_in_process().success
        True
    """

    def __init__(self, *, project: Project, declared: JobDeclaration, selected: Set[AssetKey]) -> None:
        self.project = project
        self.declared = declared
        self.selected_asset_keys = frozenset(selected)
        self.ops = None
        if not declared.name.startswith("__"):
            checked_name(declared.name)


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
            raise_problems([_duplicate(job, next(each for each in project.declared_jobs if each.name == job.name))])
        resolved[job.name] = _resolved(project, job)
    return resolved


def _duplicate(later: Any, earlier: Any) -> Problem:
    place = getattr(earlier, "written_at", "")
    also = f"; the other one is declared at {place}" if place and earlier is not later else ""
    error = DagsterInvalidDefinitionError(f"Duplicate definition found for unresolved job '{later.name}'. Rename it{also}.")
    return Problem(error, getattr(later, "written_at", ""))


def _resolved(project: Project, job: Any) -> JobDefinition:
    if isinstance(job, UnresolvedAssetJobDefinition):
        return resolved_job(project, job)
    made: JobDefinition = job.to_job() if hasattr(job, "to_job") else job
    return made if made.is_asset_job else made.bound_to(project)


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
        refuse_different_partitions(project, declared, selected)
    job = _job_of(project, declared, selected)
    if project.has_checks and declared.selection is not None:
        try:
            _refuse_partial_checks(job)
        except DagsterInvalidSubsetError as refused:
            raise _unresolved(declared, refused) from refused
    return job


def _refuse_partial_checks(job: JobDefinition) -> None:
    """Functions that cannot do a part of what they do are not asked for a part."""
    checks = job.check_keys_of(job.selected_asset_keys) or frozenset()
    for definition in [*job.project.definitions, *job.project.checks]:
        check_keys = definition.check_keys
        if not check_keys or definition.can_subset:
            continue
        assets, wanted = definition.keys & job.selected_asset_keys, check_keys & checks
        left_out = check_keys - wanted
        is_all = not left_out and assets == definition.keys
        if (assets or wanted) and not is_all:
            named = ", ".join(sorted(key.to_user_string() for key in left_out or wanted))
            raise DagsterInvalidSubsetError(
                f"Some of what one function makes is selected, and some is not: the checks {named}. It cannot make a part only. "
                "Select everything, or declare it with can_subset=True."
            )


def _job_of(project: Project, declared: UnresolvedAssetJobDefinition, selected: Set[AssetKey]) -> JobDefinition:
    try:
        calls = calls_of(project, selected)
    except (DagsterInvalidSubsetError, CircularDependencyError) as refused:
        raise _unresolved(declared, refused) from refused
    if declared.endings:
        from dagster.define.job_endings import refuse_missing_resources, refuse_same_names

        refuse_same_names(declared.name, declared.endings, [call.step_key for call in calls])
        refuse_missing_resources(declared.name, declared.endings, declared.hooks or frozenset(), project.all_resources)
    return AssetJobDefinition(project=project, declared=declared, selected=selected)


def _unresolved(declared: UnresolvedAssetJobDefinition, refused: Exception) -> DagsterInvalidDefinitionError:
    return DagsterInvalidDefinitionError(f"Failed to resolve asset job {declared.name}: {refused}")
