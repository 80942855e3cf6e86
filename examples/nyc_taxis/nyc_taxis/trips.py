"""The trips of a day as they came, and the ones that can be true."""

from hashlib import sha256

import pandas as pd
from dagster import AssetExecutionContext, DataVersion, MetadataValue, Output, TableColumn, TableRecord, TableSchema, asset

from nyc_taxis.days import DAYS, file_of

TOP_SPEED_MPH = 80


@asset(group_name="trips", kinds={"csv", "pandas"}, partitions_def=DAYS, code_version="1")
def raw_trips(context: AssetExecutionContext) -> Output[pd.DataFrame]:
    """Taxi trips of one day as they were recorded, a sample.

    Their version is what the file says, so that reading the same file again makes nothing below out of date.
    """
    file = file_of(context.partition_key)
    table = pd.read_csv(file, parse_dates=["pickup", "dropoff"])
    return Output(table, data_version=DataVersion(sha256(file.read_bytes()).hexdigest()[:12]))


@asset(group_name="trips", kinds={"pandas"}, partitions_def=DAYS, code_version="1")
def trips(context: AssetExecutionContext, raw_trips: pd.DataFrame) -> Output[pd.DataFrame]:
    """Trips that can be true.

    Left out: trips of another day, without time or distance, and faster than 80 miles an hour. What was not recorded stays
    missing: zones and boroughs outside of the city, the kind of payment, and the number of passengers where it is 0 (the
    driver enters it).
    """
    table = raw_trips.assign(minutes=(raw_trips["dropoff"] - raw_trips["pickup"]).dt.total_seconds() / 60)
    cannot_be = {
        "another day": table["pickup"].dt.strftime("%Y-%m-%d") != context.partition_key,
        "no time": table["minutes"] <= 0,
        "no distance": table["distance"] <= 0,
        "too fast": table["distance"] > TOP_SPEED_MPH * table["minutes"].clip(lower=0) / 60,
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
    schema = TableSchema([TableColumn(of), TableColumn("trips", "int")])
    return MetadataValue.table([TableRecord({of: str(name), "trips": int(count)}) for name, count in counts.items()], schema)
