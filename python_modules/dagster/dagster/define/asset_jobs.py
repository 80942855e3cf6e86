"""The declaration of a job over a selection of assets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

import msgspec

from dagster.arguments import checked_metadata
from dagster.define.functions import place_of_caller
from dagster.metadata.tags import run_tags as checked_run_tags
from dagster.specs.names import checked_owners


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
        written_at=place_of_caller(),
    )
