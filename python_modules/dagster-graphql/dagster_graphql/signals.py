"""That something was stored, or that something else has changed: the signal by which subscriptions look again."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from dagster.instance.instance import DagsterInstance
from dagster.storage.change_signals import Change

LOOK_SECONDS = 0.15
"""How often is looked at what no storage tells of: where the code locations stand, which is in memory."""
REST_SECONDS = 1.0
"""How often at most is asked what changes with each tick of each sensor."""


async def changes(
    instance: DagsterInstance,
    seconds: float = LOOK_SECONDS,
    also: Callable[[], object] = lambda: None,
    stored_apart: Callable[[], object] = lambda: None,
) -> AsyncIterator[int]:
    """The newest id of the log: at once, and again each time that the log grew, or one of the functions gives something else.

    The database is asked when the instance tells of a change, and not otherwise, however many listen.

    Args:
        instance: what is watched.
        seconds: how often `also` is asked.
        also: gives what is in memory.
        stored_apart: gives what is stored beside the log; asked in a thread, after changes, with a rest between.
    """
    loop, stored = asyncio.get_running_loop(), asyncio.Event()

    def tell(_change: Change) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it all who listen
            loop.call_soon_threadsafe(stored.set)

    watching = await asyncio.to_thread(instance.watch_changes, tell)
    try:
        known: tuple[int, object, object] | None = None
        apart, rests_until = None, -math.inf
        while True:
            stored.clear()
            is_owed = loop.time() < rests_until
            if not is_owed:
                apart, rests_until = await asyncio.to_thread(stored_apart), loop.time() + REST_SECONDS
            newest = (await asyncio.to_thread(instance.storage.events.latest_id), also(), apart)
            if newest != known:
                known = newest
                yield newest[0]
            while not stored.is_set() and also() == newest[1] and not (is_owed and loop.time() >= rests_until):
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(stored.wait(), seconds)
    finally:
        await asyncio.to_thread(watching.close)
