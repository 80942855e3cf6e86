"""The evaluators of a location, as its owner has them: questions go to those that are free, and what takes too long is ended.

One thread listens to all of them. There are as many as are needed: another one is started when a question has waited for a
moment, of which the time that those at work wait for a processor is no part, and one that was not needed for a while is let go.
A tick that hangs, exits or takes all memory ends its own evaluator and none else.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

import msgspec

from dagster.events.failures import SerializableErrorInfo
from dagster.execution.orders import ProcessEnd
from dagster.instance.homes import InstanceRef
from dagster.lines import Lines, pair
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.runs.processes import ProcessIdentity, identity_of
from dagster.runs.ticks import InstigatorType
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.evaluations import AskTick, TickTold
from dagster.workspace.messages import CannotStart, Started
from dagster.workspace.process_handles import ZygoteHandle
from dagster.workspace.processor_waits import FairClock
from dagster.workspace.stopped_processes import StoppedProcesses

log = logging.getLogger("dagster.evaluators")

_MUCH_LONGER = 10
_ASKED_AGAIN_AT_MOST = 2


class Evaluating(msgspec.Struct, frozen=True, kw_only=True):
    """How schedules and sensors are asked.

    Attributes:
        at_most: how many evaluators there may be.
        patience_seconds: how long a question waits, while nothing is answered, before another one is started; what a busy
            machine keeps the others from their work does not count.
        idle_seconds: how long one is kept that is not needed.
        ending_seconds: how long to wait for the word how one has ended.
        memory_bytes: how much memory a tick may take; None for half of what the machine has.
    """

    at_most: int = 64
    patience_seconds: float = 0.1
    idle_seconds: float = 15.0
    ending_seconds: float = 2.0
    memory_bytes: int | None = None


class _Asked:
    """A question on its way."""

    def __init__(self, question: TickQuestion, seconds: float) -> None:
        self.question = question
        self.seconds = seconds
        self.answer: Future[TickAnswer] = Future()
        self.since = time.monotonic()
        self.fair_since: float | None = None
        self.times = 0

    def is_overdue(self, now: float) -> bool:
        return now - self.since > self.seconds

    def fail(self, sentence: str, cls_name: str) -> None:
        self.answer.set_result(TickAnswer(error=SerializableErrorInfo(f"{sentence}\n", [], cls_name)))


class _Evaluator:
    """An evaluator: this end of its line, what it is asked."""

    def __init__(self, number: int, zygote: ZygoteHandle, lines: Lines[TickTold]) -> None:
        self.number = number
        self.zygote = zygote
        self.lines = lines
        self.asked: _Asked | None = None
        self.idle_since = time.monotonic()
        self.ended_at: float | None = None
        self._process: ProcessIdentity | None = None

    @property
    def process(self) -> ProcessIdentity | None:
        """Which process it is; None before that is known."""
        if self._process is None and isinstance(self.started, Started):
            self._process = identity_of(self.started.pid)
        return self._process

    @property
    def started(self) -> Started | CannotStart | Any:
        """What the zygote told of it; None before it did."""
        return self.zygote.answers.get(self.number)

    @property
    def end(self) -> ProcessEnd | None:
        """How it has ended, once that is known."""
        return self.zygote.ends.get(self.number)

    def forget(self) -> None:
        """Drop what the zygote told of it."""
        self.zygote.answers.pop(self.number, None)
        self.zygote.ends.pop(self.number, None)


class Evaluators:
    """The port `TickEvaluator` over the processes of one location.

    Args:
        processes: of the location.
        instance: what remembers runs and events.
        evaluating: how they are asked.
    """

    def __init__(self, processes: LocationProcesses, instance: InstanceRef, evaluating: Evaluating | None = None) -> None:
        self._processes = processes
        self._instance = instance
        self._evaluating = evaluating or Evaluating()
        self._memory_bytes = self._evaluating.memory_bytes or _half_of_memory()
        self._waiting: deque[_Asked] = deque()
        self._evaluators: list[_Evaluator] = []
        self._ending: list[_Evaluator] = []
        self._let_gone: list[_Evaluator] = []
        self._stopped = StoppedProcesses()
        self._most_at_work = 1
        # These are of the fair clock.
        self._clock = FairClock()
        self._last_start = 0.0
        self._last_widened = 0.0
        self._last_narrowed = 0.0
        self._last_heard = 0.0
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._writing, False)
        self._is_closed = False
        self._thread = threading.Thread(target=self._serve, name="dagster-evaluators", daemon=True)
        self._thread.start()

    @property
    def pids(self) -> list[int]:
        """The pids of the evaluators."""
        started = [each.started for each in list(self._evaluators)]
        return [each.pid for each in started if isinstance(each, Started)]

    def ask(self, question: TickQuestion, seconds: float) -> Future[TickAnswer]:
        """What a schedule or sensor says, once it has said it; see `TickEvaluator`."""
        asked = _Asked(question, seconds)
        self._waiting.append(asked)
        self._wake()
        return asked.answer

    def close(self) -> None:
        """Ask no more. What is being asked is broken off."""
        self._is_closed = True
        self._wake()
        self._thread.join()

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # it is awake already
            os.write(self._writing, b".")

    def _serve(self) -> None:
        while not self._is_closed:
            try:
                self._turn(time.monotonic())
            except Exception:  # whatever it is: what waits is asked at the next turn, or fails at its deadline
                log.exception("Asking schedules and sensors failed.")
                time.sleep(self._evaluating.patience_seconds)
        self._break_off(lambda _: True)
        for each in self._evaluators:
            each.lines.close()
        os.close(self._reading)
        os.close(self._writing)

    def _turn(self, now: float) -> None:
        self._break_off(lambda asked: asked.is_overdue(now))
        self._stopped.kill([each.process for each in self._evaluators if each.asked is not None], now)
        self._settle(now)
        self._forget_the_gone()
        self._hand_out()
        self._let_go(now)
        self._listen(self._rest_seconds())

    def _rest_seconds(self) -> float:
        """How long nothing happens by itself. Deadlines are of seconds, so a look in between is often enough."""
        if self._waiting or self._ending or self._let_gone:
            return self._evaluating.patience_seconds / 4
        return 0.25 if any(each.asked for each in self._evaluators) else 5.0

    def _listen(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._reading, select.POLLIN)
        by_descriptor = {each.lines.fileno(): each for each in self._evaluators}
        for descriptor in by_descriptor:
            poll.register(descriptor, select.POLLIN)
        readable = poll.poll(seconds * 1000)
        at_work = [each.started.pid for each in self._evaluators if each.asked is not None and isinstance(each.started, Started)]
        self._clock.look(time.monotonic(), seconds, threading.get_native_id(), at_work)
        for descriptor, _ in readable:
            if descriptor == self._reading:
                os.read(self._reading, 4096)
            else:
                self._hear(by_descriptor[descriptor])

    def _hear(self, evaluator: _Evaluator) -> None:
        for told in evaluator.lines.received():
            asked, evaluator.asked = evaluator.asked, None
            evaluator.idle_since = time.monotonic()
            self._last_heard = self._clock.seconds
            if asked is not None:
                asked.answer.set_result(told.answer)
            if told.is_last:
                self._drop(evaluator)
                self._let_gone.append(evaluator)
                return
        if evaluator.lines.is_ended:
            self._drop(evaluator)
            if evaluator.asked is not None:
                evaluator.ended_at = time.monotonic()
                self._ending.append(evaluator)
            else:
                self._let_gone.append(evaluator)

    def _drop(self, evaluator: _Evaluator) -> None:
        """Hang up; an evaluator that is not asked ends then."""
        evaluator.lines.close()
        if evaluator in self._evaluators:
            self._evaluators.remove(evaluator)

    def _forget_the_gone(self) -> None:
        """Drop what the zygotes told of those that were let go, once they have told all."""
        for each in list(self._let_gone):
            if each.end is not None or each.zygote.is_gone or isinstance(each.started, CannotStart):
                each.forget()
                self._let_gone.remove(each)

    def _settle(self, now: float) -> None:
        """Say of evaluators that ended during a tick how they did, once that is known."""
        for each in list(self._ending):
            assert each.asked is not None, "only of those is it asked"
            assert each.ended_at is not None, "it has ended"
            refused = each.started if isinstance(each.started, CannotStart) else None
            is_known = each.end is not None or refused is not None or each.zygote.is_gone
            if not is_known and now - each.ended_at < self._evaluating.ending_seconds:
                continue
            self._ending.remove(each)
            if self._may_be_asked_again(each):
                each.asked.times += 1
                self._waiting.appendleft(each.asked)
            elif refused is not None:
                each.asked.fail(refused.sentence, "TickProcessNotStarted")
            else:
                each.asked.fail(_how_it_ended(each.asked, each.end), "TickProcessEnded")
            each.forget()

    def _may_be_asked_again(self, evaluator: _Evaluator) -> bool:
        """Whether somebody else ended the evaluator. A schedule's time does not come again, and neither is lost for that."""
        asked = evaluator.asked
        assert asked is not None, "it was asked"
        if asked.times >= _ASKED_AGAIN_AT_MOST:
            return False
        if evaluator.end is None:
            return evaluator.zygote.is_gone
        is_schedule = asked.question.instigator_type is InstigatorType.SCHEDULE
        return is_schedule and evaluator.end.signal in (signal.SIGKILL, signal.SIGTERM)

    def _break_off(self, is_over: Callable[[_Asked], bool]) -> None:
        for each in list(self._evaluators):
            if each.asked is not None and is_over(each.asked):
                self._kill(each)
                self._drop(each)
                self._let_gone.append(each)
                each.asked.fail(
                    f"{each.asked.question.name} gave no answer within {each.asked.seconds:g} seconds. Its process was ended.",
                    "TickTimeout",
                )
        for asked in [asked for asked in list(self._waiting) if is_over(asked)]:
            self._waiting.remove(asked)
            asked.fail(
                f'The code location "{asked.question.location}" is not served, so {asked.question.name} could not be '
                f"asked within {asked.seconds:g} seconds.",
                "TickTimeout",
            )

    def _kill(self, evaluator: _Evaluator) -> None:
        """End an evaluator with what its tick has started; its line is open, so it exists."""
        if isinstance(evaluator.started, Started):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(evaluator.started.pid, signal.SIGKILL)

    def _hand_out(self) -> None:
        current = self._processes.current
        if current is None or current.is_gone:
            return
        now = self._clock.seconds
        for asked in list(self._waiting):
            asked.fair_since = asked.fair_since if asked.fair_since is not None else now
        self._give_to_idle(current, now)
        if not self._waiting or len(self._evaluators) >= self._evaluating.at_most:
            return
        of_current = [each for each in self._evaluators if each.zygote is current]
        if any(each.started is None for each in of_current):
            return  # one after the other: where starting one takes long, it does so because there is too much to do already
        if not of_current or self._is_needed(now, self._last_start, self._evaluating.patience_seconds):
            self._last_start = now
            started = self._begun(current)
            if started is not None:
                self._evaluators.append(started)
                self._give(started, self._waiting.popleft())

    def _give_to_idle(self, current: ZygoteHandle, now: float) -> None:
        """Give what waits to evaluators that are idle, the oldest first, and to one more only where something waits for long.

        A hundred questions at a time that are answered in a moment need one evaluator. Were they given to all that there are,
        none of them would ever be idle for so long that it is let go.
        """
        idle = [each for each in self._evaluators if each.asked is None and each.zygote is current]
        at_work = sum(each.asked is not None for each in self._evaluators)
        if now - max(self._last_widened, self._last_narrowed) >= self._evaluating.idle_seconds / 4:
            # Where something waits at every look, only this shows whether fewer would do.
            self._most_at_work, self._last_narrowed = max(1, at_work, self._most_at_work - 1), now
        while self._waiting and idle:
            if at_work >= self._most_at_work:
                if not self._is_needed(now, self._last_widened, self._evaluating.patience_seconds / 4):
                    return
                self._most_at_work, self._last_widened = at_work + 1, now
            self._give(idle.pop(0), self._waiting.popleft())
            at_work += 1
        if not self._waiting:
            self._most_at_work = max(1, at_work)  # one more than that would be kept by nothing but bursts of quick questions

    def _is_needed(self, now: float, last: float, patience_seconds: float) -> bool:
        """Whether one more has to work: nothing was answered for a while, or what waits does so for very long. Of the fair clock.

        On a machine that is busy with other things answers come slowly, and more processes would make them slower.
        """
        since = max(self._waiting[0].fair_since or 0.0, last)
        return now - max(since, self._last_heard) >= patience_seconds or now - since >= patience_seconds * _MUCH_LONGER

    def _begun(self, zygote: ZygoteHandle) -> _Evaluator | None:
        ours, theirs = pair()
        number = self._processes.begin_evaluator(zygote, theirs)
        theirs.close()
        if number is None:
            ours.close()
            return None
        return _Evaluator(number, zygote, Lines(ours, TickTold))

    def _give(self, evaluator: _Evaluator, asked: _Asked) -> None:
        evaluator.asked = asked
        if isinstance(evaluator.started, Started):
            self._clock.begin(evaluator.started.pid)
        evaluator.lines.send(
            AskTick(number=evaluator.number, question=asked.question, instance=self._instance, memory_bytes=self._memory_bytes)
        )

    def _let_go(self, now: float) -> None:
        """Let go who is not needed, and who has loaded earlier code."""
        current = self._processes.current
        for each in list(self._evaluators):
            is_old = current is not None and each.zygote is not current
            if each.asked is None and (is_old or now - each.idle_since > self._evaluating.idle_seconds):
                self._drop(each)
                self._let_gone.append(each)


def _how_it_ended(asked: _Asked, end: ProcessEnd | None) -> str:
    how = end.sentence if end is not None else "ended before it answered"
    return f"The process that asked {asked.question.name} {how.removesuffix(' before its work was done')}."


def _half_of_memory() -> int | None:
    """Half of the machine's memory; None where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (ValueError, OSError, AttributeError):
        return None
