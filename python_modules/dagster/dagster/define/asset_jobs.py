"""The declaration of a job over a selection of assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import TYPE_CHECKING, Any, cast

import msgspec

from dagster.arguments import checked_metadata
from dagster.define.functions import place_of_caller
from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError
from dagster.metadata.tags import run_tags as checked_run_tags
from dagster.specs.names import checked_owners

if TYPE_CHECKING:
    from datetime import datetime

    from dagster.define.projects import Project
    from dagster.keys import AssetKey
    from dagster.runs.requests import RunRequest


class JobDeclaration(msgspec.Struct, frozen=True):
    """What a job says of itself beside what it runs. Attributes are the arguments of `define_asset_job` and `@job`."""

    name: str
    config: Any = None
    description: str | None = None
    tags: Mapping[str, str] | None = None
    run_tags: Mapping[str, str] | None = None
    metadata: Mapping[str, Any] | None = None
    partitions_def: Any = None
    executor_def: Any = None
    hooks: Set[Any] | None = None
    op_retry_policy: Any = None
    owners: Sequence[str] | None = None
    automation_condition: Any = None
    endings: Mapping[str, Any] | None = None
    """What runs after the work, by `on_failure` and `finally_`."""
    written_at: str = ""
    """Where it is declared, as `file.py:12`. Of two equal jobs each has a place of its own."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnresolvedAssetJobDefinition) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash(self.name)

    def _said(self) -> list[Any]:
        return [getattr(self, field) for field in self.__struct_fields__ if field != "written_at"]


class UnresolvedAssetJobDefinition(JobDeclaration, frozen=True):
    """A job over a selection of assets that is not looked up yet; made by `define_asset_job`."""

    selection: Any = None

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
            partition_key: the partition, of the `partitions_def` that the job itself was given.
            run_key, tags, asset_selection: of the request.
            run_config: without: the job's own for the partition.
            current_time: as of when the partition must exist.
            dynamic_partitions_store: where dynamic keys are kept; an instance, usually.

        Raises:
            CheckError: the job was given no partitions.
            DagsterUnknownPartitionError: there is no such partition.
        """
        from dagster.define.partitioned_configs import PartitionedConfig, run_request

        request: dict[str, Any] = {"job_name": self.name, "run_key": run_key, "tags": tags, "run_config": run_config}
        request["asset_selection"] = asset_selection
        config = self.partitions_def and PartitionedConfig.from_flexible_config(self.config, self.partitions_def)
        return run_request(config, partition_key, request, current_time, dynamic_partitions_store, names_the_set=False)


def declared_endings(job_name: str, on_failure: object, finally_: object) -> Mapping[str, Any] | None:
    """What a job runs after its work; None where nothing is given.

    Raises:
        DagsterInvalidDefinitionError: something is no op or graph, or a name stands there twice.
    """
    if on_failure is None and finally_ is None:
        return None
    from dagster.define.job_endings import endings_of

    return endings_of(job_name, on_failure, finally_)


def define_asset_job(
    name: str,
    selection: Any = None,
    config: Any = None,
    description: str | None = None,
    tags: Mapping[str, Any] | None = None,
    run_tags: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    partitions_def: Any = None,
    executor_def: Any = None,
    hooks: Set[Any] | None = None,
    op_retry_policy: Any = None,
    owners: Sequence[str] | None = None,
    automation_condition: Any = None,
    on_failure: Any = None,
    finally_: Any = None,
) -> UnresolvedAssetJobDefinition:
    """A job that makes a selection of assets. It is looked up when the project is loaded.

    Args:
        name: of the job; letters, digits and underscores.
        selection: an AssetSelection, a selection string, or a list of keys or definitions; without: all assets.
        config: run config of its runs.
        description: Markdown for people.
        tags: of the job, and of its runs where `run_tags` is left out.
        run_tags: of its runs.
        metadata: shown with the job.
        partitions_def: its partitions; without: those of its assets.
        executor_def: how its steps are executed.
        hooks: called when its steps end.
        op_retry_policy: how steps without a policy of their own are tried again.
        owners: e-mail addresses or `team:name`.
        automation_condition: when it should run.
        on_failure: an op, a graph or a list of these that runs when the rest has ended and the run failed.
        finally_: an op, a graph or a list of these that runs at the end, whatever happened.

    Raises:
        DagsterInvalidDefinitionError: what runs at the end is no op or graph.

    Example:
        >>> define_asset_job("nightly", selection=["orders", "customers"]).name
        'nightly'
    """
    return UnresolvedAssetJobDefinition(
        name=name,
        selection=selection,
        config=config,
        description=description,
        tags=checked_run_tags(tags),
        run_tags=None if run_tags is None else checked_run_tags(run_tags),
        metadata=checked_metadata(metadata) if metadata is not None else None,
        partitions_def=partitions_def,
        executor_def=executor_def,
        hooks=hooks,
        op_retry_policy=op_retry_policy,
        owners=checked_owners(owners, f"job '{name}'") if owners else None,
        automation_condition=automation_condition,
        endings=declared_endings(name, on_failure, finally_),
        written_at=place_of_caller(),
    )


def checked_job_config(config: Any) -> Any:
    """The config of a job, where it is of a kind that a job takes.

    Raises:
        ParameterCheckError: it is not.
    """
    if config is None or isinstance(config, Mapping):
        return cast("Any", config)
    from dagster.config.run_config import RunConfig
    from dagster.define.config_mappings import ConfigMapping
    from dagster.define.partitioned_configs import PartitionedConfig

    if not isinstance(config, (RunConfig, ConfigMapping, PartitionedConfig)):
        raise ParameterCheckError("config", config, "run config (a dict or RunConfig), a ConfigMapping or a PartitionedConfig")
    return config


def refuse_different_partitions(project: Project, declared: UnresolvedAssetJobDefinition, selected: Set[AssetKey]) -> None:
    """A run is of one partition, which must be one of each of its assets."""
    given = () if declared.partitions_def is None else (declared.partitions_def,)
    found = [*given, *(each for each in project.partitions_of(selected) if each not in given)]
    if len(found) > 1:
        raise DagsterInvalidDefinitionError(
            f"Failed to resolve asset job {declared.name}: its assets must have the same partitions. Found: "
            f"{'; '.join(str(each) for each in found)}. Select those of one of them only."
        )
