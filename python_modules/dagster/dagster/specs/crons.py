"""Cron strings and time zones of declarations: checked where they are written."""

from __future__ import annotations

from itertools import islice, pairwise

from dagster.errors import DagsterInvalidDefinitionError
from dagster.partitions.wall_times import is_cron, wall_times
from dagster.partitions.zones import zone_named

# 2023-01-01, in wall seconds: a common year, so that February has 28 days.
_BEGIN = 19_358 * 86_400
_END = _BEGIN + 5 * 366 * 86_400
_LOOKED_AT = 1_500


def is_cron_schedule(cron: object) -> bool:
    """Whether it is a cron string of five fields that some time matches, or an alias like `@daily`."""
    return isinstance(cron, str) and is_cron(cron) and wall_times(cron).at_or_after(_BEGIN) is not None


def checked_cron_schedule(cron: object, of_what: str) -> None:
    """Nothing for a cron string.

    Raises:
        DagsterInvalidDefinitionError: it is none.
    """
    if not is_cron_schedule(cron):
        raise DagsterInvalidDefinitionError(
            f"Found invalid cron schedule {cron!r} for {of_what}, or one that no time ever matches. It has five fields (minute, "
            "hour, day of the month, month, day of the week), like '0 9 * * 1', or is one of @hourly, @daily, @weekly, @monthly, "
            "@yearly."
        )


def checked_timezone(timezone: str, of_what: str) -> None:
    """Nothing for a time zone of the tz database.

    Raises:
        DagsterInvalidDefinitionError: there is none of that name.
    """
    try:
        zone_named(timezone)
    except DagsterInvalidDefinitionError as unknown:
        raise DagsterInvalidDefinitionError(
            f"Invalid execution timezone {timezone} for {of_what}: {unknown}"
        ) from unknown.__cause__


def shortest_interval_seconds(cron: str) -> int:
    """The least number of seconds that the clock on the wall runs between two times in a row."""
    times = islice(wall_times(cron).between(_BEGIN, _END), _LOOKED_AT)
    return min((later - earlier for earlier, later in pairwise(times)), default=_END - _BEGIN)
