"""Which step is next: a pure state machine over a plan.

It knows nothing of processes, clocks or values; executors ask it and tell it what happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from enum import Enum
from heapq import heappop, heappush

import msgspec

from dagster.planning.expansion import collected_positions, expanded
from dagster.planning.steps import ExecutionPlan, Step, StepInput

NO_KEYS: Mapping[str, Sequence[str]] = {}


class StepState(Enum):
    """Where a step stands."""

    WAITING = "waiting"
    READY = "ready"
    RUNNING = "running"
    WAITING_FOR_RETRY = "waiting for retry"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
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
            were abandoned.
    """

    step: Step
    state: StepState
    because_of: tuple[str, ...]


class ReadySteps:
    """The steps of one run by their state.

    Of the steps that are ready the one with the highest priority is given out first, then the one that became ready first; those
    that become ready together are sorted by key. What cannot run any more is settled at once, before the next step is given out.
    Steps that the plan does not want are recalled from the beginning: what is known of them is what they gave, and nobody waits
    for them.
    """

    def __init__(self, plan: ExecutionPlan) -> None:
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
        if plan.wanted is not None:
            self._recall_unwanted()
            self._unawaited.clear()
        self._enqueue(each.position for each in self.steps if self._can_begin(each.position) and each.mapped_over is None)

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
        if self._is_ordered:
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
        return self.steps[position]

    def next_due(self) -> float | None:
        """The time at which the next step becomes ready for a retry; None where none waits for one."""
        return self._retries[0][0] if self._retries else None

    @property
    def is_done(self) -> bool:
        """Whether nothing runs, nothing is ready and nothing waits."""
        return not any(state in _OPEN for state in self.states)

    def abandon_rest(self) -> None:
        """Give up what is ready or waits: the run ends."""
        for step in self.steps:
            if self.states[step.position] in _IDLE:
                self.states[step.position] = StepState.ABANDONED
        self._queue.clear()
        self._retries.clear()

    def will_retry(self, step: Step, due: float) -> None:
        """The step failed and is tried again, not before the time `due`; without a pause it is ready after what is ready now."""
        self.states[step.position] = StepState.WAITING_FOR_RETRY
        heappush(self._retries, (due, step.position))

    def succeeded(
        self, step: Step, given_outputs: Set[str], mapping_keys: Mapping[str, Sequence[str]] = NO_KEYS
    ) -> list[Settled]:
        """The step ended well and gave these outputs. Returns what will not run because of outputs it did not give.

        Args:
            mapping_keys: of the values of its dynamic outputs, by output. What is mapped over them becomes steps.
        """
        left_out = self._expand_all(step, mapping_keys)
        self.states[step.position] = StepState.SUCCEEDED
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
        """The step failed. Returns what will not run because of it."""
        self.states[step.position] = StepState.FAILED
        return self._released(step)

    def _released(self, *steps: Step) -> list[Settled]:
        settled: list[Settled] = []
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
        return settled

    def _verdict(self, step: Step, ended: int) -> Settled | None:
        """Why the step cannot run any more, now that one that it waits for has ended; None if it still may.

        All that it waits for are looked at once only, so that a step below thousands of others costs no square of them.
        """
        if self.states[ended] in _BROKEN:
            broken = (self.steps[each].key for each in step.waits_for if self.states[each] in _BROKEN)
            return Settled(step, StepState.ABANDONED, tuple(broken))
        if self._waiting_for[step.position]:
            return None
        missing = self._missing_inputs(step)
        return Settled(step, StepState.SKIPPED, missing) if missing else None

    def _missing_inputs(self, step: Step) -> tuple[str, ...]:
        missing: list[str] = []
        for each in step.inputs:
            if each.parts is None:
                missing.extend(() if self._is_unknown(each) else self._missing(each))
                continue
            of_parts = [self._missing(part) for part in each.parts]
            if of_parts and all(of_parts):  # a list without elements is a value, one whose elements were all left out is none
                missing.extend(name for names in of_parts for name in names)
        return tuple(missing)

    def _missing(self, wanted: StepInput) -> tuple[str, ...]:
        if wanted.upstream_step is None or wanted.upstream_output is None:
            return ()
        given = self._given_outputs[wanted.upstream_step]
        if given is not None and wanted.upstream_output.name in given:
            return ()
        return (f"{self.steps[wanted.upstream_step].key}.{wanted.upstream_output.name}",)

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
_IDLE = (StepState.WAITING, StepState.READY, StepState.WAITING_FOR_RETRY)
_OPEN = (*_IDLE, StepState.RUNNING)
