"""What the pages may cost: bytes and CPU always, wall-clock time where the machine has nothing else to do."""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser.budgets import Budgets, Figure
from browser.chromium import PATIENCE_MILLIS
from browser.developing import Developing, developing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PROJECT = Path(__file__).parent / "many"
MANY, VERY_MANY = 2_000, 10_000
REPORTS = 5

# Notes when words were first drawn on a canvas, how many since, and when that of a made asset was drawn in a new place.
_NOTE_WORDS = """() => {
  const made = new Map(), own = CanvasRenderingContext2D.prototype.fillText;
  window.noted = { readableMillis: undefined, words: 0, made };
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
    window.noted.readableMillis ??= performance.now();
    window.noted.words++;
    if (text === 'Materialized' && !made.has(`${x} ${y}`)) made.set(`${x} ${y}`, Date.now());
    return own.call(this, text, x, y, ...rest);
  };
}"""
_IS_READABLE = "() => window.noted.readableMillis !== undefined"
_FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
_SIZES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map((each) => [each.initiatorType, new URL(each.name).pathname, each.encodedBodySize])"""


@pytest.fixture
def budgets(record_property: Callable[[str, object], None]) -> Budgets:
    return Budgets(lambda line: record_property("figure", line))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Developing]:
    """`dagster dev` with 2,000 assets."""
    with serving_many(MANY, tmp_path_factory.mktemp("many")) as dev:
        yield dev


@contextmanager
def serving_many(count: int, home: Path) -> Iterator[Developing]:
    """`dagster dev` with so many assets."""
    with developing(PROJECT, home, "-f", "many_assets.py", environment={"MANY_ASSETS": str(count)}) as dev:
        dev.wait_until_loaded()
        yield dev


def compressed(page: Page, is_counted: Callable[[str, str], bool]) -> float:
    """kB of what the page has fetched, as it came over the wire. What was asked again, because the feed opened late, counts once.

    Args:
        page: that fetched.
        is_counted: by what asked for it, such as `fetch`, and the path.
    """
    fetched = {(initiator, path, size) for initiator, path, size in page.evaluate(_SIZES)}
    return sum(size for initiator, path, size in fetched if is_counted(initiator, path)) / 1000


def is_code(_initiator: str, path: str) -> bool:
    """Whether a page, script or style was fetched; fonts and pictures come later and are kept."""
    return path.endswith((".js", ".css", "/"))


def test_the_first_route_is_light(many: Developing, browser_page: Page, budgets: Budgets) -> None:
    browser_page.set_extra_http_headers({"Accept-Encoding": "gzip"})
    browser_page.goto(many.url)
    browser_page.get_by_role("heading", name="Home").wait_for()
    size = compressed(browser_page, is_code)
    assert size > 100
    assert budgets.judge(Figure(name="first route, gzip", value=size, limit=220, unit="kB", kind="bytes")) == []


def test_the_graph_of_many_assets_is_there_at_once(many: Developing, browser_page: Page, budgets: Budgets) -> None:
    browser_page.add_init_script(f"({_NOTE_WORDS})()")
    browser_page.set_extra_http_headers({"Accept-Encoding": "gzip"})
    paints: list[float] = []
    readable: list[float] = []
    # What a person sees who was here before is no slower; the best of three has the least of other work in it.
    for _ in range(3):
        browser_page.goto(f"{many.url}/assets?view=graph")
        browser_page.wait_for_function(_IS_READABLE)
        paints.append(browser_page.evaluate(_FIRST_PAINT))
        readable.append(browser_page.evaluate("() => window.noted.readableMillis"))
    browser_page.wait_for_load_state("networkidle")
    data = compressed(browser_page, lambda initiator, _path: initiator == "fetch")
    assert data > 10
    assert (
        budgets.judge(
            Figure(name="data of the graph, 2,000 assets", value=data, limit=100, unit="kB", kind="bytes"),
            Figure(name="first contentful paint, 2,000 assets", value=min(paints), limit=1000, unit="ms", kind="wall"),
            Figure(name="graph readable, 2,000 assets", value=min(readable), limit=1500, unit="ms", kind="wall"),
        )
        == []
    )


def test_an_asset_of_a_million_partitions_is_there_at_once(served: Developing, browser_page: Page, budgets: Budgets) -> None:
    browser_page.add_init_script(f"({_NOTE_WORDS})()")
    browser_page.set_extra_http_headers({"Accept-Encoding": "gzip"})
    readable: list[float] = []
    for _ in range(3):
        browser_page.goto(f"{served.url}/assets/ticks?tab=partitions")
        browser_page.wait_for_function(_IS_READABLE)
        readable.append(browser_page.evaluate("() => window.noted.readableMillis"))
    browser_page.wait_for_load_state("networkidle")
    data = compressed(browser_page, lambda initiator, _path: initiator == "fetch")
    assert data > 1
    assert (
        budgets.judge(
            Figure(name="data of an asset of 1,006,560 partitions", value=data, limit=40, unit="kB", kind="bytes"),
            Figure(name="asset of 1,006,560 partitions readable", value=min(readable), limit=1000, unit="ms", kind="wall"),
        )
        == []
    )


def test_what_happens_is_drawn_while_one_looks(many: Developing, browser_page: Page, budgets: Budgets) -> None:
    browser_page.add_init_script(f"({_NOTE_WORDS})()")
    names = [f"asset_{number}" for number in range(REPORTS)]
    query = " or ".join(f'key:"{name}"' for name in names)
    browser_page.goto(f"{many.url}/assets?view=graph&open=all&q={query}")
    browser_page.wait_for_function(_IS_READABLE)
    took: list[float] = []
    for count, name in enumerate(names, 1):
        began = time.time()
        report(many, name)
        browser_page.wait_for_function("(count) => window.noted.made.size >= count", arg=count)
        drawn = browser_page.evaluate("() => Math.max(...window.noted.made.values())")
        took.append(drawn - began * 1000)
    median = statistics.median(took)
    assert budgets.judge(Figure(name="event to pixel, median of 5", value=median, limit=500, unit="ms", kind="wall")) == []


def report(dev: Developing, asset: str) -> None:
    """Report over HTTP that an asset was made."""
    body = json.dumps({"description": "Made elsewhere."}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{dev.url}/report_asset_materialization/{asset}", body, headers)
    with urllib.request.urlopen(request, timeout=PATIENCE_MILLIS / 1000) as answer:
        assert answer.status == 200


def test_ten_thousand_assets_are_panned_and_zoomed(
    very_many: Developing, browser: Browser, browser_page: Page, budgets: Budgets
) -> None:
    browser_page.add_init_script(f"({_NOTE_WORDS})()")
    browser_page.goto(f"{very_many.url}/assets?view=graph&open=all")
    browser_page.wait_for_function(_IS_READABLE)
    figures: list[Figure] = []
    for place, turns in (("far", 0), ("near", 12)):
        frames, words = frames_of_dragging(browser, browser_page, turns)
        # Empty places of the graph would cost nothing.
        assert len(frames) > 20
        assert words > 10 * len(frames)
        p95 = sorted(frames)[int(len(frames) * 0.95)]
        figures.append(Figure(name=f"CPU of a frame, p95, 10,000 assets, {place}", value=p95, limit=8, unit="ms", kind="cpu"))
    assert budgets.judge(*figures) == []


@pytest.fixture(scope="module")
def very_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Developing]:
    """`dagster dev` with 10,000 assets."""
    with serving_many(VERY_MANY, tmp_path_factory.mktemp("very_many")) as dev:
        yield dev


def frames_of_dragging(browser: Browser, page: Page, turns: int) -> tuple[list[float], int]:
    """CPU milliseconds of each frame's callbacks while the graph is dragged around and zoomed, and how many words were drawn.

    Args:
        browser: of the page.
        page: with a graph.
        turns: of the wheel before, to come nearer to its middle.
    """
    page.keyboard.press("0")
    page.mouse.move(816, 498)
    for _ in range(turns):
        page.mouse.wheel(0, -240)
    drag(page, 60)  # in the first frames the browser still compiles what draws
    page.evaluate("() => { window.noted.words = 0; }")
    browser.start_tracing(page=page, categories=["devtools.timeline"])
    drag(page, 60)
    for step in range(20):
        page.mouse.wheel(0, 60 if step % 2 else -60)
    trace: dict[str, Any] = json.loads(browser.stop_tracing())
    frames = [each for each in trace["traceEvents"] if each["name"] == "FireAnimationFrame" and "tdur" in each]
    return [each["tdur"] / 1000 for each in frames], page.evaluate("() => window.noted.words")


def drag(page: Page, moves: int) -> None:
    """Drag what is under the pointer back and forth."""
    page.mouse.down()
    for step in range(moves):
        page.mouse.move(760 + 5 * (step % 30), 500 + 4 * (step % 20))
    page.mouse.up()
