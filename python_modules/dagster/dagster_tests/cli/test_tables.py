import re

import pytest

from dagster.cli.tables import Column, print_table

_RUN = "8a5e96d5-d142-4486-8adc-bad5137d24a2"
_COLUMNS = (Column("run", whole=True), Column("status", whole=True), Column("assets"))


def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int, assets: str) -> list[str]:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(_COLUMNS, [[_RUN, "SUCCESS", assets]])
    return re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_what_one_copies_is_whole_at_any_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width, "customers, orders, revenue")
    assert [line for line in lines if _RUN in line and "SUCCESS" in line and "customers," in line]


def test_on_a_wide_terminal_the_rest_is_folded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(capsys, monkeypatch, 80, "customers, " * 10)
    assert max(map(len, lines)) <= 80
    assert sum("customers" in line for line in lines) > 1


def test_elsewhere_nothing_is_folded(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(_COLUMNS, [[_RUN, "SUCCESS", "customers, " * 40]])
    assert len(capsys.readouterr().out.splitlines()) == 2
