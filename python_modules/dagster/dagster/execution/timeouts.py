"""Ends the function of a step that runs longer than it may.

Three ways, by where the function runs:

- In the main thread, where a timer (`setitimer`) can interrupt it: also while it sleeps, or waits for a lock or a child
  process. Code outside of Python that does not come back, such as a long loop in C, is not interrupted.
- A coroutine is cancelled, so that it can clean up; one that blocks is interrupted a second later.
- In another thread, or where the program uses the timer itself, between two steps of the interpreter: a call that waits is
  interrupted when it comes back.

Only the function is interrupted, not what loads its inputs and stores its outputs.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import FrameType, GeneratorType
from typing import Any, cast

from dagster.errors import DagsterError, DagsterExecutionStepExecutionError

MOMENT_SECONDS = 1.0
"""What a coroutine has after its cancellation."""


class DagsterStepTimeoutError(DagsterError, TimeoutError):
    """The function of a step ran longer than its timeout, and was ended.

    Attributes:
        step_key: the step.
        timeout_seconds: how long it might have run.
    """

    def __init__(self, step_key: str, timeout_seconds: float) -> None:
        self.step_key = step_key
        self.timeout_seconds = timeout_seconds
        super().__init__(
            f'Step "{step_key}" was ended: it ran longer than its timeout of {timeout_seconds:g} seconds. Give it more with '
            "timeout=, or try it again with a RetryPolicy."
        )


class TimeIsUp(BaseException):
    """Interrupts the function; no error, so that `except Exception` in it does not take it for one of its own."""


class TimeLimit:
    """The time that a function has, over all the pieces in which it runs.

    Args:
        step_key: for the error.
        seconds: how long it may run.
        op_name: for the error.
    """

    def __init__(self, step_key: str, seconds: float, op_name: str) -> None:
        self._step_key = step_key
        self._op_name = op_name
        self._seconds = seconds
        self._left = seconds

    def error(self, cause: BaseException | None) -> DagsterExecutionStepExecutionError:
        """What the step fails with, as of an error of its function: a `DagsterStepTimeoutError`.

        Args:
            cause: what was raised in the function where it hung.
        """
        late = DagsterStepTimeoutError(self._step_key, self._seconds)
        late.__cause__ = cause
        place = f'Error occurred while executing op "{self._step_key}":'
        error = DagsterExecutionStepExecutionError(place, user_exception=late, step_key=self._step_key, op_name=self._op_name)
        error.__cause__ = late
        return error

    @property
    def left(self) -> float:
        """How much of the time is left, in seconds; never nothing, since nothing switches a timer off."""
        return max(self._left, 1e-6)

    @contextmanager
    def watching(self, *, moment_seconds: float = 0.0) -> Generator[None]:
        """What runs inside counts, and is interrupted.

        Args:
            moment_seconds: how much later, where it is asked to stop in another way first.

        Raises:
            DagsterExecutionStepExecutionError: the time was up.
        """
        started = time.monotonic()
        try:
            with _interrupted_after(self.left + moment_seconds):
                yield
        except TimeIsUp as interrupted:
            raise self.error(interrupted)  # noqa: B904 - it has its cause
        finally:
            self._left -= time.monotonic() - started

    def each(self, given: Iterator[Any]) -> Iterator[Any]:
        """What a generator yields; it is watched while it runs, and not while what it yielded is stored."""
        try:
            while True:
                with self.watching():
                    try:
                        each = next(given)
                    except StopIteration:
                        return
                yield each
        finally:
            if isinstance(given, GeneratorType):
                cast("GeneratorType[Any, Any, Any]", given).close()


def _interrupted_after(seconds: float) -> Any:
    in_main = threading.current_thread() is threading.main_thread()
    if in_main and hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) in (signal.SIG_DFL, None):
        return _alarm(seconds)
    return _thread_exception(seconds)


@contextmanager
def _alarm(seconds: float) -> Generator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TimeIsUp

    signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # it may have rung just before
            signal.signal(signal.SIGALRM, signal.SIG_DFL)


@contextmanager
def _thread_exception(seconds: float) -> Generator[None]:
    from ctypes import c_ulong, py_object, pythonapi

    lock = threading.Lock()
    thread_id = threading.get_ident()
    is_over = False

    def interrupt() -> None:
        with lock:  # who holds it first decides: a function that has ended is not interrupted
            if not is_over:
                pythonapi.PyThreadState_SetAsyncExc(c_ulong(thread_id), py_object(TimeIsUp))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            is_over = True
            pythonapi.PyThreadState_SetAsyncExc(c_ulong(thread_id), None)  # what is set and has not been raised yet
