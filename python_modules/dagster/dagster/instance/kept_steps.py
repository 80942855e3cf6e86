"""What the steps of ops gave last, for those that need not be executed again."""

from __future__ import annotations

import msgspec

from dagster.instance.kept import Kept


class KeptStep(msgspec.Struct, frozen=True, kw_only=True):
    """What a step gave.

    Attributes:
        key: stands for what it was made from.
        run_id: the run in which its outputs are stored.
        made_at: when the function made them, in seconds since the epoch.
        outputs: their names.
    """

    key: str
    run_id: str
    made_at: float
    outputs: list[str]


class KeptStepMethods(Kept):
    """What steps gave last."""

    def kept_step(self, name: str) -> KeptStep | None:
        """What the step of this name gave last, None if nothing is kept. One indexed row."""
        text = self._storage.notes.note(_note(name))
        return None if text is None else msgspec.json.decode(text, type=KeptStep)

    def keep_step(self, name: str, kept: KeptStep) -> None:
        """Keeps what a step gave, in place of what it gave before."""
        self._storage.notes.set_note(_note(name), msgspec.json.encode(kept).decode())


def _note(name: str) -> str:
    return f"step/{name}"
