"""Functions written with `async def`: awaited in an event loop of their own, in another thread when one is running already."""

from __future__ import annotations

import asyncio  # noqa: TID253 - this module is imported for coroutines only
from collections.abc import Iterator
from typing import Any


def results_of(returned: Any) -> Iterator[Any]:
    """What a coroutine returns, or what an asynchronous generator yields, one by one."""
    loop = _Loop()
    try:
        if hasattr(returned, "__anext__"):
            yield from _yielded(loop, returned)
        else:
            yield loop.run(_awaited(returned))
    finally:
        loop.close()


def _yielded(loop: _Loop, generator: Any) -> Iterator[Any]:
    try:
        while True:
            try:
                yield loop.run(generator.__anext__())
            except StopAsyncIteration:
                return
    finally:
        loop.run(generator.aclose())


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
        import contextvars
        from concurrent.futures import ThreadPoolExecutor

        self._pool = ThreadPoolExecutor(1)
        self._context = contextvars.copy_context()

    def run(self, awaitable: Any) -> Any:
        if self._pool is None:
            return self._loop.run_until_complete(awaitable)
        return self._pool.submit(self._context.run, self._loop.run_until_complete, awaitable).result()

    def close(self) -> None:
        self.run(self._loop.shutdown_asyncgens())
        self._loop.close()
        if self._pool is not None:
            self._pool.shutdown()
