"""Every page in both themes by axe-core: nothing that keeps a person out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.chromium import opened
from browser.developing import Developing
from browser.pages import BEGINNINGS, PAGES, filled
from browser.served import CODE, serving_code

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parents[2] / "js_modules" / "dagster-ui" / "node_modules" / "axe-core" / "axe.min.js"
# Where nothing moved for some frames: what inherits a colour may begin to move when that above has ended.
_HAS_SETTLED = """() => new Promise((answer) => {
  let quiet = 0;
  const look = () => {
    const moves = document.getAnimations().some((each) => each instanceof CSSTransition && each.playState !== 'finished');
    quiet = moves ? 0 : quiet + 1;
    if (quiet > 4) answer(true); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})"""
# What depends on colours is asked in both themes, all else once.
_COLOURS = ["color-contrast", "link-in-text-block"]
_CHECK = """async (rules) => {
  const runOnly = rules.length > 0 ? { runOnly: { type: 'rule', values: rules } } : {};
  const { violations } = await axe.run(document, { resultTypes: ['violations'], ...runOnly });
  return violations.filter((each) => ['moderate', 'serious', 'critical'].includes(each.impact)).map((each) =>
    [each.id, each.help, ...each.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`)]);
}"""


@pytest.fixture(scope="module")
def runs(served: Developing) -> dict[str, str]:
    """Runs of every status: pages with something on them."""
    return filled(served)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One for all of these tests: the browser keeps what it has fetched and compiled, as it does for people."""
    with opened(browser) as context:
        yield context


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_no_one_out(served: Developing, browser_page: Page, runs: dict[str, str], name: str) -> None:
    browser_page.emulate_media(color_scheme="light", reduced_motion="reduce")
    PAGES[name].shown(browser_page, served.url, runs)
    browser_page.evaluate(AXE.read_text())
    assert violations(browser_page, "light") == []
    assert violations(browser_page, "dark", _COLOURS) == []


@pytest.mark.parametrize("beginning", CODE)
def test_a_beginning_keeps_no_one_out(browser_page: Page, tmp_path: Path, beginning: str) -> None:
    with serving_code(tmp_path / beginning, CODE[beginning]) as dev:
        for name, page in BEGINNINGS.items():
            if name.startswith(beginning):
                browser_page.emulate_media(color_scheme="light", reduced_motion="reduce")
                page.shown(browser_page, dev.url, {})
                browser_page.evaluate(AXE.read_text())
                found = [*violations(browser_page, "light"), *violations(browser_page, "dark", _COLOURS)]
                assert (name, found) == (name, [])
        # Before the server ends, of which the page would complain.
        browser_page.goto("about:blank")


def violations(page: Page, theme: str, rules: Sequence[str] = ()) -> list[Any]:
    """What axe-core finds more than minor in a theme, which the page takes over from the system; by all rules or by these."""
    page.emulate_media(color_scheme="light" if theme == "light" else "dark")
    page.wait_for_selector(f'html[data-mantine-color-scheme="{theme}"]')
    # A colour on its way from one theme to the other belongs to neither.
    page.wait_for_function(_HAS_SETTLED)
    return page.evaluate(_CHECK, list(rules))
