"""Files that users write: UTF-8, with the line named where they are not."""

from __future__ import annotations

from collections.abc import Callable

SAVE_AS_UTF8 = "Save the file as UTF-8."


def text_of_file(path: str, refusal: Callable[[int, str], Exception]) -> str:
    """The text of a file.

    Args:
        path: of the file.
        refusal: makes the error for a file that is not UTF-8, of the number of the line, the first being 1, and what is wrong.

    Raises:
        OSError: it cannot be read.
    """
    with open(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as refused:
        line = data.count(b"\n", 0, refused.start) + 1
        raise refusal(line, f"This is not UTF-8 (byte 0x{data[refused.start]:02x}). {SAVE_AS_UTF8}") from refused
