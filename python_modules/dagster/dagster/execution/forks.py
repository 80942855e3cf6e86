"""Forking a process in which user's modules are loaded, so that the child is as good as a fresh one.

In the child: what was to happen at the end of the parent does not happen (handlers of `atexit`, finalizers: a temporary directory
that was made while the code was loaded must survive), what the child registers does; random numbers differ from those of its
siblings unless the code seeded them; pools of connections are forgotten and not closed. SQLite is never open across a fork: its
idea of the locks that a process holds is inherited and wrong (https://www.sqlite.org/howtocorrupt.html, section 2.6).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, NoReturn

import msgspec


class Inherited(msgspec.Struct, frozen=True):
    """What the loading of user's code left in the process, as a child has to know it.

    Attributes:
        seeded: the modules whose random numbers the code seeded: `random`, `numpy`.
        engines: SQLAlchemy engines, whose connections belong to the parent.
    """

    seeded: frozenset[str] = frozenset()
    engines: Sequence[Any] = ()


NOTHING_INHERITED = Inherited()


def fork(body: Callable[[], int], inherited: Inherited = NOTHING_INHERITED, closed: Iterable[int] = ()) -> int:
    """Start a child that runs `body` and ends with the exit code that it gives.

    Args:
        body: called in the child.
        inherited: what the loading of user's code left.
        closed: file descriptors of the parent that the child must not keep.

    Returns:
        The child's pid.
    """
    for stream in (sys.stdout, sys.stderr):
        _flushed(stream)  # what is buffered would be written by the child once more
    # The interpreter seeds `random` anew in each child.
    state = sys.modules["random"].getstate() if "random" in inherited.seeded else None
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        for descriptor in closed:
            _closed(descriptor)
        _begin(inherited, state)
        code = body()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else int(left.code is not None)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        leave(code)
    raise AssertionError("the child has left")


def leave(code: int) -> NoReturn:
    """End the process as the interpreter would: threads are waited for, handlers that were registered since are called.

    Without the rest of it: taking modules down would cost time and touch every page that is shared with the parent.
    """
    handlers: Any = import_module("atexit")
    threads: Any = import_module("threading")
    try:
        threads._shutdown()  # as multiprocessing does at the end of a child
        handlers._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            _flushed(stream)
    finally:
        os._exit(code)


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the one that forked it ends; Linux alone can."""
    if sys.platform != "linux":
        return
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we said so
        os._exit(1)


def adopt_orphans() -> None:
    """Become the parent of what descendants leave behind, so that all of them are found below this process; Linux alone can."""
    if sys.platform == "linux":
        _prctl(_PR_SET_CHILD_SUBREAPER, 1)


_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def _prctl(option: int, value: int) -> None:
    """Source: prctl(2)."""
    import ctypes

    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _begin(inherited: Inherited, state: Any) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    _forget_endings()
    if state is not None:
        sys.modules["random"].setstate(state)
    if "numpy" not in inherited.seeded and "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    for engine in inherited.engines:
        engine.dispose(close=False)


def _forget_endings() -> None:
    """Drop what was registered to happen when the process ends or when objects of the parent go."""
    # Private names of the standard library: it has no public way to say this, and does the same itself in multiprocessing.
    atexit: Any = import_module("atexit")
    finalizers: Any = import_module("weakref").finalize
    atexit._clear()
    for finalizer in list(finalizers._registry):
        finalizer.detach()
    # The handler that calls finalizers went with the others. The next one that is made must register it again.
    finalizers._registered_with_atexit = False
    multiprocessing: Any = sys.modules.get("multiprocessing.util")
    if multiprocessing is not None:
        multiprocessing._finalizer_registry.clear()
        multiprocessing._run_after_forkers()
        atexit.register(multiprocessing._exit_function)
    _keep_ending_of_logging(atexit)


def _keep_ending_of_logging(atexit: Any) -> None:
    """Handlers of `logging` that buffer lines are flushed by the child as well: its own lines are in them."""
    logging = sys.modules.get("logging")
    if logging is not None:
        atexit.register(logging.shutdown)
    futures: Any = sys.modules.get("concurrent.futures.thread")
    if futures is not None:
        futures._threads_queues.clear()


def _flushed(stream: Any) -> None:
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):  # a stream that is gone must not end anything
        return


def _closed(descriptor: int) -> None:
    try:
        os.close(descriptor)
    except OSError:
        return
