import pytest

from dagster.instance.retention import cutoffs, is_due, tick_days
from dagster.instance.setting_models import RetentionEntry, TickRetention
from dagster.runs.ticks import InstigatorType, TickFilter, TickStatus

DAY = 86400.0


KINDS, S = InstigatorType, TickStatus


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, (None, None)),
        ({"runs": {"purge_after_days": 2}}, (8 * DAY, None)),
        ({"runs": {"purge_after_days": 2}, "events": {"purge_after_days": 0.5}}, (8 * DAY, 9.5 * DAY)),
    ],
)
def test_history_goes_after_its_days(written: dict[str, object], expected: tuple[float | None, float | None]) -> None:
    allowed = cutoffs(RetentionEntry.model_validate(written), 10 * DAY)
    assert (allowed.runs, allowed.events) == expected


def test_skipped_ticks_of_sensors_and_conditions_go_after_a_week() -> None:
    assert cutoffs(RetentionEntry(), 10 * DAY).ticks == (
        TickFilter(instigator_type=KINDS.SENSOR, statuses=(S.SKIPPED,), before=3 * DAY),
        TickFilter(instigator_type=KINDS.AUTO_MATERIALIZE, statuses=(S.SKIPPED,), before=3 * DAY),
    )


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (KINDS.SCHEDULE, None, {S.STARTED: -1, S.SKIPPED: -1, S.SUCCESS: -1, S.FAILURE: -1}),
        (KINDS.SENSOR, None, {S.STARTED: -1, S.SKIPPED: 7, S.SUCCESS: -1, S.FAILURE: -1}),
        (KINDS.SCHEDULE, 3, {S.STARTED: 3, S.SKIPPED: 3, S.SUCCESS: 3, S.FAILURE: 3}),
        (KINDS.SENSOR, {"success": 5, "skipped": -1}, {S.STARTED: -1, S.SKIPPED: -1, S.SUCCESS: 5, S.FAILURE: -1}),
    ],
)
def test_ticks_are_kept_as_long_as_is_written_for_how_they_ended(
    kind: InstigatorType, written: object, expected: dict[TickStatus, int]
) -> None:
    policy = None if written is None else TickRetention.model_validate({"purge_after_days": written})
    assert tick_days(kind, policy) == expected


@pytest.mark.parametrize(
    ("note", "expected"), [(None, True), (repr(9 * DAY), True), (repr(9 * DAY + 1), False), (repr(11 * DAY), True)]
)
def test_pruning_is_due_once_a_day_also_after_the_clock_was_set_back(note: str | None, expected: bool) -> None:
    assert is_due(note, 10 * DAY) is expected
