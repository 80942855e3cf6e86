"""What loading user's code left in a process: whether it can be forked, and what a child has to know.

Source: proc(5) for open files, their modes and the threads of a process.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
from collections.abc import Callable
from typing import Any

from dagster.execution.forks import Inherited, fork

PROBE_SECONDS = 5.0
_ACCELERATORS = ("/dev/nvidia", "/dev/kfd", "/dev/dri/render")


class Inspection:
    """Looks at the process before and after code is loaded. Made before: what is open and runs then is no matter of that code."""

    def __init__(self) -> None:
        self._open_before = set(_open_files())
        self._children_before = set(_children())
        self._random_was_seeded = _watch_seeding()

    def obstacles(self) -> list[str]:
        """Why the process cannot be forked, one sentence each; none where it can."""
        found = [
            f'The code started the thread "{thread.name}" while it was loaded.'
            for thread in threading.enumerate()
            if thread is not threading.current_thread() and thread.is_alive()
        ]
        found.extend(
            sentence for each in _open_files() if each not in self._open_before and (sentence := _obstruction(*each)) is not None
        )
        children = [pid for pid in _children() if pid not in self._children_before]
        if children:
            found.append(f"The code started {len(children)} other process(es) while it was loaded.")
        if not found and _native_thread_count() > 1:
            found.extend(probe(call_libraries))
        return found

    def inherited(self) -> Inherited:
        """What a child has to know."""
        seeded = {"random"} if self._random_was_seeded() else set[str]()
        numpy: Any = sys.modules.get("numpy.random")
        if numpy is not None and getattr(numpy.mtrand._rand._bit_generator, "seed_seq", ()) is None:
            seeded.add("numpy")
        return Inherited(frozenset(seeded), _engines())


def probe(calls: Callable[[], None], seconds: float = PROBE_SECONDS) -> list[str]:
    """Try in a forked child whether libraries that have native threads still work there; why not, if they do not.

    Args:
        calls: uses the libraries.
        seconds: after this they hang.
    """
    import signal
    import time

    def body() -> int:
        calls()
        return 0

    pid = fork(body)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return [] if code == 0 else [f"A library that the code uses does not work in a forked process (exit code {code})."]
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return [f"A library that the code uses hangs in a forked process (for {seconds:.0f} seconds)."]


def call_libraries() -> None:
    """Use each library that is loaded and has threads of its own, so that work is given to these."""
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None:
        square = numpy.ones((400, 400))
        numpy.matmul(square, square)
    polars: Any = sys.modules.get("polars")
    if polars is not None:
        frame = polars.DataFrame({"group": [1, 2] * 500, "value": list(range(1000))})
        frame.lazy().group_by("group").agg(polars.col("value").sum()).sort("group").collect()
    if "pyarrow.compute" in sys.modules:
        sys.modules["pyarrow"].table({"value": list(range(1000))}).sort_by("value")
    openmp: Any = sys.modules.get("sklearn.utils._openmp_helpers")
    if openmp is not None and numpy is not None:
        from importlib import import_module

        points = numpy.arange(4000.0).reshape(2000, 2)
        import_module("sklearn.cluster").KMeans(n_clusters=2, n_init=1, max_iter=2).fit(points)


def _watch_seeding() -> Callable[[], bool]:
    """Watch whether somebody seeds the module `random` from now on; what the code imported under other names counts too."""
    import random

    seeded: list[bool] = []
    for name in ("seed", "setstate"):
        original = getattr(random, name)
        setattr(random, name, _noting(getattr(original, "__wrapped__", original), seeded))
    return lambda: bool(seeded)


def _noting(original: Any, seeded: list[bool]) -> Any:
    def noted(*args: Any, **kwargs: Any) -> Any:
        if (args and args[0] is not None) or kwargs.get("a") is not None:
            seeded.append(True)
        return original(*args, **kwargs)

    noted.__wrapped__ = original  # pyright: ignore[reportFunctionMemberAccess] - as functools.wraps does
    return noted


def _engines() -> list[Any]:
    """The SQLAlchemy engines that the code made; their connections are the parent's."""
    if "sqlalchemy.engine.base" not in sys.modules:
        return []
    import gc

    engine_class: Any = sys.modules["sqlalchemy.engine.base"].Engine
    return [each for each in gc.get_objects() if type(each) is engine_class]


def _open_files() -> list[tuple[int, str]]:
    """The open descriptors beyond the standard ones, with what they stand for."""
    found: list[tuple[int, str]] = []
    try:
        names = os.listdir("/proc/self/fd")
    except OSError:
        return found
    for name in names:
        try:
            found.append((int(name), os.readlink(f"/proc/self/fd/{name}")))
        except OSError:  # that with which the list was read
            continue
    return [each for each in found if each[0] > 2]


def _obstruction(descriptor: int, target: str) -> str | None:
    """Why two processes cannot share an open file; None where they can: files that are read, or only appended to, like logs."""
    if target.startswith(_ACCELERATORS):
        return f"The code uses the accelerator {target} while it is loaded."
    try:
        mode = os.stat(descriptor).st_mode
    except OSError:
        return None
    if stat.S_ISSOCK(mode):
        return "The code opened a connection (a socket) while it was loaded."
    if stat.S_ISREG(mode) and _is_written(descriptor):
        return f'The code opened the file "{target}" for writing while it was loaded.'
    return None


def _is_written(descriptor: int) -> bool:
    try:
        with open(f"/proc/self/fdinfo/{descriptor}") as file:
            flags = next(int(line.split()[1], 8) for line in file if line.startswith("flags:"))
    except (OSError, StopIteration, ValueError):
        return False
    return flags & os.O_ACCMODE != os.O_RDONLY and not flags & os.O_APPEND


def _children() -> list[int]:
    try:
        with open(f"/proc/self/task/{os.getpid()}/children") as file:
            return [int(pid) for pid in file.read().split()]
    except OSError:
        return []


def _native_thread_count() -> int:
    try:
        return len(os.listdir("/proc/self/task"))
    except OSError:
        return 1
