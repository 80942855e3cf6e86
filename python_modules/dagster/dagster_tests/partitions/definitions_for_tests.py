"""Definitions and moments that several test modules draw from."""

from datetime import datetime, timezone

from hypothesis import strategies as st

from dagster.partitions.fixed_windows import (
    DailyPartitionsDefinition,
    HourlyPartitionsDefinition,
    MonthlyPartitionsDefinition,
    WeeklyPartitionsDefinition,
)
from dagster.partitions.time_windows import TimeWindowPartitionsDefinition

ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago"]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)


def clock(*parts: int) -> datetime:
    """A reading of the clock, of no zone."""
    return utc(*parts).replace(tzinfo=None)


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


MOMENTS = st.integers(min_value=1_600_000_000, max_value=1_750_000_000).map(moment)


@st.composite
def definitions(draw: st.DrawFn) -> TimeWindowPartitionsDefinition:
    """Definitions of some hundred windows around changes of the clock."""
    start = draw(MOMENTS).replace(tzinfo=None)
    timezone_name, end_offset = draw(st.sampled_from(ZONES)), draw(st.integers(-2, 3))
    minute, hour = draw(st.sampled_from([0, 15, 30])), draw(st.integers(0, 4))
    options = {"timezone": timezone_name, "end_offset": end_offset, "minute_offset": minute}
    if draw(st.booleans()):
        options["exclusions"] = draw(
            st.sampled_from([["0 0 * * 0"], ["* * 1-9 * *"], [start.replace(hour=0, minute=0, second=0)]])
        )
    kind = draw(st.sampled_from(["hourly", "daily", "weekly", "monthly"]))
    if kind == "hourly":
        return HourlyPartitionsDefinition(start, **options)
    if kind == "daily":
        return DailyPartitionsDefinition(start, hour_offset=hour, **options)
    if kind == "weekly":
        return WeeklyPartitionsDefinition(start, hour_offset=hour, day_offset=draw(st.integers(0, 6)), **options)
    return MonthlyPartitionsDefinition(start, hour_offset=hour, day_offset=draw(st.integers(1, 28)), **options)
