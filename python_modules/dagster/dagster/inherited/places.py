"""Files and folders."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from dagster.inherited.hashes import non_secure_md5_hash_str


def ensure_dir(file_path: str) -> str:
    """Makes the folder and those above it, unless it is there; returns it."""
    os.makedirs(file_path, exist_ok=True)
    return file_path


mkdir_p = ensure_dir


def touch_file(path: str) -> None:
    """Makes the file and its folder, or marks it as changed now."""
    ensure_dir(os.path.dirname(path) or ".")
    Path(path).touch()


def ensure_file(path: str) -> str:
    """Makes the file and its folder, unless it is there; returns it."""
    if not os.path.exists(path):
        touch_file(path)
    return path


def safe_isfile(path: str) -> bool:
    """Whether there is such a file; False also for what cannot be a path."""
    try:
        return os.path.isfile(path)
    except ValueError:
        return False


def last_file_comp(path: str) -> str:
    """The last part of the path."""
    return os.path.basename(os.path.normpath(path))


def script_relative_path(file_path: str) -> str:
    """The path from the file of the caller."""
    import inspect

    return os.path.join(os.path.dirname(inspect.stack()[1].filename), file_path)


def run_with_concurrent_update_guard(
    target_file_path: Path, update_fn: Callable[..., None], *, guard_timeout_seconds: float = 60, **kwargs: Any
) -> None:
    """Calls `update_fn`, which writes the file, unless another process does so meanwhile; then waits until it has.

    After `guard_timeout_seconds` of waiting the file is written all the same.
    """
    guard = Path(tempfile.gettempdir()) / f"{non_secure_md5_hash_str(str(target_file_path.resolve()).encode())}.updating"
    deadline = time.monotonic() + guard_timeout_seconds
    waited = False
    while not _taken(guard) and time.monotonic() < deadline:
        waited = True
        time.sleep(0.05)
    try:
        if not waited or not target_file_path.exists() or time.monotonic() >= deadline:
            update_fn(**kwargs)
    finally:
        guard.unlink(missing_ok=True)


def _taken(guard: Path) -> bool:
    """Whether the guard is this process's now."""
    try:
        guard.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


@contextmanager
def pushd(path: str) -> Generator[str]:
    """Works in the folder, and goes back at the end."""
    before = os.getcwd()
    os.chdir(path)
    try:
        yield path
    finally:
        os.chdir(before)


@contextmanager
def safe_tempfile_path() -> Generator[str]:
    """A path in a temporary folder at which there is no file yet; what is there at the end is removed."""
    # A folder of our own, so that nobody else can have put a file at the path.
    with tempfile.TemporaryDirectory() as folder:
        yield os.path.join(folder, "file")


@contextmanager
def environ(env: dict[str, str]) -> Generator[None]:
    """Sets these environment variables, and puts back what was there before."""
    before = {name: os.environ.get(name) for name in env}
    os.environ.update(env)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                with suppress(KeyError):
                    del os.environ[name]
            else:
                os.environ[name] = value


new_cwd = pushd
