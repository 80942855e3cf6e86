"""What a job is, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dagster.keys import AssetCheckKey, AssetKey
from dagster.specs.selections import AssetSelection


class JobSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What a job is, without the functions that it runs.

    Attributes:
        name: unique in its code location.
        description: Markdown for people.
        tags: of the job.
        run_tags: of its runs.
        metadata: shown with the job.
        owners: e-mail addresses or `team:name`.
        asset_keys: the assets that it makes; none for a job of ops.
        check_keys: the checks that its runs execute; None for those of its assets.
        target: the selection of which a schedule or sensor made this job for itself; None for a job that somebody declared.
        op_names: the ops that it runs, by their places in its graph; none for a job of assets.
        partitions_def: its partitions.
        graph_name: of the graph that it runs, where it has another name; None for a job of assets.
    """

    name: str
    description: str | None = None
    tags: Mapping[str, str] = {}
    run_tags: Mapping[str, str] = {}
    metadata: Mapping[str, Any] = {}
    owners: Sequence[str] = ()
    asset_keys: frozenset[AssetKey] = frozenset()
    check_keys: frozenset[AssetCheckKey] | None = None
    target: AssetSelection | None = None
    op_names: Sequence[str] = ()
    partitions_def: Any = None
    graph_name: str | None = None
