"""Calls the command line as a user does: in this process, or as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from click.testing import CliRunner, Result

from dagster.cli.commands import dagster
from dagster_tests.house.repository import DISTRIBUTIONS, home_of

RUN_COMMAND = "from dagster.cli import main; main()"


def call(*arguments: str, input: str | None = None) -> Result:
    """The command in this process; what it raises beside its exit code is raised here."""
    result = CliRunner().invoke(dagster, arguments, prog_name="dagster", input=input)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, in the current directory."""
    path = os.pathsep.join(str(home_of(name)) for name in DISTRIBUTIONS)
    return subprocess.run(
        [sys.executable, "-c", RUN_COMMAND, *arguments],
        env={**os.environ, "PYTHONPATH": path, **environment},
        capture_output=True,
        text=True,
    )
