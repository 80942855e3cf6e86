"""Many keys in one text, as a database gives them: compared without a text of its own for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import overload


class JoinedKeys(Sequence[str]):
    """Keys with commas between, none of which holds one. Each becomes a text of its own when any is asked for.

    Args:
        text: the keys; at least one.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _keys(self) -> list[str]:
        return self.text.split(",")

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._keys[index]

    def __len__(self) -> int:
        return self.text.count(",") + 1

    @property
    def first(self) -> str:
        """The first of them."""
        return self.text.partition(",")[0]

    @property
    def last(self) -> str:
        """The last of them."""
        return self.text.rpartition(",")[2]


def shared_runs(names: str, keys: JoinedKeys, most: int) -> list[tuple[str, str]] | None:
    """The first and the last of each run of keys that stand in a row among the names, too.

    Args:
        names: with commas between.
        keys: among them, in their order.
        most: how many runs are looked for.

    Returns:
        None where there are more, or where a key is no name or out of order.
    """
    runs: list[tuple[str, str]] = []
    names, text = f",{names},", f",{keys.text},"
    at = place = 0  # of the comma before a key
    while place + 1 < len(text):
        key = text[place : text.index(",", place + 1) + 1]
        at = names.find(key, at)
        if at < 0 or len(runs) == most:
            return None
        end = names.rindex(",", at + 1, at + common_length(names, at, text, place))
        runs.append((key[1:-1], names[names.rindex(",", at, end) + 1 : end]))
        at, place = end, place + end - at
    return runs


def common_length(names: Sequence[str], at: int, ordered: Sequence[str], place: int) -> int:
    """How many items from `at` on are those from `place` on. Compared in pieces, which costs less than one by one."""
    length, step = 0, 64
    most = min(len(names) - at, len(ordered) - place)
    while length + step <= most and names[at + length : at + length + step] == ordered[place + length : place + length + step]:
        length += step
        step *= 2
    while step:
        if length + step <= most and names[at + length : at + length + step] == ordered[place + length : place + length + step]:
            length += step
        step //= 2
    return length
