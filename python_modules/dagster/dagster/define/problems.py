"""What is wrong with a project, collected so that one look shows all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from dagster.errors import DagsterError, DagsterInvalidDefinitionError

_SHOWN_AT_MOST = 8


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong.

    Attributes:
        error: what is raised when it is the only one; its text says what was refused and what to do.
        place: file and line of the definition, as `file.py:12`; empty where nobody knows.
        missing: the resource that it asks for and that is not there: told once, however many ask for it.
    """

    error: DagsterError
    place: str = ""
    missing: str = ""

    def __str__(self) -> str:
        return f"{self.error} ({self.place})" if self.place else str(self.error)


def problems_of(refused: DagsterError) -> list[Problem]:
    """What an error says as problems: those that it lists, or itself."""
    findings = refused.findings if isinstance(refused, DagsterInvalidDefinitionError) else ()
    return [Problem(DagsterInvalidDefinitionError(text), place) for text, place in findings] or [Problem(refused)]


def _told_once(problems: Sequence[Problem]) -> list[Problem]:
    """The problems, those of one missing resource as one that says how many more ask for it."""
    askers = Counter(problem.missing for problem in problems)
    told: list[Problem] = []
    for problem in problems:
        more = askers.pop(problem.missing, 0) - 1
        if not problem.missing or more == 0:
            told.append(problem)
        elif more > 0:
            error = DagsterInvalidDefinitionError(f"{problem.error} {more} more ask for it.")
            told.append(Problem(error, problem.place))
    return told


def raise_problems(problems: Sequence[Problem]) -> None:
    """Nothing without problems; the error itself for a single one; one error that lists them otherwise.

    Raises:
        DagsterInvalidDefinitionError: also any class below it, for a single problem.
    """
    problems = _told_once(problems)
    if not problems:
        return
    findings = tuple((str(problem.error), problem.place) for problem in problems)
    if len(problems) == 1:
        error = problems[0].error
        if isinstance(error, DagsterInvalidDefinitionError):
            error.findings = findings
        if problems[0].place and problems[0].place not in str(error):
            error.args = (str(problems[0]),)
        raise error
    lines = [f"  {problem}" for problem in problems[:_SHOWN_AT_MOST]]
    if len(problems) > _SHOWN_AT_MOST:
        lines.append(f"  and {len(problems) - _SHOWN_AT_MOST} more")
    listed = DagsterInvalidDefinitionError("\n".join([f"{len(problems)} problems in these definitions:", *lines]))
    listed.findings = findings
    raise listed
