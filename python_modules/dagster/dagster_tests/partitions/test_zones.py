import itertools
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dagster.errors import DagsterInvalidDefinitionError
from dagster.partitions.zones import (
    EPOCH,
    instant_of,
    instant_of_wall,
    moment_of,
    offset_at,
    segments,
    zone_named,
)
from dagster_tests.partitions.definitions_for_tests import clock

ZONES = ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia"]
INSTANTS = st.integers(min_value=0, max_value=4_000_000_000)
NEW_YORK = ZoneInfo("America/New_York")


def wall(text: str) -> int:
    return int((datetime.fromisoformat(text) - EPOCH).total_seconds())


def utc(text: str) -> int:
    return wall(text)


@given(zone=st.sampled_from(ZONES), instant=INSTANTS)
def test_the_wall_shows_an_instant_and_the_instant_is_found_again(zone: str, instant: int) -> None:
    named = zone_named(zone)
    shown = instant + offset_at(instant, named)
    found = instant_of_wall(shown, named)
    assert found <= instant
    assert shown == found + offset_at(found, named)


@given(zone=st.sampled_from(ZONES), begin=INSTANTS, length=st.integers(min_value=1, max_value=400 * 86_400))
def test_segments_cover_a_span_without_a_gap_and_keep_their_offset(zone: str, begin: int, length: int) -> None:
    named = zone_named(zone)
    found = list(segments(begin, begin + length, named))
    assert begin == found[0].begin
    assert found[-1].end >= begin + length
    for before, after in itertools.pairwise(found):
        assert (before.end, before.offset_after, before.offset) == (after.begin, after.offset, after.offset_before)
    for each in found:
        middle = (each.begin + each.end) // 2
        assert [each.offset] * 3 == [offset_at(at, named) for at in (each.begin, middle, each.end - 1)]


def test_a_jump_is_found_to_the_second() -> None:
    spring, autumn = [each.end for each in segments(utc("2024-01-01"), utc("2024-12-01"), NEW_YORK)][:2]
    assert utc("2024-03-10 07:00") == spring
    assert utc("2024-11-03 06:00") == autumn


def test_a_time_that_the_clock_skips_is_the_instant_of_the_jump() -> None:
    assert utc("2024-03-10 07:00") == instant_of_wall(wall("2024-03-10 02:30"), NEW_YORK)


def test_a_time_that_the_clock_shows_twice_is_the_first_showing() -> None:
    assert utc("2024-11-03 05:30") == instant_of_wall(wall("2024-11-03 01:30"), NEW_YORK)


def test_a_datetime_without_a_zone_is_read_in_the_one_given() -> None:
    moment = clock(2024, 7, 1, 0, 0, 0, 500_000)
    assert utc("2024-07-01 04:00") + 0.5 == instant_of(moment, NEW_YORK)
    assert utc("2024-07-01") + 0.5 == instant_of(moment.replace(tzinfo=timezone.utc), NEW_YORK)


def test_an_instant_is_shown_in_its_zone() -> None:
    assert timedelta(hours=-4) == moment_of(utc("2024-07-01"), NEW_YORK).utcoffset()


def test_an_unknown_zone_is_refused_with_those_that_look_like_it() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match=r"no time zone 'Europe/Berlyn'\. Close: 'Europe/Berlin'"):
        zone_named("Europe/Berlyn")
