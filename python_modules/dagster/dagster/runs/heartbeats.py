"""Heartbeats: which loops of which daemons are alive."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from dagster.events.failures import SerializableErrorInfo


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True):
    """That a loop of a daemon was alive.

    Attributes:
        loop: of which kind it is.
        holder: the daemon.
        timestamp: when; seconds since the epoch, UTC.
        is_leader: whether it is the one that acts.
        errors: what went wrong lately, newest first.
    """

    loop: str
    holder: str
    timestamp: float
    is_leader: bool = False
    errors: tuple[SerializableErrorInfo, ...] = ()


def is_healthy(heartbeats: Sequence[Heartbeat], now: float, tolerated_seconds: float) -> bool:
    """Whether one of these heartbeats of a loop is young enough and tells of no error. Pure."""
    alive = [beat for beat in heartbeats if beat.timestamp >= now - tolerated_seconds]
    leaders = [beat for beat in alive if beat.is_leader]
    return any(not beat.errors for beat in leaders or alive)
