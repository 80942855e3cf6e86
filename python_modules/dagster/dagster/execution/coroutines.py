"""Functions written with `async def`: awaited in an event loop of their own thread when one is running already."""

from __future__ import annotations

import asyncio  # noqa: TID253 - this module is imported for coroutines only
from collections.abc import Iterator
from typing import Any


def results_of(returned: Any) -> Iterator[Any]:
    """What a coroutine returns, or what an asynchronous generator yields, one by one."""
    if hasattr(returned, "__anext__"):
        loop = _Loop()
        try:
            while True:
                try:
                    yield loop.run(returned.__anext__())
                except StopAsyncIteration:
                    return
        finally:
            loop.run(returned.aclose())
            loop.close()
    else:
        loop = _Loop()
        try:
            yield loop.run(_awaited(returned))
        finally:
            loop.close()


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


class _Loop:
    """An event loop for one step; in another thread where this one is inside of a running loop, as in a notebook."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._pool: Any = None
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        from concurrent.futures import ThreadPoolExecutor

        self._pool = ThreadPoolExecutor(1)

    def run(self, awaitable: Any) -> Any:
        if self._pool is None:
            return self._loop.run_until_complete(awaitable)
        import contextvars

        context = contextvars.copy_context()
        return self._pool.submit(context.run, self._loop.run_until_complete, awaitable).result()

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens()) if not self._loop.is_running() else None
        self._loop.close()
