"""The daily loop of a data engineer in a browser, on real processes, within the clicks that each journey may take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from browser.clicks import Clicks
from browser.developing import Developing
from browser.runs import ended, launch, materializations_of, run_of, steps_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

TIPS = ("card_trips", "tips_by_borough", "where_to_wait")
MISTAKE = 'totals["tips"]'
MENDED = 'totals["tip"]'


@pytest.fixture
def clicks() -> Clicks:
    return Clicks()


@pytest.fixture(scope="module")
def broken_run(served: Developing) -> str:
    """A run of the report with the mistake, which has failed."""
    run = ended(served, launch(served, "tips_report", assets=TIPS))
    assert run["status"] == "FAILURE"
    return run["id"]


@pytest.fixture
def mended(served: Developing) -> Iterator[Mending]:
    """The report's file, to be mended; the mistake is back, and loaded, when the test is over."""
    mending = Mending(served)
    yield mending
    mending.undo()


class Mending:
    """The file of the report."""

    def __init__(self, served: Developing) -> None:
        self._served = served
        self._file = served.folder / "tips_report" / "tips_report.py"
        self.written = self._file.read_text()

    def mend(self) -> None:
        """Correct the mistake and save."""
        self.write(self.written.replace(MISTAKE, MENDED))

    def write(self, text: str) -> None:
        """Save this in its place."""
        self._file.write_text(text)

    def undo(self) -> None:
        """Put the mistake back, and wait until it is loaded."""
        if self._file.read_text() == self.written:
            return
        before = self._version()
        self._file.write_text(self.written)
        self._served.wait(lambda: self._version() != before)

    def _version(self) -> str:
        [entry] = [entry for entry in self._served.locations() if entry["name"] == "tips_report"]
        return entry["versionKey"]


def run_id_of(page: Page) -> str:
    """The id of the run whose page this becomes."""
    page.wait_for_url(re.compile(r"/runs/[0-9a-f-]{36}"))
    return page.url.split("/runs/")[1][:36]


def item(page: Page, name: str) -> Locator:
    """An asset in the outline of the graph."""
    return page.get_by_role("tree").get_by_role("treeitem").filter(has_text=re.compile(f"^{name}$"))


def materialized(line: Locator) -> Locator:
    """The mark of the line, when it says so."""
    return line.get_by_role("img", name="Materialized", exact=True)


def badge(page: Page, word: str) -> Locator:
    """The word for how the run of this page stands."""
    return page.locator("main header").get_by_text(word, exact=True)


def test_all_examples_are_loaded(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/locations")
    holds = {"country_populations": 3, "nyc_taxis": 5, "etl_jobs": 0, "tips_report": 3, "project": 1, "slices": 8, "power": 4}
    for name, assets in holds.items():
        card = browser_page.get_by_role("article", name=name)
        expect(card.get_by_text("Loaded", exact=True)).to_be_visible()
        word = "1 asset" if assets == 1 else f"{assets} assets"
        expect(card.get_by_role("link", name=word, exact=True)).to_be_visible()
    assert {entry["name"] for entry in served.locations()} == set(holds)


def test_journey_1_an_asset_of_the_graph_is_materialized_and_its_run_watched(
    served: Developing, browser_page: Page, clicks: Clicks
) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets?view=graph")
    browser_page.get_by_role("application").press("o")
    expect(item(browser_page, "country_populations").get_by_role("img", name="Never materialized")).to_be_visible()
    clicks.on(item(browser_page, "country_populations"))
    clicks.on(browser_page.get_by_role("complementary", name="Inspector").get_by_role("button", name="Materialize"))
    clicks.on(browser_page.get_by_role("link", name="Watch the run"))
    run = ended(served, run_id_of(browser_page))
    assert (run["status"], run["assetSelection"]) == ("SUCCESS", [{"path": ["country_populations"]}])
    expect(badge(browser_page, "Success")).to_be_visible()
    assert clicks.count <= 3


def test_assets_chosen_by_keys_turn_green_while_one_looks(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets?view=graph&q=group:versions")
    graph = browser_page.get_by_role("application")
    graph.press("o")
    names = ("readings", "averages")
    lines = [item(browser_page, name) for name in names]
    for line in lines:
        expect(line.get_by_role("img", name="Never materialized")).to_be_visible()
    assert green_pixels(browser_page) == 0
    for key in ("ArrowRight", "x", "ArrowRight", "x"):
        graph.press(key)
    expect(browser_page.get_by_role("button", name="Materialize 2 selected")).to_be_visible()
    graph.press("m")
    for line in lines:
        expect(materialized(line)).to_be_visible()
    served.wait(lambda: green_pixels(browser_page) > 0)
    [run] = {materializations_of(served, name)[0]["runId"] for name in names}
    assert ended(served, run)["status"] == "SUCCESS"


def test_what_fails_is_told_while_one_looks(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets?q=group:tips")
    rows = browser_page.get_by_role("grid", name="Assets").get_by_role("row")
    expect(rows.filter(has_text="Never materialized")).to_have_count(3)
    browser_page.get_by_role("button", name="Materialize all 3").click()
    expect(rows.filter(has_text="card_trips")).to_contain_text("Materialized")
    for name in ("tips_by_borough", "where_to_wait"):
        expect(rows.filter(has_text=name)).to_contain_text("Failed")


def green_pixels(page: Page) -> int:
    """How many pixels of the graph have the colour of what is well."""
    return page.evaluate("""() => {
      const canvas = document.querySelector('canvas');
      const context = canvas.getContext('2d');
      const probe = document.createElement('canvas').getContext('2d');
      probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--ok').trim();
      probe.fillRect(0, 0, 1, 1);
      const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) found++;
      return found;
    }""")


def test_journey_2_a_failure_shows_the_line_of_the_user(
    served: Developing, browser_page: Page, clicks: Clicks, broken_run: str
) -> None:
    from playwright.sync_api import expect

    browser_page.goto(served.url)
    clicks.on(browser_page.get_by_role("link", name="KeyError: 'tips'"))
    assert run_id_of(browser_page) == broken_run
    error = browser_page.get_by_role("region", name="Error: KeyError").first
    expect(error).to_contain_text(f'shares = {MISTAKE} / totals["fare"]')
    expect(error).to_contain_text(f"tips_report.py:{line_of_mistake(served)}")
    expect(error).to_be_in_viewport()
    assert clicks.count <= 1
    assert steps_of(run_of(served, broken_run)) == {"card_trips": "SUCCESS", "tips_by_borough": "FAILURE"}


def line_of_mistake(served: Developing) -> int:
    """Where the mistake stands in the report's file."""
    lines = (served.folder / "tips_report" / "tips_report.py").read_text().splitlines()
    [number] = [number for number, line in enumerate(lines, 1) if MISTAKE in line]
    return number


def test_journey_2_the_asset_itself_shows_the_line_without_a_click(
    served: Developing, browser_page: Page, broken_run: str
) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets/tips_by_borough")
    error = browser_page.get_by_role("region", name="Error: KeyError")
    expect(error).to_contain_text(f'shares = {MISTAKE} / totals["fare"]')
    expect(error.get_by_role("link", name="See the run")).to_have_attribute("href", f"/runs/{broken_run}")


def test_journey_3_a_failed_run_goes_on_from_its_failure(
    served: Developing, browser_page: Page, clicks: Clicks, broken_run: str
) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/runs/{broken_run}")
    clicks.on(browser_page.get_by_role("button", name="Re-execute from failure", exact=True))
    browser_page.wait_for_url(lambda url: "/runs/" in url and broken_run not in url)
    again = ended(served, run_id_of(browser_page))
    assert (again["status"], again["parentRunId"]) == ("FAILURE", broken_run)
    assert steps_of(again) == {"tips_by_borough": "FAILURE"}
    expect(browser_page.get_by_role("link", name=broken_run[:8])).to_be_visible()
    assert clicks.count == 1


def test_journey_4_mended_code_is_loaded_and_run_with_one_click(
    served: Developing, browser_page: Page, clicks: Clicks, broken_run: str, mended: Mending
) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/runs/{broken_run}")
    expect(browser_page.get_by_role("button", name="Re-execute from failure", exact=True)).to_be_visible()
    mended.mend()
    clicks.on(browser_page.get_by_role("button", name="Reload and re-execute from failure"))
    browser_page.wait_for_url(lambda url: "/runs/" in url and broken_run not in url)
    again = ended(served, run_id_of(browser_page))
    assert (again["status"], again["parentRunId"]) == ("SUCCESS", broken_run)
    assert steps_of(again) == {"tips_by_borough": "SUCCESS", "where_to_wait": "SUCCESS"}
    expect(badge(browser_page, "Success")).to_be_visible()
    assert materializations_of(served, "where_to_wait")[0]["runId"] == again["id"]
    assert clicks.count == 1


def test_journey_6_a_job_is_launched_with_config(served: Developing, browser_page: Page, clicks: Clicks) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/jobs")
    clicks.on(browser_page.get_by_role("link", name="Launch month"))
    form = browser_page.get_by_role("region", name="Run configuration as a form")
    clicks.type_into(form.get_by_label("trips"), "100000")
    expect(browser_page.get_by_text("Ready to launch")).to_be_visible()
    clicks.on(browser_page.get_by_role("button", name="Launch", exact=True))
    run = ended(served, run_id_of(browser_page))
    assert (run["status"], run["jobName"]) == ("SUCCESS", "month")
    assert "trips: 100000" in run["runConfigYaml"]
    assert (steps_of(run)["warning"], steps_of(run).get("report")) == ("SUCCESS", "SKIPPED")
    expect(badge(browser_page, "Success")).to_be_visible()
    assert clicks.count <= 3
    browser_page.goto(f"{served.url}/runs/{run['id']}?q=are+all+files")
    expect(browser_page.get_by_text("trips: are all files there?").first).to_be_visible()


def test_config_that_is_wrong_is_shown_in_its_line_and_not_launched(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/jobs/etl_jobs/month?tab=launchpad")
    editor = browser_page.get_by_role("textbox", name="Run configuration")
    editor.fill("ops:\n  judged:\n    config:\n      trips: many\n")
    expect(browser_page.get_by_role("list", name="What is wrong").get_by_text("line 4")).to_be_visible()
    before = months(served)
    browser_page.get_by_role("button", name="Launch", exact=True).click()
    expect(browser_page.get_by_role("status").filter(has_text="Line 4")).to_be_visible()
    assert months(served) == before


def test_a_partitioned_job_is_launched_for_a_partition(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/jobs/nyc_taxis/one_day?tab=launchpad")
    expect(browser_page.get_by_text("No partition chosen")).to_be_visible()
    button = browser_page.get_by_role("button", name="Launch", exact=True)
    button.click()
    expect(browser_page.get_by_role("status").filter(has_text="Launch again to run without one")).to_be_visible()
    form = browser_page.get_by_role("region", name="Run configuration as a form")
    form.get_by_label("Partition").fill("03-05")
    browser_page.get_by_role("option", name="2019-03-05").click()
    expect(browser_page.get_by_text("Ready to launch")).to_be_visible()
    button.click()
    run = ended(served, run_id_of(browser_page))
    assert (run["status"], run["jobName"]) == ("SUCCESS", "one_day")
    expect(browser_page.locator("main header").get_by_text("2019-03-05")).to_be_visible()
    browser_page.goto(f"{served.url}/runs?job=one_day")
    expect(browser_page.get_by_role("row").filter(has_text="2019-03-05")).to_have_count(1)


def test_an_asset_is_materialized_with_config_in_the_launchpad(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/assets/continent_stats")
    expect(browser_page.get_by_role("region", name="Neighbours of continent_stats").get_by_role("link")).to_have_count(2)
    browser_page.goto(f"{served.url}/assets/census")
    expect(browser_page.get_by_role("button", name="Materialize")).to_be_visible()
    browser_page.keyboard.press("Shift+M")
    expect(browser_page.get_by_role("heading", name="Materialize census")).to_be_visible()
    form = browser_page.get_by_role("region", name="Run configuration as a form")
    form.get_by_label("people").fill("70")
    expect(browser_page.get_by_text("Ready to launch")).to_be_visible()
    browser_page.keyboard.press("Control+Enter")
    run = ended(served, run_id_of(browser_page))
    assert (run["status"], materializations_of(served, "census")[0]["runId"]) == ("SUCCESS", run["id"])
    assert "people: 70" in run["runConfigYaml"]


def months(served: Developing) -> list[Any]:
    query = """{ runsOrError(filter: {pipelineName: "month"}) { ... on Runs { results { id } } } }"""
    return served.ask(query)["runsOrError"]["results"]


def test_journey_10_assets_are_found_by_owner_tag_and_kind(served: Developing, browser_page: Page, clicks: Clicks) -> None:
    browser_page.goto(f"{served.url}/assets")
    field = browser_page.get_by_role("combobox", name="Selection of assets")
    clicks.type_into(field, 'owner:"team:analytics"')
    assert found(browser_page, 1) == {"where_to_wait"}
    assert clicks.count == 1
    expected = {
        "owner:ada@example.com": {"census"},
        "tag:audience=drivers": {"where_to_wait"},
        "tag:audience": {"census", "where_to_wait"},
        "kind:csv": {"card_trips", "raw_trips"},
        "kind:csv and group:tips": {"card_trips"},
    }
    for query, names in expected.items():
        field.fill(query)
        browser_page.wait_for_url(lambda url, query=query: dict(parse_qsl(urlsplit(url).query)).get("q") == query)
        assert found(browser_page, len(names)) == names


def found(page: Page, count: int) -> set[str]:
    """The assets that the list shows, as soon as it shows so many."""
    from playwright.sync_api import expect

    rows = page.get_by_role("grid", name="Assets").get_by_role("rowgroup").get_by_role("row")
    expect(rows).to_have_count(count)
    return {row.get_by_role("link").first.inner_text() for row in rows.all()}


def test_journey_11_a_number_shows_its_trend(served: Developing, browser_page: Page, clicks: Clicks) -> None:
    from playwright.sync_api import expect

    for people in (100, 130, 170):
        config = {"ops": {"census": {"config": {"people": people}}}}
        assert ended(served, launch(served, "project", assets=["census"], config=config))["status"] == "SUCCESS"
    browser_page.goto(f"{served.url}/assets/census")
    line = browser_page.get_by_role("img", name=re.compile(r"^people over \d+ materializations$"))
    expect(line).to_be_visible()
    clicks.on(line)
    expect(browser_page.get_by_role("img", name="people over time")).to_be_visible()
    assert clicks.count == 1
    counted = [each["metadataEntries"] for each in materializations_of(served, "census")]
    assert [entry["intValue"] for entries in counted[:3] for entry in entries if entry["label"] == "people"] == [170, 130, 100]


def test_journey_12_a_run_is_stopped(served: Developing, browser_page: Page, clicks: Clicks) -> None:
    from playwright.sync_api import expect

    run_id = launch(served, "project", "patience")
    browser_page.goto(served.url)
    clicks.on(browser_page.get_by_title(f"patience, run {run_id}"))
    assert run_id_of(browser_page) == run_id
    expect(browser_page.get_by_text("Waiting for nothing.")).to_be_visible()
    clicks.on(browser_page.get_by_role("button", name="Terminate"))
    expect(badge(browser_page, "Canceled")).to_be_visible()
    assert run_of(served, run_id)["status"] == "CANCELED"
    assert clicks.count <= 2


def test_an_address_without_a_page_is_not_found(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    for address, status, words in (
        ("/nowhere", 404, "There is no such page"),
        ("/runs/some/thing", 404, "There is no such page"),
        ("/assets/nowhere", 200, "There is no asset nowhere"),
    ):
        response = browser_page.goto(served.url + address)
        assert response is not None
        assert response.status == status
        expect(browser_page.locator("main").get_by_text(words)).to_be_visible()


def test_code_that_cannot_be_read_is_told_with_its_line(served: Developing, browser_page: Page, mended: Mending) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/locations")
    card = browser_page.get_by_role("article", name="tips_report")
    expect(card.get_by_text("Loaded", exact=True)).to_be_visible()
    mended.write(mended.written.replace("def card_trips() ->", "def card_trips( ->"))
    error = card.get_by_role("region", name="Error: SyntaxError")
    line = 1 + mended.written.splitlines().index("def card_trips() -> pd.DataFrame:")
    expect(error).to_contain_text(f"tips_report.py:{line}")
    expect(error).to_contain_text("def card_trips( ->")
    mended.write(mended.written)
    expect(card.get_by_text("Loaded", exact=True)).to_be_visible()


def test_documents_are_tried_where_programs_ask_them(served: Developing, browser_page: Page) -> None:
    from playwright.sync_api import expect

    browser_page.goto(f"{served.url}/graphql")
    editor = browser_page.get_by_role("textbox", name="GraphQL document")
    answer = browser_page.get_by_role("region", name="Answer")
    # With the schema come both its text and the completion.
    browser_page.get_by_role("button", name="Schema").click()
    expect(browser_page.get_by_role("region", name="Schema")).to_contain_text("type Query")
    editor.press("Control+a")
    editor.press_sequentially("{ versio")
    editor.press("Control+Space")
    browser_page.get_by_role("option", name=re.compile("^version")).click()
    editor.press("Control+Enter")
    expect(answer).to_contain_text('"version": "1.13.27"')
    assert "version" in dict(parse_qsl(urlsplit(browser_page.url).query))["query"]
    browser_page.get_by_role("button", name="Examples").click()
    browser_page.get_by_role("menuitem", name="What changes, as it changes").click()
    browser_page.get_by_role("button", name="Run", exact=True).click()
    expect(answer).to_contain_text("workspaceFeed")
    browser_page.get_by_role("button", name="Stop").click()
    browser_page.get_by_role("textbox", name="Find a type").fill("AssetLatestInfo")
    expect(browser_page.get_by_role("region", name="Schema")).to_contain_text("latestMaterialization: MaterializationEvent")
