"""What is refused about components and the files that write them."""

from __future__ import annotations

from collections.abc import Iterable

from dagster.errors import DagsterCodeLocationError, DagsterInvalidDefinitionError


class DagsterComponentError(DagsterInvalidDefinitionError):
    """What a component, or the file that asks for it, says cannot stand.

    Attributes:
        problem: the sentence alone.
        place: file and line, as `defs.yaml:12`; empty where it stands in no file.
        keys: from the top of the document to the value.
    """

    def __init__(self, problem: str, place: str = "", keys: Iterable[str | int] = ()) -> None:
        self.problem = problem
        self.place = place
        self.keys = tuple(keys)
        dotted = ".".join(str(key) for key in self.keys)
        sentence = f"{dotted}: {problem}" if dotted else problem
        self.findings = ((sentence, place),)
        super().__init__(f"{place}: {sentence}" if place else sentence)

    def at(self, place: str, keys: Iterable[str | int]) -> DagsterComponentError:
        """The same with a place and keys; itself where it has a place already."""
        return self if self.place or self.keys else DagsterComponentError(self.problem, place, keys)

    @classmethod
    def of(cls, problems: Iterable[DagsterComponentError]) -> DagsterComponentError:
        """Several at once."""
        listed = list(problems)
        if len(listed) == 1:
            return listed[0]
        several = cls("; ".join(str(each) for each in listed))
        several.findings = tuple(finding for each in listed for finding in each.findings)
        return several


class DagsterProjectNotFoundError(DagsterCodeLocationError, ImportError):
    """A path lies in no project with a folder of definitions, or the project's module cannot be imported."""
