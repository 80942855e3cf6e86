"""Code locations as commands load them: an error ends the command with its complaint."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from dagster.cli.refusals import Refused
from dagster.errors import CheckError, DagsterError
from dagster.garbage import made_for_good
from dagster.workspace.complaints import Complaint, complaint, lines_of
from dagster.workspace.loading import CodeLocation, load
from dagster.workspace.targets import CodeTarget


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
        with made_for_good():
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
