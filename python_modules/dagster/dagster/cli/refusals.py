"""What a command says when it cannot do what it was told: a few lines on stderr, the last one the sentence, and exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import IO, Any

import click


class Refused(click.ClickException):
    """Ends the command with exit code 1.

    Args:
        lines: what to say; the last line is the sentence.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(lines[-1])
        self.lines = list(lines)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the lines, the sentence in red on a terminal."""
        sys.stdout.flush()
        for line in self.lines[:-1]:
            click.echo(line, file=file, err=file is None)
        click.secho(self.lines[-1], file=file, err=file is None, fg="red")


class Interrupted(Refused):
    """Ends the command as one that was stopped at the keyboard ends: 128 and the number of the signal."""

    exit_code = 130
