"""What is to be done about a run that goes on: nothing, stop it, end it, launch it again. Pure."""

from __future__ import annotations

from enum import Enum

import msgspec

from dagster.events.data import RunFailureReason
from dagster.runs.runs import RunRecord
from dagster.runs.statuses import DagsterRunStatus
from dagster.runs.tags import MAX_RUNTIME_SECONDS_TAG

MOST_LAUNCHES = 3
"""How often a run is launched that never begins."""


class MonitoringRules(msgspec.Struct, frozen=True, kw_only=True):
    """How runs are watched.

    Attributes:
        start_seconds: how long a run may take from its launch until it begins.
        cancel_seconds: how long it may take to end after it was asked to.
        runtime_seconds: how long it may go on, where its tags do not say it; None for as long as it takes.
        runtime_tags: whether the tags of runs say how long these may go on.
    """

    start_seconds: float = 180.0
    cancel_seconds: float = 180.0
    runtime_seconds: float | None = None
    runtime_tags: bool = True


class Sign(Enum):
    """What is known of the process that has a run: of this host's it is known whether it lives, of all whether they renew their
    lease. Who is LOST may go on one day, and can store nothing then.
    """

    ALIVE = "ALIVE"
    GONE = "GONE"
    LOST = "LOST"
    UNKNOWN = "UNKNOWN"


class Stop(msgspec.Struct, frozen=True):
    """Ask the run to stop; it is ended for this reason then."""

    message: str


class End(msgspec.Struct, frozen=True):
    """End the run: nothing executes it any more."""

    message: str
    reason: RunFailureReason = RunFailureReason.UNKNOWN
    is_canceled: bool = False


class LaunchAgain(msgspec.Struct, frozen=True):
    """Put the run back into the queue: its launch was broken off."""

    message: str


Measure = Stop | End | LaunchAgain | None

_SILENT = "The supervisor of this run does not renew its lease any more. Maybe it was stopped, or its host is down or cut off."


def measure(record: RunRecord, sign: Sign, rules: MonitoringRules, now: float, launches: int = 1) -> Measure:
    """What is to be done about a run.

    Args:
        record: the run with its times.
        sign: what is known of what executes it.
        rules: the times that are allowed.
        now: seconds since the epoch.
        launches: how often it was launched.
    """
    run = record.dagster_run
    waited = now - record.update_timestamp.timestamp()
    match run.status:
        case DagsterRunStatus.STARTING:
            return _of_starting(sign, waited, rules, launches)
        case DagsterRunStatus.STARTED:
            if sign is Sign.GONE:
                return End("The process of this run ended without a word.", RunFailureReason.RUN_WORKER_CRASH)
            if sign is Sign.LOST:
                return End(_SILENT, RunFailureReason.RUN_WORKER_CRASH)
            told = run.tags.get(MAX_RUNTIME_SECONDS_TAG) if rules.runtime_tags else None
            most = runtime_of(told, rules.runtime_seconds)
            began = record.start_time
            if most is not None and began is not None and now - began > most:
                return Stop(f"Exceeded maximum runtime of {most:g} seconds.")
        case DagsterRunStatus.CANCELING:
            if sign is Sign.GONE:
                return End("Nothing of this run is left.", is_canceled=True)
            if sign is Sign.LOST:
                # It is not known whether something is left of it, and so it is not called canceled.
                return End(f"{_SILENT} It had been asked to stop.", RunFailureReason.RUN_WORKER_CRASH)
            if waited > rules.cancel_seconds and sign is Sign.UNKNOWN:
                return End(f"It did not end within {rules.cancel_seconds:g} seconds after it was asked to.", is_canceled=True)
        case _:
            pass
    return None


def _of_starting(sign: Sign, waited: float, rules: MonitoringRules, launches: int) -> Measure:
    """A run that is being launched belongs to the process that launches it, until its own takes it over."""
    if sign in (Sign.GONE, Sign.LOST):
        if launches < MOST_LAUNCHES:
            return LaunchAgain("What launched this run ended before the run began. It is launched again.")
        return End(f"This run was launched {launches} times and never began.", RunFailureReason.START_TIMEOUT)
    if waited > rules.start_seconds:
        sentence = f"Run timed out due to taking longer than {rules.start_seconds:g} seconds to start."
        return End(sentence, RunFailureReason.START_TIMEOUT)
    return None


def runtime_of(told: str | None, otherwise: float | None) -> float | None:
    """How long a run may go on, as its tag says or else the rules; a tag that is no number counts for nothing."""
    try:
        most = float(told) if told is not None else otherwise
    except ValueError:
        most = otherwise
    return most if most is not None and most > 0 else None
