"""What every engine promises. An implementation's test class inherits these and gives the fixture `engine`.

The parts are real: steps of the job `parts` in `PARTS`, of a run that is stored and held.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dagster import DagsterInstance
from dagster.execution.engines import Engine, Happening
from dagster.execution.orders import ProcessEnd, StepFailed, StepGave, WorkOrder
from dagster.instance.launches import RunOrder
from dagster.runs.processes import identity_of

DEADLINE_SECONDS = 120.0

PARTS = """
    import os, signal, subprocess, sys, time
    from pathlib import Path
    from dagster import Definitions, job, op

    @op
    def well():
        return 1

    @op
    def raises():
        raise ValueError("no rows")

    @op
    def is_killed():
        os.kill(os.getpid(), signal.SIGKILL)

    @op
    def sleeps():
        Path(os.environ["BEGUN"]).write_text(str(os.getpid()))
        time.sleep(600)

    @op
    def does_not_listen():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Path(os.environ["BEGUN"]).write_text(str(os.getpid()))
        time.sleep(600)

    @op
    def starts_another():
        code = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(flush=True); time.sleep(600)"
        other = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
        other.stdout.readline()
        Path(os.environ["BEGUN"]).write_text(str(other.pid))
        time.sleep(600)

    @job
    def parts():
        well(), raises(), is_killed(), sleeps(), does_not_listen(), starts_another()

    defs = Definitions(jobs=[parts])
"""


def until(is_so: Callable[[], Any], seconds: float = DEADLINE_SECONDS) -> Any:
    """What `is_so` gives once it gives something true."""
    deadline = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < deadline, "this did not happen in time"
        time.sleep(0.005)
    return found


class Placed:
    """An engine with a run for its parts.

    Args:
        engine: the engine.
        instance: remembers the run.
        run_id: the run.
        begun: the file that a part writes when its code has begun.
    """

    def __init__(self, engine: Engine, instance: DagsterInstance, run_id: str, begun: Path) -> None:
        self.engine = engine
        self._order = RunOrder(
            run_id=run_id, attempt=0, instance=instance.get_ref(), environment={**os.environ, "BEGUN": str(begun)}
        )
        self._begun = begun

    def start(self, step_key: str, number: int = 1) -> None:
        self.engine.start(WorkOrder(number=number, run=self._order, step_key=step_key))

    def begun(self) -> int:
        """The pid that a part wrote when its code had begun."""
        return int(until(lambda: self._begun.exists() and self._begun.read_text()))

    def happenings(self, ends: int = 1) -> list[Happening]:
        """Everything that happens until so many parts have ended."""
        happened: list[Happening] = []
        deadline = time.monotonic() + DEADLINE_SECONDS
        while sum(each.end is not None for each in happened) < ends:
            assert time.monotonic() < deadline, "the part did not end in time"
            happened.extend(self.engine.wait(0.5))
        return happened

    def end(self) -> ProcessEnd:
        end = self.happenings()[-1].end
        assert end is not None
        return end


class EngineContract:
    def test_a_part_reports_and_then_ends(self, placed: Placed) -> None:
        placed.start("well")
        report, end = placed.happenings()
        assert report.report == StepGave(step_key="well", outputs=["result"])
        assert end.end is not None
        assert (end.end.exit_code, end.end.signal) == (0, None)

    def test_what_a_part_took_is_told_with_its_end(self, placed: Placed) -> None:
        placed.start("well")
        end = placed.end()
        assert end.cpu_seconds > 0
        assert end.peak_memory_bytes > 1_000_000

    def test_a_part_whose_code_raises_says_so_and_ends_well(self, placed: Placed) -> None:
        placed.start("raises")
        report, end = placed.happenings()
        assert report.report == StepFailed(step_key="raises")
        assert end.end is not None
        assert end.end.exit_code == 0

    def test_a_part_that_is_killed_ends_without_a_word(self, placed: Placed) -> None:
        placed.start("is_killed")
        (end,) = placed.happenings()
        assert end.report is None
        assert end.end is not None
        assert end.end.signal == 9
        assert not end.end.ran_out_of_memory

    def test_parts_run_side_by_side_and_are_told_apart(self, placed: Placed) -> None:
        placed.start("well", 1)
        placed.start("raises", 2)
        happened = placed.happenings(ends=2)
        reports = {each.number: each.report for each in happened if each.report is not None}
        assert reports == {1: StepGave(step_key="well", outputs=["result"]), 2: StepFailed(step_key="raises")}

    def test_waiting_ends_when_the_time_is_over(self, placed: Placed) -> None:
        placed.start("sleeps")
        placed.begun()
        assert placed.engine.wait(0.01) == []
        placed.engine.stop(kill=True)

    def test_a_part_that_is_asked_to_stop_says_how_it_ended(self, placed: Placed) -> None:
        placed.start("sleeps")
        placed.begun()
        assert placed.engine.stop(kill=False) > 0
        report = placed.happenings()[0].report
        assert isinstance(report, StepFailed)

    def test_a_part_that_does_not_listen_is_killed(self, placed: Placed) -> None:
        placed.start("does_not_listen")
        placed.begun()
        placed.engine.stop(kill=False)
        assert placed.engine.wait(0.05) == []
        until(lambda: placed.engine.stop(kill=True) == 0 or placed.engine.wait(0.01) is None)

    def test_what_a_part_started_in_a_session_of_its_own_is_stopped_with_it(self, placed: Placed) -> None:
        placed.start("starts_another")
        other = identity_of(placed.begun())
        until(lambda: placed.engine.stop(kill=True) == 0)
        until(lambda: not other.is_alive())  # its code has ended, the kernel may still be taking it down

    def test_a_part_is_described_while_it_is_there(self, placed: Placed) -> None:
        placed.start("sleeps")
        assert placed.engine.describe(1)["pid"] == str(placed.begun())
        placed.engine.stop(kill=True)
        placed.happenings()
        assert placed.engine.describe(1) == {}
