"""Every page, by the name of its picture, with words that stand there when it is drawn in full, and runs that fill it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from browser.developing import Developing
from browser.runs import ENDED, ended, launch, run_of
from browser.served import LANE

if TYPE_CHECKING:
    from playwright.sync_api import Page

_TERMINATE = "mutation ($id: String!) { terminateRun(runId: $id) { __typename } }"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfUI:
    """A page.

    Attributes:
        address: path and query; the name of one of the runs that `filled` makes stands for its id.
        words: of its main part, or of what lies over it.
        act: what is done there before one looks, such as opening a dialog.
    """

    address: str
    words: str
    act: Callable[[Page], None] | None = None

    def address_of(self, runs: Mapping[str, str]) -> str:
        """Path and query, with the ids of the runs."""
        address = self.address
        for name, run_id in runs.items():
            address = address.replace(name, run_id)
        return address

    def shown(self, page: Page, url: str, runs: Mapping[str, str]) -> None:
        """Open it at the url, act there, and wait for its words."""
        from playwright.sync_api import expect

        page.goto(url + self.address_of(runs))
        if self.act is not None:
            self.act(page)
        expect(page.locator("main, [role=dialog]").get_by_text(self.words).first).to_be_attached()


def _press(keys: str) -> Callable[[Page], None]:
    """Press keys when the page has its heading or its toolbar."""

    def act(page: Page) -> None:
        page.locator("main a, main button").first.wait_for()
        page.keyboard.press(keys)

    return act


def _find(page: Page) -> None:
    _press("Control+k")(page)
    page.get_by_role("combobox", name="Find an asset, a page or an action").fill("model")


def _click(name: str) -> Callable[[Page], None]:
    """Click on the button of that name."""

    def act(page: Page) -> None:
        page.locator("main").get_by_role("button", name=name).first.click()

    return act


def _more(item: str) -> Callable[[Page], None]:
    """Choose from the menu of further actions."""

    def act(page: Page) -> None:
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("menuitem", name=item).click()

    return act


def _mistyped(page: Page) -> None:
    editor = page.get_by_role("textbox", name="Run configuration")
    editor.fill("ops:\n  judged:\n    config:\n      trips: many\n      trip: 200\n")


def _ask(page: Page) -> None:
    page.get_by_role("button", name="Run", exact=True).click()


PAGES = {
    "home": PageOfUI(address="/", words="KeyError: 'tips'"),
    "palette": PageOfUI(address="/", words="demand_model", act=_find),
    "help": PageOfUI(address="/assets", words="Show the keys of this page", act=_press("?")),
    "assets-list": PageOfUI(address="/assets", words="country_populations"),
    "assets-graph": PageOfUI(address="/assets?view=graph&open=all", words="Materialize all"),
    "assets-inspector": PageOfUI(address="/assets?view=graph&focus=tips_by_borough", words="Upstream"),
    "asset-failed": PageOfUI(address="/assets/tips_by_borough", words="Show the traceback"),
    "asset": PageOfUI(address="/assets/demand_model", words="Gradient-boosted trees"),
    "asset-plot": PageOfUI(address="/assets/demand_model", words="mean error", act=_click("mean error, MW over")),
    "asset-tables": PageOfUI(address="/assets/demand", words="Mean of the hour, in megawatts."),
    "asset-picture": PageOfUI(address="/assets/daily_chart", words="Trips per day and their revenue"),
    "asset-events": PageOfUI(address="/assets/demand_model?tab=events", words="Materialized"),
    "asset-definition": PageOfUI(address="/assets/census?tab=definition", words="census.py"),
    "asset-config": PageOfUI(address="/jobs/power/__ASSET_JOB?tab=launchpad&assets=demand_model", words="Ready to launch"),
    "asset-partitions": PageOfUI(address="/assets/visits?tab=partitions&pick=2024-02-29", words="Materialize 1 partition"),
    "asset-materialize": PageOfUI(
        address="/assets/visits?tab=partitions", words="Materialize partitions of visits", act=_click("Materialize…")
    ),
    "asset-wipe": PageOfUI(address="/assets/census", words="census", act=_more("Wipe")),
    "asset-two-dimensions": PageOfUI(address="/assets/sales?tab=partitions", words="20 materialized"),
    "asset-million-partitions": PageOfUI(address="/assets/ticks?tab=partitions", words="1,006,560 partitions"),
    "asset-checks": PageOfUI(address="/assets/readings?tab=checks&check=enough_rows", words="Executions"),
    "asset-stale": PageOfUI(address="/assets/averages", words="has a new data version"),
    "asset-missing": PageOfUI(address="/assets/nowhere", words="There is no asset nowhere"),
    "runs": PageOfUI(address="/runs", words="KeyError: 'tips'"),
    "run": PageOfUI(address="/runs/FAILED", words="Show the traceback"),
    "run-output": PageOfUI(address="/runs/DONE?tab=output&step=demand_model", words="holidays=False"),
    "run-steps": PageOfUI(address="/runs/FAILED?tab=steps", words="card_trips"),
    "run-config": PageOfUI(address="/runs/DONE?tab=config", words="trees"),
    "run-details": PageOfUI(address="/runs/FAILED?tab=details", words="tips_report"),
    "run-done": PageOfUI(address="/runs/DONE", words="Success"),
    "run-running": PageOfUI(address="/runs/RUNNING", words="Waiting for nothing."),
    "run-queued": PageOfUI(address="/runs/QUEUED", words="Queued"),
    "run-canceled": PageOfUI(address="/runs/CANCELED", words="Canceled"),
    "run-missing": PageOfUI(address="/runs/nothing", words="There is no such run"),
    "jobs": PageOfUI(address="/jobs", words="patience"),
    "job": PageOfUI(address="/jobs/etl_jobs/month", words="new_files"),
    "job-launchpad": PageOfUI(address="/jobs/etl_jobs/month?tab=launchpad", words="Ready to launch"),
    "job-launchpad-wrong": PageOfUI(address="/jobs/etl_jobs/month?tab=launchpad", words="line 4", act=_mistyped),
    "job-runs": PageOfUI(address="/jobs/project/patience?tab=runs", words="Canceled"),
    "automation": PageOfUI(address="/automation", words="chart_every_minute"),
    "automation-inspector": PageOfUI(address="/automation?focus=nyc_taxis/new_files", words="Preview a tick"),
    "automation-failed": PageOfUI(address="/automation?focus=power/new_prices", words="Preview a tick"),
    "locations": PageOfUI(address="/locations", words="country_populations"),
    "graphql": PageOfUI(address="/graphql", words='"assetsOrError"', act=_ask),
    "settings": PageOfUI(address="/settings", words="Time zone"),
    "not-found": PageOfUI(address="/nowhere", words="There is no such page"),
}
# Before anything is defined, and where what is defined does not load.
BEGINNINGS = {
    "first-home": PageOfUI(address="/", words="No asset is defined"),
    "first-assets": PageOfUI(address="/assets", words="asset"),
    "first-runs": PageOfUI(address="/runs", words="run"),
    "first-jobs": PageOfUI(address="/jobs", words="No code location defines a job yet"),
    "first-automation": PageOfUI(address="/automation", words="schedule"),
    "broken-home": PageOfUI(address="/", words="does not load"),
    "broken-locations": PageOfUI(address="/locations", words="The code cannot be loaded"),
}


def filled(served: Developing) -> dict[str, str]:
    """Launch runs of every status and wait until each has the one that it shall have.

    Returns:
        The ids of one of each status: FAILED, DONE, CANCELED, RUNNING and QUEUED.
    """
    failed = launch(served, "tips_report", assets=["card_trips", "tips_by_borough"])
    canceled = launch(served, "project", "patience")
    for run_id in good_runs(served):
        assert ended(served, run_id)["status"] == "SUCCESS"
    for rows, assets in ((8, ["readings", "averages"]), (10, ["readings"])):
        config = {"ops": {"readings": {"config": {"rows": rows}}}}
        assert ended(served, launch(served, "slices", assets=assets, config=config))["status"] == "SUCCESS"
    done = [trained(served, trees) for trees in (50, 80, 120, 150, 200)][-1]
    assert ended(served, failed)["status"] == "FAILURE"
    ended(served, launch(served, "slices", assets=["visits"], tags={"dagster/partition": "2024-02-29"}))
    served.wait(lambda: run_of(served, canceled)["status"] == "STARTED")
    served.ask(_TERMINATE, {"id": canceled})
    assert ended(served, canceled)["status"] == "CANCELED"
    running = launch(served, "project", "patience", tags=LANE)
    served.wait(lambda: run_of(served, running)["status"] not in ("QUEUED", "NOT_STARTED", *ENDED))
    queued = launch(served, "project", "patience", tags=LANE)
    return {"FAILED": failed, "DONE": done, "CANCELED": canceled, "RUNNING": running, "QUEUED": queued}


def good_runs(served: Developing) -> list[str]:
    """Runs that go well, just launched."""
    rectangle = {
        "dagster/asset_partition_range_start": "2024-04-01|asia",
        "dagster/asset_partition_range_end": "2024-04-10|europe",
    }
    day: dict[str, Any] = {"tags": {"dagster/partition": "2024-03-01"}}
    return [
        launch(served, "project", assets=["census"], config={"ops": {"census": {"config": {"people": 124}}}}),
        launch(served, "slices", assets=["visits"], **day),
        launch(served, "slices", assets=["sales"], tags=rectangle),
    ]


def trained(served: Developing, trees: int) -> str:
    """A run that trained the model with so many trees."""
    config = {"ops": {"demand_model": {"config": {"trees": trees}}}}
    run_id = launch(served, "power", assets=["demand", "demand_model"], config=config, tags={"reason": "nightly"})
    assert ended(served, run_id)["status"] == "SUCCESS"
    return run_id
