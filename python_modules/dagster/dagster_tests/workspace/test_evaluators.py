"""Evaluators: what a schedule or sensor does to its process fails its own tick, with the cause, and delays no other."""

import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dagster import DagsterInstance
from dagster.runs.evaluations import TickAnswer, TickQuestion
from dagster.runs.ticks import InstigatorType
from dagster.workspace.code_locations import LocationProcesses
from dagster.workspace.evaluators import Evaluating, Evaluators
from dagster.workspace.targets import CodeTarget
from dagster_tests.workspace.locations import DEADLINE_SECONDS, until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os, subprocess, sys, time
    from pathlib import Path
    from dagster import Definitions, RunRequest, SkipReason, job, op, schedule, sensor

    kept = []

    @op
    def reads(): ...

    @job
    def load():
        reads()

    @sensor(job=load)
    def says(context):
        return SkipReason(f"{os.getpid()} {context.cursor}")

    @sensor(job=load)
    def exits(context):
        os._exit(3)

    @sensor(job=load)
    def loops(context):
        other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path("told").write_text(str(other.pid))
        while True:
            pass

    @sensor(job=load)
    def eats(context):
        return SkipReason(str(len(bytearray(1 << 30))))

    @sensor(job=load)
    def grows(context):
        kept.append(b"." * (300 << 20))
        return SkipReason(str(os.getpid()))

    @sensor(job=load)
    def waits(context):
        Path("told").write_text(str(os.getpid()))
        while not os.path.exists("go_on"):
            time.sleep(0.01)
        return SkipReason("waited")

    @schedule(job=load, cron_schedule="* * * * *")
    def waits_at(context):
        Path("told").write_text(str(os.getpid()))
        while not os.path.exists("go_on"):
            time.sleep(0.01)
        return RunRequest()

    defs = Definitions(jobs=[load], sensors=[says, exits, loops, eats, grows, waits], schedules=[waits_at])
"""
EATING = Evaluating(memory_bytes=512 << 20)


class Asked:
    """A location whose schedules and sensors are asked."""

    def __init__(self, folder: Folder, processes: LocationProcesses, evaluators: Evaluators) -> None:
        self.folder = folder
        self.processes = processes
        self.evaluators = evaluators

    def begin(self, name: str, seconds: float = DEADLINE_SECONDS, cursor: str | None = None) -> Callable[[], TickAnswer]:
        is_schedule = name == "waits_at"
        question = TickQuestion(
            instigator_type=InstigatorType.SCHEDULE if is_schedule else InstigatorType.SENSOR,
            location="defs.py",
            name=name,
            cursor=cursor,
            scheduled=1700000040.0 if is_schedule else None,
        )
        answer = self.evaluators.ask(question, seconds)
        return lambda: answer.result(DEADLINE_SECONDS)

    def error(self, name: str, seconds: float = DEADLINE_SECONDS) -> str:
        error = self.begin(name, seconds)().error
        assert error is not None
        return error.message.strip()

    def told(self) -> int:
        """The pid that user code wrote, once it did."""
        path = self.folder.path / "told"
        return int(until(lambda: path.exists() and path.read_text()))

    @property
    def zygote_pid(self) -> int:
        assert self.processes.current is not None
        assert self.processes.current.loaded is not None
        return self.processes.current.loaded.pid


@pytest.fixture
def location(folder: Folder) -> Iterator[Asked]:
    with asking(folder, EATING) as made:
        yield made


@contextmanager
def asking(folder: Folder, evaluating: Evaluating, code: str = CODE) -> Iterator[Asked]:
    target = CodeTarget(source="python_file", name=str(folder.write("defs.py", code)), working_directory=str(folder.path))
    with DagsterInstance.local_temp(str(folder.path / "home")) as instance:
        processes = LocationProcesses(target)
        evaluators = Evaluators(processes, instance.get_ref(), evaluating)
        try:
            processes.start()
            yield Asked(folder, processes, evaluators)
        finally:
            evaluators.close()
            processes.close()


def test_one_process_answers_one_question_after_another(location: Asked) -> None:
    first, second = location.begin("says", cursor="a")(), location.begin("says", cursor="b")()
    assert first.skip_reason is not None
    assert second.skip_reason is not None
    assert (first.skip_reason.split()[1], second.skip_reason.split()[1]) == ("a", "b")
    assert first.skip_reason.split()[0] == second.skip_reason.split()[0] == str(location.evaluators.pids[0])


def test_a_tick_over_its_deadline_ends_with_what_it_started_and_the_others_go_on(location: Asked) -> None:
    looping = location.begin("loops", seconds=1.0)
    other = location.told()
    assert location.begin("says")().error is None
    error = looping().error
    assert error is not None
    assert error.message.strip() == "loops gave no answer within 1 seconds. Its process was ended."
    until(lambda: not Path(f"/proc/{other}/exe").exists())
    assert location.begin("says")().error is None


def test_a_sensor_that_ends_its_process_fails_its_tick_with_the_exit_code(location: Asked) -> None:
    assert location.error("exits") == "The process that asked exits ended with exit code 3."
    assert location.begin("says")().error is None


def test_a_sensor_that_takes_all_memory_fails_its_tick(location: Asked) -> None:
    assert location.error("eats").startswith("MemoryError")
    assert location.begin("says")().error is None


def test_those_that_many_quick_questions_do_not_need_are_let_go(folder: Folder) -> None:
    with asking(folder, Evaluating(patience_seconds=1.0, idle_seconds=1.0)) as location:
        waiting = [location.begin("waits") for _ in range(3)]
        until(lambda: len(location.evaluators.pids) == 3)
        folder.write("go_on", "")
        assert [answer().skip_reason for answer in waiting] == ["waited"] * 3

        asked = deque(location.begin("says") for _ in range(10))  # something waits at every look

        def is_one_left() -> bool:
            for _ in range(10):
                asked.append(location.begin("says"))
                assert asked.popleft()().error is None
            return len(location.evaluators.pids) == 1

        until(is_one_left)
        assert all(answer().error is None for answer in asked)


def test_nothing_is_left_of_those_that_were_let_go(folder: Folder) -> None:
    with asking(folder, Evaluating(idle_seconds=0.1, memory_bytes=512 << 20)) as location:
        zygote = location.processes.current
        assert zygote is not None

        def is_nothing_left() -> bool:
            return not (location.evaluators.pids or zygote.answers or zygote.ends)

        assert location.begin("says")().error is None
        until(is_nothing_left)
        processes = ("self", location.zygote_pid)
        before = [len(os.listdir(f"/proc/{each}/fd")) for each in processes]
        for _ in range(3):
            answers = [location.begin(name) for name in ("says", "exits", "grows", "says")]
            assert location.begin("loops", seconds=0.5)().error is not None
            assert [answer().error is None for answer in answers] == [True, False, True, True]
            until(is_nothing_left)
        after = [len(os.listdir(f"/proc/{each}/fd")) for each in processes]
        assert all(now <= then for now, then in zip(after, before, strict=True))


def test_a_process_that_has_grown_is_replaced(location: Asked) -> None:
    grown, fresh = location.begin("grows")().skip_reason, location.begin("says")().skip_reason
    assert grown is not None
    assert fresh is not None
    assert grown != fresh.split()[0]


def test_a_sensor_whose_process_is_killed_fails_its_tick_with_the_signal(location: Asked) -> None:
    waiting = location.begin("waits")
    os.kill(location.told(), signal.SIGKILL)
    error = waiting().error
    assert error is not None
    assert error.message.strip() == "The process that asked waits was ended by signal 9 (SIGKILL)."


def test_a_schedule_whose_process_is_killed_is_asked_again(location: Asked) -> None:
    waiting = location.begin("waits_at")
    pid = location.told()
    (location.folder.path / "go_on").touch()
    os.kill(pid, signal.SIGSTOP)
    os.kill(pid, signal.SIGKILL)
    answer = waiting()
    assert (answer.error, len(answer.runs)) == (None, 1)


def test_a_tick_goes_on_when_its_code_is_replaced(location: Asked) -> None:
    waiting = location.begin("waits")
    pid = location.told()
    location.processes.start()
    (location.folder.path / "go_on").touch()
    assert waiting().skip_reason == "waited"
    until(lambda: not Path(f"/proc/{pid}/exe").exists())
    assert location.begin("says")().error is None


def test_what_is_asked_while_the_code_is_gone_is_answered_when_it_is_back(location: Asked) -> None:
    waiting = location.begin("waits")
    location.told()
    (location.folder.path / "go_on").touch()
    os.kill(location.zygote_pid, signal.SIGSTOP)
    os.kill(location.zygote_pid, signal.SIGKILL)
    until(lambda: location.processes.current is None or location.processes.current.is_gone)
    saying = location.begin("says")
    location.processes.start()
    assert waiting().skip_reason == "waited"
    assert saying().error is None


def test_without_code_a_question_fails_at_its_deadline(location: Asked) -> None:
    assert location.processes.current is not None
    location.processes.let_go(location.processes.current)
    assert location.error("says", seconds=0.2) == (
        'The code location "defs.py" is not served, so says could not be asked within 0.2 seconds.'
    )


def test_processes_that_cannot_be_forked_are_started_anew(folder: Folder) -> None:
    thread = "\nimport threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    from textwrap import dedent

    with asking(folder, Evaluating(), dedent(CODE) + thread) as location:
        assert location.begin("says")().error is None
        assert location.error("exits") == "The process that asked exits ended with exit code 3."
