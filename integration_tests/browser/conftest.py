"""Debian's Chromium, and a `dagster dev` that tests share."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.chromium import chromium, launched, opened
from browser.developing import Developing
from browser.served import serving, serving_slices
from browser.sharing import EVERYTHING, LAST, SHARED, SLICES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser, and needs one and built pages."""
    items.sort(key=lambda item: item.path.name == LAST)
    here = Path(__file__).parent
    missing = _missing()
    for item in items:
        if here in item.path.parents and "browser_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if missing and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str | None:
    if chromium() is None:
        return "there is no Chromium on this machine; on Debian: apt-get install chromium"
    if importlib.util.find_spec("playwright") is None:
        return "playwright is not installed"
    from dagster_webserver.pages import built_files

    return None if "index.html" in built_files() else "the pages are not built: make ui"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with launched() as browser:
        yield browser


_SERVERS = {EVERYTHING: serving, SLICES: serving_slices}


@pytest.fixture(scope="package")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Developing]]:
    """Gives the running `dagster dev` of a name, started when first asked for, until the tests of this folder are over."""
    running: dict[str, Developing] = {}
    with ExitStack() as until_the_end:

        def named(name: str) -> Developing:
            if name not in running:
                running[name] = until_the_end.enter_context(_SERVERS[name](tmp_path_factory.mktemp("served")))
            return running[name]

        yield named


@pytest.fixture(scope="module")
def served(request: pytest.FixtureRequest, serve: Callable[[str], Developing]) -> Developing:
    """`dagster dev` over what the tests of this module need, all of it loaded. Nothing starts by itself."""
    return serve(SHARED.get(request.path.name, EVERYTHING))


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that knows nothing of before."""
    with opened(browser) as context:
        yield context


@pytest.fixture
def browser_page(window: BrowserContext) -> Iterator[Page]:
    """An empty page. A test during which the console shows an error fails; that a page is not found is none."""
    page = window.new_page()
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not (message.location["url"] == page.url and "404 (Not Found)" in message.text):
            errors.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []
