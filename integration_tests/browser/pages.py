"""Every page, by the name of its picture, with words that stand there when it is drawn in full, and runs that fill it."""

from __future__ import annotations

from dataclasses import dataclass

from browser.developing import Developing
from browser.runs import ended, launch


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfUI:
    """A page.

    Attributes:
        address: path and query; FAILED stands for the id of the failed run.
        words: of its main part.
    """

    address: str
    words: str


PAGES = {
    "home": PageOfUI(address="/", words="KeyError: 'tips'"),
    "assets-list": PageOfUI(address="/assets", words="country_populations"),
    "assets-graph": PageOfUI(address="/assets?view=graph&open=all", words="Materialize all"),
    "assets-inspector": PageOfUI(address="/assets?view=graph&focus=tips_by_borough", words="Made from"),
    "asset-failed": PageOfUI(address="/assets/tips_by_borough", words="Show the traceback"),
    "asset": PageOfUI(address="/assets/census", words="Latest materialization"),
    "asset-events": PageOfUI(address="/assets/census?tab=events", words="Materialized"),
    "asset-definition": PageOfUI(address="/assets/census?tab=definition", words="census.py"),
    "asset-config": PageOfUI(address="/jobs/project/__ASSET_JOB?tab=launchpad&assets=census", words="Ready to launch"),
    "asset-partitions": PageOfUI(address="/assets/visits?tab=partitions&pick=2024-03-01", words="Materialize 1 partition"),
    "asset-two-dimensions": PageOfUI(address="/assets/sales?tab=partitions", words="20 materialized"),
    "asset-million-partitions": PageOfUI(address="/assets/ticks?tab=partitions", words="1,006,560 partitions"),
    "asset-checks": PageOfUI(address="/assets/readings?tab=checks&check=enough_rows", words="Executions"),
    "asset-stale": PageOfUI(address="/assets/averages", words="has a new data version"),
    "asset-missing": PageOfUI(address="/assets/nowhere", words="There is no asset nowhere"),
    "runs": PageOfUI(address="/runs", words="KeyError: 'tips'"),
    "run": PageOfUI(address="/runs/FAILED", words="Show the traceback"),
    "run-output": PageOfUI(address="/runs/FAILED?tab=output", words="card_trips"),
    "run-steps": PageOfUI(address="/runs/FAILED?tab=steps", words="card_trips"),
    "run-config": PageOfUI(address="/runs/FAILED?tab=config", words="Config"),
    "run-details": PageOfUI(address="/runs/FAILED?tab=details", words="tips_report"),
    "run-missing": PageOfUI(address="/runs/nothing", words="There is no such run"),
    "jobs": PageOfUI(address="/jobs", words="patience"),
    "job": PageOfUI(address="/jobs/etl_jobs/month", words="new_files"),
    "job-launchpad": PageOfUI(address="/jobs/etl_jobs/month?tab=launchpad", words="Ready to launch"),
    "job-runs": PageOfUI(address="/jobs/project/patience?tab=runs", words="patience"),
    "automation": PageOfUI(address="/automation", words="chart_every_minute"),
    "automation-inspector": PageOfUI(address="/automation?focus=nyc_taxis/new_files", words="Preview a tick"),
    "locations": PageOfUI(address="/locations", words="country_populations"),
    "graphql": PageOfUI(address="/graphql", words="The answer comes here"),
    "settings": PageOfUI(address="/settings", words="Time zone"),
    "not-found": PageOfUI(address="/nowhere", words="There is no such page"),
}


def filled(served: Developing) -> str:
    """Launch good runs and one that fails, wait for all, and hand back the id of the failed one."""
    rectangle = {
        "dagster/asset_partition_range_start": "2024-04-01|asia",
        "dagster/asset_partition_range_end": "2024-04-10|europe",
    }
    failed = launch(served, "tips_report", assets=["card_trips", "tips_by_borough"])
    good = [
        launch(served, "project", assets=["census"]),
        launch(served, "slices", assets=["visits"], tags={"dagster/partition": "2024-03-01"}),
        launch(served, "slices", assets=["sales"], tags=rectangle),
    ]
    for run_id in good:
        assert ended(served, run_id)["status"] == "SUCCESS"
    for rows, assets in ((8, ["readings", "averages"]), (10, ["readings"])):
        config = {"ops": {"readings": {"config": {"rows": rows}}}}
        assert ended(served, launch(served, "slices", assets=assets, config=config))["status"] == "SUCCESS"
    assert ended(served, failed)["status"] == "FAILURE"
    return failed
