"""Learning at once that something was stored, by whatever process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from dagster.instance.kept import Kept

if TYPE_CHECKING:
    from dagster.storage.change_signals import Change
    from dagster.storage.changes import ChangeWatch


class Watching:
    """A function that is told of changes, until it is closed. A context manager.

    Args:
        watch: tells it.
        listener: the function.
    """

    def __init__(self, watch: ChangeWatch, listener: Callable[[Change], None]) -> None:
        self._watch = watch
        self._listener = listener

    def close(self) -> None:
        """Have the function called no more; one call may still be under way in the thread of the watch."""
        self._watch.remove(self._listener)

    def __enter__(self) -> Watching:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()


_making = threading.Lock()


class ChangeMethods(Kept):
    """What changes."""

    _watch: ChangeWatch | None = None

    def watch_changes(self, listener: Callable[[Change], None]) -> Watching:
        """Tells a function of everything that is stored from now on, by whatever process. Not in the API.

        The function is called in a thread of its own, one change after another, with the highest storage id of an event that can
        be read: who keeps the id up to which it has read misses nothing and reads nothing twice. Many commits are told as one.

        Args:
            listener: called with each change; short, since all listeners share the thread.

        Returns:
            What ends it: a context manager with `close`.

        Example:
            >>> import queue
            >>> from dagster import DagsterInstance
            >>> changes = queue.Queue()
            >>> with DagsterInstance.ephemeral() as instance, instance.watch_changes(changes.put):
            ...     run = instance.create_run(job_name="daily")
            ...     change = changes.get(timeout=10)
            >>> change.number
            1
        """
        from dagster.storage.changes import ChangeWatch

        with _making:
            if self._watch is None:
                self._watch = ChangeWatch(self._storage)
        self._watch.add(listener)
        return Watching(self._watch, listener)

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.close()
