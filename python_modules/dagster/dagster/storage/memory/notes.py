"""Small texts in memory."""

from __future__ import annotations

from dagster.storage.memory.tables import Tables


class MemoryNotes:
    """The port `NoteStore` over `Tables`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def note(self, name: str) -> str | None:
        """See `NoteStore`."""
        return self._tables.notes.get(name)

    def set_note(self, name: str, content: str) -> None:
        """See `NoteStore`."""
        with self._tables.writing:
            self._tables.notes[name] = content
