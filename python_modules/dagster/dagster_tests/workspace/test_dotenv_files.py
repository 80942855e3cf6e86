"""The file `.env`: what each form of a line says, and what a process takes from one."""

import os
from pathlib import Path

import pytest

from dagster.workspace.dotenv_files import parsed, take_dotenv


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=plain", "plain"),
        ("A = spaced   ", "spaced"),
        ("  export A=exported", "exported"),
        ("'A'=quoted name", "quoted name"),
        ("A=a#b", "a#b"),
        ("A=a #b", "a"),
        ("A=#b", ""),
        ("A=", ""),
        ('A="a #b" # c', "a #b"),
        (r'A="x\ny\t\"q\""', 'x\ny\t"q"'),
        (r"A='x\ny \'q\''", r"x\ny 'q'"),
        (r"A=a\nb", r"a\nb"),
        ('A="two\nlines"', "two\nlines"),
        ('A=a"b"c', 'a"b"c'),
        ("A=${HOME}/x", "/people/ada/x"),
        ("A='${HOME}'", "/people/ada"),
        ("A=$HOME", "$HOME"),
        ("A=${NONE:-there}", "there"),
        ("A=${NONE}", ""),
        ("A=$(date)", "$(date)"),
        ("A=é", "é"),
        ("A=1\r\nB=2", "1"),
    ],
)
def test_a_line_says_what_python_dotenv_reads(line: str, value: str) -> None:
    found = parsed(line, {"HOME": "/people/ada"})
    assert (found.variables["A"], found.unreadable_lines) == (value, ())


def test_what_the_file_says_itself_goes_before_the_environment_and_the_last_word_counts() -> None:
    text = "A=1\nB=${A}${C}\nA=2\nD=${A}\n"
    assert parsed(text, {"A": "0", "C": "c"}).variables == {"A": "2", "B": "1c", "D": "2"}


def test_lines_that_are_no_assignments_are_named_and_the_others_are_read() -> None:
    text = '# a comment\n\nA=1\nno assignment here\nB="never closed\nC\nD="x"y\nE=5'
    found = parsed(text, {})
    assert (dict(found.variables), found.unreadable_lines) == ({"A": "1", "E": "5"}, (4, 5, 7))


def test_the_file_goes_before_the_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE", "of the shell")
    (tmp_path / ".env").write_text("\ufeffWAREHOUSE=of the file\n", encoding="utf-8")
    take_dotenv(str(tmp_path))
    assert os.environ["WAREHOUSE"] == "of the file"


def test_what_cannot_be_read_as_text_is_left_out(tmp_path: Path) -> None:
    assert take_dotenv(str(tmp_path)) == ()
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00A=1")
    assert take_dotenv(str(tmp_path)) == ()
