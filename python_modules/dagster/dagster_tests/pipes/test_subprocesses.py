"""Real processes: each test launches one."""

import json
import logging
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dagster_pipes
from dagster import (
    AssetCheckSpec,
    AssetExecutionContext,
    AssetSpec,
    DagsterInstance,
    PipesEnvContextInjector,
    PipesSubprocessClient,
    PipesTempFileMessageReader,
    asset,
    asset_check,
    build_asset_check_context,
    build_op_context,
    job,
    materialize,
    multi_asset,
    op,
)
from dagster.pipes.errors import DagsterPipesExecutionError

HEAD = "from dagster_pipes import open_dagster_pipes\n"
ENV = {"PYTHONPATH": str(Path(dagster_pipes.__file__).parents[1])}


def python(body: str) -> list[str]:
    return [sys.executable, "-S", "-c", HEAD + body]


def client(**given: Any) -> PipesSubprocessClient:
    return PipesSubprocessClient(env=ENV, **given)


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as instance:
        yield instance


class Ran:
    """A run of one asset whose work a process does, and what it left in the log."""

    def __init__(
        self,
        instance: DagsterInstance,
        command: list[str],
        pipes: PipesSubprocessClient | None = None,
        *,
        method: str = "get_results",
        **of: Any,
    ) -> None:
        @asset(name="orders", **of)
        def orders(context: AssetExecutionContext, pipes: PipesSubprocessClient) -> Any:
            return getattr(pipes.run(context=context, command=command, extras={"limit": 10}), method)()

        self.result = materialize([orders], instance=instance, resources={"pipes": pipes or client()}, raise_on_error=False)
        self.entries = instance.all_logs(self.result.run_id)
        self.lines = [(logging.getLevelName(each.level), each.user_message) for each in self.entries if not each.dagster_event]

    def errors(self, event_type: str) -> list[Any]:
        events = [each for each in self.result.all_events if each.event_type_value == event_type]
        return [error for event in events if (error := getattr(event.event_specific_data, "error", None))]


def test_what_is_reported_is_materialized_with_types(instance: DagsterInstance) -> None:
    ran = Ran(
        instance,
        python("""
with open_dagster_pipes() as pipes:
    page = {"type": "url", "raw_value": "https://example.com"}
    pipes.report_asset_materialization(metadata={"rows": pipes.get_extra("limit"), "page": page}, data_version="v7")
"""),
    )
    (made,) = ran.result.asset_materializations_for_node("orders")
    assert {"rows": 10, "page": "https://example.com"} == {name: value.value for name, value in made.metadata.items()}
    assert "v7" == (made.tags or {})["dagster/data_version"]


def test_lines_arrive_with_their_levels(instance: DagsterInstance) -> None:
    ran = Ran(instance, python("with open_dagster_pipes() as pipes: pipes.log.warning('100% done'); pipes.log.debug('read')"))
    assert [
        ("INFO", "[pipes] external process successfully opened dagster pipes."),
        ("WARNING", "100% done"),
        ("DEBUG", "read"),
    ] == ran.lines


def test_lines_arrive_while_the_process_works(tmp_path: Path) -> None:
    answer = tmp_path / "answer"
    body = f"""
import os, time
with open_dagster_pipes() as pipes:
    pipes.report_custom_message("are you there?")
    deadline = time.monotonic() + 30
    while not os.path.exists({str(answer)!r}) and time.monotonic() < deadline: time.sleep(0.01)
    pipes.report_custom_message(os.path.exists({str(answer)!r}))
"""

    class Answering(PipesTempFileMessageReader):
        def read_messages(self, handler: Any) -> Any:
            take: Callable[[Any], None] = handler.handle_message

            def answering(message: Any) -> None:
                take(message)
                if message["method"] == "report_custom_message":
                    answer.touch()

            handler.handle_message = answering
            return super().read_messages(handler)

    ran = client(message_reader=Answering()).run(context=build_op_context(), command=python(body))
    assert ("are you there?", True) == ran.get_custom_messages()


def test_an_asset_that_is_not_reported_is_written_all_the_same(instance: DagsterInstance) -> None:
    ran = Ran(instance, python("with open_dagster_pipes(): pass"))
    assert 1 == len(ran.result.asset_materializations_for_node("orders"))


def test_a_check_and_its_asset_come_as_one_result(instance: DagsterInstance) -> None:
    body = "with open_dagster_pipes() as pipes: pipes.report_asset_check('fresh', False, 'WARN', {'hours': 30})"
    ran = Ran(instance, python(body), method="get_materialize_result", check_specs=[AssetCheckSpec("fresh", asset="orders")])
    (found,) = ran.result.get_asset_check_evaluations()
    assert ("fresh", False, 30) == (found.check_name, found.passed, found.metadata["hours"].value)
    assert ran.result.success


def test_several_assets_come_in_the_order_in_which_they_were_reported(instance: DagsterInstance) -> None:
    body = "with open_dagster_pipes() as pipes: [pipes.report_asset_materialization(asset_key=key) for key in ('b', 'a')]"

    @multi_asset(specs=[AssetSpec("a"), AssetSpec("b"), AssetSpec("c")])
    def both(context: AssetExecutionContext, pipes: PipesSubprocessClient) -> Any:
        return pipes.run(context=context, command=python(body)).get_results()

    result = materialize([both], instance=instance, resources={"pipes": client()})
    assert ["b", "a", "c"] == [
        made.asset_key.to_user_string() for made in result.asset_materializations_for_node("both") if made.asset_key
    ]


def test_results_that_are_not_returned_are_missed(instance: DagsterInstance) -> None:
    @asset
    def forgetful(context: AssetExecutionContext, pipes: PipesSubprocessClient) -> None:
        pipes.run(context=context, command=python("with open_dagster_pipes(): pass"))

    result = materialize([forgetful], instance=instance, resources={"pipes": client()}, raise_on_error=False)
    (failed,) = result.get_step_failure_events()
    assert "Did you forget to `yield from pipes_session.get_results()`" in failed.step_failure_data.error.message


def test_an_exception_is_told_and_the_step_fails_with_the_exit_code(instance: DagsterInstance) -> None:
    ran = Ran(instance, python("with open_dagster_pipes() as pipes: raise ValueError('no rows')"))
    (told,) = ran.errors("ENGINE_EVENT")
    assert ("ValueError", "ValueError: no rows\n") == (told.cls_name, told.message)
    (failed,) = ran.errors("STEP_FAILURE")
    assert "External execution process failed with code 1" in failed.cause.message


def test_a_killed_process_fails_with_the_signal_and_a_warning(instance: DagsterInstance) -> None:
    ran = Ran(instance, python("import os, signal\nopen_dagster_pipes()\nos.kill(os.getpid(), signal.SIGKILL)"))
    (failed,) = ran.errors("STEP_FAILURE")
    assert f"failed with code -{int(signal.SIGKILL)}" in failed.cause.message
    assert "did not receive closed message" in ran.lines[-1][1]


def test_a_process_that_never_opens_a_session_is_warned_of(instance: DagsterInstance) -> None:
    ran = Ran(instance, [sys.executable, "-S", "-c", ""])
    ((level, line),) = ran.lines
    assert ("WARNING", True) == (level, line.startswith("[pipes] did not receive any messages from external process."))
    assert "PipesTempFileMessageReader: Attempted to read messages from a local temporary file." in line


def test_a_message_that_cannot_be_taken_is_told_and_the_next_ones_are_taken(instance: DagsterInstance) -> None:
    body = """
import os
from dagster_pipes import decode_param
path = decode_param(os.environ["DAGSTER_PIPES_MESSAGES"])["path"]
with open_dagster_pipes() as pipes:
    with open(path, "a") as file: file.write("no JSON\\n[1]\\n" + '{"method": "dance"}\\n')
    pipes.log.info("after")
"""
    ran = Ran(instance, python(body))
    assert ["JSONDecodeError", "DagsterPipesExecutionError", "DagsterPipesExecutionError"] == [
        error.cls_name for error in ran.errors("ENGINE_EVENT")
    ]
    assert ("INFO", "after") == ran.lines[-1]


def test_what_is_printed_is_passed_through_or_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-S", "-c", "import sys; print('out'); print('err', file=sys.stderr)"]
    client(forward_stdio=False).run(context=build_op_context(), command=command)
    assert "out\n" not in capfd.readouterr().out
    client().run(context=build_op_context(), command=command)
    seen = capfd.readouterr()
    assert ("out\n" in seen.out, "err\n" in seen.err) == (True, True)


def test_what_is_printed_is_told_as_messages_on_request(instance: DagsterInstance, capfd: pytest.CaptureFixture[str]) -> None:
    reader = PipesTempFileMessageReader(include_stdio_in_messages=True)
    ran = Ran(instance, python("with open_dagster_pipes(): print('printed')"), client(message_reader=reader, forward_stdio=False))
    assert ran.result.success
    assert "printed\n" in capfd.readouterr().out
    assert 1 == len(ran.lines)


def test_variables_and_directory_of_a_call_go_before_those_of_the_client(tmp_path: Path) -> None:
    body = "import os\nwith open_dagster_pipes() as p: p.report_custom_message([os.environ['A'], os.environ['B'], os.getcwd()])"
    pipes = PipesSubprocessClient(env={**ENV, "A": "client", "B": "client"}, cwd="/")
    ran = pipes.run(context=build_op_context(), command=python(body), env={"B": "call"}, cwd=str(tmp_path))
    assert ["client", "call", str(tmp_path.resolve())] == ran.get_custom_messages()[0]


def test_an_op_has_no_results_and_hands_on_messages(instance: DagsterInstance) -> None:
    @op
    def counted(context: Any, pipes: PipesSubprocessClient) -> Any:
        ran = pipes.run(context=context, command=python("with open_dagster_pipes() as p: p.report_custom_message(p.run_id)"))
        assert () == ran.get_results()
        return ran.get_custom_messages()[0]

    @job
    def counting() -> None:
        counted()

    result = counting.execute_in_process(
        instance=instance, resources={"pipes": client(context_injector=PipesEnvContextInjector())}
    )
    assert result.run_id == result.output_for_node("counted")


def test_a_check_may_report_without_naming_its_asset() -> None:
    body = "with open_dagster_pipes() as pipes: pipes.report_asset_check('fresh', True)"

    @asset_check(asset="orders")
    def fresh(context: Any, pipes: PipesSubprocessClient) -> Any:
        return pipes.run(context=context, command=python(body)).get_asset_check_result()

    assert fresh(build_asset_check_context(), pipes=client()).passed


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        client().run(context=build_op_context(), command=["no-such-program"])


WAITING = """
import os, sys, time
with open_dagster_pipes() as pipes:
    try:
        pipes.report_custom_message(os.getpid())
        time.sleep(60)
    except KeyboardInterrupt:
        {at_the_end}
"""


class Interrupting(PipesTempFileMessageReader):
    """Interrupts this process, as Ctrl-C does, once the other one says that it is there."""

    pid = 0

    def read_messages(self, handler: Any) -> Any:
        take: Callable[[Any], None] = handler.handle_message

        def interrupting(message: Any) -> None:
            take(message)
            if message["method"] == "report_custom_message":
                self.pid = message["params"]["payload"]
                signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

        handler.handle_message = interrupting
        return super().read_messages(handler)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("at_the_end", ["raise", "time.sleep(60)"], ids=["ends", "does not end"])
def test_a_process_ends_with_the_run_that_is_stopped(at_the_end: str) -> None:
    reader = Interrupting()
    pipes = client(message_reader=reader, termination_timeout_seconds=0.5, forward_stdio=False)
    with pytest.raises(KeyboardInterrupt):
        pipes.run(context=build_op_context(), command=python(WAITING.format(at_the_end=at_the_end)))
    assert not is_alive(reader.pid)


BASH = r"""
say() { printf '{"__dagster_pipes_version": "0.1", "method": "%s", "params": %s}\n' "$1" "$2" >> "$MESSAGES"; }
say opened '{"extras": {}}'
say log '{"message": "counting in bash", "level": "INFO"}'
rows=$(printf 'a\nb\nc\n' | wc -l | tr -d ' ')
say report_asset_materialization '{"asset_key": "orders", "metadata": {"rows": {"type": "int", "raw_value": '"$rows"'}}}'
say closed '{}'
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_shell_script_reports_lines_of_json(instance: DagsterInstance, tmp_path: Path) -> None:
    from dagster import PipesFileMessageReader

    messages = str(tmp_path / "messages")
    pipes = PipesSubprocessClient(env={"MESSAGES": messages}, message_reader=PipesFileMessageReader(messages))
    ran = Ran(instance, ["bash", "-euc", BASH], pipes)
    (made,) = ran.result.asset_materializations_for_node("orders")
    assert 3 == made.metadata["rows"].value
    assert ("INFO", "counting in bash") == ran.lines[-1]


NODE = """
const fs = require("fs"), zlib = require("zlib");
const read = (name) => JSON.parse(zlib.inflateSync(Buffer.from(process.env[name], "base64")));
const { path } = read("DAGSTER_PIPES_MESSAGES"), context = JSON.parse(fs.readFileSync(read("DAGSTER_PIPES_CONTEXT").path));
const say = (method, params) =>
  fs.appendFileSync(path, JSON.stringify({ __dagster_pipes_version: "0.1", method, params }) + "\\n");
say("opened", { extras: {} });
say("report_custom_message", { payload: context.extras });
say("closed", {});
"""


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_a_script_in_javascript_reads_the_context_and_reports() -> None:
    ran = PipesSubprocessClient().run(context=build_op_context(), command=["node", "-e", NODE], extras={"limit": 10})
    assert ({"limit": 10},) == ran.get_custom_messages()


def test_a_failed_process_raises_outside_of_runs_too() -> None:
    with pytest.raises(DagsterPipesExecutionError, match="code 3"):
        client().run(context=build_op_context(), command=[sys.executable, "-S", "-c", "import sys; sys.exit(3)"])


def test_context_goes_by_file_unless_it_is_asked_for_otherwise() -> None:
    body = """
import os
from dagster_pipes import decode_param
with open_dagster_pipes() as p: p.report_custom_message(sorted(decode_param(os.environ["DAGSTER_PIPES_CONTEXT"])))
"""
    by_file = client().run(context=build_op_context(), command=python(body))
    direct = client(context_injector=PipesEnvContextInjector()).run(context=build_op_context(), command=python(body))
    assert (["path"], ["data"]) == (by_file.get_custom_messages()[0], direct.get_custom_messages()[0])
    assert json.dumps(by_file.get_custom_messages())
