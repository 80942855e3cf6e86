"""Each example is run as its README says, as a process of its own, and its numbers are looked at."""

import shutil
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


@pytest.fixture
def nyc_taxis(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, in which files may be mended."""
    copied = tmp_path / "nyc_taxis"
    shutil.copytree(HERE / "nyc_taxis", copied)
    monkeypatch.chdir(copied)
    return copied


def run_of_day(day: str) -> dict[str, list[str]]:
    return table(start("job", "execute", "-j", "one_day", "--partition", day).stdout)


def test_nyc_taxis_cleans_counts_and_draws(nyc_taxis: Path) -> None:
    lines = run_of_day("2019-03-01")
    assert {name: lines[name][2] for name in ("raw_trips", "trips", "zones", "daily_statistics")} == {
        "raw_trips": "242", "trips": "237", "zones": "108", "daily_statistics": "1",
    }  # fmt: skip
    assert table(printed("asset", "materialize", "--select", "daily_chart"))["daily_chart"][0] == "stored"


def test_nyc_taxis_says_what_was_left_out_and_keeps_the_chart(nyc_taxis: Path) -> None:
    from dagster import AssetKey, DagsterInstance

    run_of_day("2019-03-01")
    printed("asset", "materialize", "--select", "daily_chart")
    with DagsterInstance.get() as instance:
        entries = instance.get_latest_materialization_events([AssetKey("trips"), AssetKey("daily_chart")])
    trips, chart = (entries[AssetKey(name)].asset_materialization.metadata for name in ("trips", "daily_chart"))  # pyright: ignore[reportOptionalMemberAccess]
    left_out = {record.data["why"]: record.data["trips"] for record in trips["left out"].records}  # pyright: ignore[reportAttributeAccessIssue]
    assert left_out == {"another day": 1, "no time": 1, "no distance": 4, "too fast": 0}
    assert trips["rows left out"].value == 5
    assert chart["chart"].value.startswith("![Trips per day](data:image/png;base64,iVBORw0KGgo")


def test_nyc_taxis_stops_what_is_below_a_broken_day_until_it_is_mended(nyc_taxis: Path) -> None:
    names = ("raw_trips", "trips", "zones", "daily_statistics")
    run_of_day("2019-03-15")
    broken = start("job", "execute", "-j", "one_day", "--partition", "2019-03-16")
    assert broken.returncode == 1
    assert "100% of the trips cannot be true" in broken.stderr.splitlines()[-1]
    lines = table(broken.stdout)
    assert [" ".join(lines[name][-2:]) for name in ("zones", "daily_statistics")] == ["not run"] * 2
    assert "failed: most_trips_can_be_true" in broken.stdout
    assert "failed: every_day_is_drawn" in printed("asset", "materialize", "--select", "daily_chart")

    file = nyc_taxis / "data" / "2019-03-16.csv"
    file.write_text(file.read_text().replace("dropoff,pickup,", "pickup,dropoff,", 1))
    mended = run_of_day("2019-03-16")
    assert [mended[name][1] for name in names] == ["stored"] * 4
    assert printed("asset", "why", "daily_chart").splitlines() == [
        "daily_chart is stale",
        "  data: daily_statistics [2019-03-16] has a new data version",
    ]


def test_nyc_taxis_asks_for_the_days_whose_files_have_come(nyc_taxis: Path) -> None:
    asked = printed("sensor", "preview", "new_files")
    assert asked.startswith('A run of one_day, run key "2019-03-01 of ')
    assert asked.count("dagster/partition: 2019-03-") == 31
    cursor = asked.splitlines()[-1].removeprefix("Cursor: ")
    assert printed("sensor", "preview", "new_files", "--cursor", cursor).startswith("No run: Nothing new in ")
    (nyc_taxis / "data" / "2019-03-16.csv").touch()
    again = printed("sensor", "preview", "new_files", "--cursor", cursor)
    assert again.startswith('A run of one_day, run key "2019-03-16 of ')
    assert again.count("A run of") == 1


def test_nyc_taxis_asks_each_morning_for_the_latest_day(nyc_taxis: Path) -> None:
    assert printed("schedule", "preview", "chart_every_minute", "--limit", "1", "--runs").splitlines()[1] == "A run of chart"
    asked = printed("schedule", "preview", "latest_day", "--limit", "1", "--runs").splitlines()
    assert asked[1] == "A run of one_day"
    assert "  dagster/partition: 2019-03-31" in asked


def test_every_example_is_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    for example in sorted(path.parent for path in HERE.glob("*/pyproject.toml")):
        monkeypatch.chdir(example)
        assert printed("definitions", "validate").startswith(f"{example.name}: ")


@pytest.fixture
def etl_jobs(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, in which files may be damaged."""
    copied = tmp_path / "etl_jobs"
    shutil.copytree(HERE / "etl_jobs", copied)
    monkeypatch.chdir(copied)
    return copied


def lines_of_steps(stdout: str) -> dict[str, str]:
    """The status of each step of the table, by the end of its name."""
    return {line.split()[0].rpartition(".")[2]: line.split()[1] for line in stdout.splitlines()[1:]}


def test_etl_jobs_reads_every_file_and_reports(etl_jobs: Path) -> None:
    steps = lines_of_steps(printed("job", "execute"))
    weeks = [f"march_week_{number}" for number in range(1, 6)]
    assert {name for name, status in steps.items() if status == "done"} == {
        "new_files", "total_of", "judged", "report",
        *(f"{op}[{week}]" for op in ("trips_of", "summary_of") for week in weeks),
    }  # fmt: skip
    quiet = table(printed("job", "execute", "--config-json", '{"ops": {"judged": {"config": {"trips": 1000}}}}'))
    assert (quiet["report"][0], quiet["warning"][0]) == ("skipped", "done")


def test_etl_jobs_goes_on_with_what_is_missing_after_a_fix(etl_jobs: Path) -> None:
    from dagster import DagsterInstance

    damaged = etl_jobs / "inbox" / "march_week_3.csv"
    whole = damaged.read_text()
    damaged.write_text(whole.replace("2019-03-15", "20x9-03-15", 1))
    failed = start("job", "execute")
    assert failed.returncode == 1
    assert 'step "one_file.trips_of[march_week_3]" failed: march_week_3.csv, line ' in failed.stderr.splitlines()[-1]
    assert "trips_of[march_week_3]: march_week_3.csv" in (etl_jobs / "complaints.txt").read_text()
    with DagsterInstance.get() as instance:
        run_id = instance.get_run_ids(limit=1)[0]
    assert f"--from-failure {run_id}" in failed.stderr
    damaged.write_text(whole)
    gone_on = lines_of_steps(printed("job", "execute", "--from-failure", run_id))
    missing = ["trips_of[march_week_3]", "summary_of[march_week_3]", "total_of", "judged", "report", "warning"]
    assert list(gone_on) == missing


def test_etl_jobs_tries_again_when_the_share_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE / "etl_jobs")
    from etl_jobs.definitions import defs  # pyright: ignore[reportMissingImports]
    from etl_jobs.files import Share  # pyright: ignore[reportMissingImports]

    away = ["march_week_2.csv"]

    class ShareThatIsAway(Share):
        def read(self, name: str) -> str:
            if name in away:
                away.remove(name)
                raise OSError("the share is away")
            return super().read(name)

    result = defs.resolve_job_def("month").execute_in_process(resources={"share": ShareThatIsAway()})
    assert result.success
    assert result.retry_attempts_for_node("one_file.trips_of[march_week_2]") == 1
    assert result.output_for_node("report") == "324 trips, 1001.69 miles, 6346.83 dollars"


def test_tips_report_names_the_line_of_its_mistake_and_works_without_it(
    home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    copied = tmp_path_factory.mktemp("examples")
    for name in ("nyc_taxis", "tips_report"):
        shutil.copytree(HERE / name, copied / name)
    file = copied / "tips_report" / "tips_report.py"
    refused = start("asset", "materialize", "-f", str(file), "--select", "*")
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith("asset \"tips_by_borough\" failed: KeyError: 'tips'")
    file.write_text(file.read_text().replace('totals["tips"]', 'totals["tip"]'))
    lines = table(printed("asset", "materialize", "-f", str(file), "--select", "tips_by_borough+"))
    assert [lines[name][0] for name in ("tips_by_borough", "where_to_wait")] == ["stored"] * 2


def test_all_examples_load_together() -> None:
    validated = printed("definitions", "validate", "-w", str(HERE / "workspace.yaml"))
    assert [line.partition(":")[0] for line in validated.splitlines()] == [
        "country_populations", "nyc_taxis", "etl_jobs", "tips_report",
    ]  # fmt: skip
