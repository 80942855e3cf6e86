"""What the fields of one request may ask: the instance, the code locations, who asks, and what time it is."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Mapping
from functools import cached_property

import msgspec

from dagster.instance.instance import DagsterInstance
from dagster.partitions.loading import PartitionLoadingContext, TemporalContext
from dagster.specs.jobs import JobSpec
from dagster.workspace.structures import JobStructure
from dagster_graphql.catalogs import Catalog, Catalogs, Placed
from dagster_graphql.loaders import Loaders
from dagster_graphql.locations import CodeLocations

READ_ONLY_REASON = "This server is read-only."


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """What who asks may do.

    Attributes:
        is_read_only: whether nothing may be changed.
    """

    is_read_only: bool = False

    def permits(self, permission: str) -> bool:
        """Whether something that needs this permission is done."""
        return not self.is_read_only and bool(permission)


class RequestContext:
    """What the fields of one request may ask.

    Args:
        instance: what is kept.
        locations: the code locations.
        catalogs: what they declare, kept between requests.
        access: what who asks may do.
        now: gives the time, seconds since the epoch.
        wake_queue: called when a run was put into the queue.
        headers: of the request, where it came over HTTP; for coordinators of runs.
    """

    def __init__(
        self,
        instance: DagsterInstance,
        locations: CodeLocations,
        catalogs: Catalogs,
        access: Access | None = None,
        now: Callable[[], float] = time.time,
        wake_queue: Callable[[], None] = lambda: None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.instance = instance
        self.locations = locations
        self.access = access or Access()
        self.now = now
        self.wake_queue = wake_queue
        self.headers = headers or {}
        self._catalogs = catalogs

    @cached_property
    def catalog(self) -> Catalog:
        """What the locations declare, the same for the whole request."""
        return self._catalogs.of(self.locations.states)

    @cached_property
    def loaders(self) -> Loaders:
        """What is read of storage for this request."""
        return Loaders(self.instance, lambda: self.catalog, self.loading)

    @cached_property
    def loading(self) -> PartitionLoadingContext:
        """The moment as of which partitions are told, and where dynamic ones are kept."""
        moment = datetime.datetime.fromtimestamp(self.now(), tz=datetime.timezone.utc)
        return PartitionLoadingContext(TemporalContext(moment), self.instance)

    def anew(self) -> RequestContext:
        """The same for a later moment: what is read for this one is not what is read for that one."""
        return RequestContext(self.instance, self.locations, self._catalogs, self.access, self.now, self.wake_queue, self.headers)

    def structure(self, job: Placed[JobSpec]) -> JobStructure:
        """What a job consists of; asked of its code location once for each version of its code.

        Raises:
            DagsterCodeLocationError: the location is not served, or the job does not hold together.
        """

        def ask() -> JobStructure:
            with self.locations.host(job.location.name) as host:
                return host.job_structure(job.value.name)

        return self._catalogs.structure(job, ask)

    def permits(self, permission: str) -> bool:
        """Whether who asks may do what needs this permission."""
        return self.access.permits(permission)
