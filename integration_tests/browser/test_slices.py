"""Partitions, checks and staleness in a browser, on real processes: looked at, chosen, made, and seen to change by themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from browser.clicks import Clicks
from browser.developing import Developing
from browser.runs import ended, launch, materializations_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LOCATION = "slices"
READINGS = {"ops": {"readings": {"config": {"rows": 12}}}}
_STATS = """query ($key: AssetKeyInput!) { assetNodeOrError(assetKey: $key) { ... on AssetNode { partitionStats {
  numPartitions numMaterialized numFailed numMaterializing } } } }"""
_REPORT = (
    """mutation ($params: ReportRunlessAssetEventsParams!) { reportRunlessAssetEvents(eventParams: $params) { __typename } }"""
)
# Far more than the page needs, far fewer than a million.
MOST_ELEMENTS = 1500
MOST_BYTES = 150_000


def counts(page: Page) -> Locator:
    """How many partitions stand where, in words."""
    return page.get_by_role("status", name="Partitions by status")


def heat_map(page: Page, asset: str) -> Locator:
    """The map of an asset's partitions."""
    return page.get_by_role("application", name=re.compile(f"^Partitions of {asset}"))


def chosen(page: Page, label: str = "Selected partitions") -> Locator:
    """The field that says which partitions are chosen."""
    return page.get_by_role("textbox", name=label)


def stats_of(served: Developing, asset: str) -> Mapping[str, int]:
    """How many partitions of an asset stand where."""
    return served.ask(_STATS, {"key": {"path": [asset]}})["assetNodeOrError"]["partitionStats"]


def green_of(page: Page) -> int:
    """How many pixels of the map have the colour of what is materialized."""
    return page.evaluate("""() => {
      const canvas = document.querySelector('[role=application] canvas');
      const probe = document.createElement('canvas').getContext('2d');
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--ok-tile').trim();
      probe.fillRect(0, 0, 1, 1);
      const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) found++;
      return found;
    }""")


def test_a_range_of_partitions_is_chosen_materialized_and_turns_green(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    clicks = Clicks()
    browser_page.goto(f"{served.url}/assets/visits?tab=partitions")
    expect(counts(browser_page)).to_contain_text("121 missing")
    assert green_of(browser_page) == 0
    clicks.type_into(chosen(browser_page), "2024-01-05...2024-01-08")
    chosen(browser_page).press("Enter")
    clicks.on(browser_page.get_by_role("button", name="Materialize 4 partitions"))
    expect(browser_page.get_by_text("Materializing 4 partitions of visits in 4 runs, one per partition.")).to_be_visible()
    expect(counts(browser_page)).to_contain_text("4 materialized")
    expect(counts(browser_page)).to_contain_text("117 missing")
    served.wait(lambda: green_of(browser_page) > 0)
    made = {each["partition"] for each in materializations_of(served, "visits")}
    assert made == {"2024-01-05", "2024-01-06", "2024-01-07", "2024-01-08"}
    assert clicks.count <= 2


def test_the_map_is_walked_and_chosen_from_by_keys(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets/visits?tab=partitions")
    expect(counts(browser_page)).to_be_visible()
    field = heat_map(browser_page, "visits")
    field.focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        field.press(key)
    expect(field.get_by_text("2024-01-04: missing")).to_be_attached()
    expect(chosen(browser_page)).to_have_value("2024-01-03...2024-01-04")
    browser_page.wait_for_url(re.compile("pick=.*2024-01-03...2024-01-04"))
    browser_page.reload()
    expect(chosen(browser_page)).to_have_value("2024-01-03...2024-01-04")
    chosen(browser_page).fill("2024-13-01")
    chosen(browser_page).press("Enter")
    expect(browser_page.get_by_text("There is no partition 2024-13-01.")).to_be_visible()


def test_a_failed_partition_is_shown_with_its_error_and_blocks_nothing_else(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    tags = {"dagster/partition": "2024-02-29"}
    assert ended(served, launch(served, LOCATION, assets=["visits"], tags=tags))["status"] == "FAILURE"
    browser_page.goto(f"{served.url}/assets/visits?tab=partitions&pick=2024-02-29")
    expect(counts(browser_page)).to_contain_text("1 failed")
    expect(browser_page.get_by_role("heading", name="2024-02-29")).to_be_visible()
    expect(browser_page.get_by_text("Failed", exact=True).last).to_be_visible()
    browser_page.goto(f"{served.url}/assets?q=key:visits")
    expect(browser_page.get_by_role("link", name=re.compile(r"\d+ of 121, 1 failed"))).to_be_visible()


def test_partitions_of_two_dimensions_are_made_in_one_run_where_the_policy_says_so(
    served: Developing, browser_page: Page
) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets/sales?tab=partitions")
    expect(counts(browser_page)).to_contain_text("605 missing")
    chosen(browser_page, "Selected date").fill("2024-04-01...2024-04-10")
    chosen(browser_page, "Selected date").press("Enter")
    chosen(browser_page, "Selected region").fill("asia...europe")
    chosen(browser_page, "Selected region").press("Enter")
    browser_page.get_by_role("button", name="Materialize 20 partitions").click()
    expect(counts(browser_page)).to_contain_text("20 materialized")
    assert len({each["runId"] for each in materializations_of(served, "sales")}) == 1


def test_the_dialog_says_what_it_will_launch_and_refuses_too_much(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets/stock")
    browser_page.get_by_role("button", name="Materialize…").click()
    dialog = browser_page.get_by_role("dialog")
    expect(dialog.get_by_text("5 runs, one per partition.")).to_be_visible()
    dialog.get_by_role("button", name="All", exact=True).click()
    expect(dialog.get_by_text("These 605 partitions would take 605 runs, and at most 100 are launched at once.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Materialize 605 partitions")).to_be_disabled()


def test_a_dynamic_partition_is_added_reported_and_wiped(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets/orders?tab=partitions")
    browser_page.get_by_role("button", name="Add a partition").click()
    browser_page.get_by_role("textbox", name="Key").fill("ada, the first")
    browser_page.get_by_role("button", name="Add", exact=True).click()
    expect(counts(browser_page)).to_contain_text("1 missing")
    browser_page.get_by_role("button", name="Last").click()
    expect(chosen(browser_page)).to_have_value('"ada, the first"')
    browser_page.get_by_role("button", name="Report as materialized…").click()
    browser_page.get_by_role("button", name="Report as materialized", exact=True).click()
    expect(counts(browser_page)).to_contain_text("1 materialized")
    browser_page.get_by_role("button", name="Wipe…").click()
    browser_page.get_by_role("dialog").get_by_role("button", name="Wipe", exact=True).click()
    expect(counts(browser_page)).to_contain_text("1 missing")
    assert stats_of(served, "orders")["numMaterialized"] == 0


def test_a_million_partitions_cost_no_more_than_those_that_are_seen(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    sizes: list[int] = []
    browser_page.on("requestfinished", lambda request: sizes.append(_size(request)))
    served.ask(
        _REPORT, {"params": {"eventType": "ASSET_MATERIALIZATION", "assetKey": {"path": ["ticks"]}, "partitionKeys": minutes()}}
    )
    browser_page.goto(f"{served.url}/assets/ticks?tab=partitions")
    expect(counts(browser_page)).to_contain_text("1,006,560 partitions")
    expect(heat_map(browser_page, "ticks")).to_be_visible()
    browser_page.get_by_role("button", name="Show all").click()
    expect(browser_page.get_by_text("All 1,006,560: 2022-01-01-00:00 to 2023-11-30-23:59")).to_be_visible()
    served.wait(lambda: green_of(browser_page) > 0)
    assert browser_page.evaluate("document.querySelectorAll('*').length") < MOST_ELEMENTS
    assert sum(sizes) < MOST_BYTES


def minutes() -> list[str]:
    """The first hour of each day of January."""
    return [f"2022-01-{day:02}-00:{minute:02}" for day in range(1, 32) for minute in range(60)]


def _size(request: Any) -> int:
    return request.sizes()["responseBodySize"] if request.url.endswith("/graphql") else 0


def test_checks_are_run_and_tell_what_they_found_over_time(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    clicks = Clicks()
    for rows in (8, 10):
        config = {"ops": {"readings": {"config": {"rows": rows}}}}
        assert ended(served, launch(served, LOCATION, assets=["readings"], config=config))["status"] == "SUCCESS"
    browser_page.goto(f"{served.url}/assets/readings?tab=checks")
    table = browser_page.get_by_role("grid", name="Checks of the asset")
    expect(table.get_by_text("Warning").first).to_be_visible()
    assert ended(served, launch(served, LOCATION, assets=["readings"], config=READINGS))["status"] == "SUCCESS"
    expect(table.get_by_text("Passed")).to_be_visible()
    clicks.on(table.get_by_role("link", name="enough_rows"))
    inspector = browser_page.get_by_role("complementary", name="Inspector")
    line = inspector.get_by_role("img", name="rows over 3 executions")
    expect(line).to_be_visible()
    clicks.on(line)
    expect(inspector.get_by_role("img", name="rows over time")).to_be_visible()
    clicks.on(browser_page.get_by_role("button", name="Run the check"))
    expect(inspector.get_by_role("img", name="rows over 4 executions")).to_be_visible()
    assert clicks.count <= 3


def test_an_asset_says_why_it_is_out_of_date_without_a_click(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    both = ["readings", "averages"]
    assert ended(served, launch(served, LOCATION, assets=both, config=READINGS))["status"] == "SUCCESS"
    browser_page.goto(f"{served.url}/assets/averages")
    header = browser_page.locator("main header").first
    expect(header.get_by_text("Materialized", exact=True)).to_be_visible()
    config = {"ops": {"readings": {"config": {"rows": 13}}}}
    assert ended(served, launch(served, LOCATION, assets=["readings"], config=config))["status"] == "SUCCESS"
    expect(header.get_by_text("Stale")).to_be_visible()
    why = browser_page.get_by_role("status", name="Why it is out of date")
    expect(why.get_by_role("link", name="readings")).to_be_visible()
    browser_page.goto(f"{served.url}/assets?q=key:averages")
    expect(browser_page.get_by_text("Stale", exact=True).first).to_be_visible()
    browser_page.get_by_role("grid", name="Assets").press("m")
    expect(browser_page.get_by_role("grid", name="Assets").get_by_text("Materialized", exact=True).first).to_be_visible()
