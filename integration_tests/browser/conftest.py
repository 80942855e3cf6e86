"""Debian's Chromium, and a `dagster dev` that all tests of a module share."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.chromium import PATIENCE_MILLIS, chromium, launched
from browser.developing import Developing
from browser.served import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test in this folder drives a browser, and needs one and built pages."""
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Developing]:
    """`dagster dev` over a copy of the examples and of `project`, all of it loaded. Nothing starts by itself."""
    with serving(tmp_path_factory.mktemp("served")) as dev:
        yield dev


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """An empty page. A test during which the console shows an error fails; that a page is not found is none."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MILLIS)
    page = context.new_page()
    errors: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not (message.location["url"] == page.url and "404 (Not Found)" in message.text):
            errors.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
