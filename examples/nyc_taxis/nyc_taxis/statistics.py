"""The trips of a day counted: by zone, and as one row."""

import pandas as pd
from dagster import AssetExecutionContext, Output, asset

from nyc_taxis.days import DAYS


@asset(group_name="statistics", kinds={"pandas"}, partitions_def=DAYS, code_version="1")
def zones(trips: pd.DataFrame) -> Output[pd.DataFrame]:
    """One row per zone of the city: its borough, and how many trips of the day begin and end there."""
    counts = {
        end: trips.groupby([f"{end}_zone", f"{end}_borough"]).size().rename_axis(["zone", "borough"])
        for end in ("pickup", "dropoff")
    }
    table = pd.DataFrame(counts).fillna(0).astype("int64").rename(columns={"pickup": "pickups", "dropoff": "dropoffs"})
    table = table.sort_values(["pickups", "dropoffs"], ascending=False).reset_index()
    return Output(table, metadata={"busiest": str(table["zone"][0]), "boroughs": sorted(table["borough"].unique())})


@asset(group_name="statistics", kinds={"pandas"}, partitions_def=DAYS, code_version="1")
def daily_statistics(context: AssetExecutionContext, trips: pd.DataFrame) -> Output[pd.DataFrame]:
    """One row: trips of the day, revenue in dollars, mean distance in miles, and tips as a share of fares.

    Tips that were paid in cash are not recorded, so the share is that of the trips that were paid by card.
    """
    by_card = trips[trips["payment"] == "credit card"]
    day = {
        "day": pd.Timestamp(context.partition_key),
        "trips": len(trips),
        "revenue": round(float(trips["total"].sum()), 2),
        "mean_distance": round(float(trips["distance"].mean()), 3),
        "tip_share": round(float(by_card["tip"].sum() / by_card["fare"].sum()), 4),
    }
    return Output(pd.DataFrame([day]), metadata={"trips": day["trips"], "revenue": day["revenue"]})
