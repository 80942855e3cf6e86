"""What schedules, sensors and conditions ask for: runs, or none for a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import force_setattr, replace

from dagster.arguments import check_argument, check_members, check_optional, check_string_keys
from dagster.errors import CheckError, ParameterCheckError
from dagster.events.asset_events import AssetCheckEvaluation, AssetMaterialization, AssetObservation
from dagster.keys import AssetCheckKey, AssetKey
from dagster.metadata.tags import run_tags
from dagster.partitions.dynamic import AddDynamicPartitionsRequest, ChangedPartitions, DeleteDynamicPartitionsRequest
from dagster.partitions.key_ranges import PartitionKeyRange
from dagster.partitions.loading import DynamicPartitionsStore
from dagster.runs.tags import ASSET_PARTITION_RANGE_END_TAG, ASSET_PARTITION_RANGE_START_TAG, PARTITION_NAME_TAG

_PARTITION_REQUESTS = (AddDynamicPartitionsRequest, DeleteDynamicPartitionsRequest)


class RunRequest(msgspec.Struct, frozen=True):
    """Asks for a run.

    Args:
        run_key: for one key a schedule or sensor starts one run, ever; without: a run each time.
        run_config: a dict or a `RunConfig`.
        tags: of the run; values that are no strings are written as JSON.
        job_name: the job, where there are several targets.
        asset_selection: the assets to make; without: all of the target.
        stale_assets_only: leave out assets that are up to date.
        partition_key: the partition to make.
        asset_check_keys: the checks to execute; without: those of the assets.

    Raises:
        CheckError: an argument of a wrong type.

    Example:
        >>> RunRequest("2024-01-01", tags={"attempt": 1}).tags
        {'attempt': '1'}
    """

    run_key: str | None = None
    run_config: dict[str, Any] = msgspec.field(default_factory=dict)
    tags: dict[str, str] = msgspec.field(default_factory=dict)
    job_name: str | None = None
    asset_selection: list[AssetKey] | None = None
    stale_assets_only: bool = False
    partition_key: str | None = None
    asset_check_keys: list[AssetCheckKey] | None = None
    asset_graph_subset: Any = None

    if TYPE_CHECKING:

        def __init__(
            self,
            run_key: str | None = None,
            run_config: Any = None,
            tags: Mapping[str, Any] | None = None,
            job_name: str | None = None,
            asset_selection: Sequence[AssetKey] | None = None,
            stale_assets_only: bool = False,
            partition_key: str | None = None,
            asset_check_keys: Sequence[AssetCheckKey] | None = None,
            asset_graph_subset: Any = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        for param in ("run_key", "job_name", "partition_key"):
            check_optional(param, getattr(self, param), str)
        check_argument("stale_assets_only", self.stale_assets_only, bool)
        check_members("asset_selection", self.asset_selection, AssetKey)
        check_members("asset_check_keys", self.asset_check_keys, AssetCheckKey)
        check_string_keys("tags", self.tags)
        force_setattr(self, "run_config", _plain_run_config(self.run_config))
        force_setattr(self, "tags", run_tags(self.tags))
        for param in ("asset_selection", "asset_check_keys"):
            if (given := getattr(self, param)) is not None:
                force_setattr(self, param, list(given))

    @property
    def entity_keys(self) -> Sequence[AssetKey | AssetCheckKey]:
        """The assets and checks that are named."""
        return [*(self.asset_selection or ()), *(self.asset_check_keys or ())]

    @property
    def partition_key_range(self) -> PartitionKeyRange | None:
        """The range of partitions that its tags ask for in one run, None without."""
        first, last = self.tags.get(ASSET_PARTITION_RANGE_START_TAG), self.tags.get(ASSET_PARTITION_RANGE_END_TAG)
        return None if first is None or last is None else PartitionKeyRange(first, last)

    def has_resolved_partition(self) -> bool:
        """Whether its tags carry the partition already, or it asks for none."""
        return self.partition_key is None or PARTITION_NAME_TAG in self.tags

    def with_resolved_tags_and_config(
        self,
        target_definition: Any,
        dynamic_partitions_requests: Sequence[AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest],
        dynamic_partitions_store: DynamicPartitionsStore | None,
    ) -> RunRequest:
        """The same request with the tags of its partition, and with its config where the request has none.

        Args:
            target_definition: the job.
            dynamic_partitions_requests: what is to happen to dynamic partitions before the run begins.
            dynamic_partitions_store: where dynamic keys are kept; an instance, usually.

        Raises:
            CheckError: it asks for no partition, or the job has none.
            DagsterUnknownPartitionError: there is no such partition.

        Example:
            >>> job = define_asset_job("report", partitions_def=StaticPartitionsDefinition(["eu", "us"]))
            >>> RunRequest(partition_key="eu").with_resolved_tags_and_config(job, [], None).tags
            {'dagster/partition': 'eu'}
        """
        if self.partition_key is None:
            raise CheckError("Cannot resolve the partition of a run request that names none. Give it a partition_key.")
        store = dynamic_partitions_store
        if store is not None and dynamic_partitions_requests:
            store = ChangedPartitions(store, dynamic_partitions_requests)
        resolved: RunRequest = target_definition.run_request_for_partition(
            self.partition_key,
            tags=self.tags,
            asset_selection=self.asset_selection,
            run_config=self.run_config or None,
            dynamic_partitions_store=store,
        )
        return replace(self, tags=resolved.tags, run_config=resolved.run_config)

    def requires_backfill_daemon(self) -> bool:
        """Whether it asks for several runs, cut by policies of the assets."""
        return self.asset_graph_subset is not None

    def with_replaced_attrs(self, **kwargs: Any) -> RunRequest:
        """The same request with other values of these attributes."""
        return replace(self, **kwargs)


def _plain_run_config(given: Any) -> dict[str, Any]:
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return dict(given)  # pyright: ignore[reportUnknownArgumentType] - checked where the run is made
    to_dict = getattr(given, "to_config_dict", None)
    if to_dict is None:
        raise ParameterCheckError("run_config", given, "a dict or a RunConfig")
    return to_dict()


class SkipReason(msgspec.Struct, frozen=True):
    """Says why a schedule or sensor asks for no run.

    Args:
        skip_message: shown with the tick.

    Example:
        >>> SkipReason("no new files").skip_message
        'no new files'
    """

    skip_message: str | None = None

    def __post_init__(self) -> None:
        check_optional("skip_message", self.skip_message, str)


class SensorResult(msgspec.Struct, frozen=True):
    """Everything that a sensor found.

    Args:
        run_requests: the runs to start.
        skip_reason: why there are none; a string or a `SkipReason`.
        cursor: what the next tick finds at `context.cursor`.
        dynamic_partitions_requests: partitions to add or to delete.
        asset_events: events of assets to record.

    Raises:
        CheckError: both runs and a reason for none, or an argument of a wrong type.

    Example:
        >>> SensorResult(run_requests=[RunRequest("a.csv")], cursor="a.csv").cursor
        'a.csv'
    """

    run_requests: list[RunRequest] = msgspec.field(default_factory=list)
    skip_reason: SkipReason | None = None
    cursor: str | None = None
    dynamic_partitions_requests: list[Any] = msgspec.field(default_factory=list)
    asset_events: list[Any] = msgspec.field(default_factory=list)

    if TYPE_CHECKING:

        def __init__(
            self,
            run_requests: Sequence[RunRequest] | None = None,
            skip_reason: str | SkipReason | None = None,
            cursor: str | None = None,
            dynamic_partitions_requests: Sequence[AddDynamicPartitionsRequest | DeleteDynamicPartitionsRequest] | None = None,
            asset_events: Sequence[AssetMaterialization | AssetObservation | AssetCheckEvaluation] | None = None,
        ) -> None: ...

    def __post_init__(self) -> None:
        check_members("run_requests", self.run_requests, RunRequest)
        check_optional("skip_reason", self.skip_reason, (str, SkipReason))
        check_optional("cursor", self.cursor, str)
        check_members("dynamic_partitions_requests", self.dynamic_partitions_requests, _PARTITION_REQUESTS)
        check_members("asset_events", self.asset_events, (AssetMaterialization, AssetObservation, AssetCheckEvaluation))
        if self.run_requests and self.skip_reason:
            raise CheckError(
                "A SensorResult has run_requests or a skip_reason. Got both: a tick that starts runs is not a skipped one."
            )
        for param in ("run_requests", "dynamic_partitions_requests", "asset_events"):
            force_setattr(self, param, list(getattr(self, param) or ()))
        if isinstance(self.skip_reason, str):
            force_setattr(self, "skip_reason", SkipReason(self.skip_reason))
