"""Steps of launched runs wait for places in their pools, and what a run that was killed held is free. Real processes."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dagster import DagsterEventType as T
from dagster_tests.workspace.locations import Located, located, until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os, time
    from pathlib import Path
    from dagster import Definitions, in_process_executor, job, op

    def wait_for(name):
        while not (Path(os.environ["FOLDER"]) / name).exists():
            time.sleep(0.01)

    @op(pool="db")
    def holds():
        wait_for("go")

    @op(pool="db")
    def follows():
        pass

    @op(tags={"dagster/concurrency_key": "db"})
    def tagged():
        pass

    @op
    def free():
        pass

    @job
    def holding():
        holds()

    @job
    def following():
        follows()
        free()

    @job(executor_def=in_process_executor)
    def following_in_process():
        follows()
        free()

    @job
    def tagged_job():
        tagged()

    @job
    def both():
        follows()
        tagged()

    defs = Definitions(jobs=[holding, following, following_in_process, tagged_job, both])
"""


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Located]:
    with located(Folder(tmp_path_factory.mktemp("project")), CODE) as made:
        made.instance.set_concurrency_slots("db", 1)
        yield made


def messages(location: Located, run_id: str) -> list[str | None]:
    return [event.message for event in location.events(run_id, T.ENGINE_EVENT)]


def started(location: Located, run_id: str) -> list[str | None]:
    return [event.step_key for event in location.events(run_id, T.STEP_START)]


def holding(location: Located, folder: Path) -> str:
    """A run whose step has the only place, until there is a file `go`."""
    run_id = location.launch("holding", {"FOLDER": str(folder)})
    until(lambda: started(location, run_id))
    return run_id


@pytest.mark.parametrize("job", ["following", "following_in_process"])
def test_a_step_waits_while_others_have_all_places_and_steps_without_a_pool_go_on(
    location: Located, tmp_path: Path, job: str
) -> None:
    first = holding(location, tmp_path)
    second = location.launch(job)
    until(lambda: "Step blocked by limit for pool db" in messages(location, second))
    until(lambda: started(location, second) == ["free"])
    info = location.instance.get_concurrency_info("db")
    assert [(claim.run_id, claim.step_key) for claim in info.held] == [(first, "holds")]
    assert [(claim.run_id, claim.step_key) for claim in info.waiting] == [(second, "follows")]
    (tmp_path / "go").touch()
    assert location.ended(second).is_success
    assert location.ended(first).is_success
    assert started(location, second) == ["free", "follows"]
    assert location.instance.get_concurrency_info("db").held == ()


def test_what_a_killed_run_held_is_free(location: Located, tmp_path: Path) -> None:
    first = holding(location, tmp_path)
    second = location.launch("tagged_job")
    until(lambda: messages(location, second)[-1:] == ["Step blocked by limit for pool db"])
    location.supervisor(first).send(signal.SIGKILL)
    assert location.ended(second).is_success
    assert location.ended(first).is_failure


def test_a_run_that_is_stopped_waits_no_more(location: Located, tmp_path: Path) -> None:
    first = holding(location, tmp_path)
    second = location.launch("following")
    until(lambda: location.instance.get_concurrency_info("db").waiting)
    location.instance.terminate_run(second)
    assert location.ended(second).status.value == "CANCELED"
    assert location.instance.get_concurrency_info("db").waiting == ()
    (tmp_path / "go").touch()
    assert location.ended(first).is_success


def test_steps_of_one_run_take_turns(location: Located) -> None:
    run = location.run("both")
    assert run.is_success
    order = [(each.event_type_value, each.step_key) for each in location.events(run.run_id)]
    first, second = (key for kind, key in order if kind == "STEP_START")
    assert order.index(("STEP_SUCCESS", first)) < order.index(("STEP_WORKER_STARTING", second))
    assert run.run_op_concurrency is not None
    assert run.run_op_concurrency.root_key_counts == {"db": 2}
