"""The days that the data is cut into, each a file of the folder `data`."""

from pathlib import Path

from dagster import DailyPartitionsDefinition

FOLDER = Path(__file__).parent.parent / "data"
DAYS = DailyPartitionsDefinition("2019-03-01", end_date="2019-04-01")


def file_of(day: str) -> Path:
    """Where the trips of a day lie."""
    return FOLDER / f"{day}.csv"


def days_with_a_file() -> list[str]:
    """The days that there is a file for, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.csv") if DAYS.has_partition_key(path.stem))
