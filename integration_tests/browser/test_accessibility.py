"""Every page in both themes by axe-core: nothing that keeps a person out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.developing import Developing
from browser.runs import ended, launch

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "js_modules" / "dagster-ui" / "node_modules" / "axe-core" / "axe.min.js"
# Each with words that stand there when it is drawn in full.
PAGES = {
    "/": "KeyError: 'tips'",
    "/assets": "country_populations",
    "/assets?view=graph&focus=tips_by_borough": "Made from",
    "/assets/tips_by_borough": "Show the traceback",
    "/assets/card_trips": "Latest materialization",
    "/assets/census?tab=events": "Materialized",
    "/assets/census?tab=definition": "Metadata of the definition",
    "/assets/nowhere": "nowhere",
    "/runs": "KeyError: 'tips'",
    "/runs/FAILED": "Show the traceback",
    "/runs/FAILED?tab=output": "card_trips",
    "/runs/FAILED?tab=steps": "card_trips",
    "/runs/FAILED?tab=config": "Config",
    "/runs/FAILED?tab=details": "tips_report",
    "/runs/nothing": "There is no such run",
    "/jobs": "patience",
    "/jobs/etl_jobs/month": "new_files",
    "/jobs/etl_jobs/month?tab=launchpad": "Ready to launch",
    "/jobs/project/patience?tab=runs": "patience",
    "/automation": "chart_every_minute",
    "/automation?focus=nyc_taxis/new_files": "Preview a tick",
    "/locations": "country_populations",
    "/settings": "Time zone",
    "/nowhere": "There is no such page",
}
_HAS_SETTLED = """() => new Promise((answer) => requestAnimationFrame(() => requestAnimationFrame(() => answer(
  !document.getAnimations().some((each) => each instanceof CSSTransition && each.playState !== 'finished')))))"""
_CHECK = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ['violations'] });
  return violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) =>
    [each.id, each.help, ...each.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`)]);
}"""


@pytest.fixture(scope="module")
def failed_run(served: Developing) -> str:
    """A failed run, beside a good one: pages with something on them."""
    good = launch(served, "project", assets=["census"])
    failed = launch(served, "tips_report", assets=["card_trips", "tips_by_borough"])
    assert ended(served, good)["status"] == "SUCCESS"
    assert ended(served, failed)["status"] == "FAILURE"
    return failed


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_no_one_out(served: Developing, browser_page: Page, failed_run: str, address: str) -> None:
    from playwright.sync_api import expect

    browser_page.emulate_media(color_scheme="light", reduced_motion="reduce")
    browser_page.goto(served.url + address.replace("FAILED", failed_run))
    expect(browser_page.locator("main").get_by_text(PAGES[address]).first).to_be_visible()
    browser_page.evaluate(AXE.read_text())
    assert violations(browser_page, "light") == []
    assert violations(browser_page, "dark") == []


def violations(page: Page, theme: str) -> list[Any]:
    """What axe-core finds serious or critical in a theme, which the page takes over from the system."""
    page.emulate_media(color_scheme="light" if theme == "light" else "dark")
    page.wait_for_selector(f'html[data-mantine-color-scheme="{theme}"]')
    # A colour on its way from one theme to the other belongs to neither.
    page.wait_for_function(_HAS_SETTLED)
    return page.evaluate(_CHECK)
