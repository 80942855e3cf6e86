"""What passengers tip, by borough. There is a mistake in it, on purpose: README.md says how to find it."""

from pathlib import Path

import pandas as pd
from dagster import Definitions, MaterializeResult, MetadataValue, TableRecord, asset

TRIPS = Path(__file__).parent.parent / "nyc_taxis" / "data"


@asset(group_name="tips", kinds={"csv", "pandas"})
def card_trips() -> pd.DataFrame:
    """Trips that were paid by card: what is tipped in cash is not recorded."""
    trips = pd.concat([pd.read_csv(day, parse_dates=["pickup"]) for day in sorted(TRIPS.glob("*.csv"))], ignore_index=True)
    return trips[trips["payment"] == "credit card"]


@asset(group_name="tips", kinds={"pandas"})
def tips_by_borough(card_trips: pd.DataFrame) -> pd.DataFrame:
    """The share of the fare that is given as a tip."""
    totals = card_trips.groupby("pickup_borough")[["fare", "tip"]].sum()
    shares = totals["tips"] / totals["fare"]
    return shares.rename("share").reset_index().sort_values("share", ascending=False)


@asset(group_name="tips", owners=["team:analytics"], tags={"audience": "drivers"})
def where_to_wait(tips_by_borough: pd.DataFrame) -> MaterializeResult:
    """Where it pays to wait for passengers."""
    rows = [TableRecord({"borough": row.pickup_borough, "share": row.share}) for row in tips_by_borough.itertuples()]
    best = tips_by_borough.iloc[0]
    return MaterializeResult(
        metadata={"best": best["pickup_borough"], "share": float(best["share"]), "boroughs": MetadataValue.table(rows)}
    )


defs = Definitions([card_trips, tips_by_borough, where_to_wait])
