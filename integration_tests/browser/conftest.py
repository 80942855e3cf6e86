"""Debian's Chromium, and a `dagster dev` that all tests of a module share."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.developing import Developing, developing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).parents[2] / "examples"
PROJECT = Path(__file__).parent / "project"
_LOCATIONS = """
  - python_file:
      relative_path: project/census.py
      location_name: project
  - python_file:
      relative_path: project/slices.py
      location_name: slices
"""
# Long, because other work may share the machine: only what never happens takes so long.
PATIENCE_MILLIS = 60_000
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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


def chromium() -> str | None:
    """Where Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser without a window."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MILLIS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Developing]:
    """`dagster dev` over a copy of the examples and of `project`, all of it loaded. Nothing starts by itself."""
    folder = tmp_path_factory.mktemp("projects") / "examples"
    without = shutil.ignore_patterns("__pycache__", "*.pyc")
    shutil.copytree(EXAMPLES, folder, ignore=without)
    shutil.copytree(PROJECT, folder / "project", ignore=without)
    with (folder / "workspace.yaml").open("a") as workspace:
        workspace.write(_LOCATIONS)
    automation = folder / "nyc_taxis" / "nyc_taxis" / "automation.py"
    automation.write_text(automation.read_text().replace("Status.RUNNING", "Status.STOPPED"))
    with developing(folder, tmp_path_factory.mktemp("home"), "-w", "workspace.yaml") as dev:
        dev.wait_until_loaded()
        yield dev


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """An empty page. A test during which the console shows an error fails."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MILLIS)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
