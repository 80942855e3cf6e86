"""What the loops of schedules and sensors have in common: they ask side by side and store what was said, as one act each."""

from __future__ import annotations

import logging
import threading
from abc import abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future

import msgspec
from msgspec.structs import replace

from dagster.automation.instigators import Spec, beginning, ending, first_state, is_on, question_of, selector_of
from dagster.daemon.locations import Located, Locations
from dagster.events.failures import SerializableErrorInfo
from dagster.instance import run_events
from dagster.instance.instance import DagsterInstance
from dagster.runs.evaluations import TickAnswer
from dagster.runs.instigators import CommittedTick, InstigatorState, TickCommit
from dagster.runs.leases import Lease
from dagster.runs.ticks import InstigatorType, Tick

DEADLINE_SECONDS = 60.0
MOST_AT_ONCE = 64
_LATE_SECONDS = 5.0
_SHOWN_AFTER_SECONDS = 2.0

log = logging.getLogger("dagster.daemon.ticks")


class Asked(msgspec.Struct):
    """A tick that goes on.

    Attributes:
        state: where the schedule or sensor stood, and stands since the tick is shown.
        tick: as it began.
        location: where the code is.
        answer: what will be said.
        since: when it was asked.
    """

    state: InstigatorState
    tick: Tick
    location: str
    answer: Future[TickAnswer]
    since: float


class Wanted(msgspec.Struct, frozen=True):
    """A schedule or sensor to be asked now; `scheduled` is the time for which a schedule is due."""

    located: Located[Spec]
    state: InstigatorState
    scheduled: float | None = None


class TickLoop:
    """Asks schedules or sensors.

    Args:
        instance: what keeps their states and ticks.
        locations: what has their code.
        deadline_seconds: how long an answer may take.
        on_queued: set when runs were put into the queue.
    """

    kind: InstigatorType

    def __init__(
        self,
        instance: DagsterInstance,
        locations: Locations,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
        on_queued: threading.Event | None = None,
    ) -> None:
        self._instance = instance
        self._locations = locations
        self._deadline_seconds = deadline_seconds
        self._on_queued = on_queued
        self._asked: dict[str, Asked] = {}
        self._last: dict[str, CommittedTick] = {}
        self._with_secrets: dict[str, list[str]] = {}
        self.wake = threading.Event()

    @abstractmethod
    def declared(self) -> Sequence[Located[Spec]]:
        """What there is to ask."""

    @abstractmethod
    def wanted(self, declared: Located[Spec], state: InstigatorState, now: float) -> Wanted | None:
        """Whether something that does not go on is to be asked now."""

    @property
    def is_asking(self) -> bool:
        """Whether a tick goes on."""
        return bool(self._asked)

    def stand_by(self) -> None:
        """See `Loop`. What is said now is not stored any more: the daemon that acts asks again."""
        self._asked.clear()
        self._last.clear()

    def turn(self, lease: Lease, now: float) -> None:
        """See `Loop`. One query, and a transaction for all that was said since."""
        self._store(list(self._commits(lease, now)), now)
        declared = {selector_of(each.location, each.value.name): each for each in self.declared()}
        states = self._instance.storage.instigators.states()
        for wanted in self._next(declared, states, now):
            self._ask(wanted, now)
        self._store(list(self._broken_off(declared, states, lease, now)), now)

    def _next(self, declared: Mapping[str, Located[Spec]], states: Mapping[str, InstigatorState], now: float) -> list[Wanted]:
        """What is asked now; who waits longest comes first."""
        found: list[Wanted] = []
        for selector, located in declared.items():
            if selector not in self._asked:
                state = states.get(selector) or first_state(located.value, located.location)
                wanted = self.wanted(located, state, now)
                if wanted is not None:
                    found.append(wanted)
        found.sort(key=lambda wanted: wanted.state.tick_ended or 0.0)
        return found[: MOST_AT_ONCE - len(self._asked)]

    def _ask(self, wanted: Wanted, now: float) -> None:
        state, location = wanted.state, wanted.located.location
        answer = self._locations.ask(question_of(state, location, wanted.scheduled), self._deadline_seconds)
        answer.add_done_callback(lambda _: self.wake.set())
        tick = beginning(state, now, wanted.scheduled, None).tick
        self._asked[state.selector] = Asked(state, tick, location, answer, now)

    def _commits(self, lease: Lease, now: float) -> Iterator[TickCommit]:
        """What is to be stored: the ticks that are over, and the beginning of those that take long."""
        held = (lease.name, lease.epoch)
        for selector, asked in list(self._asked.items()):
            asked.since = min(asked.since, now)  # the clock may have been set back
            waited = now - asked.since
            if asked.answer.done():
                answer = asked.answer.result()
            elif waited > self._deadline_seconds + _LATE_SECONDS:
                answer = TickAnswer(error=_no_answer(asked.tick, waited))
            else:
                if asked.state.tick_id is None and waited > _SHOWN_AFTER_SECONDS:
                    yield beginning(asked.state, asked.since, self._scheduled(asked.tick), held)
                continue
            del self._asked[selector]
            self._keep_secrets(selector, answer)
            yield ending(
                asked.state,
                asked.tick,
                answer,
                now,
                location=asked.location,
                enqueued=lambda run: run_events.enqueued(run, now),
                last=self._last.get(selector),
                lease=held,
            )

    def _keep_secrets(self, selector: str, answer: TickAnswer) -> None:
        """Before the runs are stored, so that whoever launches one finds them."""
        for wanted in answer.runs if answer.error is None else ():
            if wanted.given_config is not None:
                self._instance.keep_run_config(wanted.run, wanted.given_config)
                self._with_secrets.setdefault(selector, []).append(wanted.run.run_id)

    def _forget_secrets(self, selector: str, started: Collection[str]) -> None:
        """Of runs that were not started after all."""
        for run_id in self._with_secrets.pop(selector, ()):
            if run_id not in started:
                self._instance.forget_run_config(run_id)

    def _scheduled(self, tick: Tick) -> float | None:
        return tick.timestamp if self.kind is InstigatorType.SCHEDULE else None

    def _store(self, commits: Sequence[TickCommit], now: float) -> None:
        if not commits:
            return
        for commit, committed in zip(commits, self._instance.storage.instigators.commit(commits, now), strict=True):
            selector = commit.state.selector
            self._forget_secrets(selector, committed.tick.run_ids if committed is not None else ())
            if committed is None:
                # It was switched on or off meanwhile, or another daemon asks: what was said is not true any more.
                self._asked.pop(selector, None)
                self._last.pop(selector, None)
                continue
            asked = self._asked.get(selector)
            if asked is not None:
                asked.state = committed.state
            else:
                self._tell(committed)

    def _tell(self, committed: CommittedTick) -> None:
        self._last[committed.state.selector] = committed
        tick = committed.tick
        if tick.error is not None:
            log.error("%s failed: %s", tick.name, tick.error.message.strip())
        if tick.run_ids:
            log.info("%s started %s", tick.name, ", ".join(tick.run_ids))
            if self._on_queued is not None:
                self._on_queued.set()

    def _broken_off(
        self, declared: Mapping[str, Located[Spec]], states: Mapping[str, InstigatorState], lease: Lease, now: float
    ) -> Iterator[TickCommit]:
        """The ends of ticks that nobody goes on with: what was asked is switched off by now, or not declared any more."""
        for selector, state in states.items():
            if state.tick_id is None or state.instigator_type is not self.kind or selector in self._asked:
                continue
            if selector in declared and is_on(declared[selector].value, state):
                continue
            latest = self._instance.storage.ticks.latest([selector]).get(selector)
            tick = latest.tick if latest is not None else beginning(state, now, None, None).tick
            error = SerializableErrorInfo("It was switched off, or its code is gone, before it answered.\n", [], "TickBrokenOff")
            yield replace(
                _failed(state, tick, TickAnswer(error=error), now),
                lease=(lease.name, lease.epoch),
            )


def _failed(state: InstigatorState, tick: Tick, answer: TickAnswer, now: float) -> TickCommit:
    return ending(state, tick, answer, now, location="", enqueued=lambda run: run_events.enqueued(run, now))


def _no_answer(tick: Tick, waited: float) -> SerializableErrorInfo:
    return SerializableErrorInfo(f"{tick.name} gave no answer within {waited:.0f} seconds.\n", [], "TickTimeout")
