"""Code locations without code: a test says what is declared, what is answered and when."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from dagster.daemon.locations import Located
from dagster.errors import DagsterCodeLocationError
from dagster.instance.launches import RunLauncher
from dagster.runs.evaluations import TickAnswer, TickQuestion, WantedRun
from dagster.specs.schedules import DefaultScheduleStatus, ScheduleSpec
from dagster.specs.sensors import DefaultSensorStatus, SensorSpec
from dagster_tests.contracts.storage_facts import a_run
from dagster_tests.daemon.launchers import KeptLauncher


class KeptLocations:
    """The port `Locations` in memory. What is asked is answered at once by `says`, or waits where that gives None."""

    def __init__(self, *specs: ScheduleSpec | SensorSpec) -> None:
        self.specs = list(specs)
        self.kept_launcher = KeptLauncher()
        self.asked: list[TickQuestion] = []
        self.waiting: list[tuple[TickQuestion, Future[TickAnswer]]] = []
        self.says: Callable[[TickQuestion], TickAnswer | None] = lambda _: TickAnswer(skip_reason="nothing")

    def schedules(self) -> Sequence[Located[ScheduleSpec]]:
        return [Located("shop", spec) for spec in self.specs if isinstance(spec, ScheduleSpec)]

    def sensors(self) -> Sequence[Located[SensorSpec]]:
        return [Located("shop", spec) for spec in self.specs if isinstance(spec, SensorSpec)]

    def launcher(self, location: str | None) -> RunLauncher:
        if location not in (None, "shop"):
            raise DagsterCodeLocationError(f'There is no code location "{location}".')
        return self.kept_launcher

    def ask(self, question: TickQuestion, seconds: float) -> Future[TickAnswer]:
        self.asked.append(question)
        answer: Future[TickAnswer] = Future()
        said = self.says(question)
        if said is None:
            self.waiting.append((question, answer))
        else:
            answer.set_result(said)
        return answer


def a_sensor(name: str = "files", **fields: object) -> SensorSpec:
    given = {"default_status": DefaultSensorStatus.RUNNING, "minimum_interval_seconds": 30, **fields}
    return SensorSpec(name=name, **given)  # pyright: ignore[reportArgumentType]


def a_schedule(name: str = "hourly", **fields: object) -> ScheduleSpec:
    given = {"default_status": DefaultScheduleStatus.RUNNING, "cron_schedule": "0 * * * *", "job_name": "j", **fields}
    return ScheduleSpec(name=name, **given)  # pyright: ignore[reportArgumentType]


def runs(*run_keys: str | None) -> TickAnswer:
    return TickAnswer(runs=tuple(WantedRun(run=a_run(job_name="j"), run_key=key) for key in run_keys))
