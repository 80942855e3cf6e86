"""What ready-made checks find: decided from what is known of an asset and, for freshness, from the time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dagster.metadata.names import COLUMN_SCHEMA
from dagster.metadata.tables import TableSchema
from dagster.metadata.values import MetadataValue
from dagster.partitions.calendars import calendar_of

FRESHNESS_PARAMS = "dagster/freshness_params"
FRESH_UNTIL = "dagster/fresh_until_timestamp"
LAST_UPDATED = "dagster/last_updated_timestamp"
_LOWER_BOUND = "dagster/freshness_lower_bound_timestamp"
_LATEST_DEADLINE = "dagster/latest_cron_tick_timestamp"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a check found, before it is said of which asset and how severe it is."""

    passed: bool
    description: str
    metadata: Mapping[str, Any] = {}


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Between what a number may lie; None for no bound."""

    min_value: float | None = None
    max_value: float | None = None
    exclusive_min: bool = False
    exclusive_max: bool = False

    @property
    def in_words(self) -> str:
        """As the description of a check says it."""
        words: list[str] = []
        if self.min_value is not None:
            words.append(f"greater than {'' if self.exclusive_min else 'or equal to '}{self.min_value}")
        if self.max_value is not None:
            words.append(f"less than {'' if self.exclusive_max else 'or equal to '}{self.max_value}")
        return " and ".join(words)

    def broken_by(self, value: float) -> str | None:
        """Which bound a number breaks, in words; None where it lies within."""
        low, high = self.min_value, self.max_value
        if low is not None and (value < low or (self.exclusive_min and value == low)):
            return f"less than {'or equal to ' if self.exclusive_min else ''}{low}"
        if high is not None and (value > high or (self.exclusive_max and value == high)):
            return f"greater than {'or equal to ' if self.exclusive_max else ''}{high}"
        return None


class Freshness(msgspec.Struct, frozen=True, kw_only=True):
    """When an asset has to be made.

    Attributes:
        timezone: of the cron string.
        lower_bound_delta_seconds: how long before now, or before the last deadline, it may have been made.
        deadline_cron: when it is to be made; None for always.
    """

    timezone: str
    lower_bound_delta_seconds: float | None = None
    deadline_cron: str | None = None

    def deadline_before(self, now: float) -> int | None:
        """The last deadline, in seconds since the epoch; None without."""
        return None if self.deadline_cron is None else calendar_of(self.deadline_cron, self.timezone).at_or_before(int(now // 1))

    def deadline_after(self, now: float) -> int | None:
        """The next deadline, in seconds since the epoch; None without."""
        return (
            None if self.deadline_cron is None else calendar_of(self.deadline_cron, self.timezone).at_or_after(int(now // 1) + 1)
        )

    @property
    def params(self) -> Mapping[str, Any]:
        """As the metadata of the check says it."""
        return {key: value for key, value in msgspec.structs.asdict(self).items() if value is not None}


def bounds_verdict(key: str, bounds: Bounds, metadata: Mapping[str, Any] | None) -> Verdict:
    """Whether a number of the latest materialization lies within its bounds.

    Args:
        key: of the number in the metadata.
        bounds: those.
        metadata: of the latest materialization; None where there is none.
    """
    if metadata is None:
        return Verdict(passed=False, description="Asset has not been materialized")
    if key not in metadata:
        return Verdict(passed=False, description=f"Metadata key `{key}` not found")
    value = metadata[key].value
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return Verdict(passed=False, description=f"Value `{value}` is not a number")
    broken = bounds.broken_by(value)
    return Verdict(passed=broken is None, description=f"Value `{value}` is {broken or 'within range'}")


def schema_verdict(latest_first: Sequence[Mapping[str, Any]]) -> Verdict:
    """Whether the columns of the latest materialization are those of the one before; told the metadata of both."""
    if len(latest_first) < 2:
        return Verdict(passed=True, description="The asset has been materialized fewer than 2 times")
    latest, previous = (metadata[COLUMN_SCHEMA].value if COLUMN_SCHEMA in metadata else None for metadata in latest_first[:2])
    if latest is None or previous is None:
        which = "Latest" if latest is None else "Previous"
        return Verdict(passed=False, description=f"{which} materialization has no column schema metadata")
    changes = _changes(previous, latest)
    if not changes:
        return Verdict(passed=True, description="No changes to column schema between previous and latest materialization")
    told = "\n\n".join(["Column schema changed between previous and latest materialization.", *changes])
    return Verdict(passed=False, description=told)


def _changes(previous: TableSchema, latest: TableSchema) -> list[str]:
    before, after = ({column.name: column.type for column in schema.columns} for schema in (previous, latest))
    added, removed = [name for name in after if name not in before], [name for name in before if name not in after]
    changed = [f"- {name}: {before[name]} -> {kind}" for name, kind in after.items() if before.get(name, kind) != kind]
    return [
        *([f"Added columns: {', '.join(added)}"] if added else []),
        *([f"Removed columns: {', '.join(removed)}"] if removed else []),
        *(["\n".join(["Column type changes:", *changed])] if changed else []),
    ]


def last_update_verdict(wanted: Freshness, now: float, last_updated: float | None) -> Verdict:
    """Whether an asset was made lately.

    Args:
        wanted: how lately.
        now: seconds since the epoch.
        last_updated: when it was made, or said to have changed; None for never.
    """
    assert wanted.lower_bound_delta_seconds is not None, "checks of the last update say how long it may be ago"
    deadline = wanted.deadline_before(now)
    lower_bound = (now if deadline is None else deadline) - wanted.lower_bound_delta_seconds
    metadata = {FRESHNESS_PARAMS: MetadataValue.json(dict(wanted.params)), _LOWER_BOUND: MetadataValue.timestamp(lower_bound)}
    if deadline is not None:
        metadata[_LATEST_DEADLINE] = MetadataValue.timestamp(float(deadline))
    if last_updated is None:
        return Verdict(passed=False, description="Asset has never been observed/materialized.", metadata=metadata)
    metadata[LAST_UPDATED] = MetadataValue.timestamp(last_updated)
    ago, allowed = in_words(now - last_updated), in_words(now - lower_bound)
    if last_updated < lower_bound:
        told = f"Asset is overdue for an update. The last update was {ago} ago, which is past the allowed {allowed}."
        return Verdict(passed=False, description=told, metadata=metadata)
    until = last_updated + wanted.lower_bound_delta_seconds if deadline is None else wanted.deadline_after(now)
    if until is not None:
        metadata[FRESH_UNTIL] = MetadataValue.timestamp(float(until))
    told = f"Asset is currently fresh. The last update was {ago} ago, within the allowed {allowed}."
    return Verdict(passed=True, description=told, metadata=metadata)


def partition_verdict(
    wanted: Freshness, now: float, expected: str | None, *, is_made: bool, last_updated: float | None
) -> Verdict:
    """Whether the newest partition was made by its deadline.

    Args:
        wanted: the deadline.
        now: seconds since the epoch.
        expected: the partition that was the newest one at the last deadline; None where there was none yet.
        is_made: whether it was made.
        last_updated: when any of the asset's partitions was made last.
    """
    deadline, following = wanted.deadline_before(now), wanted.deadline_after(now)
    metadata: dict[str, Any] = {FRESHNESS_PARAMS: MetadataValue.json(dict(wanted.params))}
    if deadline is not None:
        metadata[_LATEST_DEADLINE] = MetadataValue.timestamp(float(deadline))
    if is_made or expected is None:
        if following is not None:
            metadata[FRESH_UNTIL] = MetadataValue.timestamp(float(following))
        why = "no partition is expected yet" if expected is None else f"partition {expected} has been observed/materialized"
        return Verdict(passed=True, description=f"Asset is currently fresh, since {why}.", metadata=metadata)
    if last_updated is None:
        told = f"The asset has never been observed/materialized. We currently expect partition {expected} to have arrived."
        return Verdict(passed=False, description=told, metadata=metadata)
    metadata[LAST_UPDATED] = MetadataValue.timestamp(last_updated)
    told = f"Asset is overdue. We expected partition {expected} to have arrived, and it has not."
    return Verdict(passed=False, description=told, metadata=metadata)


def in_words(seconds: float) -> str:
    """A length of time for people: `2 days, 3 hours`, the smaller parts left out."""
    left, parts = max(int(seconds), 0), list[str]()
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1)):
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return ", ".join(parts[:2]) or "0 seconds"
