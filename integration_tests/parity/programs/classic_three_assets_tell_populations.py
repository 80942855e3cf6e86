"""The classic program: a table read from a page, a model of it, statistics of both."""

import io

import pandas as pd
import seen
from sklearn.linear_model import LinearRegression

import dagster as dg

PAGE = """
<table><tr><th>Country</th><th>Continent</th><th>Pop 2018</th><th>Pop 2019</th></tr>
<tr><td>China</td><td>Asia</td><td>1427647786</td><td>1433783686</td></tr>
<tr><td>India</td><td>Asia</td><td>1352642280</td><td>1366417754</td></tr>
<tr><td>Nigeria</td><td>Africa</td><td>195874683</td><td>200963599</td></tr>
<tr><td>France</td><td>Europe</td><td>64990511</td><td>65129728</td></tr>
</table>
"""


@dg.asset
def country_populations() -> pd.DataFrame:
    table = pd.read_html(io.StringIO(PAGE))[0]
    table.columns = ["country", "continent", "pop2018", "pop2019"]
    table["change"] = table["pop2019"] / table["pop2018"] - 1
    return table


@dg.asset
def continent_change_model(country_populations: pd.DataFrame) -> LinearRegression:
    dummies = pd.get_dummies(country_populations[["continent"]])
    return LinearRegression().fit(dummies, country_populations["change"])


@dg.asset
def continent_stats(country_populations: pd.DataFrame, continent_change_model: LinearRegression) -> pd.DataFrame:
    result = country_populations.groupby("continent").agg({"pop2019": "sum", "change": "mean"})
    result["factor"] = continent_change_model.coef_
    return result


def facts() -> dict:
    assets = [country_populations, continent_change_model, continent_stats]
    with dg.instance_for_test() as instance:
        result = dg.materialize(assets, instance=instance)
        again = dg.materialize(assets, instance=instance, selection=["continent_stats"])
        stats = again.output_for_node("continent_stats")
        return {
            "success": [result.success, again.success],
            "events": seen.events(result),
            "continents": list(stats.index),
            "index name": stats.index.name,
            "columns": list(stats.columns),
            "types": [str(kind) for kind in stats.dtypes],
            "people": [int(n) for n in stats["pop2019"]],
            "change": [round(float(x), 9) for x in stats["change"]],
            "runs": len(instance.get_runs()),
            "types checked": sorted(
                e.event_specific_data.type_check_data.success for e in result.all_events if e.is_successful_output
            ),
        }
