"""What a database driver gives to the questions: one statement to read by, and transactions to write in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from dagster.storage.statements.names import Statements

if TYPE_CHECKING:
    from dagster.storage.change_signals import ChangeSignal

T = TypeVar("T")
Parameters = Mapping[str, Any]
NOTHING: Parameters = {}


class Transaction(Protocol):
    """A transaction that was begun; whoever has it is the only one that writes."""

    @property
    def sql(self) -> Statements:
        """The statements in the database's dialect."""
        ...

    def ask(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        """All rows of a question."""
        ...

    def do(self, statement: str, parameters: Parameters = NOTHING) -> None:
        """A change."""
        ...

    def do_all(self, statement: str, rows: Sequence[Parameters]) -> None:
        """The same change once for each row."""
        ...

    def members(self, members: Collection[str] | Collection[int]) -> Any:
        """The parameter of a condition that a column holds one of these."""
        ...


class Database(Protocol):
    """A database, shared by the threads of the process.

    A database that is away for a while is waited for; after that, DagsterInstanceError says what is wrong with it.
    """

    @property
    def sql(self) -> Statements:
        """The statements in the database's dialect."""
        ...

    def read(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        """All rows of a question. One statement, so one moment of the database."""
        ...

    def write(self, work: Callable[[Transaction], T]) -> T:
        """What `work` gives; its changes are on disk, all of them once. On an error of `work` there are none.

        `work` is called again when the database went away in the middle, so it changes nothing but the database.
        """
        ...

    def snapshot(self, work: Callable[[Transaction], T]) -> T:
        """What `work` gives, which only reads: the database as it is at one moment, while others write."""
        ...

    def members(self, members: Collection[str] | Collection[int]) -> Any:
        """The parameter of a condition that a column holds one of these."""
        ...

    def changes(self) -> ChangeSignal:
        """Tells what is committed from now on, by whatever process."""
        ...

    def close(self) -> None:
        """Gives back files and connections; the next question opens new ones."""
        ...


def joined(wheres: Sequence[str]) -> str:
    """The conditions as the end of a question."""
    return f" WHERE {' AND '.join(wheres)}" if wheres else ""


def renamed(sql: Statements, statement: str, name: str, other: str) -> str:
    """A statement with another name for one of its parameters."""
    return statement.replace(sql.PARAMETER.format(name), sql.PARAMETER.format(other))
