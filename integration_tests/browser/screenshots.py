"""Takes a picture of every page, light and dark, wide and narrow, on a real `dagster dev`: `python -m browser.screenshots`.

Says what the console said, and which pages are wider than the window.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from browser.chromium import launched
from browser.developing import Developing
from browser.pages import BEGINNINGS, PAGES, PageOfUI, filled
from browser.runs import ended, launch
from browser.served import CODE, serving, serving_code

if TYPE_CHECKING:
    from playwright.sync_api import Browser

THEMES = ("light", "dark")
SIZES = {1440: 900, 390: 844}
_START = """mutation ($sensor: SensorSelector!) { startSensor(sensorSelector: $sensor) {
  ... on Sensor { sensorState { id } } } }"""
_STOP = "mutation ($id: String!) { stopSensor(id: $id) { __typename } }"
_START_SCHEDULE = """mutation ($schedule: ScheduleSelector!) { startSchedule(scheduleSelector: $schedule) { __typename } }"""
_REPORT = "mutation ($params: ReportRunlessAssetEventsParams!) { reportRunlessAssetEvents(eventParams: $params) { __typename } }"
_TICKS = """query ($state: InstigationSelector!) { instigationStateOrError(instigationSelector: $state) {
  ... on InstigationState { ticks(limit: 10) { status } } } }"""
_IS_TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def main() -> int:
    """Take the pictures; 1 when a page had something to complain about."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="folder of the pictures")
    parser.add_argument("--only", default="", help="part of the names of the pages")
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--width", action="append", type=int, choices=tuple(SIZES))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    complaints: list[str] = []
    looks = [(theme, width) for width in options.width or SIZES for theme in options.theme or THEMES]
    with TemporaryDirectory() as folder, launched() as browser:
        if pages := named(PAGES, options.only):
            with serving(Path(folder)) as served:
                runs = busy(served)
                for look in looks:
                    complaints += pictures(browser, served, pages, runs, *look, options.out)
        for beginning, code in CODE.items():
            if pages := named(BEGINNINGS, options.only, beginning):
                with serving_code(Path(folder) / beginning, code) as served:
                    for look in looks:
                        complaints += pictures(browser, served, pages, {}, *look, options.out)
    print("\n".join(complaints) or f"The pictures are in {options.out.resolve()}.")
    return 1 if complaints else 0


def named(pages: Mapping[str, PageOfUI], part: str, beginning: str = "") -> dict[str, PageOfUI]:
    """The pages with the part in their names, and the beginning before it."""
    return {name: page for name, page in pages.items() if part in name and name.startswith(beginning)}


def busy(served: Developing) -> dict[str, str]:
    """Runs of every kind, by the names that addresses use."""
    for people in (100, 130, 120):
        ended(served, launch(served, "project", assets=["census"], config={"ops": {"census": {"config": {"people": people}}}}))
    for day in ("2019-03-15", "2019-03-16", "2019-03-17"):  # the second one is broken, on purpose
        ended(served, launch(served, "nyc_taxis", "one_day", tags={"dagster/partition": day}))
    ended(served, launch(served, "etl_jobs", "month"))
    ended(served, launch(served, "country_populations"))
    served.ask(_STOP, {"id": ticked(served, "nyc_taxis", "new_files", "SUCCESS")})
    ticked(served, "power", "new_prices", "FAILURE")
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3) for day in range(1, 32 if month != 2 else 29)]
    served.ask(_REPORT, {"params": {"eventType": "ASSET_MATERIALIZATION", "assetKey": {"path": "visits"}, "partitionKeys": days}})
    ended(served, launch(served, "nyc_taxis", "chart"))
    nightly = {"repositoryLocationName": "power", "repositoryName": "__repository__", "scheduleName": "nightly"}
    served.ask(_START_SCHEDULE, {"schedule": nightly})
    return filled(served)


def ticked(served: Developing, location: str, sensor: str, status: str) -> str:
    """Turn the sensor on and wait until a tick of it ended so; the id of its state."""
    repository = {"repositoryLocationName": location, "repositoryName": "__repository__"}
    state = served.ask(_START, {"sensor": {**repository, "sensorName": sensor}})["startSensor"]["sensorState"]
    served.wait(lambda: status in [tick["status"] for tick in ticks_of(served, {**repository, "name": sensor})])
    return state["id"]


def ticks_of(served: Developing, state: Mapping[str, str]) -> list[Any]:
    """The ticks of a sensor, newest first."""
    return served.ask(_TICKS, {"state": state})["instigationStateOrError"]["ticks"]


def pictures(
    browser: Browser,
    served: Developing,
    pages: Mapping[str, PageOfUI],
    runs: Mapping[str, str],
    theme: str,
    width: int,
    out: Path,
) -> list[str]:
    """Take the pages in one theme and width; complaints, each with the page's name before it."""
    from playwright.sync_api import Error

    complaints: list[str] = []
    context = browser.new_context(
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="light" if theme == "light" else "dark",
        reduced_motion="reduce",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for name, each in pages.items():
        try:
            each.shown(page, served.url, runs)
        except (AssertionError, Error) as error:  # the others are taken all the same
            said.append(str(error).split("\n", 1)[0])
        page.wait_for_load_state("networkidle")
        page.screenshot(path=out / f"{name}-{theme}-{width}.png")
        if page.evaluate(_IS_TOO_WIDE):
            said.append("is wider than the window")
        complaints += [f"{name}, {theme}, {width}: {line}" for line in said]
        said.clear()
    context.close()
    return complaints


if __name__ == "__main__":
    sys.exit(main())
