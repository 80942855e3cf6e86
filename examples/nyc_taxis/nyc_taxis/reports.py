"""What is made for people."""

import base64
import io

import pandas as pd
from dagster import AssetIn, Failure, MetadataValue, Output, asset
from matplotlib.figure import Figure


@asset(
    group_name="reports",
    kinds={"matplotlib", "png"},
    # A day that was stopped by a check has no statistics: the chart is drawn without it.
    ins={"daily_statistics": AssetIn(metadata={"allow_missing_partitions": True})},
    code_version="1",
)
def daily_chart(daily_statistics: dict[str, pd.DataFrame]) -> Output[bytes]:
    """Trips per day and their revenue as a picture (PNG), of all days that there are."""
    if not daily_statistics:
        raise Failure("No day has statistics yet. Make one: dagster job execute -j one_day --partition 2019-03-01")
    table = pd.concat(daily_statistics.values(), ignore_index=True)
    figure = Figure(figsize=(9, 4), layout="constrained")
    count, revenue = figure.subplots(2, 1, sharex=True)
    weekend = table["day"].dt.dayofweek >= 5
    count.bar(table["day"], table["trips"], color=weekend.map({True: "#c98a1b", False: "#f2c14e"}))
    count.set_title("Taxi trips per day, weekends darker", loc="left")
    revenue.plot(table["day"], table["revenue"], color="#28536b")
    revenue.set_title("Revenue in dollars", loc="left")
    revenue.set_ylim(bottom=0)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=100)
    png = picture.getvalue()
    encoded = base64.b64encode(png).decode()
    chart = MetadataValue.md(f"![Trips per day](data:image/png;base64,{encoded})")
    return Output(png, metadata={"days": len(table), "chart": chart})
