"""What one evaluation hands to the next: a value, which can be written as JSON."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dagster.automation.entity_subsets import Kept
from dagster.errors import CheckError


class NodeState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a condition remembers.

    Attributes:
        true: of what it was true; of a condition that becomes true, of what its operand was.
        candidates: what it was asked about; of conditions of users.
        text: its own text; of conditions of users, and the code version that was seen.
    """

    true: Kept | None = None
    candidates: Kept | None = None
    text: str | None = None


class EntityState(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered of one asset or check that has a condition.

    Attributes:
        requested: what was asked for.
        nodes: by the signature of the condition inside.
    """

    requested: Kept
    nodes: Mapping[str, NodeState] = {}


class AutomationCursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an evaluation hands to the next one.

    Attributes:
        evaluation_id: how many evaluations there were.
        timestamp: of the last one, in seconds since the epoch.
        place: of the latest event that it saw.
        entities: what is remembered, by the key as a string.
        requested: what was asked for of assets without a condition of their own, made by a function together with others.

    Example:
        >>> AutomationCursor.from_json(AutomationCursor(evaluation_id=3).to_json()).evaluation_id
        3
    """

    evaluation_id: int = 0
    timestamp: float | None = None
    place: int | None = None
    entities: Mapping[str, EntityState] = {}
    requested: Mapping[str, Kept] = {}

    def to_json(self) -> str:
        """The cursor as text."""
        return msgspec.json.encode(self).decode()

    @staticmethod
    def from_json(text: str) -> AutomationCursor:
        """The cursor that `to_json` wrote.

        Raises:
            CheckError: something else wrote it.
        """
        try:
            return msgspec.json.decode(text, type=AutomationCursor)
        except msgspec.MsgspecError as unreadable:
            raise CheckError(f"{text[:80]!r} is no cursor of an evaluation. Give the `cursor` of its result.") from unreadable
