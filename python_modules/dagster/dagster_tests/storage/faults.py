"""Faults on purpose: the n-th statement of a database fails."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, TypeVar

from dagster.storage.relational.databases import NOTHING, Database, Parameters, Transaction

T = TypeVar("T")


class Fault(Exception):
    """What a statement raises that was told to."""


class FaultyTransaction:
    """The port `Transaction` that calls `strike` before each statement."""

    def __init__(self, transaction: Transaction, strike: Callable[[], None]) -> None:
        self._transaction = transaction
        self._strike = strike
        self.sql = transaction.sql

    def ask(self, statement: str, parameters: Parameters = NOTHING) -> list[Any]:
        self._strike()
        return self._transaction.ask(statement, parameters)

    def do(self, statement: str, parameters: Parameters = NOTHING) -> None:
        self._strike()
        self._transaction.do(statement, parameters)

    def do_all(self, statement: str, rows: Sequence[Parameters]) -> None:
        self._strike()
        self._transaction.do_all(statement, rows)

    def members(self, members: Collection[str] | Collection[int]) -> Any:
        return self._transaction.members(members)


class FaultyDatabase:
    """The port `Database` whose statement number `fatal` within transactions meets `fault`, once.

    Attributes:
        count: how many statements there were within transactions.
    """

    def __init__(self, database: Database, fatal: int, fault: Callable[[], None]) -> None:
        self._database = database
        self._fatal = fatal
        self._fault = fault
        self.count = 0
        self.sql = database.sql

    def write(self, work: Callable[[Transaction], T]) -> T:
        def struck(transaction: Transaction) -> T:
            given = work(FaultyTransaction(transaction, self._strike))
            self._strike()  # what happens before the end of the transaction
            return given

        return self._database.write(struck)

    def _strike(self) -> None:
        self.count += 1
        if self.count == self._fatal:
            self._fault()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)
