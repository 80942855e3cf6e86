"""What a command says when it cannot do what it was told: a few lines on stderr, the last one the sentence, and exit code 1."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import IO, Any

import click

from dagster.errors import CheckError, DagsterError
from dagster.workspace.complaints import LINES_AT_MOST, Complaint, complaint
from dagster.workspace.loading import CodeLocation, load
from dagster.workspace.targets import CodeTarget


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


@contextmanager
def refusals(location: CodeLocation | None = None) -> Generator[None, None, None]:
    """Errors of ours that are raised inside end the command with their sentence."""
    try:
        yield
    except (DagsterError, CheckError) as raised:
        raise Refused(complaint(raised, location=location).lines()) from raised


def attempt(target: CodeTarget, *, with_traceback: bool = False) -> CodeLocation | Complaint:
    """The code of a target, loaded and checked as a whole, or what is wrong with it.

    Args:
        target: the code.
        with_traceback: whether the whole traceback is printed as well.
    """
    location = None
    try:
        location = load(target)
        location.check()
    except (DagsterError, CheckError) as raised:
        if with_traceback:
            import traceback

            traceback.print_exception(type(raised), raised, raised.__traceback__)
        return complaint(raised, target=target, location=location)
    return location


def loaded(targets: Sequence[CodeTarget]) -> list[CodeLocation]:
    """The code of all targets, loaded and checked.

    Raises:
        Refused: some cannot be loaded or do not hold together.
    """
    attempts = [attempt(target) for target in targets]
    complaints = [each for each in attempts if isinstance(each, Complaint)]
    if complaints:
        raise Refused(lines_of(complaints))
    return [each for each in attempts if isinstance(each, CodeLocation)]


def lines_of(complaints: Sequence[Complaint]) -> list[str]:
    """Several complaints in the room of one."""
    share = max(LINES_AT_MOST // len(complaints), 1)
    lines = [line for each in complaints for line in each.lines(share)]
    return lines[-LINES_AT_MOST:]
