"""The benchmarks' own arithmetic, and one of them run from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.cases import CASES, SERIES, Case, Limit, Measure, Series, cases
from benchmarks.comparison import growth, rows
from benchmarks.measuring import Sample
from benchmarks.pages import HEAD, with_section
from benchmarks.report import closing

CASE = Case(
    name="one",
    arguments=["-c", "pass"],
    measures=[Measure(name="CPU", unit="ms", read=lambda sample: sample.cpu_seconds, limit=Limit(ratio=1 / 10))],
)


def values(*numbers: float) -> dict[str, dict[str, list[float]]]:
    return {"one": {"CPU": list(numbers)}}


def test_a_row_compares_medians_and_keeps_the_spread() -> None:
    (row,) = rows([CASE], values(1, 3, 2), values(30, 10, 20))
    assert row.ours is not None
    assert (row.ours.least, row.ours.median, row.ours.most, row.ratio()) == (1, 2, 3, 0.1)


@pytest.mark.parametrize(("ours", "is_met"), [(2.0, True), (2.1, False)])
def test_a_limit_is_a_share_of_the_reference(ours: float, is_met: bool) -> None:
    (row,) = rows([CASE], values(ours), values(20))
    assert row.is_met is is_met


def test_without_the_reference_a_share_is_neither_met_nor_missed() -> None:
    (row,) = rows([CASE], values(2), {})
    assert row.is_met is None


def test_an_absolute_limit_needs_no_reference() -> None:
    assert Limit(value=30).is_met(31, None) is False


def test_growth_takes_the_cases_of_one_repetition_together() -> None:
    series = Series(name="linear", smaller="small", middle="middle", larger="large", measure="CPU", limit=1.2)
    values = {"small": {"CPU": [1, 2, 10]}, "middle": {"CPU": [2, 4, 20]}, "large": {"CPU": [4, 8, 60]}}
    row = growth(series, values, {})
    assert row is not None
    assert row.ours is not None
    assert (row.ours.median, row.ours.most, row.is_met) == (1, 2, True)


def test_a_word_chooses_every_case_that_begins_with_it() -> None:
    assert [case.name for case in cases(["run_100_sqlite"])] == ["run_100_sqlite_chain", "run_100_sqlite_wide"]
    with pytest.raises(LookupError, match="bare_import"):
        cases(["no_such_case"])


def test_a_series_names_cases_and_measures_that_exist() -> None:
    measures = {case.name: {measure.name for measure in case.measures} for case in CASES}
    assert all(series.measure in measures[name] for series in SERIES for name in (series.smaller, series.middle, series.larger))


def test_what_a_script_says_inside_is_read() -> None:
    sample = Sample(cpu_seconds=1, wall_seconds=2, peak_mib=3, said={"cpu_seconds": 0.004})
    (case,) = cases(["run_100_sqlite_chain"])
    assert case.measures[0].read(sample) == 4


def test_what_takes_long_is_left_out_unless_it_is_named() -> None:
    assert "soak_sensors" not in {case.name for case in [*cases(), *cases(["soak"])]}
    assert [case.name for case in cases(["soak_sensors"])] == ["soak_sensors"]


def test_a_report_ends_with_the_limits_that_are_missed() -> None:
    said = closing([*rows([CASE], values(1), values(20)), *rows([CASE], values(3), values(20))])
    assert said == "1 limits kept, 1 missed: one (CPU)."


def test_a_section_of_the_page_is_replaced_and_the_others_stay() -> None:
    page = with_section(with_section("# Page\n\nSomething earlier.\n", "First", "1 ms"), "Second", "2 ms")
    assert page == f"{HEAD}\n## First\n\n1 ms\n\n## Second\n\n2 ms\n"
    assert with_section(page, "First", "3 ms") == page.replace("1 ms", "3 ms")


@pytest.mark.slow
def test_a_benchmark_runs_and_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.json"
    main(["bare_import", "--only", "ours", "--repeat", "1", "--json", str(report)])
    assert "| bare_import | CPU, ms |" in capsys.readouterr().out
    assert json.loads(report.read_bytes())["rows"][0]["limit"] == "≤ 30"
