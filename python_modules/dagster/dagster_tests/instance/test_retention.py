import pytest

from dagster.instance.retention import Cutoffs, cutoffs, is_due
from dagster.instance.setting_models import RetentionEntry

DAY = 86400.0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({}, Cutoffs()),
        ({"runs": {"purge_after_days": 2}}, Cutoffs(runs=8 * DAY)),
        ({"runs": {"purge_after_days": 2}, "events": {"purge_after_days": 0.5}}, Cutoffs(8 * DAY, 9.5 * DAY)),
    ],
)
def test_history_goes_after_its_days(written: dict[str, object], expected: Cutoffs) -> None:
    assert cutoffs(RetentionEntry.model_validate(written), 10 * DAY) == expected


@pytest.mark.parametrize(
    ("note", "expected"), [(None, True), (repr(9 * DAY), True), (repr(9 * DAY + 1), False), (repr(11 * DAY), True)]
)
def test_pruning_is_due_once_a_day_also_after_the_clock_was_set_back(note: str | None, expected: bool) -> None:
    assert is_due(note, 10 * DAY) is expected
