"""When it is and where dynamic keys are kept, for everything that lists partitions: the one place that reads the clock."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timezone, tzinfo
from typing import Protocol

import msgspec

from dagster.partitions.zones import instant_of


class DynamicPartitionsStore(Protocol):
    """Keeps the keys of dynamic partitions; an instance is one."""

    def get_dynamic_partitions(self, partitions_def_name: str) -> Sequence[str]:
        """The keys in the order in which they were added."""
        ...

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Whether the key was added."""
        ...


class TemporalContext(msgspec.Struct, frozen=True):
    """The moment at which partitions are looked at; a time without a zone is in that of the partitions."""

    effective_dt: datetime
    last_event_id: int | None = None


class PartitionLoadingContext(msgspec.Struct, frozen=True):
    """The moment at which partitions are looked at, and the store of the dynamic ones."""

    temporal_context: TemporalContext
    dynamic_partitions_store: DynamicPartitionsStore | None = None

    @property
    def effective_dt(self) -> datetime:
        """The moment."""
        return self.temporal_context.effective_dt

    def effective_timestamp(self, zone: tzinfo) -> float:
        """The moment in seconds since the epoch.

        Args:
            zone: that of the partitions, in which a time without a zone is read.
        """
        return instant_of(self.effective_dt, zone)


_current: ContextVar[PartitionLoadingContext | None] = ContextVar("partition_loading_context", default=None)


def current_loading_context() -> PartitionLoadingContext:
    """The context of the innermost `partition_loading_context`; outside of any: now, and no store."""
    return _current.get() or PartitionLoadingContext(TemporalContext(datetime.now(timezone.utc)))


@contextmanager
def partition_loading_context(
    effective_dt: datetime | None = None,
    dynamic_partitions_store: DynamicPartitionsStore | None = None,
    *,
    new_ctx: PartitionLoadingContext | None = None,
) -> Generator[PartitionLoadingContext]:
    """Within it, partitions are listed as of one moment, with the dynamic ones from one store.

    Args:
        effective_dt: the moment; that of the surrounding context by default, else now.
        dynamic_partitions_store: an instance, usually; that of the surrounding context by default.
        new_ctx: a whole context instead.

    Example:
        >>> from datetime import datetime
        >>> with partition_loading_context(effective_dt=datetime(2024, 3, 1)) as context:
        ...     context.effective_dt.day
        1
    """
    if new_ctx is None:
        outer = current_loading_context()
        new_ctx = PartitionLoadingContext(
            TemporalContext(effective_dt) if effective_dt is not None else outer.temporal_context,
            outer.dynamic_partitions_store if dynamic_partitions_store is None else dynamic_partitions_store,
        )
    token = _current.set(new_ctx)
    try:
        yield new_ctx
    finally:
        _current.reset(token)
