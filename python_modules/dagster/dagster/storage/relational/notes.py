"""Small texts in the database."""

from __future__ import annotations

from dagster.storage.relational.databases import Database


class RelationalNotes:
    """The port `NoteStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, name: str) -> str | None:
        """See `NoteStore`. By the primary key."""
        rows = self._database.read(self._database.sql.NOTE, {"name": name})
        return rows[0][0] if rows else None

    def set_note(self, name: str, content: str) -> None:
        """See `NoteStore`."""
        this = {"name": name, "content": content}
        self._database.write(lambda transaction: transaction.do(transaction.sql.SET_NOTE, this))
