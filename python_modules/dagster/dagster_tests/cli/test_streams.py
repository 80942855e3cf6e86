import os
import subprocess
import sys
from pathlib import Path

import pytest

from dagster_tests.house.repository import home_of

FULL = Path("/dev/full")


def help_with(redirected: str, buffered: bool) -> subprocess.CompletedProcess[str]:
    """`dagster --help` as a shell starts it, with its output sent elsewhere."""
    environment = {"PYTHONPATH": str(home_of("dagster")), "PATH": os.environ["PATH"]}
    if not buffered:
        environment["PYTHONUNBUFFERED"] = "1"
    command = f"'{sys.executable}' -m dagster --help {redirected}"
    return subprocess.run(["sh", "-c", command], env=environment, capture_output=True, text=True)


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("buffered", [True, False])
def test_output_that_cannot_be_written_is_told_in_one_line(buffered: bool) -> None:
    done = help_with("> /dev/full", buffered)
    assert (done.returncode, done.stderr) == (1, "The output cannot be written: No space left on device.\n")


@pytest.mark.parametrize("redirected", [">&-", ">&- 2>&-"])
def test_output_that_was_closed_goes_nowhere(redirected: str) -> None:
    done = help_with(redirected, buffered=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_reader_that_goes_away_is_no_error_worth_telling() -> None:
    done = help_with("| true", buffered=True)
    assert (done.returncode, done.stderr) == (0, "")
