"""What names the code of a location: a file, a module or a package."""

from __future__ import annotations

import os
import sys
from shlex import quote
from typing import Literal

import msgspec

Source = Literal["python_file", "python_module", "python_package", "autoload_defs_module"]

_FLAGS: dict[Source, str] = {
    "python_file": "-f",
    "python_module": "-m",
    "python_package": "--package-name",
    "autoload_defs_module": "--autoload-defs-module-name",
}
"""The options of commands that name code of each kind."""


class CodeTarget(msgspec.Struct, frozen=True, kw_only=True):
    """The code of one location, not loaded.

    Attributes:
        source: what kind of name `name` is.
        name: path of the file, or dotted name of the module or package, or of a folder of definitions.
        attribute: the object in it; None looks for the definitions.
        working_directory: where local modules are looked up; None is the current directory.
        location_name: as it was given.
        executable: the interpreter that loads it; None for the one of this process.
        asked_in: file and line that ask for it, as `workspace.yaml:3`; empty for the command line.
    """

    source: Source
    name: str
    attribute: str | None = None
    working_directory: str | None = None
    location_name: str | None = None
    executable: str | None = None
    asked_in: str = ""

    @property
    def location(self) -> str:
        """The name of the location: as given, else that of the code."""
        if self.location_name:
            return self.location_name
        name = os.path.basename(self.name) if self.source == "python_file" else self.name
        return f"{name}:{self.attribute}" if self.attribute else name

    @property
    def interpreter(self) -> str:
        """The interpreter that loads it."""
        return self.executable or sys.executable

    @property
    def options(self) -> str:
        """How a command names it on the command line; empty where the files of the project name it."""
        if self.asked_in:
            return ""
        flag = _FLAGS[self.source]
        named = ((flag, self.name), ("-a", self.attribute), ("-d", self.working_directory))
        return " ".join(f"{option} {quote(value)}" for option, value in named if value is not None)

    @property
    def directory(self) -> str:
        """The absolute path of the directory where local modules are looked up."""
        return os.path.abspath(self.working_directory or os.curdir)
