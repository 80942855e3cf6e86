"""Observations of assets in the calling process."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dagster.define.asset_jobs import UnresolvedAssetJobDefinition
from dagster.define.jobs import AssetJobDefinition
from dagster.define.problems import raise_problems
from dagster.define.projects import Project
from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError
from dagster.execution.materialize import run_job
from dagster.execution.results import ExecuteInProcessResult
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey

OBSERVATION_JOB_NAME = "in_process_observation_job"


def observe(
    assets: Sequence[Any],
    run_config: Any = None,
    instance: DagsterInstance | None = None,
    resources: Mapping[str, object] | None = None,
    partition_key: str | None = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
) -> ExecuteInProcessResult:
    """Look at assets, here and now, in this process. Arguments as of `materialize`.

    Args:
        assets: made with `@observable_source_asset` and `@multi_observable_source_asset`.

    Raises:
        DagsterInvalidDefinitionError: one of them cannot be observed.

    Example:
        >>> observe([price_list]).get_asset_observation_events()[0].asset_key
        AssetKey(['price_list'])
    """
    if not isinstance(assets, Sequence) or isinstance(assets, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise ParameterCheckError("assets", assets, "a Sequence")
    project = Project(assets=assets, resources=resources)
    raise_problems(project.resource_problems())
    selected = _observable(project)
    job = AssetJobDefinition(project=project, declared=UnresolvedAssetJobDefinition(OBSERVATION_JOB_NAME), selected=selected)
    return run_job(
        job,
        selected=selected,
        run_config=run_config,
        instance=instance,
        resources=project.all_resources,
        partition_key=partition_key,
        raise_on_error=raise_on_error,
        tags=tags,
    )


def _observable(project: Project) -> set[AssetKey]:
    """The assets to look at: all that nothing here writes."""
    external = [definition for definition in project.definitions if not definition.is_materializable]
    blind = [spec.key.to_user_string() for definition in external if not definition.is_observable for spec in definition.specs]
    if blind:
        raise DagsterInvalidDefinitionError(
            f"Assets {', '.join(blind)} cannot be observed: they have no function that looks at them. Declare them with "
            "@observable_source_asset."
        )
    return {spec.key for definition in external for spec in definition.specs}
