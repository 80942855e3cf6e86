"""The trips counted: by zone and by day."""

import pandas as pd
from dagster import Output, asset


@asset(group_name="statistics", kinds={"pandas"})
def zones(trips: pd.DataFrame) -> Output[pd.DataFrame]:
    """One row per zone of the city: its borough, and how many trips begin and end there."""
    counts = {
        end: trips.groupby([f"{end}_zone", f"{end}_borough"]).size().rename_axis(["zone", "borough"])
        for end in ("pickup", "dropoff")
    }
    table = pd.DataFrame(counts).fillna(0).astype("int64").rename(columns={"pickup": "pickups", "dropoff": "dropoffs"})
    table = table.sort_values(["pickups", "dropoffs"], ascending=False).reset_index()
    return Output(table, metadata={"busiest": str(table["zone"][0]), "boroughs": sorted(table["borough"].unique())})


@asset(group_name="statistics", kinds={"pandas"})
def daily_statistics(trips: pd.DataFrame) -> Output[pd.DataFrame]:
    """One row per day: trips, revenue in dollars, mean distance in miles, and tips as a share of fares.

    Tips that were paid in cash are not recorded, so the share is that of the trips that were paid by card.
    """
    by_day = trips.groupby(trips["pickup"].dt.date.rename("day"))
    by_card = trips[trips["payment"] == "credit card"].groupby(trips["pickup"].dt.date.rename("day"))
    table = pd.DataFrame(
        {
            "trips": by_day.size(),
            "revenue": by_day["total"].sum().round(2),
            "mean_distance": by_day["distance"].mean().round(3),
            "tip_share": (by_card["tip"].sum() / by_card["fare"].sum()).round(4),
        }
    ).reset_index()
    table["day"] = pd.to_datetime(table["day"])
    busiest = table.loc[table["trips"].idxmax(), "day"]
    return Output(table, metadata={"days": len(table), "busiest day": f"{busiest:%A, %d %B %Y}"})
