from pathlib import Path

import pytest

from dagster.text_files import text_of_file


def refused(line: int, said: str) -> Exception:
    return ValueError(f"{line}: {said}")


def test_a_text_is_read_whatever_ends_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\xc3\xa9\n")
    assert text_of_file(str(path), refused) == "a\nb\u00e9\n"


def test_the_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"a\nb\ncaf\xe9\n")
    with pytest.raises(ValueError, match=r"3: This is not UTF-8 \(byte 0xe9\)\. Save"):
        text_of_file(str(path), refused)
