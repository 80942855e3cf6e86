"""Every page in both themes by axe-core: nothing that keeps a person out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.developing import Developing
from browser.pages import PAGES, filled

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "js_modules" / "dagster-ui" / "node_modules" / "axe-core" / "axe.min.js"
_HAS_SETTLED = """() => new Promise((answer) => requestAnimationFrame(() => requestAnimationFrame(() => answer(
  !document.getAnimations().some((each) => each instanceof CSSTransition && each.playState !== 'finished')))))"""
# What depends on colours is asked in both themes, all else once.
_COLOURS = ["color-contrast", "link-in-text-block"]
_CHECK = """async (rules) => {
  const runOnly = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {};
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...runOnly });
  return violations.filter((each) => ['moderate', 'serious', 'critical'].includes(each.impact)).map((each) =>
    [each.id, each.help, ...each.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`)]);
}"""


@pytest.fixture(scope="module")
def failed_run(served: Developing) -> str:
    """A failed run, beside a good one: pages with something on them."""
    return filled(served)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_no_one_out(served: Developing, browser_page: Page, failed_run: str, name: str) -> None:
    from playwright.sync_api import expect

    browser_page.emulate_media(color_scheme="light", reduced_motion="reduce")
    browser_page.goto(served.url + PAGES[name].address.replace("FAILED", failed_run))
    expect(browser_page.locator("main").get_by_text(PAGES[name].words).first).to_be_visible()
    browser_page.evaluate(AXE.read_text())
    assert violations(browser_page, "light") == []
    assert violations(browser_page, "dark", _COLOURS) == []


def violations(page: Page, theme: str, rules: Sequence[str] = ()) -> list[Any]:
    """What axe-core finds more than minor in a theme, which the page takes over from the system; by all rules or by these."""
    page.emulate_media(color_scheme="light" if theme == "light" else "dark")
    page.wait_for_selector(f'html[data-mantine-color-scheme="{theme}"]')
    # A colour on its way from one theme to the other belongs to neither.
    page.wait_for_function(_HAS_SETTLED)
    return page.evaluate(_CHECK, list(rules))
