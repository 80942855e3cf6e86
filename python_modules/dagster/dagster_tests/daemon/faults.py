"""Storage that breaks off at a write, before it or after it, so that nobody hears of it; or that comes late with one."""

from collections.abc import Callable
from typing import Any

WRITES = frozenset(
    {
        *("add_run", "add_run_tags", "replace_run", "settle", "take", "append", "set_note", "beat", "forget", "release"),
        *("change", "commit", "start_once"),
    }
)


class Crash(BaseException):
    """The process is killed: no code of ours sees it."""


class FaultyStorage:
    """A storage that counts writes; the one that it was armed for breaks off, or comes late."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self.left: int | None = None
        self.after = False
        self.pause: Callable[[], None] | None = None

    def arm(self, writes: int | None, after: bool = False, pause: Callable[[], None] | None = None) -> None:
        """Break off at the write with this number from now on, None for never; with `pause`, do that and go on."""
        self.left, self.after, self.pause = writes, after, pause

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._storage, name)
        return part if callable(part) else _FaultyPart(self, part)

    def call(self, method: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """A write."""
        breaks = self.left == 0
        if self.left is not None:
            self.left -= 1
        if breaks and self.pause is not None:
            self.left = None
            self.pause()
            return method(*args, **kwargs)
        if breaks and not self.after:
            raise Crash
        given = method(*args, **kwargs)
        if breaks:
            raise Crash
        return given


class _FaultyPart:
    def __init__(self, whole: FaultyStorage, part: Any) -> None:
        self._whole = whole
        self._part = part

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._part, name)
        if name not in WRITES:
            return method
        return lambda *args, **kwargs: self._whole.call(method, args, kwargs)
