"""Two daemons under one database, files that arrive, runs that end well or not, and anything of it killed at any write."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from msgspec.structs import replace

from dagster.daemon.loops import Daemon, Loop
from dagster.daemon.monitoring import MonitoringLoop
from dagster.daemon.queue import QueueLoop
from dagster.daemon.retries import RetriesLoop
from dagster.daemon.schedules import SchedulesLoop
from dagster.daemon.sensors import SensorsLoop
from dagster.errors import DagsterRunFencedError
from dagster.events.types import DagsterEventType
from dagster.instance.instance import DagsterInstance
from dagster.instance.settlement import settle_abandoned_runs
from dagster.runs.evaluations import TickAnswer, TickQuestion, WantedRun
from dagster.runs.leases import lease_of_run
from dagster.runs.runs import DagsterRun, RunsFilter
from dagster.runs.statuses import IN_PROGRESS_STATUSES, DagsterRunStatus
from dagster.runs.tags import RETRY_NUMBER_TAG, RUN_KEY_TAG, SCHEDULED_EXECUTION_TIME_TAG, WILL_RETRY_TAG
from dagster.runs.ticks import TickFilter, TickStatus
from dagster.storage.memory.storage import MemoryStorage
from dagster_tests.contracts.storage_facts import a_run
from dagster_tests.daemon.faults import Crash, FaultyStorage
from dagster_tests.daemon.launchers import begin, elsewhere_process, finish, gone_process
from dagster_tests.daemon.locations import KeptLocations, a_schedule, a_sensor, runs

BATCH = "batch"
S, T = DagsterRunStatus, DagsterEventType
MOST, MOST_RETRIES, LEASE_SECONDS = 2, 2, 3.0
SETTINGS = {
    "run_queue": {"max_concurrent_runs": MOST},
    "run_retries": {"max_retries": MOST_RETRIES},
    "run_monitoring": {"enabled": False},
}
RUN_LEASE_SECONDS = 20.0
LOOPS = st.sampled_from(("QUEUE", "MONITORING", "RETRIES", "SCHEDULES", "SENSORS"))
FAULTS = st.one_of(st.none(), st.tuples(st.integers(0, 9), st.booleans()))


def drawn(data: st.DataObject, ids: Iterable[str]) -> str:
    """One of these ids, which are others each time, by its place."""
    known = list(ids)
    return known[data.draw(st.integers(0, len(known) - 1))]


class Daemons(RuleBasedStateMachine):
    """What must hold whatever is killed: limits are kept, nothing runs twice, and in the end nothing is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.storage = FaultyStorage(MemoryStorage())
        self.instance = DagsterInstance(self.storage, root_directory=self.folder.name, settings=SETTINGS)  # pyright: ignore[reportArgumentType]
        self.locations = KeptLocations(a_sensor(minimum_interval_seconds=1), a_schedule(cron_schedule="* * * * *"))
        self.locations.says = self.says
        self.now = 1_700_000_000.0
        self.files = 0
        self.born = 0
        self.daemons: list[tuple[Daemon, dict[str, Loop]]] = []
        self.going: dict[str, DagsterRun] = {}
        self.silent: dict[str, DagsterRun] = {}
        self.stopped: set[str] = set()
        self.hesitates = False
        self.done: Counter[str] = Counter()
        for number in range(2):
            self.daemons.append(self.new_daemon())
            self.turn_all(number)

    def teardown(self) -> None:
        try:
            self.recovers()
        finally:
            self.folder.cleanup()

    def says(self, question: TickQuestion) -> TickAnswer | None:
        """None for an answer that comes later, which `an_answer_comes` gives."""
        return None if self.hesitates else self.answer(question)

    def answer(self, question: TickQuestion) -> TickAnswer:
        if question.scheduled is not None:
            return runs(None)
        # It forgets some of what it has told of, as sensors do.
        new = range(max(0, int(question.cursor or 0) - 2), self.files)
        if not new:
            return TickAnswer(skip_reason="no file")
        wanted = [WantedRun(run=a_run(job_name="j"), run_key=f"file {number}") for number in new]
        if str(self.files) != question.cursor:
            wanted.append(WantedRun(run=a_run(job_name="j", tags={BATCH: f"until {self.files}"})))
        return TickAnswer(runs=tuple(wanted), cursor=str(self.files))

    def new_daemon(self) -> tuple[Daemon, dict[str, Loop]]:
        self.born += 1
        loops: list[Any] = [
            QueueLoop(self.instance, self.locations),
            MonitoringLoop(self.instance),
            RetriesLoop(self.instance),
            SchedulesLoop(self.instance, self.locations),
            SensorsLoop(self.instance, self.locations),
        ]
        daemon = Daemon(self.instance, loops, holder=f"daemon {self.born}", lease_seconds=LEASE_SECONDS, clock=lambda: self.now)
        return daemon, {loop.name: loop for loop in loops}

    def turn_all(self, number: int) -> None:
        daemon, loops = self.daemons[number]
        for loop in loops.values():
            daemon.turn(loop)

    @rule(number=st.integers(0, 1), names=st.lists(LOOPS, min_size=1, max_size=8), fault=FAULTS)
    def turns(self, number: int, names: list[str], fault: tuple[int, bool] | None) -> None:
        daemon, loops = self.daemons[number]
        self.storage.arm(*(fault or (None,)))
        try:
            for name in names:
                daemon.turn(loops[name])
        except Crash:
            self.killed(number)
        finally:
            self.storage.arm(None)

    @rule(number=st.integers(0, 1), names=st.lists(LOOPS, min_size=1, max_size=3), writes=st.integers(0, 4))
    def a_pause(self, number: int, names: list[str], writes: int) -> None:
        """A daemon stands still in the middle of what it does, loses its leases, and goes on."""

        def meanwhile() -> None:
            self.now += LEASE_SECONDS + 1.0
            for _ in range(2):
                self.turn_all(1 - number)

        daemon, loops = self.daemons[number]
        self.storage.arm(writes, pause=meanwhile)
        for name in names:
            for _ in range(2):  # asked in one turn, stored in the next
                daemon.turn(loops[name])
        self.storage.arm(None)

    @rule(number=st.integers(0, 1), seconds=st.sampled_from((1, 2, 20)), files=st.integers(0, 2))
    def time_goes_on(self, number: int, seconds: int, files: int) -> None:
        """All loops of a daemon, often enough that what one of them does is taken up by the next."""
        self.files += files
        for _ in range(3):
            self.now += seconds
            self.renew()
            self.turn_all(number)

    def renew(self) -> None:
        """Supervisors tell of themselves; one whose run is another's by now has ended."""
        for run in list(self.going.values()):
            stored = self.instance.get_run_by_id(run.run_id)
            if stored is None or stored.is_finished or stored.attempt != run.attempt:
                del self.going[run.run_id]
            else:
                self.storage.leases.take(lease_of_run(run.run_id), f"attempt {run.attempt}", RUN_LEASE_SECONDS, self.now)

    @rule(hesitates=st.booleans())
    def schedules_and_sensors_take_their_time(self, hesitates: bool) -> None:
        self.hesitates = hesitates

    @precondition(lambda self: self.locations.waiting)
    @rule(data=st.data())
    def an_answer_comes(self, data: st.DataObject) -> None:
        """Also to a daemon that is gone by now, which nobody hears."""
        waiting = self.locations.waiting
        question, answer = waiting.pop(data.draw(st.integers(0, len(waiting) - 1)))
        answer.set_result(self.answer(question))

    @rule(seconds=st.sampled_from((-7200.0, -30.0, 30.0, 7200.0)))
    def the_clock_is_set(self, seconds: float) -> None:
        self.now += seconds
        self.renew()

    def killed(self, number: int) -> None:
        self.storage.arm(None)
        self.daemons[number] = self.new_daemon()
        for run in self.instance.get_runs(RunsFilter(statuses=[S.STARTING, S.CANCELING])):
            if run.process is not None and run.process.is_on_this_host():  # it launches the run; supervisors are elsewhere
                self.storage.runs.replace_run(replace(run, process=gone_process()), self.now)

    @rule()
    def everything_is_killed_and_started_again(self) -> None:
        for run_id in list(self.going):
            self.killed_run(self.going.pop(run_id))
        for number in range(2):
            self.killed(number)

    @precondition(lambda self: self.locations.kept_launcher.orders)
    @rule(data=st.data())
    def a_run_comes(self, data: st.DataObject) -> None:
        """The supervisor of a run that was launched; what it is told may be old by now."""
        self.comes(drawn(data, self.locations.kept_launcher.orders))

    def comes(self, run_id: str) -> None:
        order, process = self.locations.kept_launcher.orders[run_id], elsewhere_process()
        taken = self.instance.storage.runs.take(run_id, order.attempt, [S.CANCELING], process, (), self.now)
        if taken is not None:
            finish(self.instance, taken, T.RUN_CANCELED)
            return
        begun = begin(self.instance, order, process)
        if begun is not None:
            self.going[run_id] = begun
            self.renew()

    @precondition(lambda self: self.going)
    @rule(data=st.data(), end=st.sampled_from((T.RUN_SUCCESS, T.RUN_FAILURE)))
    def a_run_ends(self, data: st.DataObject, end: DagsterEventType) -> None:
        self.ends(self.going.pop(drawn(data, self.going)), end)

    def ends(self, run: DagsterRun, end: DagsterEventType) -> None:
        stored = self.instance.get_run_by_id(run.run_id)
        if stored is not None and stored.status is S.CANCELING:
            end = T.RUN_CANCELED
        try:
            finish(self.instance, run, end)
        except DagsterRunFencedError:
            return
        self.storage.leases.drop(lease_of_run(run.run_id))
        self.done[run.run_id] += 1

    @precondition(lambda self: self.going)
    @rule(data=st.data(), settled=st.booleans())
    def a_run_is_killed(self, data: st.DataObject, settled: bool) -> None:
        self.killed_run(self.going.pop(drawn(data, self.going)))
        if settled:
            settle_abandoned_runs(self.instance.storage)

    def killed_run(self, run: DagsterRun) -> None:
        stored = self.instance.get_run_by_id(run.run_id)
        if stored is not None and not stored.is_finished and stored.attempt == run.attempt:
            self.storage.runs.replace_run(replace(stored, process=gone_process()), self.now)

    @precondition(lambda self: self.going)
    @rule(data=st.data())
    def a_host_is_cut_off(self, data: st.DataObject) -> None:
        """A supervisor of another host is heard no more, and may come back."""
        run = self.going.pop(drawn(data, self.going))
        self.silent[run.run_id] = run

    @precondition(lambda self: self.silent)
    @rule(data=st.data(), end=st.sampled_from((T.RUN_SUCCESS, T.RUN_FAILURE)))
    def a_host_comes_back(self, data: st.DataObject, end: DagsterEventType) -> None:
        self.ends(self.silent.pop(drawn(data, self.silent)), end)

    @precondition(lambda self: self.instance.get_runs_count() > 0)
    @rule(data=st.data())
    def a_run_is_stopped(self, data: st.DataObject) -> None:
        run_id = drawn(data, [run.run_id for run in self.instance.get_runs()])
        if self.instance.terminate_run(run_id):
            self.stopped.add(run_id)

    @invariant()
    def limits_are_kept(self) -> None:
        assert self.instance.get_runs_count(RunsFilter(statuses=list(IN_PROGRESS_STATUSES))) <= MOST

    @invariant()
    def nothing_is_asked_for_or_done_twice(self) -> None:
        stored = self.instance.get_runs()
        first = [run for run in stored if RETRY_NUMBER_TAG not in run.tags]
        by = (SCHEDULED_EXECUTION_TIME_TAG, RUN_KEY_TAG, BATCH)
        asked = Counter(next(run.tags[key] for key in by if key in run.tags) for run in first)
        assert not asked or max(asked.values()) == 1
        assert not self.done or max(self.done.values()) == 1
        assert all(count == 1 for count in Counter(run.parent_run_id for run in stored if run.parent_run_id).values())
        assert all(int(run.tags.get(RETRY_NUMBER_TAG, 0)) <= MOST_RETRIES for run in stored)

    def recovers(self) -> None:
        """Whatever happened: one daemon that is left alone brings everything to its end."""
        self.now += LEASE_SECONDS
        self.hesitates = False
        for _ in range(400):
            self.turn_all(0)
            self.now += 1.1
            for run_id in list(self.locations.kept_launcher.orders):
                self.comes(run_id)
            for run_id in list(self.going):
                self.ends(self.going.pop(run_id), T.RUN_SUCCESS)
            if self.is_quiet():
                break
        stored = self.instance.get_runs()
        assert {run.status for run in stored} <= {S.SUCCESS, S.FAILURE, S.CANCELED}
        assert {run.run_id for run in stored if run.status is S.CANCELED} <= self.stopped
        assert not [lease for lease in self.instance.storage.leases.leases() if lease.name.startswith("run/")]
        keys = {run.tags.get(RUN_KEY_TAG) for run in stored if RETRY_NUMBER_TAG not in run.tags}
        assert {f"file {number}" for number in range(self.files)} <= keys
        assert not self.instance.get_ticks(TickFilter(statuses=(TickStatus.STARTED,)))
        assert sum(run.status is S.SUCCESS for run in stored) == sum(
            run.run_id in self.done and run.status is S.SUCCESS for run in stored
        )
        tried = {run.run_id: int(run.tags.get(RETRY_NUMBER_TAG, 0)) for run in stored}
        failed = {
            run.run_id
            for run in stored
            if run.status is S.FAILURE and tried[run.run_id] < MOST_RETRIES and run.tags.get(WILL_RETRY_TAG) != "false"
        }
        assert failed == {run.parent_run_id for run in stored if run.parent_run_id}

    def is_quiet(self) -> bool:
        waiting = self.instance.get_runs_count(RunsFilter(statuses=[S.QUEUED, S.STARTING, S.STARTED, S.CANCELING]))
        state = self.instance.get_instigator_states(["shop:files"]).get("shop:files")
        waiting += len(self.instance.get_ticks(TickFilter(statuses=(TickStatus.STARTED,))))
        seen = state is not None and state.cursor == str(self.files)
        latest = self.instance.storage.events.latest_id()
        self.turn_all(0)
        return not waiting and (seen or not self.files) and latest == self.instance.storage.events.latest_id()


Daemons.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestDaemons = Daemons.TestCase
