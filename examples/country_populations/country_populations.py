from pathlib import Path

from dagster import asset
from pandas import DataFrame, get_dummies, read_html
from sklearn.linear_model import LinearRegression

TABLE = Path(__file__).with_name("country_populations.html")


@asset
def country_populations() -> DataFrame:
    df = read_html(TABLE)[0]
    df.columns = ["country", "continent", "rg", "pop2018", "pop2019", "change"]
    df["change"] = df["change"].str.rstrip("%").str.replace("−", "-").astype("float")
    return df


@asset
def continent_change_model(country_populations: DataFrame) -> LinearRegression:
    data = country_populations.dropna(subset=["change"])
    return LinearRegression().fit(get_dummies(data[["continent"]]), data["change"])


@asset
def continent_stats(country_populations: DataFrame, continent_change_model: LinearRegression) -> DataFrame:
    result = country_populations.groupby("continent").sum()
    result["pop_change_factor"] = continent_change_model.coef_
    return result
