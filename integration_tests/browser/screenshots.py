"""Takes a picture of every page, light and dark, wide and narrow, on a real `dagster dev`: `python -m browser.screenshots`.

Says what the console said, and which pages are wider than the window.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from browser.chromium import launched
from browser.developing import Developing
from browser.pages import PAGES, filled
from browser.runs import ended, launch
from browser.served import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

THEMES = ("light", "dark")
SIZES = {1440: 900, 390: 844}
_START = """mutation ($sensor: SensorSelector!) { startSensor(sensorSelector: $sensor) {
  ... on Sensor { sensorState { id } } } }"""
_STOP = "mutation ($id: String!) { stopSensor(id: $id) { __typename } }"
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
    with TemporaryDirectory() as folder, serving(Path(folder)) as served, launched() as browser:
        failed = busy(served)
        for width in options.width or SIZES:
            for theme in options.theme or THEMES:
                complaints += pictures(browser, served, failed, theme, width, options.only, options.out)
    print("\n".join(complaints) or f"The pictures are in {options.out.resolve()}.")
    return 1 if complaints else 0


def busy(served: Developing) -> str:
    """Runs of every kind, one of them still running; the id of the failed one."""
    for people in (100, 130, 120):
        ended(served, launch(served, "project", assets=["census"], config={"ops": {"census": {"config": {"people": people}}}}))
    for day in ("2019-03-15", "2019-03-16", "2019-03-17"):  # the second one is broken, on purpose
        ended(served, launch(served, "nyc_taxis", "one_day", tags={"dagster/partition": day}))
    ended(served, launch(served, "etl_jobs", "month"))
    ended(served, launch(served, "country_populations"))
    ticked(served)
    failed = filled(served)
    launch(served, "project", "patience")
    return failed


def ticked(served: Developing) -> None:
    """Let the sensor tick until it has asked for a run, and turn it off again."""
    sensor = {"repositoryLocationName": "nyc_taxis", "repositoryName": "__repository__", "sensorName": "new_files"}
    state = served.ask(_START, {"sensor": sensor})["startSensor"]["sensorState"]
    served.wait(lambda: [tick for tick in ticks_of(served) if tick["status"] == "SUCCESS"])
    served.ask(_STOP, {"id": state["id"]})


def ticks_of(served: Developing) -> list[Any]:
    """The ticks of the sensor, newest first."""
    state = {"repositoryLocationName": "nyc_taxis", "repositoryName": "__repository__", "name": "new_files"}
    return served.ask(_TICKS, {"state": state})["instigationStateOrError"]["ticks"]


def pictures(browser: Browser, served: Developing, failed: str, theme: str, width: int, only: str, out: Path) -> list[str]:
    """Take every page in one theme and width; complaints, each with the page's name before it."""
    from playwright.sync_api import expect

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
    for name, each in PAGES.items():
        if only not in name:
            continue
        page.goto(served.url + each.address.replace("FAILED", failed))
        expect(page.locator("main").get_by_text(each.words).first).to_be_attached()
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
