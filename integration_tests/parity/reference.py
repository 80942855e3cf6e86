"""The environment that holds the reference, apart from everything of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

VERSION = "1.13.27"
REPOSITORY = Path(__file__).parents[2]
ENVIRONMENT = REPOSITORY / ".cache" / f"reference-{VERSION}"
REQUIREMENTS = Path(__file__).parent / "reference.txt"
CONSTRAINTS = REPOSITORY / "constraints.txt"
OVERRIDE = "PARITY_REFERENCE_PYTHON"


class NoReference(Exception):
    """The reference cannot be run here."""


def python() -> str:
    """Path of an interpreter that imports the reference at exactly the recorded version.

    Uses the one that the environment variable PARITY_REFERENCE_PYTHON names; without it makes a
    virtual environment in `.cache/` once, which takes a minute and a package index.

    Raises:
        NoReference: it cannot be installed, or the named interpreter has another version.
    """
    chosen = os.environ.get(OVERRIDE) or str(_environment())
    found = _version(chosen)
    if found != VERSION:
        raise NoReference(f"{chosen} has dagster {found or 'not installed'}; needed is the reference at {VERSION}.")
    return chosen


def _environment() -> Path:
    python = ENVIRONMENT / "bin" / "python"
    # The stamp is written last: an installation that broke off is made again.
    stamp = ENVIRONMENT / "installed.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8") + CONSTRAINTS.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run([*install, "-c", str(CONSTRAINTS), "-r", str(REQUIREMENTS)], check=True)
    except subprocess.CalledProcessError as error:
        raise NoReference(f"Installing {REQUIREMENTS.name} into {ENVIRONMENT} failed: {error}") from error
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _version(python: str) -> str | None:
    # Asked of the distribution's metadata, not of the module: importing it takes half a second.
    question = "import importlib.metadata as m; print(m.version('dagster'))"
    try:
        done = subprocess.run([python, "-I", "-c", question], capture_output=True, text=True, check=False)
    except OSError as error:
        raise NoReference(f"Cannot run {python}: {error}. Is {OVERRIDE} right?") from error
    return done.stdout.strip() or None
