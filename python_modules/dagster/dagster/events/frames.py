"""Frames of tracebacks, and which of them are a user's own."""

from __future__ import annotations

import os
import re
import sysconfig
from collections.abc import Iterable, Sequence
from types import TracebackType

import msgspec

from dagster.events.failures import SerializableErrorInfo

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_WRITTEN = re.compile(r'^  File "(?P<path>.*)", line (?P<line>\d+), in (?P<function>.*)\n(?:    (?P<code>.*))?', re.MULTILINE)


def place(path: str, line: int) -> str:
    """File and line as `file.py:12`, from the current directory where the file lies below it."""
    return f"{shown(path)}:{line}"


def shown(path: str) -> str:
    """A path as a person would write it here."""
    if not path or path.startswith("<"):
        return path
    absolute, here = os.path.abspath(path), os.getcwd()
    return os.path.relpath(absolute, here) if absolute.startswith(here.rstrip(os.sep) + os.sep) else absolute


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a traceback.

    Attributes:
        path: the file.
        line: its line, from 1.
        function: the function that was running.
        code: the text of the line, stripped; empty when it cannot be read.
    """

    path: str
    line: int
    function: str
    code: str = ""

    @property
    def place(self) -> str:
        """File and line, as `file.py:12`."""
        return place(self.path, self.line)

    def told(self) -> str:
        """The frame on one line."""
        where = "" if self.function == "<module>" else f" in {self.function}"
        return f"{self.place}{where}: {self.code}" if self.code else f"{self.place}{where}"


def frames_of(trace: TracebackType | None) -> list[Frame]:
    """The frames of a traceback, the outermost first."""
    import linecache

    frames: list[Frame] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
        frames.append(Frame(path=code.co_filename, line=trace.tb_lineno, function=code.co_name, code=text))
        trace = trace.tb_next
    return frames


def frames_written(stack: Iterable[str]) -> list[Frame]:
    """The frames of a traceback that was kept as text, one entry per frame."""
    found = (_WRITTEN.search(entry) for entry in stack)
    return [
        Frame(path=each["path"], line=int(each["line"]), function=each["function"], code=(each["code"] or "").strip())
        for each in found
        if each
    ]


def of_the_user(frames: Sequence[Frame]) -> list[Frame]:
    """The frames in code that the user wrote; those of installed packages where there are no others. Never ours, never the
    standard library's, nor what called us: the script of the command."""
    first_of_ours = next((number for number, frame in enumerate(frames) if _is_ours(frame.path)), 0)
    foreign = [frame for frame in frames[first_of_ours:] if not _is_ours(frame.path) and not _is_standard(frame.path)]
    return [frame for frame in foreign if not _is_installed(frame.path)] or foreign


def told_in_short(error: SerializableErrorInfo) -> str:
    """An error for a person: the frames of their own code, the innermost last, then what it says.

    Of a chain of causes it is the innermost that user code raised; where no frame is the user's, the sentence stands alone.
    """
    innermost = error.user_cause
    frames = of_the_user(frames_written(innermost.stack))
    return "\n".join([*(f"  {frame.told()}" for frame in frames), innermost.message.rstrip()])


def _is_ours(path: str) -> bool:
    return path.startswith(_OURS + os.sep)


def _is_installed(path: str) -> bool:
    return "site-packages" in path.split(os.sep)


def _is_standard(path: str) -> bool:
    """The standard library, and code that has no file: frozen modules and evaluated text."""
    return path.startswith(("<", *_standard_library())) and not _is_installed(path)


def _standard_library() -> list[str]:
    folders = {sysconfig.get_path("stdlib"), os.path.dirname(os.path.abspath(os.__file__))}
    return [folder + os.sep for folder in folders if folder]
