"""The supervisor of a run: it starts the processes of the run, watches them, stops them, and says how the run ended.

It runs no user code and has a single thread. It holds the run: every look at storage tells whether it still does, and a
supervisor that lost its run kills what it started and writes nothing more. A run is called canceled only when no process of it is
left.

When nothing is left of a run that was stopped, or whose only process was lost, what runs always has its turn, and before that
what runs where the run failed, if it did. Whoever stops it once more stops that too.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence

from dagster.define.executors import StepPlacement
from dagster.errors import DagsterRunFencedError
from dagster.events.data import RunFailureReason
from dagster.events.entries import EventLogEntry
from dagster.events.events import DagsterEvent
from dagster.execution import supervised_events as told
from dagster.execution.captures import output_path
from dagster.execution.engines import Engine, Happening
from dagster.execution.events import EventsOfRun
from dagster.execution.in_process import record_settled
from dagster.execution.machines import ReadySteps, StepState
from dagster.execution.orders import (
    AnyReport,
    ProcessEnd,
    Refused,
    StepFailed,
    StepGave,
    StepRetries,
    StepsEnded,
    WorkOrder,
)
from dagster.execution.placements import may_begin, most_at_once
from dagster.execution.pool_places import places_of
from dagster.execution.preparation import PlannedJob
from dagster.execution.recorders import RunRecorder
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.planning.pools import pool_of
from dagster.planning.steps import ExecutionPlan, Step, StepPhase
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.refusals import fenced

_LOOK_SECONDS = 0.02
"""How often is looked whether what was asked to stop has stopped: its subprocesses tell nobody of their end."""

_TIDY_SECONDS = 5.0
"""How long the steps of a run may take to end that was ended meanwhile, for its time was up: well within what may pass until the
code of a run ends that was lost."""

_FINAL = (StepGave, StepRetries, StepFailed, StepsEnded, Refused)


class Supervisor:
    """Executes a run that this process holds.

    Args:
        run: as this attempt holds it.
        order: what was asked for.
        planned: its job and plan.
        placement: where its steps are executed.
        instance: what remembers it.
        clock: seconds that only grow.
        listeners: called with each entry that it tells itself.

    Attributes:
        engine: places its parts.
        placement: where its steps are executed.
        ready: the steps as they stand.
    """

    engine: Engine

    def __init__(
        self,
        run: DagsterRun,
        order: RunOrder,
        planned: PlannedJob,
        placement: StepPlacement,
        instance: DagsterInstance,
        clock: Callable[[], float] = time.monotonic,
        listeners: Sequence[Callable[[EventLogEntry], None]] = (),
    ) -> None:
        self.ready = ReadySteps(planned.plan)
        self._run = run
        self._order = order
        self._plan = planned.plan
        self.placement = placement
        self._instance = instance
        self._clock = clock
        self._recorder = RunRecorder(run, instance, listeners, waits_for_database=True)
        self._make = EventsOfRun(run.job_name, planned.plan)
        self._places = None if placement.in_process else places_of(run, planned.plan, instance)
        self._numbers = 0
        self._waiting: list[Step] = []
        self._parts: dict[int, Step | None] = {}
        self._reported: set[int] = set()
        self._ended: list[StepGave | StepFailed] = []
        self._tells_ended = _needs_to_know_what_ended(planned.plan)
        self._tries: dict[str, int] = {}
        self._final: DagsterEvent | None = None
        self._signaled = False
        self._stop_at: float | None = None
        self._is_canceled = False
        self._was_stopped = False
        self._broke_off: bool | None = None
        self._endings_begun: set[bool] = set()
        self._looked_at = float("-inf")

    def supervise(self) -> None:
        """Execute the run to its end.

        Raises:
            DagsterRunFencedError: somebody else holds or ended the run; nothing of it is left here.
        """
        signal.signal(signal.SIGINT, self._signal)
        signal.signal(signal.SIGTERM, self._signal)
        try:
            self._begin()
            self._execute()
            while self._begin_endings():
                self._execute()
            self._finish()
        except DagsterRunFencedError:
            kill_at = self._clock() + self._seconds_to_tidy()
            while self.engine.stop(kill=self._clock() >= kill_at):
                self.engine.wait(_LOOK_SECONDS)
            raise

    def _seconds_to_tidy(self) -> float:
        """How long steps may take to end by themselves: not at all where somebody else may execute them."""
        run = self._instance.get_run_by_id(self._run.run_id)
        is_over = run is not None and run.is_finished
        return min(self._order.supervision.grace_seconds, _TIDY_SECONDS) if is_over else 0.0

    def _execute(self) -> None:
        while not self._is_over():
            self._start_what_may()
            for happening in self.engine.wait(self._seconds_to_wait()):
                self._take(happening)
            self._look_after()

    def _begin_endings(self) -> bool:
        """Go on with what is left of a run that broke off, when nothing else of it is left; whether there is something."""
        if self._broke_off is None:
            return False
        self._wait_until_stopped()
        is_failure, self._broke_off, self._stop_at = self._broke_off, None, None
        if not self.placement.in_process:
            self.ready.give_up_running()  # what was not started yet, or refused to begin
            record_settled(self._recorder, self._make, self.ready.untold())
            return not self.ready.is_done
        left = [] if is_failure in self._endings_begun else self._endings_left(is_failure)
        if left:
            self._endings_begun.add(is_failure)
            self._start(None, only=left, is_failure=is_failure)
        return bool(left)

    def _endings_left(self, is_failure: bool) -> list[str]:
        """The keys of the steps that have their turn at the end of the run and had it not."""
        phases = (StepPhase.ON_FAILURE, StepPhase.FINALLY) if is_failure else (StepPhase.FINALLY,)
        keys = [step.key for step in self._plan.steps if step.phase in phases]
        if not keys:
            return keys
        self._recorder.flush()
        begun = self._instance.step_marks(self._run.run_id)
        return [key for key in keys if key not in begun]

    def _signal(self, _number: int, _frame: object) -> None:
        self._signaled = True

    def _begin(self) -> None:
        self._began = self._looked_at = self._clock()
        # Before anybody hears that the run began: who sees it going on can tell by the lease whether it still does.
        self._instance.hold_run(self._run, self._order.supervision.lease_seconds)
        self._tell(self._make.run_started())
        if self.placement.in_process:
            self._start(None)
        else:
            self._tell(told.executing(self._run.job_name, self._plan.step_keys))

    def _tell(self, *events: DagsterEvent) -> None:
        for event in events:
            self._recorder.record(event)

    def _is_over(self) -> bool:
        if self._parts:
            return False
        return self._stop_at is not None or self.placement.in_process or (not self._waiting and self.ready.is_done)

    def _start_what_may(self) -> None:
        """Start the steps that are ready, as many as there may be at once."""
        if self.placement.in_process or self._stop_at is not None:
            return
        while (step := self.ready.next_ready(self._clock())) is not None:
            self._waiting.append(step)
        for step in list(self._waiting):
            running = [each for each in self._parts.values() if each is not None]
            if len(self._parts) >= most_at_once(self.placement):
                break
            if may_begin(step, running, self.placement.tag_limits) and self._has_place(step):
                self._waiting.remove(step)
                self._tell(told.worker_starting(self._run.job_name, step))
                self._start(step)

        if self._places is not None:
            self._places.looked(self._clock())

    def _has_place(self, step: Step) -> bool:
        """Whether the step has a place in its pool; asks for one now and then while it has none."""
        places = self._places
        if places is None:
            return True
        if not places.may_ask(step, self._clock()):
            return False
        was_waiting = places.is_waiting(step)
        if places.take(step):
            return True
        if not was_waiting:
            self._tell(self._make.step_blocked(step, pool_of(step) or ""))
        return False

    def _start(self, step: Step | None, *, only: Sequence[str] | None = None, is_failure: bool = False) -> None:
        self._numbers += 1
        key = step.key if step is not None else None
        order = WorkOrder(
            number=self._numbers,
            run=self._order,
            step_key=key,
            tries=self._tries.get(key, 0) if key is not None else 0,
            tries_again=self.placement.retries,
            ended=tuple(self._ended) if self._tells_ended else (),
            only=only,
            is_failure=is_failure,
            output_path=self._output_path(key),
        )
        self._recorder.flush()  # what is told of the start is stored before the code begins
        self._parts[self._numbers] = step
        self.engine.start(order)

    def _output_path(self, step_key: str | None) -> str | None:
        if not self._order.captures_output:
            return None
        return output_path(self._instance.storage_directory(), self._run.run_id, step_key or self._run.run_id)

    def _seconds_to_wait(self) -> float:
        now = self._clock()
        if self._stop_at is not None:
            return _LOOK_SECONDS
        moments = [self._looked_at + self._order.supervision.heartbeat_seconds]
        due = self.ready.next_due()
        if due is not None:
            moments.append(due)
        if self._places is not None and self._places.waits:
            moments.append(self._places.due())
        return max(min(moments) - now, 0.0)

    def _take(self, happening: Happening) -> None:
        number = happening.number
        step = self._parts[number]
        if happening.report is not None:
            if isinstance(happening.report, _FINAL):
                self._reported.add(number)
            self._take_report(step, happening.report)
        if happening.end is not None:
            if number not in self._reported:
                self._lost(step, happening.end)
            self._tell(told.worker_ended(self._run.job_name, step.key if step is not None else None, happening.end))
            del self._parts[number]
            if self._places is not None and step is not None:
                self._places.give_back(step)

    def _take_report(self, step: Step | None, report: AnyReport) -> None:
        if isinstance(report, StepsEnded):
            self._steps_ended(report)
        elif isinstance(report, Refused):
            self._fail(self._make.run_broken_off(False, report.error), is_failure=True)
        elif step is not None and isinstance(report, StepGave):
            self._ended.append(report)
            settled = self.ready.succeeded(step, frozenset(report.outputs), report.mapping_keys)
            record_settled(self._recorder, self._make, settled)
        elif step is not None and isinstance(report, StepRetries):
            self._tries[step.key] = self._tries.get(step.key, 0) + 1
            self.ready.will_retry(step, self._clock() + (report.seconds or 0.0))
        elif step is not None and isinstance(report, StepFailed):
            if report.untold is not None:
                self._tell(told.step_failed(self._run.job_name, step.key, report.untold))
            self._failed(step, report)

    def _failed(self, step: Step, report: StepFailed) -> None:
        self._ended.append(report)
        self._tells_ended = True
        record_settled(self._recorder, self._make, self.ready.failed(step))

    def _steps_ended(self, report: StepsEnded) -> None:
        """The process that executes all steps has said how they ended; interrupted by us, the run ends as we say."""
        if not report.is_broken_off:
            ended = self._make.run_ended(report.failed_step_keys, report.error, report.allowed_step_keys)
            self._final = self._final or ended
        elif self._stop_at is None:
            self._final = self._final or self._make.run_broken_off(report.is_interrupt, report.error)
            self._broke_off = False if report.is_interrupt else None  # else it has executed what is left itself

    def _lost(self, step: Step | None, end: ProcessEnd) -> None:
        """A process ended before it said how its work ended."""
        job_name = self._run.job_name
        self._tell(told.worker_lost(job_name, step.key if step is not None else None, end))
        if step is not None:
            self._tell(told.step_lost(job_name, step.key, f"The process of this step {end.sentence}."))
            self._failed(step, StepFailed(step_key=step.key))
            return
        sentence = f"The process of this run {end.sentence}."
        self._recorder.flush()
        under_way = [key for key, marks in self._instance.step_marks(self._run.run_id).items() if marks.status == "IN_PROGRESS"]
        for key in under_way:
            self._tell(told.step_lost(job_name, key, sentence))
        self._broke_off = True if self._broke_off is None else self._broke_off
        if self._final is None:
            error = told.process_error(sentence)
            self._final = self._make.run_failed(RunFailureReason.RUN_WORKER_CRASH, sentence, error, under_way)

    def _fail(self, final: DagsterEvent, *, is_failure: bool) -> None:
        """The run cannot go on: its processes are stopped, and the event is its last."""
        if self._final is None:
            self._final = final
        if self._stop_at is None:
            self._stop_at = self._clock() + self._order.supervision.grace_seconds
            self._was_stopped = True
            self._broke_off = is_failure
            self.ready.break_off(is_failure=is_failure)
            self._waiting.clear()

    def _look_after(self) -> int:
        """What is to be done from time to time; says how many processes were left that are to stop."""
        now = self._clock()
        if self._signaled or now >= self._looked_at + self._order.supervision.heartbeat_seconds:
            self._looked_at = now
            self._look_at_run()
        if self._stop_at is not None:
            return self.engine.stop(kill=now >= self._stop_at)
        if self._recorder.has_unsaved:
            self._recorder.flush()
        return 0

    def _look_at_run(self) -> None:
        """Whether the run is still ours, and whether somebody asked to stop it.

        Raises:
            DagsterRunFencedError: it is not ours any more.
        """
        signaled, self._signaled = self._signaled, False
        run = self._instance.get_run_by_id(self._run.run_id)
        if run is None or run.attempt != self._run.attempt or run.is_finished:
            raise fenced(self._run.run_id, self._run.attempt, run.attempt if run is not None else -1)
        self._instance.hold_run(run, self._order.supervision.lease_seconds)
        if run.status is DagsterRunStatus.CANCELING and not self._is_canceled:
            self._is_canceled = True
            if self.ready.is_last_phase:  # what runs always is not stopped, unless somebody asks once more
                self._final = self._final or self._make.run_canceled()
            else:
                self._fail(self._make.run_canceled(), is_failure=False)
        elif signaled:
            self._fail(self._make.run_broken_off(True, None), is_failure=False)

    def _finish(self) -> None:
        """Say how the run ended; of one that was stopped only when nothing is left of it, of what runs always neither."""
        if self._was_stopped and self._stop_at is None:
            self._stop_at = self._clock() + self._order.supervision.grace_seconds
        self._wait_until_stopped()
        if not self.placement.in_process:
            self._tell(told.executed(self._run.job_name, self._clock() - self._began))
        failed, allowed = self.ready.keys_in(StepState.FAILED), self.ready.keys_in(StepState.FAILED_ALLOWED)
        self._tell(self._final or self._make.run_ended(failed, failed_allowed=allowed))
        if self._places is not None:
            self._places.give_back_all()
        self._recorder.flush()
        self._instance.let_run_go(self._run.run_id)

    def _wait_until_stopped(self) -> None:
        while self._stop_at is not None and self._look_after():
            for happening in self.engine.wait(_LOOK_SECONDS):
                if happening.number in self._parts:
                    self._take(happening)


def _needs_to_know_what_ended(plan: ExecutionPlan) -> bool:
    """Whether a process that was not there when steps ended cannot tell what a step takes from the plan alone."""
    return plan.is_dynamic or any(given.parts is not None for step in plan.steps for given in step.inputs)
