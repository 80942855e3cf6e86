"""Functions written with `async def`: awaited in an event loop of their own, in another thread when one is running already."""

from __future__ import annotations

import asyncio  # noqa: TID253 - this module is imported for coroutines only
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dagster.execution.timeouts import MOMENT_SECONDS

if TYPE_CHECKING:
    from dagster.execution.timeouts import TimeLimit


def results_of(returned: Any, limit: TimeLimit | None = None) -> Iterator[Any]:
    """What a coroutine returns, or what an asynchronous generator yields, one by one.

    Args:
        returned: the coroutine, or the generator.
        limit: how long it may run; then it is cancelled.
    """
    loop = _Loop(limit)
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
        loop.close_generator(generator)


async def _limited(awaitable: Any, limit: TimeLimit) -> Any:
    task = asyncio.ensure_future(awaitable)
    await asyncio.wait({task}, timeout=limit.left)
    if task.done():
        return task.result()
    task.cancel()
    await asyncio.wait({task})
    raise limit.error(None if task.cancelled() else task.exception())


async def _awaited(awaitable: Any) -> Any:
    return await awaitable


class _Loop:
    """An event loop for one step; in another thread where this one is inside of a running loop, as in a notebook."""

    def __init__(self, limit: TimeLimit | None = None) -> None:
        self._limit = limit
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
        """What it gives. Time is up for it where there is a limit."""
        if self._limit is None:
            return self._run(awaitable)
        with self._limit.watching(moment_seconds=MOMENT_SECONDS):
            return self._run(_limited(awaitable, self._limit))

    def _run(self, awaitable: Any) -> Any:
        if self._pool is None:
            return self._loop.run_until_complete(awaitable)
        return self._pool.submit(self._context.run, self._loop.run_until_complete, awaitable).result()

    def close_generator(self, generator: Any) -> None:
        """Let it clean up; that is not limited."""
        self._run(generator.aclose())

    def close(self) -> None:
        self._run(self._loop.shutdown_asyncgens())
        self._loop.close()
        if self._pool is not None:
            self._pool.shutdown()
