"""Which way a writer's events go: through the ingest or straight to the database. Decided from what happened and when, purely.

Any change of the way is safe at any time: whatever was not answered is sent or stored again, from its beginning, and its
numbers tell what is there already. So the rules are about time alone: how long to wait for an ingest that does not answer
before doing without it.
"""

from __future__ import annotations

import msgspec

_FOR_EVER = float("inf")


class RouteRules(msgspec.Struct, frozen=True, kw_only=True):
    """How long a writer waits for what.

    Attributes:
        gone_seconds: for another ingest, when the one that there was is gone; or for the first word of one that was found.
        silent_seconds: for any word of an ingest that was sent something. One that waits for the database says so.
        look_seconds: between two looks for an ingest, of a writer that stores its events itself.
        retry_seconds: between two looks for an ingest that is waited for, and between two tries to store.
    """

    gone_seconds: float = 2.0
    silent_seconds: float = 10.0
    look_seconds: float = 1.0
    retry_seconds: float = 0.05


class Route:
    """The way of one writer, as far as it knows.

    Args:
        rules: how long to wait.
    """

    def __init__(self, rules: RouteRules) -> None:
        self._rules = rules
        self._is_connected = False
        self._is_greeted = False
        self._waits_until: float = _FOR_EVER
        self._look_at = -_FOR_EVER
        self._asked_at: float | None = None

    @property
    def is_through_ingest(self) -> bool:
        """Whether an ingest listens."""
        return self._is_greeted

    def is_direct(self, now: float) -> bool:
        """Whether the writer stores its events itself."""
        return not self._is_greeted and now >= self._waits_until

    def may_look(self, now: float) -> bool:
        """Whether to look for an ingest."""
        return not self._is_connected and now >= self._look_at

    def looked(self, found: bool, now: float) -> None:
        """There was one that took the connection, or none."""
        self._is_connected = found
        if self._waits_until == _FOR_EVER:  # the first look: where nothing listens there is nothing to wait for
            self._waits_until = now + self._rules.gone_seconds if found else now
        pause = self._rules.look_seconds if self.is_direct(now) else self._rules.retry_seconds
        self._look_at = now + pause

    def greeted(self) -> None:
        """The ingest listens."""
        self._is_greeted = True
        self._asked_at = None

    def asked(self, now: float) -> None:
        """Something was sent."""
        if self._asked_at is None:
            self._asked_at = now

    def heard(self, now: float, is_everything_answered: bool) -> None:
        """The ingest said something."""
        self._asked_at = None if is_everything_answered else now

    def is_silent(self, now: float) -> bool:
        """Whether the ingest takes too long to say anything, as one does that was stopped: then it is to be hung up on."""
        return self._is_greeted and self._asked_at is not None and now >= self._asked_at + self._rules.silent_seconds

    def hung_up(self, now: float) -> None:
        """The connection ended, whoever ended it."""
        was_silent = self.is_silent(now)
        if self._is_greeted:
            self._waits_until = now if was_silent else now + self._rules.gone_seconds
        self._is_connected = self._is_greeted = False
        self._asked_at = None
        self._look_at = now + self._rules.look_seconds if was_silent else now

    def never(self) -> None:
        """The ingest speaks another language: this writer stores its events itself from now on."""
        self._look_at, self._waits_until = _FOR_EVER, -_FOR_EVER

    def next_moment(self, now: float) -> float:
        """When at the latest to look again what is to be done."""
        moments = [now + self._rules.look_seconds]
        if self._asked_at is not None:
            moments.append(self._asked_at + self._rules.silent_seconds)
        if not self._is_connected:
            moments.append(self._look_at)
        if not self._is_greeted:
            moments.append(self._waits_until)
        return max(min(moments), now)
