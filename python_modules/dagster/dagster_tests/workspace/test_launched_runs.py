"""Runs that are launched in a location: their steps and ends, how they are stopped, what is left when processes are killed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from dagster import AssetKey, DagsterInstance
from dagster import DagsterEventType as T
from dagster.events.data import RunFailureReason
from dagster.runs.members import members_of
from dagster_tests.workspace.locations import Located, located, until
from dagster_tests.workspace.projects import Folder

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(sys.platform != "linux", reason="processes are followed by /proc"),
]

CODE = """
    import os, signal, subprocess, sys, time
    from pathlib import Path
    from dagster import (
        Config, Definitions, DynamicOut, DynamicOutput, RetryPolicy, asset, define_asset_job,
        failure_hook, in_process_executor, job, multiprocess_executor, op, success_hook,
    )

    def told(text):
        Path(os.environ["TOLD"]).write_text(text)

    @op
    def one():
        print("one", os.getpid())
        return 1

    @op
    def two(number):
        print("two", os.getpid())
        return number + 1

    @job
    def chain():
        two(one())

    @job(executor_def=in_process_executor)
    def chain_in_process():
        two(one())

    @op
    def fails():
        raise ValueError("no rows")

    @job
    def failing():
        two(fails())

    @op
    def dies():
        os.kill(os.getpid(), getattr(signal, os.environ.get("BY", "SIGKILL")))

    @job
    def dying():
        two(dies())

    @job(executor_def=in_process_executor)
    def dying_in_process():
        two(dies())

    @op(retry_policy=RetryPolicy(max_retries=2))
    def flaky(context):
        if context.retry_number < 2:
            raise ValueError(f"try {context.retry_number}")
        return context.retry_number

    @job
    def retried():
        two(flaky())

    @op(out=DynamicOut())
    def parts():
        for number in range(3):
            yield DynamicOutput(number, mapping_key=f"n{number}")

    @op
    def total(numbers):
        print("total", sum(numbers))

    @job
    def mapped():
        total(parts().map(two).collect())

    @op
    def tidies():
        told(str(os.getpid()))
        try:
            time.sleep(600)
        finally:
            time.sleep(0.2)
            told("tidied")

    @op
    def waits():
        told(str(os.getpid()))
        time.sleep(600)

    @job
    def waiting():
        waits()

    @job
    def tidying():
        tidies()

    @job(executor_def=in_process_executor)
    def waiting_in_process():
        waits()

    @op
    def does_not_listen():
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        code = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(flush=True); time.sleep(600)"
        other = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
        other.stdout.readline()
        told(str(other.pid))
        time.sleep(600)

    @job
    def stubborn():
        does_not_listen()

    @op
    def shows_environment():
        print(os.environ.get("SHOWN"))

    @job
    def showing():
        shows_environment()

    class Much(Config):
        password: str

    @op
    def keeps(config: Much):
        print(config.password)

    @job
    def secret():
        keeps()

    @op(tags={"db": "main"})
    def slow():
        path = Path(os.environ["TOLD"])
        with path.open("a") as file:
            file.write("+")
        time.sleep(0.05)
        with path.open("a") as file:
            file.write("-")

    limit = {"tag_concurrency_limits": [{"key": "db", "value": "main", "limit": 1}], "max_concurrent": 4}

    @job(executor_def=multiprocess_executor.configured(limit))
    def limited():
        slow.alias("a")(), slow.alias("b")(), slow.alias("c")()

    @success_hook
    def praises(context):
        print("praised", context.op_output_values)

    @failure_hook
    def regrets(context):
        print("regretted", context.op_exception)

    @job(hooks={praises, regrets})
    def hooked():
        one()
        fails()

    @asset
    def orders():
        return [1, 2]

    @asset
    def count(orders):
        return len(orders)

    defs = Definitions(
        assets=[orders, count],
        jobs=[
            chain, chain_in_process, failing, dying, dying_in_process, retried, mapped, waiting, waiting_in_process, stubborn,
            tidying, showing, secret, limited, hooked, define_asset_job("assets"),
        ],
    )
"""


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Located]:
    """One location for all tests of the file, as a control plane has it."""
    with located(Folder(tmp_path_factory.mktemp("project")), CODE) as made:
        yield made


@pytest.fixture
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment that names the file into which steps write."""
    return {"TOLD": str(tmp_path_factory.mktemp("told") / "told")}


def read(told: dict[str, str]) -> str:
    """What a step wrote, once it did."""

    def written() -> str:
        try:
            with open(told["TOLD"]) as file:
                return file.read()
        except FileNotFoundError:
            return ""

    return until(written)


def failure(location: Located, run_id: str, kind: T = T.STEP_FAILURE) -> str:
    """The error of the only failure of a run's steps."""
    (event,) = location.events(run_id, kind)
    error = getattr(event.event_specific_data, "error", None)
    assert error is not None
    return (error.cause or error).message.strip()


def test_each_step_has_a_process_of_its_own_and_gives_its_value_to_the_next(location: Located) -> None:
    run = location.run("chain")
    assert run.status.value == "SUCCESS"
    words = [*location.output(run.run_id, "one").split(), *location.output(run.run_id, "two").split()]
    assert words[0::2] == ["one", "two"]
    assert words[1] != words[3]


def test_the_events_of_a_run_are_those_of_the_api_in_their_order(location: Located) -> None:
    run = location.run("chain")
    of_step = ["STEP_WORKER_STARTING", "STEP_WORKER_STARTED", "RESOURCE_INIT_STARTED", "RESOURCE_INIT_SUCCESS", "LOGS_CAPTURED"]
    # What a process took is told when it has ended, which may be while the next one runs already.
    told = [event for event in location.events(run.run_id) if event.event_type is not T.ENGINE_EVENT or event.step_key is None]
    assert [event.event_type_value for event in told] == [
        *("PIPELINE_STARTING", "PIPELINE_START", "ENGINE_EVENT"),
        *(*of_step, "STEP_START", "STEP_OUTPUT", "HANDLED_OUTPUT", "STEP_SUCCESS"),
        *(*of_step, "STEP_START", "LOADED_INPUT", "STEP_INPUT", "STEP_OUTPUT", "HANDLED_OUTPUT", "STEP_SUCCESS"),
        *("ENGINE_EVENT", "PIPELINE_SUCCESS"),
    ]


def test_in_process_all_steps_run_in_one_process_that_is_not_the_supervisor(location: Located) -> None:
    run = location.run("chain_in_process")
    assert run.status.value == "SUCCESS"
    words = location.output(run.run_id, run.run_id).split()
    assert words[0::2] == ["one", "two"]
    assert words[1] == words[3]
    assert run.process is not None
    assert words[1] != str(run.process.pid)


def test_assets_are_materialized_and_known(location: Located) -> None:
    run = location.run("assets")
    assert run.status.value == "SUCCESS"
    known = location.instance.get_latest_materialization_event(AssetKey("count"))
    assert known is not None
    assert known.run_id == run.run_id


def test_some_assets_of_a_job_can_be_asked_for(location: Located) -> None:

    run = location.run("assets", asset_selection=[AssetKey("orders")])
    assert [event.step_key for event in location.events(run.run_id, T.STEP_SUCCESS)] == ["orders"]


def test_what_user_code_raises_fails_its_step_and_the_run(location: Located) -> None:
    run = location.run("failing")
    assert (run.status.value, run.tags["dagster/failure_reason"]) == ("FAILURE", "STEP_FAILURE")
    assert failure(location, run.run_id) == "ValueError: no rows"
    assert "no rows" in location.output(run.run_id, "fails", "err")


@pytest.mark.parametrize(("number", "name"), [(9, "SIGKILL"), (11, "SIGSEGV")])
def test_a_step_whose_process_is_killed_fails_with_the_signal(location: Located, number: int, name: str) -> None:
    run = location.run("dying", {"BY": name})
    assert (run.status.value, run.tags["dagster/failure_reason"]) == ("FAILURE", "STEP_FAILURE")
    assert failure(location, run.run_id) == f"The process of this step was ended by signal {number} ({name})."


def test_a_run_whose_only_process_is_killed_has_crashed(location: Located) -> None:
    run = location.run("dying_in_process")
    assert (run.status.value, run.tags["dagster/failure_reason"]) == ("FAILURE", "RUN_WORKER_CRASH")
    assert failure(location, run.run_id) == "The process of this run was ended by signal 9 (SIGKILL)."


def test_a_step_is_tried_again_in_another_process(location: Located) -> None:
    run = location.run("retried")
    assert run.status.value == "SUCCESS"
    starts = [event.event_type_value for event in location.events(run.run_id) if event.step_key == "flaky"]
    assert [kind for kind in starts if kind.startswith(("STEP_START", "STEP_RE", "STEP_UP"))] == [
        *("STEP_START", "STEP_UP_FOR_RETRY", "STEP_RESTARTED", "STEP_UP_FOR_RETRY", "STEP_RESTARTED")
    ]


def test_retries_can_be_disabled(location: Located) -> None:
    run = location.run("retried", run_config={"execution": {"config": {"multiprocess": {"retries": {"disabled": {}}}}}})
    assert failure(location, run.run_id) == "ValueError: try 0"


def test_steps_are_made_for_the_values_of_a_dynamic_output(location: Located) -> None:
    run = location.run("mapped")
    assert run.status.value == "SUCCESS", location.types(run.run_id)
    assert location.output(run.run_id, "total").split() == ["total", "6"]


def test_a_limit_for_a_tag_lets_one_step_after_another_run(location: Located, told: dict[str, str]) -> None:
    run = location.run("limited", told)
    assert run.status.value == "SUCCESS"
    assert read(told) == "+-+-+-"


def test_hooks_are_called_where_their_step_ran(location: Located) -> None:
    run = location.run("hooked")
    assert location.output(run.run_id, "one").splitlines()[-1] == "praised {'result': 1}"
    assert location.output(run.run_id, "fails") == "regretted no rows\n"
    assert len(location.events(run.run_id, T.HOOK_COMPLETED)) == 2


def test_the_environment_of_a_run_is_that_of_its_launch(location: Located) -> None:
    run = location.run("showing", {"SHOWN": "from the launch"})
    assert location.output(run.run_id, "shows_environment").strip() == "from the launch"


def test_a_secret_reaches_the_step_and_not_the_database(location: Located) -> None:
    run = location.run("secret", run_config={"ops": {"keeps": {"config": {"password": "sesame"}}}})
    assert location.output(run.run_id, "keeps").strip() == "sesame"
    assert "sesame" not in str(run.run_config)


def test_what_a_step_took_is_told(location: Located) -> None:
    run = location.run("chain")
    engine = [event for event in location.events(run.run_id, T.ENGINE_EVENT) if event.step_key == "one"]
    metadata: Any = engine[0].event_specific_data.metadata  # pyright: ignore[reportAttributeAccessIssue, reportOptionalMemberAccess]
    assert metadata["cpu_seconds"].value > 0
    assert metadata["peak_memory_bytes"].value > 1_000_000


def test_other_hosts_see_that_a_run_is_held_by_its_lease(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("waiting", told)
    read(told)
    first = until(lambda: lease_of(location, run_id))
    assert first.holder.startswith(f"{location.supervisor(run_id).pid} on ")
    until(lambda: lease_of(location, run_id).renewed > first.renewed)
    location.instance.terminate_run(run_id)
    location.ended(run_id)
    until(lambda: lease_of(location, run_id) is None)


def lease_of(location: Located, run_id: str) -> Any:
    storage = location.instance._storage  # pyright: ignore[reportPrivateUsage] - no question of the API asks for leases
    return next((lease for lease in storage.leases.leases() if lease.name == f"run/{run_id}"), None)


def test_output_can_be_read_while_the_step_runs(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("waiting", told)
    read(told)
    assert 'Started execution of step "waits".' in location.output(run_id, "waits", "err")
    location.instance.terminate_run(run_id)
    assert location.ended(run_id).status.value == "CANCELED"


@pytest.mark.parametrize("job", ["waiting", "waiting_in_process"])
def test_a_run_that_is_stopped_is_canceled_when_nothing_of_it_is_left(location: Located, told: dict[str, str], job: str) -> None:
    run_id = location.launch(job, told)
    read(told)
    assert location.instance.terminate_run(run_id)
    assert location.ended(run_id).status.value == "CANCELED"
    assert members_of(run_id) == []
    assert "DagsterExecutionInterruptedError" in failure(location, run_id) or "KeyboardInterrupt" in failure(location, run_id)


def test_what_does_not_listen_is_killed_with_what_it_started(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("stubborn", told)
    other = int(read(told))
    location.instance.terminate_run(run_id)
    assert location.ended(run_id).status.value == "CANCELED"
    assert members_of(run_id) == []
    assert not os.path.exists(f"/proc/{other}/exe")


def test_a_run_that_has_ended_cannot_be_stopped(location: Located) -> None:
    assert not location.instance.terminate_run(location.run("chain").run_id)


def test_a_killed_supervisor_takes_its_steps_along_and_its_run_has_crashed(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("stubborn", told)
    read(told)
    location.supervisor(run_id).send(signal.SIGKILL)
    run = location.ended(run_id)
    assert (run.status.value, run.tags["dagster/failure_reason"]) == ("FAILURE", "RUN_WORKER_CRASH")
    assert "The process of this run was ended by signal 9 (SIGKILL)" in failure(location, run_id)
    assert members_of(run_id) == []


def test_a_supervisor_that_lost_its_run_kills_its_steps_and_writes_nothing_more(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("waiting", told)
    pid = int(read(told))
    supervisor = location.supervisor(run_id)
    supervisor.send(signal.SIGSTOP)
    location.instance.take_run(run_id)  # as from another host, where nobody sees that the process is there
    supervisor.send(signal.SIGCONT)
    until(lambda: not supervisor.is_alive() and not os.path.exists(f"/proc/{pid}/exe"))
    before = location.types(run_id)
    assert before[-1] == "STEP_START"


def test_the_steps_of_a_run_whose_time_is_up_tidy_up(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("tidying", told)
    read(told)
    supervisor, run = location.supervisor(run_id), location.instance.get_run_by_id(run_id)
    assert run is not None
    assert location.instance.end_run(run, "Exceeded maximum runtime of 1 seconds.", RunFailureReason.UNKNOWN)
    supervisor.send(signal.SIGINT)  # as the monitoring does, so that it looks at once
    until(lambda: not supervisor.is_alive())
    assert read(told) == "tidied"
    assert members_of(run_id) == []
    assert location.types(run_id)[-1] == "PIPELINE_FAILURE"


def test_what_a_killed_zygote_had_started_goes_on(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("waiting", told)
    read(told)
    os.kill(location.zygote_pid, signal.SIGKILL)
    until(lambda: location.processes.current is None or location.processes.current.is_gone)
    assert location.run("chain").status.value == "SUCCESS"
    location.instance.terminate_run(run_id)
    assert location.ended(run_id).status.value == "CANCELED"


def test_when_zygote_and_supervisor_are_killed_the_next_opener_ends_the_run(location: Located, told: dict[str, str]) -> None:
    run_id = location.launch("stubborn", told)
    other = int(read(told))
    os.kill(location.zygote_pid, signal.SIGKILL)
    location.supervisor(run_id).send(signal.SIGKILL)
    until(lambda: not location.supervisor(run_id).is_alive())
    with DagsterInstance.from_config(location.instance.root_directory) as opened:
        run = opened.get_run_by_id(run_id)
    assert run is not None
    assert (run.status.value, run.tags["dagster/failure_reason"]) == ("FAILURE", "RUN_WORKER_CRASH")
    assert not os.path.exists(f"/proc/{other}/exe")


def test_a_run_is_launched_once(location: Located) -> None:
    from dagster.errors import DagsterInvariantViolationError
    from dagster.workspace.launchers import LocationLauncher

    run = location.run("chain")
    with pytest.raises(DagsterInvariantViolationError, match="is SUCCESS"):
        location.instance.launch_run(run.run_id, LocationLauncher(location.processes))


def test_config_that_does_not_fit_fails_the_run_before_any_step(location: Located) -> None:
    run = location.instance.create_run(job_name="secret", run_config={"ops": {"keeps": {"config": {"passwort": "x"}}}})
    from dagster.workspace.launchers import LocationLauncher

    location.instance.launch_run(run.run_id, LocationLauncher(location.processes))
    assert location.ended(run.run_id).status.value == "FAILURE"
    assert "passwort" in failure(location, run.run_id, T.RUN_FAILURE)
    assert location.events(run.run_id, T.STEP_START) == []


def test_a_run_writes_through_an_ingest_that_comes_and_goes(location: Located, told: dict[str, str]) -> None:
    path = os.path.join(location.instance.root_directory, "ingest")
    first = started_ingest(location, path)
    run_id = location.launch("waiting", told)
    read(told)
    first.kill()
    first.wait()
    location.instance.terminate_run(run_id)
    second = started_ingest(location, path)
    assert location.ended(run_id).status.value == "CANCELED"
    quick = location.ended(location.launch("chain"))
    assert quick.status.value == "SUCCESS"
    assert location.types(quick.run_id).count("STEP_SUCCESS") == 2
    second.kill()
    second.wait()


def started_ingest(location: Located, path: str) -> subprocess.Popen[bytes]:
    """The process of an ingest that listens."""
    code = (
        "import sys; from dagster.storage.ingest.servers import IngestServer; "
        "from dagster.storage.sqlite.storage import SqliteStorage; IngestServer(SqliteStorage(sys.argv[1]), sys.argv[2]).serve()"
    )
    process = subprocess.Popen([sys.executable, "-c", code, location.instance.root_directory, path])
    with socket.socket(socket.AF_UNIX) as connection:
        until(lambda: connection.connect_ex(path) == 0)
    return process
