"""Each example is run as its README says, as a process of its own, and its numbers are looked at."""

from pathlib import Path

import pytest

from dagster_tests.cli.commands import start

HERE = Path(__file__).parent

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty instance, that of DAGSTER_HOME here and in the processes."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    return tmp_path


def table(stdout: str) -> dict[str, list[str]]:
    """Lines by their first word."""
    return {line.split()[0]: line.split()[1:] for line in stdout.splitlines() if line}


def printed(*arguments: str) -> str:
    done = start(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_country_populations_prints_the_five_continents(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE.parent)
    file = "examples/country_populations/country_populations.py"
    lines = table(printed("asset", "materialize", "-f", file, "--select", "*", "--show", "continent_stats"))
    assert [lines[name][0] for name in ("country_populations", "continent_change_model", "continent_stats")] == ["stored"] * 3
    people = {continent: int(lines[continent][-3]) for continent in ("Africa", "Americas", "Asia", "Europe", "Oceania")}
    assert people == {
        "Africa": 1346289043,
        "Americas": 1008927426,
        "Asia": 4609187125,
        "Europe": 744753888,
        "Oceania": 43305578,
    }


def test_country_populations_keeps_its_history(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "country_populations")
    for _ in range(2):
        printed("asset", "materialize", "--select", "*")
    assert printed("run", "list").count("SUCCESS") == 2
    assert printed("asset", "list").count("country_populations") == 3
    (home / "storage" / "country_populations").unlink()
    refused = start("asset", "materialize", "--select", "continent_stats")
    assert refused.returncode == 1
    assert "dagster asset materialize --select 'country_populations'" in refused.stderr.splitlines()[-1]


def test_nyc_taxis_cleans_counts_and_draws(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HERE / "nyc_taxis")
    lines = table(printed("asset", "materialize", "--select", "*"))
    rows = {name: lines[name][1] for name in ("raw_trips", "trips", "zones", "daily_statistics")}
    assert rows == {"raw_trips": "6,433", "trips": "6,370", "zones": "213", "daily_statistics": "31"}
    days = table(printed("asset", "show", "daily_statistics", "--rows", "31"))
    assert days["2019-03-01"] == ["237", "4116.97", "2.702", "0.1855"]
    assert sum(int(day[0]) for name, day in days.items() if name.startswith("2019")) == 6370


def test_nyc_taxis_says_what_was_left_out_and_keeps_the_chart(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dagster import AssetKey, DagsterInstance

    monkeypatch.chdir(HERE / "nyc_taxis")
    printed("asset", "materialize", "--select", "*")
    with DagsterInstance.get() as instance:
        entries = instance.get_latest_materialization_events([AssetKey("trips"), AssetKey("daily_chart")])
    trips, chart = (entries[AssetKey(name)].asset_materialization.metadata for name in ("trips", "daily_chart"))  # pyright: ignore[reportOptionalMemberAccess]
    left_out = {record.data["why"]: record.data["trips"] for record in trips["left out"].records}  # pyright: ignore[reportAttributeAccessIssue]
    assert left_out == {"another month": 1, "no time": 6, "no distance": 51, "too fast": 11}
    assert trips["rows left out"].value == 63
    assert chart["chart"].value.startswith("![Trips per day](data:image/png;base64,iVBORw0KGgo")


def test_every_example_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    for example in sorted(path.parent for path in HERE.glob("*/pyproject.toml")):
        monkeypatch.chdir(example)
        assert printed("definitions", "validate").startswith(f"{example.name}: ")
