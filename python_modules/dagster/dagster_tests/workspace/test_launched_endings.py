"""What launched runs execute after their work: after a failure, a cancellation, and the death of their process."""

import sys
from collections.abc import Iterator

import pytest

from dagster import DagsterEventType as T
from dagster.runs.members import members_of
from dagster.workspace.launchers import LocationLauncher
from dagster_tests.workspace.locations import Located, located, until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os, signal, time
    from pathlib import Path
    from dagster import (
        Definitions, In, asset, define_asset_job, in_process_executor, job, multiprocess_executor, op, resource,
    )

    @op
    def one():
        return 1

    @op
    def two(number, extra=None):
        print("two", number, extra)
        return number + 1

    @op
    def fails():
        raise ValueError("no rows")

    @op
    def dies():
        os.kill(os.getpid(), signal.SIGKILL)

    @op
    def waits():
        Path(os.environ["TOLD"]).write_text("waits")
        while True:
            time.sleep(0.01)

    @op(allow_failure=True)
    def flaky(number):
        raise ValueError("no network")

    @op(ins={"all_of_them": In(allow_failure=True)})
    def takes_all(all_of_them):
        print("takes", [getattr(each, "reason", each) for each in all_of_them])

    @op
    def tell(context):
        print("tell", [(each.step_key, each.reason, each.is_allowed) for each in context.failed_steps])

    @op(required_resource_keys={"files"})
    def clean(context):
        print("clean", context.resources.files, [each.step_key for each in context.failed_steps])

    @op
    def hangs():
        Path(os.environ["LAST"]).write_text("hangs")
        while True:
            time.sleep(0.01)

    def body(*parts):
        def made():
            parts[-1](*(part() for part in parts[:-1]))
        return made

    @op(required_resource_keys={"broken"})
    def needs_broken():
        return 1

    @resource
    def broken():
        raise ValueError("no server")

    def both(name, *parts, **options):
        given = {"on_failure": tell, "finally_": clean, "resource_defs": {"files": "files", "broken": broken}, **options}
        return [
            job(name=name, executor_def=multiprocess_executor, **given)(body(*parts)),
            job(name=f"{name}_in_process", executor_def=in_process_executor, **given)(body(*parts)),
        ]

    def bears():
        number = one()
        extra = flaky(number)
        two(number, extra)
        takes_all([number, extra])

    jobs = [
        *both("well", one, two),
        *both("failing", fails, two),
        *both("dying", dies, two),
        *both("waiting", waits, two),
        *both("hanging", waits, two, finally_=hangs),
        *both("unresourced", needs_broken, two),
        job(name="bearing", executor_def=multiprocess_executor, on_failure=tell)(bears),
        job(name="bearing_in_process", executor_def=in_process_executor, on_failure=tell)(bears),
    ]

    @asset
    def orders():
        raise ValueError("no rows")

    defs = Definitions(
        assets=[orders],
        jobs=[*jobs, define_asset_job("assets", on_failure=tell, finally_=clean)],
        resources={"files": "files"},
    )
"""

KINDS = pytest.mark.parametrize("kind", ["", "_in_process"])
# How processes begin matters where they end well, fail, die or are stopped; what a run then decides is the same code.
BEGUN_EITHER_WAY = pytest.mark.parametrize("location", ["forked", "fresh"], indirect=True, scope="module")
FORKED = pytest.mark.parametrize("location", ["forked"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def location(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Located]:
    """A location whose processes are forked, and one where each loads the code itself, since a thread runs there."""
    thread = "" if request.param == "forked" else THREAD
    with located(Folder(tmp_path_factory.mktemp("project")), CODE + thread) as made:
        assert bool(made.obstacles) == bool(thread)
        yield made


THREAD = """
    import threading
    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""


@pytest.fixture
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment that names the files into which steps write."""
    folder = tmp_path_factory.mktemp("told")
    return {"TOLD": str(folder / "told"), "LAST": str(folder / "last")}


def is_there(path: str) -> bool:
    try:
        with open(path) as file:
            return bool(file.read())
    except FileNotFoundError:
        return False


def ended(location: Located, run_id: str) -> list[str]:
    """How the steps of a run ended, in this order."""
    kinds = {T.STEP_SUCCESS: "+", T.STEP_FAILURE: "-", T.STEP_SKIPPED: "0"}
    return [f"{event.step_key}{kinds[event.event_type]}" for event in location.events(run_id) if event.event_type in kinds]


def said(location: Located, run_id: str, step_key: str) -> str:
    """What a step printed, of a run of whichever kind."""
    try:
        return location.output(run_id, step_key)
    except FileNotFoundError:
        lines = location.output(run_id, run_id).splitlines(keepends=True)
        return "".join(line for line in lines if line.startswith(f"{step_key.split('_')[0]} "))


@BEGUN_EITHER_WAY
@KINDS
def test_a_run_that_ends_well_is_cleaned_up_after(location: Located, kind: str) -> None:
    run = location.run(f"well{kind}")
    assert run.status.value == "SUCCESS"
    assert ended(location, run.run_id) == ["one+", "two+", "tell0", "clean+"]


@BEGUN_EITHER_WAY
@KINDS
def test_a_run_that_failed_tells_what_failed_and_is_cleaned_up_after(location: Located, kind: str) -> None:
    run = location.run(f"failing{kind}")
    assert (run.status.value, run.tags["dagster/failure_reason"]) == ("FAILURE", "STEP_FAILURE")
    assert ended(location, run.run_id) == ["fails-", "tell+", "clean+"]
    assert said(location, run.run_id, "tell") == "tell [('fails', 'ValueError: no rows', False)]\n"
    assert said(location, run.run_id, "clean") == "clean files ['fails']\n"


@FORKED
def test_a_job_of_assets_does_so_too(location: Located) -> None:
    run = location.run("assets")
    assert run.status.value == "FAILURE"
    assert ended(location, run.run_id) == ["orders-", "tell+", "clean+"]


@BEGUN_EITHER_WAY
@KINDS
def test_a_run_whose_process_was_killed_goes_on_with_what_runs_then(location: Located, kind: str) -> None:
    run = location.run(f"dying{kind}")
    assert run.status.value == "FAILURE"
    assert ended(location, run.run_id) == ["dies-", "tell+", "clean+"]
    assert "SIGKILL" in said(location, run.run_id, "tell")


@FORKED
@KINDS
def test_a_run_whose_resource_cannot_be_set_up_goes_on_with_what_needs_others(location: Located, kind: str) -> None:
    run = location.run(f"unresourced{kind}")
    assert run.status.value == "FAILURE"
    assert [each for each in ended(location, run.run_id) if not each.startswith("needs")] == ["tell+", "clean+"]


@BEGUN_EITHER_WAY
@KINDS
def test_a_run_that_somebody_stops_is_cleaned_up_after_and_then_canceled(
    location: Located, told: dict[str, str], kind: str
) -> None:
    run_id = location.launch(f"waiting{kind}", told)
    until(lambda: is_there(told["TOLD"]))
    location.instance.terminate_run(run_id)
    assert location.ended(run_id).status.value == "CANCELED"
    assert ended(location, run_id) == ["waits-", "clean+"]
    assert location.types(run_id)[-1] == "PIPELINE_CANCELED"
    assert members_of(run_id) == []


@FORKED
@KINDS
def test_what_runs_always_is_stopped_when_somebody_asks_once_more(location: Located, told: dict[str, str], kind: str) -> None:
    run_id = location.launch(f"hanging{kind}", told)
    until(lambda: is_there(told["TOLD"]))
    location.instance.terminate_run(run_id)
    until(lambda: is_there(told["LAST"]))
    location.instance.terminate_run(run_id)
    assert location.ended(run_id).status.value == "CANCELED"
    assert ended(location, run_id) == ["waits-", "hangs-"]
    assert members_of(run_id) == []


@FORKED
@KINDS
def test_a_run_whose_config_does_not_fit_ends_without_what_runs_then(location: Located, kind: str) -> None:
    run = location.instance.create_run(job_name=f"well{kind}", run_config={"ops": {"three": {}}})
    location.instance.launch_run(run.run_id, LocationLauncher(location.processes))
    assert location.ended(run.run_id).status.value == "FAILURE"
    assert ended(location, run.run_id) == []


@FORKED
@KINDS
def test_a_step_that_may_fail_leaves_the_run_to_its_others(location: Located, kind: str) -> None:
    run = location.run(f"bearing{kind}")
    assert run.status.value == "SUCCESS"
    assert sorted(ended(location, run.run_id)) == ["flaky-", "one+", "takes_all+", "tell0", "two+"]
    assert said(location, run.run_id, "two") == "two 1 None\n"
    assert said(location, run.run_id, "takes_all") == "takes [1, 'ValueError: no network']\n"
    assert (location.events(run.run_id)[-1].message or "").endswith("Steps failed, as they may: ['flaky'].")
