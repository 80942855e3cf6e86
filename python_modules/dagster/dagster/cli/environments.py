"""The environment of a command: that of the shell, and what the file `.env` of the current directory says over it."""

from __future__ import annotations

import os
import sys


def take_environment() -> None:
    """Set the variables of the file `.env` of the current directory; lines that cannot be read are named on stderr."""
    if not os.path.isfile(".env"):  # so that most commands do not import what reads it
        return
    from dagster.workspace.dotenv_files import FILE, take_dotenv

    for number in take_dotenv():
        print(f"{FILE}:{number}: this line is no NAME=value and is left out.", file=sys.stderr)
