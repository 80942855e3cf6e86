"""The trips as they came, and the ones that can be true."""

from pathlib import Path

import pandas as pd
from dagster import MetadataValue, Output, TableRecord, asset

FOLDER = Path(__file__).parent.parent / "data"
MONTH = pd.Period("2019-03")
TOP_SPEED_MPH = 80


@asset(group_name="trips", kinds={"csv", "pandas"})
def raw_trips() -> pd.DataFrame:
    """Taxi trips as they were recorded, of all files in the folder: a sample of March 2019."""
    files = sorted(FOLDER.glob("*.csv"))
    return pd.concat([pd.read_csv(file, parse_dates=["pickup", "dropoff"]) for file in files], ignore_index=True)


@asset(group_name="trips", kinds={"pandas"})
def trips(raw_trips: pd.DataFrame) -> Output[pd.DataFrame]:
    """Trips that can be true.

    Left out: trips of another month, without time or distance, and faster than 80 miles an hour. What was not recorded stays
    missing: zones and boroughs outside of the city, the kind of payment, and the number of passengers where it is 0 (the
    driver enters it).
    """
    table = raw_trips.assign(minutes=(raw_trips["dropoff"] - raw_trips["pickup"]).dt.total_seconds() / 60)
    cannot_be = {
        "another month": table["pickup"].dt.to_period("M") != MONTH,
        "no time": table["minutes"] <= 0,
        "no distance": table["distance"] <= 0,
        "too fast": table["distance"] > TOP_SPEED_MPH * table["minutes"] / 60,
    }
    left_out = pd.DataFrame(cannot_be)
    table = table[~left_out.any(axis=1)].reset_index(drop=True)
    table["passengers"] = table["passengers"].astype("Int64").where(table["passengers"] > 0)
    missing = table.isna().sum()
    return Output(
        table,
        metadata={
            "rows read": len(raw_trips),
            "rows left out": int(left_out.any(axis=1).sum()),
            "left out": _counted("why", left_out.sum()),
            "missing": _counted("column", missing[missing > 0]),
        },
    )


def _counted(of: str, counts: pd.Series) -> MetadataValue:
    return MetadataValue.table([TableRecord({of: str(name), "trips": int(count)}) for name, count in counts.items()])
