from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from dagster import (
    daily_partitioned_config,
    hourly_partitioned_config,
    monthly_partitioned_config,
    weekly_partitioned_config,
)
from dagster.errors import CheckError


@pytest.mark.parametrize(
    ("decorator", "start", "offsets", "first"),
    [
        (hourly_partitioned_config, "2024-01-01-00:15", {"minute_offset": 15}, "2024-01-01T00:15:00+00:00"),
        (daily_partitioned_config, "2024-01-01", {"hour_offset": 6, "minute_offset": 30}, "2024-01-01T06:30:00+00:00"),
        (weekly_partitioned_config, "2024-01-01", {"day_offset": 3}, "2024-01-03T00:00:00+00:00"),
        (monthly_partitioned_config, "2024-01-01", {"day_offset": 5}, "2024-01-05T00:00:00+00:00"),
    ],
)
def test_windows_begin_where_the_decorator_says(
    decorator: Callable[..., Any], start: str, offsets: dict[str, int], first: str
) -> None:
    config = decorator(start, **offsets)(lambda start, end: {"start": start.isoformat()})
    key = config.get_partition_keys(datetime(2024, 4, 1, tzinfo=timezone.utc))[0]
    assert config.get_run_config_for_partition_key(key) == {"start": first}


def test_tags_are_told_by_start_and_end() -> None:
    config = daily_partitioned_config("2024-01-01", tags_for_partition_fn=lambda start, end: {"month": f"{start:%m}"})
    made = config(lambda start, end: {})
    assert made.get_tags_for_partition_key("2024-02-03") == {"month": "02", "dagster/partition": "2024-02-03"}


def test_what_is_decorated_can_be_called() -> None:
    with pytest.raises(CheckError):
        daily_partitioned_config("2024-01-01")({"ops": {}})  # pyright: ignore[reportArgumentType] - what is refused
