import pytest

from dagster.cli.previews import preview


def test_a_value_is_shown_as_text() -> None:
    assert preview({"day": "mon"}, 5).lines == ("{'day': 'mon'}",)
    assert preview("two\nlines", 5).lines == ("two", "lines")


def test_a_long_text_is_cut() -> None:
    assert preview("x" * 5000, 5).lines[-1] == "... 1,000 more characters"


def test_a_pandas_dataframe_is_shown_with_an_index_that_says_something() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {"people": [3, 4], "share": [0.25, 1234.5678]}, index=pandas.Index(["Asia", "Europe"], name="continent")
    )
    seen = preview(frame, 5)
    assert [column.title for column in seen.columns] == ["continent", "people", "share"]
    assert seen.rows == (("Asia", "3", "0.25"), ("Europe", "4", "1234.57"))


def test_an_index_that_only_counts_is_left_out() -> None:
    pandas = pytest.importorskip("pandas")
    seen = preview(pandas.DataFrame({"people": [3]}), 5)
    assert seen.rows == (("3",),)


def test_polars_and_pyarrow_tables_are_shown_alike() -> None:
    polars, pyarrow = pytest.importorskip("polars"), pytest.importorskip("pyarrow")
    columns = {"day": ["mon", "tue"], "total": [3, 4]}
    assert preview(polars.DataFrame(columns), 1) == preview(pyarrow.table(columns), 1)
    assert preview(polars.DataFrame(columns), 1).lines == ("1 of 2 rows",)


def test_long_cells_are_cut() -> None:
    pandas = pytest.importorskip("pandas")
    [[cell]] = preview(pandas.DataFrame({"names": ["x" * 100]}), 5).rows
    assert len(cell) == 40
