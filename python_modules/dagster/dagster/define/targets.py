"""What schedules and sensors start: a job, or assets that become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import msgspec

from dagster.define.asset_jobs import UnresolvedAssetJobDefinition, define_asset_job
from dagster.define.assets_definitions import AssetsDefinition
from dagster.define.jobs import JobDefinition
from dagster.errors import CheckError
from dagster.keys import AssetKey
from dagster.specs.selections import AssetSelection

ANONYMOUS_JOB_PREFIX = "__anonymous_asset_job_"


class AutomationTarget(msgspec.Struct, frozen=True, kw_only=True):
    """What a schedule or sensor starts.

    Attributes:
        job_name: the job.
        job: the job itself; None where only its name was given.
        assets_defs: definitions that were named, which belong to the project too.
    """

    job_name: str
    job: JobDefinition | UnresolvedAssetJobDefinition | None = None
    assets_defs: tuple[AssetsDefinition, ...] = ()

    @property
    def has_anonymous_job(self) -> bool:
        """Whether the job was made for this target alone."""
        return self.job_name.startswith(ANONYMOUS_JOB_PREFIX)


def is_job(given: object) -> bool:
    """Whether it is a job, or a graph that can be made into one."""
    return isinstance(given, (JobDefinition, UnresolvedAssetJobDefinition)) or _is_graph(given)


def _is_graph(given: object) -> bool:
    return callable(getattr(given, "to_job", None))


def job_target(job: Any) -> AutomationTarget:
    """The target that is a job; a graph becomes a job of its name.

    Raises:
        CheckError: it is no job.
    """
    if not is_job(job):
        raise CheckError(f"A schedule or sensor starts a job, which {job!r} of type {type(job)} is not.")
    made = job.to_job() if _is_graph(job) and not isinstance(job, (JobDefinition, UnresolvedAssetJobDefinition)) else job
    return AutomationTarget(job_name=made.name, job=made)


def named_target(job_name: str) -> AutomationTarget:
    """The target that is the job of this name."""
    return AutomationTarget(job_name=job_name)


def target_of(given: Any, automation_name: str) -> AutomationTarget:
    """The target from what a `target` argument takes: a job, a selection in any form, definitions of assets.

    Args:
        given: the argument.
        automation_name: the schedule or sensor, for which assets become a job.

    Raises:
        CheckError: it is nothing of that kind.
        DagsterInvalidAssetSelectionError: a string that is no selection.
    """
    if is_job(given):
        return job_target(given)
    selection, definitions = _selected(given)
    job = define_asset_job(f"{ANONYMOUS_JOB_PREFIX}{automation_name}", selection)
    return AutomationTarget(job_name=job.name, job=job, assets_defs=definitions)


def _selected(given: Any) -> tuple[AssetSelection, tuple[AssetsDefinition, ...]]:
    if isinstance(given, (AssetSelection, str)):
        return AssetSelection.from_coercible(given), ()
    members = cast("Sequence[Any]", given) if isinstance(given, (list, tuple)) else [given]
    if not all(isinstance(member, (str, AssetKey, AssetsDefinition)) or _is_source(member) for member in members):
        raise CheckError(
            f"Invalid target passed to schedule/sensor: {given!r}. It is a job, a graph, an AssetSelection, a selection string, "
            "or a list of strings, AssetKeys or definitions of assets."
        )
    definitions = tuple(member for member in members if isinstance(member, AssetsDefinition))
    return AssetSelection.from_coercible(list(members)), definitions


def _is_source(member: object) -> bool:
    return type(member).__name__ == "SourceAsset"
