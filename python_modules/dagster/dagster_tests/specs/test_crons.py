import pytest

from dagster.errors import DagsterInvalidDefinitionError
from dagster.specs.crons import checked_cron_schedule, checked_timezone, is_cron_schedule, shortest_interval_seconds


@pytest.mark.parametrize("cron", ["0 9 * * 1", "@daily", "*/7 * * * *", "0 0 L * *", "0 0 * * mon#1"])
def test_a_cron_string_is_one(cron: str) -> None:
    assert is_cron_schedule(cron)


@pytest.mark.parametrize("cron", ["never", "* * * *", "* * * * * *", "0 25 * * *", "0 0 30 2 *", "@reboot", 3, None])
def test_what_names_no_time_is_none(cron: object) -> None:
    assert not is_cron_schedule(cron)


def test_the_refusal_names_what_was_declared() -> None:
    with pytest.raises(DagsterInvalidDefinitionError, match="'never' for schedule 's'"):
        checked_cron_schedule("never", "schedule 's'")
    with pytest.raises(DagsterInvalidDefinitionError, match="Nowhere/Else for schedule 's'"):
        checked_timezone("Nowhere/Else", "schedule 's'")


@pytest.mark.parametrize(
    ("cron", "seconds"), [("* * * * *", 60), ("*/7 * * * *", 240), ("@daily", 86_400), ("0 9 1 * *", 28 * 86_400)]
)
def test_the_shortest_interval_is_that_of_the_wall_clock(cron: str, seconds: int) -> None:
    assert shortest_interval_seconds(cron) == seconds
