"""That something was stored, or that something else has changed: the signal by which subscriptions look again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from dagster.instance.instance import DagsterInstance
from dagster.storage.change_signals import Change

LOOK_SECONDS = 0.15
"""How often is looked at what no storage tells of: where the code locations stand, which is in memory."""


async def changes(
    instance: DagsterInstance, seconds: float = LOOK_SECONDS, also: Callable[[], object] = lambda: None
) -> AsyncIterator[int]:
    """The newest id of the log: at once, and again each time that something was stored or that `also` gives something else.

    The database is asked when the instance tells of a change, and not otherwise, however many listen.
    """
    loop, stored = asyncio.get_running_loop(), asyncio.Event()

    def tell(_change: Change) -> None:
        with suppress(RuntimeError):  # the loop has ended, and with it all who listen
            loop.call_soon_threadsafe(stored.set)

    watching = await asyncio.to_thread(instance.watch_changes, tell)
    try:
        known: tuple[int, object] | None = None
        while True:
            stored.clear()
            newest = (await asyncio.to_thread(instance.storage.events.latest_id), also())
            if newest != known:
                known = newest
                yield newest[0]
            while not stored.is_set() and also() == newest[1]:
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(stored.wait(), seconds)
    finally:
        await asyncio.to_thread(watching.close)
