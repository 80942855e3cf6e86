"""The supervisor of a run: it starts the processes of the run, watches them, stops them, and says how the run ended.

It runs no user code and has a single thread. It holds the run: every look at storage tells whether it still does, and a
supervisor that lost its run kills what it started and writes nothing more. A run is called canceled only when no process of it is
left.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

from dagster.define.executors import StepPlacement
from dagster.errors import DagsterRunFencedError
from dagster.events.data import RunFailureReason
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
from dagster.execution.preparation import PlannedJob
from dagster.execution.recorders import RunRecorder
from dagster.instance.instance import DagsterInstance
from dagster.instance.launches import RunOrder
from dagster.planning.steps import Step
from dagster.runs.runs import DagsterRun
from dagster.runs.statuses import DagsterRunStatus
from dagster.storage.refusals import fenced

_LOOK_SECONDS = 0.02
"""How often is looked whether what was asked to stop has stopped: its subprocesses tell nobody of their end."""

_FINAL = (StepGave, StepRetries, StepFailed, StepsEnded, Refused)


class Supervisor:
    """Executes a run that this process holds.

    Args:
        run: as this attempt holds it.
        order: what was asked for.
        planned: its job and plan.
        placement: where its steps are executed.
        instance: what remembers it.
        engine: places its parts; None until `engine` is set.
        clock: seconds that only grow.

    Attributes:
        engine: places its parts.
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
    ) -> None:
        self.ready = ReadySteps(planned.plan)
        self._run = run
        self._order = order
        self._plan = planned.plan
        self._placement = placement
        self._instance = instance
        self._clock = clock
        self._recorder = RunRecorder(run, instance)
        self._make = EventsOfRun(run.job_name, planned.plan)
        self._numbers = 0
        self._waiting: list[Step] = []
        self._parts: dict[int, Step | None] = {}
        self._reported: set[int] = set()
        self._ended: list[StepGave] = []
        self._tries: dict[str, int] = {}
        self._final: DagsterEvent | None = None
        self._signaled = False
        self._stop_at: float | None = None
        self._looked_at = float("-inf")

    def supervise(self) -> None:
        """Execute the run to its end.

        Raises:
            DagsterRunFencedError: somebody else holds the run; its processes here were killed.
        """
        signal.signal(signal.SIGINT, self._signal)
        signal.signal(signal.SIGTERM, self._signal)
        try:
            self._begin()
            while not self._is_over():
                self._start_what_may()
                for happening in self.engine.wait(self._seconds_to_wait()):
                    self._take(happening)
                self._look_after()
            self._finish()
        except DagsterRunFencedError:
            while self.engine.stop(kill=True):
                self.engine.wait(_LOOK_SECONDS)
            raise

    def _signal(self, _number: int, _frame: object) -> None:
        self._signaled = True

    def _begin(self) -> None:
        self._began = self._clock()
        self._tell(self._make.run_started())
        if self._placement.in_process:
            self._start(None)
        else:
            self._tell(told.executing(self._run.job_name, self._plan.step_keys))

    def _tell(self, *events: DagsterEvent) -> None:
        for event in events:
            self._recorder.record(event)

    def _is_over(self) -> bool:
        if self._parts:
            return False
        return self._stop_at is not None or self._placement.in_process or (not self._waiting and self.ready.is_done)

    def _start_what_may(self) -> None:
        """Start the steps that are ready, as many as there may be at once."""
        if self._placement.in_process or self._stop_at is not None:
            return
        while (step := self.ready.next_ready(self._clock())) is not None:
            self._waiting.append(step)
        for step in list(self._waiting):
            running = [each for each in self._parts.values() if each is not None]
            if len(self._parts) >= most_at_once(self._placement):
                break
            if may_begin(step, running, self._placement.tag_limits):
                self._waiting.remove(step)
                self._tell(told.worker_starting(self._run.job_name, step))
                self._start(step)

    def _start(self, step: Step | None) -> None:
        self._numbers += 1
        key = step.key if step is not None else None
        order = WorkOrder(
            number=self._numbers,
            run=self._order,
            step_key=key,
            tries=self._tries.get(key, 0) if key is not None else 0,
            tries_again=self._placement.retries,
            ended=tuple(self._ended) if self._plan.is_dynamic else (),
            output_path=output_path(self._instance.storage_directory(), self._run.run_id, key or self._run.run_id),
        )
        self._recorder.flush()  # what is told of the start is stored before the code begins
        self._parts[self._numbers] = step
        self.engine.start(order)

    def _seconds_to_wait(self) -> float:
        now = self._clock()
        if self._stop_at is not None:
            return _LOOK_SECONDS
        moments = [self._looked_at + self._order.supervision.heartbeat_seconds]
        due = self.ready.next_due()
        if due is not None:
            moments.append(due)
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

    def _take_report(self, step: Step | None, report: AnyReport) -> None:
        if isinstance(report, StepsEnded):
            self._steps_ended(report)
        elif isinstance(report, Refused):
            self._fail(self._make.run_broken_off(False, report.error))
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
            record_settled(self._recorder, self._make, self.ready.failed(step))

    def _steps_ended(self, report: StepsEnded) -> None:
        """The process that executes all steps has said how they ended; interrupted by us, the run ends as we say."""
        if not report.is_broken_off:
            self._final = self._final or self._make.run_ended(report.failed_step_keys, report.error)
        elif self._stop_at is None:
            self._final = self._make.run_broken_off(report.is_interrupt, report.error)

    def _lost(self, step: Step | None, end: ProcessEnd) -> None:
        """A process ended before it said how its work ended."""
        job_name = self._run.job_name
        self._tell(told.worker_lost(job_name, step.key if step is not None else None, end))
        if step is not None:
            self._tell(told.step_lost(job_name, step.key, f"The process of this step {end.sentence}."))
            record_settled(self._recorder, self._make, self.ready.failed(step))
            return
        sentence = f"The process of this run {end.sentence}."
        self._recorder.flush()
        under_way = [key for key, marks in self._instance.step_marks(self._run.run_id).items() if marks.status == "IN_PROGRESS"]
        for key in under_way:
            self._tell(told.step_lost(job_name, key, sentence))
        if self._final is None:
            error = told.process_error(sentence)
            self._final = self._make.run_failed(RunFailureReason.RUN_WORKER_CRASH, sentence, error, under_way)

    def _fail(self, final: DagsterEvent) -> None:
        """The run cannot go on: its processes are stopped, and the event is its last."""
        if self._final is None:
            self._final = final
        self._stop()

    def _stop(self) -> None:
        if self._stop_at is None:
            self._stop_at = self._clock() + self._order.supervision.grace_seconds
            self.ready.abandon_rest()
            self._waiting.clear()

    def _look_after(self) -> None:
        now = self._clock()
        if self._signaled or now >= self._looked_at + self._order.supervision.heartbeat_seconds:
            self._looked_at = now
            self._look_at_run()
        if self._stop_at is not None:
            self.engine.stop(kill=now >= self._stop_at)
        elif self._recorder.has_unsaved:
            self._recorder.flush()

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
        if run.status is DagsterRunStatus.CANCELING:
            self._fail(self._make.run_canceled())
        elif signaled:
            self._fail(self._make.run_broken_off(True, None))

    def _finish(self) -> None:
        """Say how the run ended; of one that was stopped only when nothing is left of it."""
        while self._stop_at is not None and self.engine.stop(kill=self._clock() >= self._stop_at):
            for happening in self.engine.wait(_LOOK_SECONDS):
                if happening.number in self._parts:
                    self._take(happening)
        if not self._placement.in_process:
            self._tell(told.executed(self._run.job_name, self._clock() - self._began))
        self._tell(self._final or self._make.run_ended(self.ready.keys_in(StepState.FAILED)))
        self._recorder.flush()
        self._instance.let_run_go(self._run.run_id)
