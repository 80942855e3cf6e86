"""Which step is next: a pure state machine over a plan.

It knows nothing of processes, clocks or values; executors ask it and tell it what happened.

A run has up to three phases: the work, what runs where some of it failed, and what runs always. A phase begins when nothing of
the one before it is open any more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum
from heapq import heappop, heappush

import msgspec

from dagster.planning.expansion import collected_positions, expanded
from dagster.planning.steps import ExecutionPlan, Step, StepInput, StepPhase, positions_of

NO_KEYS: Mapping[str, Sequence[str]] = {}


class StepState(Enum):
    """Where a step stands."""

    WAITING = "waiting"
    READY = "ready"
    RUNNING = "running"
    WAITING_FOR_RETRY = "waiting for retry"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    FAILED_ALLOWED = "failed, as it may"
    SKIPPED = "skipped"
    EXPANDED = "expanded"
    RECALLED = "recalled"
    ABANDONED = "abandoned"


class Settled(msgspec.Struct, frozen=True):
    """A step that will not run.

    Attributes:
        step: the step.
        state: SKIPPED or ABANDONED.
        because_of: for a skip the outputs that were not given, as `step.output`; else the keys of the steps that failed or
            were abandoned. Empty for what runs where a run failed, of one that did not.
        failed: of a skip, the keys of the steps that failed, as they may, and so did not give what it takes.
    """

    step: Step
    state: StepState
    because_of: tuple[str, ...]
    failed: tuple[str, ...] = ()


class ReadySteps:
    """The steps of one run by their state.

    Of the steps that are ready the one with the highest priority is given out first, then the one that became ready first; those
    that become ready together are sorted by key. What cannot run any more is settled at once, before the next step is given out.
    Steps that the plan does not want are recalled from the beginning: what is known of them is what they gave, and nobody waits
    for them.

    A step that failed although it may has given nothing. What only waits for it runs, as does what has a default for its value or
    takes failures; the rest is skipped. What takes failures also runs after those that fail the run.

    Args:
        plan: the steps.
        is_strict: whether no failure is borne, as for finding out what lies below one.
        is_failure: whether the run has failed already, outside of these steps.
    """

    def __init__(self, plan: ExecutionPlan, *, is_strict: bool = False, is_failure: bool = False) -> None:
        self._is_strict = is_strict
        self.steps = list(plan.steps)
        self._is_dynamic = plan.is_dynamic
        self._is_ordered = plan.is_ordered
        self._late: set[int] = set()
        self.states = [StepState.WAITING for _ in plan.steps]
        self._waiting_for = [len(step.waits_for) for step in plan.steps]
        self._followers: list[list[int]] = [[] for _ in plan.steps]
        self._given_outputs: list[frozenset[str] | None] = [None for _ in plan.steps]
        for step in plan.steps:
            for upstream in step.waits_for:
                self._followers[upstream].append(step.position)
        self._queue: list[tuple[int, int, int]] = []
        self._became_ready = 0
        self._retries: list[tuple[float, int]] = []
        self._unawaited: list[int] = []
        self._plan = plan
        self._mapped: dict[tuple[int, str], list[int]] = {}
        self._collectors: dict[int, list[int]] = {}
        for step in plan.steps if plan.is_dynamic else ():
            if step.mapped_over is not None:
                self._mapped.setdefault(step.mapped_over, []).append(step.position)
            self._index_collector(step)
        self._running = 0
        self._phase = StepPhase.WORK
        self._to_come: list[tuple[StepPhase, list[int]]] = []
        self._untold: list[Settled] = []
        self._is_failure = is_failure
        self._given_up: set[int] = set()
        if plan.wanted is not None:
            self._recall_unwanted()
            self._unawaited.clear()
        if any(step.phase is not StepPhase.WORK for step in plan.steps):
            self._hold_back_later_phases()
        beginning = [each for each in self.steps if self._can_begin(each.position) and each.mapped_over is None]
        left_out = self._settle_without_inputs(beginning) if plan.wanted is not None else []
        self._enqueue(each.position for each in beginning if self.states[each.position] is StepState.WAITING)
        self._untold = [*left_out, *self._next_phases()]

    def _hold_back_later_phases(self) -> None:
        """What has its turn later waits for one thing more: its phase."""
        for phase in (StepPhase.ON_FAILURE, StepPhase.FINALLY):
            positions = [step.position for step in self.steps if step.phase is phase]
            for position in positions:
                self._waiting_for[position] += 1
            self._to_come.append((phase, positions))

    def _next_phases(self) -> list[Settled]:
        """Begin the next phase where nothing of this one is open any more. Returns what has no turn at all.

        While something waits, what it waits for is ready, runs or is tried again: so nothing is open where none of these is left.
        """
        settled: list[Settled] = []
        while self._to_come and not (self._queue or self._retries or self._running):
            self._phase, positions = self._to_come.pop(0)
            waiting = [each for each in positions if self.states[each] is StepState.WAITING]
            if self._phase is StepPhase.ON_FAILURE and not self._is_failure and StepState.FAILED not in self.states:
                settled += [Settled(self.steps[each], StepState.SKIPPED, ()) for each in waiting]
                for each in waiting:
                    self.states[each] = StepState.SKIPPED
                continue
            for each in waiting:
                self._waiting_for[each] -= 1
            self._enqueue(each for each in waiting if self._can_begin(each) and self.steps[each].mapped_over is None)
        return settled

    def _index_collector(self, step: Step) -> None:
        for position in collected_positions(step):
            self._collectors.setdefault(position, []).append(step.position)

    def _can_begin(self, position: int) -> bool:
        return self.states[position] is StepState.WAITING and not self._waiting_for[position]

    def _recall_unwanted(self) -> None:
        for step in self._plan.steps:
            # What is mapped over a dynamic output is looked at when its values are known.
            if step.mapped_over is None and not self._plan.wants(step.key):
                self._recall(step)

    def _recall(self, step: Step) -> None:
        """What an earlier run did of the step is all that will be known of it."""
        known = self._plan.known.get(step.key)
        self._end(step, StepState.SKIPPED if known is not None and known.is_skipped else StepState.RECALLED)
        if known is not None and not known.is_skipped:
            self._given_outputs[step.position] = known.outputs
            for template in self._expand_all(step, known.mapping_keys):
                self.states[template.position] = StepState.SKIPPED
            return
        for output in step.outputs:
            for template in self._templates(step, output.name) if output.is_dynamic else ():
                self._end(template, self.states[step.position])

    def _settle_without_inputs(self, beginning: Sequence[Step]) -> list[Settled]:
        """Skip what would begin without what it takes, since an earlier run skipped that, and what lies below."""
        settled: list[Settled] = []
        for step in beginning:
            missing = self._missing_inputs(step)
            if missing:
                self.states[step.position] = StepState.SKIPPED
                settled += [Settled(step, StepState.SKIPPED, missing), *self._released(step)]
        return settled

    def _end(self, step: Step, state: StepState) -> None:
        """End what will not run here, before anything runs."""
        self.states[step.position] = state
        for follower in self._followers[step.position]:
            self._waiting_for[follower] -= 1

    def _enqueue(self, positions: Iterable[int]) -> None:
        for position in sorted(positions, key=self._order):
            self._make_ready(position)

    def _order(self, position: int) -> tuple[str, int]:
        """By key, or as the plan says, with what values of dynamic outputs decided after all else."""
        if self._is_ordered or self._phase is not StepPhase.WORK:
            template = self.steps[position].template
            return ("late" if position in self._late else "", position if template is None else template)
        return self.steps[position].key, position

    def _make_ready(self, position: int) -> None:
        self.states[position] = StepState.READY
        self._became_ready += 1
        heappush(self._queue, (-self.steps[position].priority, self._became_ready, position))

    def next_ready(self, now: float = 0.0) -> Step | None:
        """The next step to run; None while none is ready.

        Args:
            now: the time of the run's clock, at which steps that are due for a retry become ready.
        """
        while self._retries and self._retries[0][0] <= now:
            self._make_ready(heappop(self._retries)[1])
        if not self._queue:
            return None
        position = heappop(self._queue)[2]
        self.states[position] = StepState.RUNNING
        self._running += 1
        return self.steps[position]

    def next_due(self) -> float | None:
        """The time at which the next step becomes ready for a retry; None where none waits for one."""
        return self._retries[0][0] if self._retries else None

    @property
    def is_done(self) -> bool:
        """Whether nothing runs, nothing is ready and nothing waits."""
        return not any(state in _OPEN for state in self.states)

    def break_off(self, *, is_failure: bool) -> None:
        """Give up what is ready or waits: the run ends. What runs always still has its turn, once nothing runs any more.

        Args:
            is_failure: whether the run failed, so that what runs then has its turn too. A run that somebody stops did not.
        """
        self._is_failure = is_failure
        if not is_failure:
            self._to_come = [(phase, positions) for phase, positions in self._to_come if phase is not StepPhase.ON_FAILURE]
        later = {position for _, positions in self._to_come for position in positions}
        for step in self.steps:
            if step.position not in later and self.states[step.position] in _IDLE:
                self.states[step.position] = StepState.ABANDONED
        self._given_up.update(step.position for step in self.steps if self.states[step.position] is StepState.RUNNING)
        self._queue.clear()
        self._retries.clear()
        self._untold += self._next_phases()

    def give_up_running(self) -> None:
        """Give up what was given out and of which nobody will tell how it ended: no process of the run is left."""
        for step in self.steps:
            if self.states[step.position] is StepState.RUNNING:
                self._ended(step, StepState.ABANDONED)
        self._untold += self._next_phases()

    @property
    def is_last_phase(self) -> bool:
        """Whether what runs always has its turn now."""
        return self._phase is StepPhase.FINALLY

    def untold(self) -> list[Settled]:
        """What will not run for no step's sake that has ended: told once, here or with the next step that ends."""
        settled, self._untold = self._untold, []
        return settled

    def will_retry(self, step: Step, due: float) -> None:
        """The step failed and is tried again, not before the time `due`; without a pause it is ready after what is ready now."""
        if step.position in self._given_up:
            self._ended(step, StepState.ABANDONED)
            self._untold += self._next_phases()
            return
        self._ended(step, StepState.WAITING_FOR_RETRY)
        heappush(self._retries, (due, step.position))

    def succeeded(
        self, step: Step, given_outputs: Set[str], mapping_keys: Mapping[str, Sequence[str]] = NO_KEYS
    ) -> list[Settled]:
        """The step ended well and gave these outputs. Returns what will not run because of outputs it did not give.

        Args:
            mapping_keys: of the values of its dynamic outputs, by output. What is mapped over them becomes steps.
        """
        left_out = self._expand_all(step, mapping_keys)
        self._ended(step, StepState.SUCCEEDED)
        self._given_outputs[step.position] = frozenset(given_outputs)
        for template in left_out:
            self.states[template.position] = StepState.SKIPPED
        return self._released(step, *left_out)

    def _expand_all(self, giver: Step, mapping_keys: Mapping[str, Sequence[str]]) -> list[Step]:
        """Make the steps for all dynamic outputs of a step. Returns the templates that get none: their output was left out."""
        left_out: list[Step] = []
        for output in giver.outputs if self._is_dynamic else ():
            if output.is_dynamic and (output.is_required or mapping_keys.get(output.name)):
                self._expand(giver, output.name, mapping_keys.get(output.name, ()))
            elif output.is_dynamic:
                left_out.extend(self._templates(giver, output.name))
        return left_out

    def _templates(self, giver: Step, output: str) -> list[Step]:
        """What is mapped over a dynamic output, and not given up yet."""
        mapped = self._mapped.get((giver.position, output), ())
        return [self.steps[each] for each in mapped if self.states[each] is StepState.WAITING]

    def _expand(self, giver: Step, output: str, keys: Sequence[str]) -> None:
        """Make the steps for the values of a dynamic output; they are released when the step that gave it is."""
        templates = self._templates(giver, output)
        collected = (giver.position, *(template.position for template in templates))
        collectors = sorted({each for position in collected for each in self._collectors.get(position, ())})
        expansion = expanded(templates, [self.steps[each] for each in collectors], giver, output, keys, following=len(self.steps))
        for template in templates:
            self.states[template.position] = StepState.EXPANDED
        for step in expansion.made:
            self.steps.append(step)
            self.states.append(StepState.WAITING)
            self._waiting_for.append(0)
            self._followers.append([])
            self._given_outputs.append(None)
            self._index_collector(step)
        for step in expansion.changed:
            self.steps[step.position] = step
        for step in expansion.made:
            self._late.add(step.position)
            if self._plan.wants(step.key):
                self._await(step, is_new=True)
            else:
                self._recall(step)
        for step in expansion.changed:
            self._late.add(step.position)
            if self.states[step.position] is StepState.WAITING:
                self._await(step, is_new=False)

    def _await(self, step: Step, *, is_new: bool) -> None:
        """Wait for those of the upstream steps that have not ended. A step that none is left for is released with its giver."""
        awaited = [each for each in step.waits_for if self.states[each] in _OPEN]
        self._waiting_for[step.position] = len(awaited)
        for each in awaited:
            followers = self._followers[each]
            if is_new or step.position not in followers:
                followers.append(step.position)
        if not awaited:
            self._unawaited.append(step.position)

    def failed(self, step: Step) -> list[Settled]:
        """The step failed for good. Returns what will not run because of it."""
        is_allowed = step.allows_failure and not self._is_strict
        self._ended(step, StepState.FAILED_ALLOWED if is_allowed else StepState.FAILED)
        return self._released(step)

    def _ended(self, step: Step, state: StepState) -> None:
        if self.states[step.position] is StepState.RUNNING:  # what is played again was never given out
            self._running -= 1
        self.states[step.position] = state

    def _released(self, *steps: Step) -> list[Settled]:
        settled = self.untold() if self._untold else []
        ended = deque(step.position for step in steps)
        ready: list[int] = []
        while ended:
            upstream = ended.popleft()
            for follower in sorted(self._followers[upstream], key=self._order):
                self._waiting_for[follower] -= 1
                if self.states[follower] is not StepState.WAITING:
                    continue
                verdict = self._verdict(self.steps[follower], upstream)
                if verdict is not None:
                    self.states[follower] = verdict.state
                    settled.append(verdict)
                    ended.append(follower)
                elif not self._waiting_for[follower]:
                    ready.append(follower)
        self._enqueue((*ready, *self._unawaited))
        self._unawaited.clear()
        return [*settled, *self._next_phases()] if self._to_come else settled

    def _verdict(self, step: Step, ended: int) -> Settled | None:
        """Why the step cannot run any more, now that one that it waits for has ended; None if it still may.

        All that it waits for are looked at once only, so that a step below thousands of others costs no square of them.
        """
        if self.states[ended] in _BROKEN and not self._bears(step, ended):
            broken = (self.steps[each].key for each in step.waits_for if self.states[each] in _BROKEN)
            return Settled(step, StepState.ABANDONED, tuple(broken))
        if self._waiting_for[step.position]:
            return None
        missing = self._missing_inputs(step)
        if not missing:
            return None
        failed = (self.steps[each].key for each in step.waits_for if self.states[each] is StepState.FAILED_ALLOWED)
        return Settled(step, StepState.SKIPPED, missing, tuple(failed))

    def _bears(self, step: Step, broken: int) -> bool:
        """Whether the step may run although one that it waits for failed or was given up: every input from there takes failures.

        Nothing stands for the values of a dynamic output that was never given.
        """
        taking = [each for each in step.inputs if broken in positions_of(each)]
        if not taking or self._is_strict or not all(each.declared.allows_failure for each in taking):
            return False
        is_many = self.steps[broken].mapped_over is not None or (step.mapped_over or (None,))[0] == broken
        return not is_many and not any(part.collects for each in taking for part in (each, *(each.parts or ())))

    def _missing_inputs(self, step: Step) -> tuple[str, ...]:
        missing: list[str] = []
        is_template = step.mapped_over is not None  # all ended and nothing was made of it: there are no values to run it for
        for each in step.inputs:
            if each.parts is None:
                is_settled = self._is_unknown(each) or (self._has_default(each) and not is_template)
                missing.extend(() if is_settled else self._missing(each, is_needed=is_template))
                continue
            of_parts = [self._missing(part) for part in each.parts]
            if of_parts and all(of_parts) and not any(self._has_default(part) for part in each.parts):
                # A list without elements is a value, one whose elements were all left out is none.
                missing.extend(name for names in of_parts for name in names)
        return tuple(missing)

    def _has_default(self, wanted: StepInput) -> bool:
        """Whether the default stands for it: that of a skipped step does not, since nobody said that it might be left out."""
        return wanted.declared.has_default_value and not wanted.collects and self._failed_as_it_may(wanted)

    def _failed_as_it_may(self, wanted: StepInput) -> bool:
        return wanted.upstream_step is not None and self.states[wanted.upstream_step] is StepState.FAILED_ALLOWED

    def _missing(self, wanted: StepInput, *, is_needed: bool = False) -> tuple[str, ...]:
        if wanted.upstream_step is None or wanted.upstream_output is None:
            return ()
        given = self._given_outputs[wanted.upstream_step]
        if given is not None and wanted.upstream_output.name in given:
            return ()
        if not is_needed and self._is_settled_without(wanted):
            return ()
        return (f"{self.steps[wanted.upstream_step].key}.{wanted.upstream_output.name}",)

    def _is_settled_without(self, wanted: StepInput) -> bool:
        """Whether an input that was not given because of a failure is one that a step can run without."""
        if wanted.must_succeed:
            return False
        if wanted.declared.allows_failure and not wanted.collects:
            return self.failed_before(wanted) is not None
        return not wanted.declared.is_loaded and self._failed_as_it_may(wanted)

    def failed_before(self, wanted: StepInput) -> str | None:
        """The key of the step that should have given an input, where it failed or was given up; None where it did not."""
        if wanted.upstream_step is None or self.states[wanted.upstream_step] not in _WITHOUT_VALUE:
            return None
        return self.steps[wanted.upstream_step].key

    def _is_unknown(self, wanted: StepInput) -> bool:
        """Whether it comes from a step that is not wanted and of which no earlier run tells: loading it says what is missing."""
        position = wanted.upstream_step
        if position is None or self._given_outputs[position] is not None:
            return False
        return self.states[position] is StepState.RECALLED

    def is_given(self, wanted: StepInput) -> bool:
        """Whether there is a value for what a step takes; what was left out of a list is not."""
        return not self._missing(wanted)

    def keys_in(self, *states: StepState) -> list[str]:
        """The keys of the steps in one of these states, in the order of the plan."""
        return [step.key for step in self.steps if self.states[step.position] in states]


_BROKEN = (StepState.FAILED, StepState.ABANDONED)
_WITHOUT_VALUE = (*_BROKEN, StepState.FAILED_ALLOWED)
_IDLE = (StepState.WAITING, StepState.READY, StepState.WAITING_FOR_RETRY)
_OPEN = (*_IDLE, StepState.RUNNING)
