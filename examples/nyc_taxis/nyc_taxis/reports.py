"""What is made for people."""

import base64
import io

import pandas as pd
from dagster import MetadataValue, Output, asset
from matplotlib.figure import Figure


@asset(group_name="reports", kinds={"matplotlib", "png"})
def daily_chart(daily_statistics: pd.DataFrame) -> Output[bytes]:
    """Trips per day and their revenue as a picture (PNG)."""
    figure = Figure(figsize=(9, 4), layout="constrained")
    count, revenue = figure.subplots(2, 1, sharex=True)
    weekend = daily_statistics["day"].dt.dayofweek >= 5
    count.bar(daily_statistics["day"], daily_statistics["trips"], color=weekend.map({True: "#c98a1b", False: "#f2c14e"}))
    count.set_title("Taxi trips per day, weekends darker", loc="left")
    revenue.plot(daily_statistics["day"], daily_statistics["revenue"], color="#28536b")
    revenue.set_title("Revenue in dollars", loc="left")
    revenue.set_ylim(bottom=0)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=100)
    png = picture.getvalue()
    encoded = base64.b64encode(png).decode()
    return Output(png, metadata={"chart": MetadataValue.md(f"![Trips per day](data:image/png;base64,{encoded})")})
