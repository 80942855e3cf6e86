"""What the inputs of the API name, as values of the core."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, cast

from dagster.errors import DagsterInvariantViolationError
from dagster.keys import AssetCheckKey, AssetKey
from dagster.runs.runs import RunsFilter
from dagster.runs.statuses import DagsterRunStatus
from dagster.specs.jobs import JobSpec
from dagster_graphql.catalogs import Placed
from dagster_graphql.contexts import RequestContext
from dagster_graphql.errors.errors import ConflictingExecutionParamsError, PipelineNotFoundError

Input = Mapping[str, Any]


def asset_key(given: Input) -> AssetKey:
    """The asset that an `AssetKeyInput` names."""
    return AssetKey(given["path"])


def asset_keys(given: Sequence[Input] | None) -> list[AssetKey] | None:
    """The assets that these name, None for None."""
    return None if given is None else [asset_key(each) for each in given]


def check_keys(given: Sequence[Input] | None) -> list[AssetCheckKey] | None:
    """The checks that these name, None for None."""
    return None if given is None else [AssetCheckKey(asset_key(each["asset_key"]), each["name"]) for each in given]


def job_selected(
    context: RequestContext, selector: Input
) -> Placed[JobSpec] | PipelineNotFoundError | ConflictingExecutionParamsError:
    """The job that a selector names."""
    location, repository = selector["repository_location_name"], selector["repository_name"]
    name = selector.get("pipeline_name") or selector.get("job_name")
    if not name:
        return ConflictingExecutionParamsError(message="Name a job: `jobName` is missing.")
    found = context.catalog.jobs.get((location, name)) if context.catalog.repository(location, repository) is not None else None
    return found or PipelineNotFoundError.of(location, repository, name)


def config_given(given: object) -> dict[str, Any]:
    """Run config: a mapping, or one written in JSON or YAML.

    Raises:
        DagsterInvariantViolationError: it is neither.
    """
    if isinstance(given, str):
        import yaml

        try:
            given = yaml.safe_load(given)
        except yaml.YAMLError as refused:
            raise DagsterInvariantViolationError(f"The run config is no YAML: {refused}.") from refused
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise DagsterInvariantViolationError(f"Run config is a mapping. Got {given!r}.")
    return cast("dict[str, Any]", given)


def tags_given(given: Sequence[Input] | None) -> dict[str, str]:
    """Tags by key."""
    return {each["key"]: each["value"] for each in given or ()}


def runs_filter(given: Input | None) -> RunsFilter:
    """Conditions for runs, all but `assetKey`; several tags with one key stand for any of their values."""
    if given is None:
        return RunsFilter()
    tags: dict[str, str | list[str]] = {}
    for each in given.get("tags") or ():
        known = tags.get(each["key"])
        if known is None:
            tags[each["key"]] = each["value"]
        else:
            tags[each["key"]] = [*([known] if isinstance(known, str) else known), each["value"]]
    return RunsFilter(
        run_ids=given.get("run_ids"),
        job_name=given.get("pipeline_name"),
        statuses=[DagsterRunStatus[each] for each in given.get("statuses") or ()],
        tags=tags,
        snapshot_id=given.get("snapshot_id"),
        updated_after=_moment(given.get("updated_after")),
        updated_before=_moment(given.get("updated_before")),
        created_after=_moment(given.get("created_after")),
        created_before=_moment(given.get("created_before")),
    )


def _moment(seconds: float | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, tz=datetime.timezone.utc)
