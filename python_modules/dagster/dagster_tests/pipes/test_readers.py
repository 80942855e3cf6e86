"""Readers without an outside process: the test itself writes the messages."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from dagster import (
    PipesBlobStoreMessageReader,
    PipesClientCompletedInvocation,
    PipesCompositeMessageReader,
    PipesEnvContextInjector,
    PipesFileMessageReader,
    PipesLogReader,
    PipesSession,
    PipesTempFileMessageReader,
    build_op_context,
    open_pipes_session,
)
from dagster.errors import CheckError
from dagster_pipes import DagsterPipesError, decode_param


def message(method: str, **params: Any) -> str:
    return json.dumps({"__dagster_pipes_version": "0.1", "method": method, "params": params})


def custom(*payloads: Any) -> str:
    return "\n".join(message("report_custom_message", payload=payload) for payload in payloads)


def opened(reader: Any, **given: Any) -> Any:
    return open_pipes_session(build_op_context(), PipesEnvContextInjector(), reader, **given)


class Stored(PipesBlobStoreMessageReader):
    """Chunks in a dict."""

    def __init__(self, chunks: dict[int, str], **given: Any) -> None:
        super().__init__(interval=0.005, **given)
        self.chunks = chunks
        self.failures = 0

    @contextmanager
    def get_params(self) -> Iterator[dict[str, Any]]:
        yield {"bucket": "b"}

    def messages_are_readable(self, params: Any) -> bool:
        return True

    def download_messages_chunk(self, index: int, params: Any) -> str | None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("reset")
        return self.chunks.get(index)

    def no_messages_debug_text(self) -> str:
        return "Attempted to read messages from a dict."


def test_chunks_are_taken_in_their_order_also_after_the_end() -> None:
    chunks = {1: custom("a", "b")}
    with opened(Stored(chunks)) as session:
        chunks.update({3: custom("d"), 2: custom("c")})
    assert ("a", "b", "c", "d") == session.get_custom_messages()


def test_a_chunk_that_comes_before_the_one_ahead_of_it_waits() -> None:
    with opened(Stored({2: custom("b")})) as session:
        pass
    assert () == session.get_custom_messages()


def test_a_download_that_failed_is_tried_again() -> None:
    reader = Stored({1: custom("a")})
    reader.failures = 1
    done = threading.Event()
    reader.on_opened = lambda opened_payload: done.set()
    reader.chunks[2] = message("opened", extras={})
    with opened(reader) as session:
        assert done.wait(10)
    assert ("a",) == session.get_custom_messages()


class Log(PipesLogReader):
    """Knows when it was started."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.params: Any = None
        self.has_started = threading.Event()

    def target_is_readable(self, params: Any) -> bool:
        return "driver" in params.get("extras", {})

    def start(self, params: Any, is_session_closed: threading.Event) -> None:
        self.params = params
        self.calls.append("start")
        self.has_started.set()

    def stop(self) -> None:
        self.calls.append("stop")

    def is_running(self) -> bool:
        return self.calls == ["start"]


def test_a_log_is_followed_once_it_is_known_where_it_is() -> None:
    log = Log()
    with opened(Stored({}, log_readers=[log])) as session:
        session.report_launched({"extras": {"driver": "d"}})
        assert log.has_started.wait(10)
    assert ["start", "stop"] == log.calls
    assert {"bucket": "b", "extras": {"driver": "d"}} == log.params


def test_a_log_that_never_comes_is_not_waited_for() -> None:
    log = Log()
    with opened(Stored({}, log_readers=[log])):
        pass
    assert [] == log.calls


def test_a_line_is_taken_when_it_is_complete_and_the_last_one_without_its_break(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    line = custom("é" * 3)
    with opened(PipesFileMessageReader(str(path))) as session, path.open("a") as file:
        for part in (line[:10], line[10:], "\n\n", line):
            file.write(part)
            file.flush()
    assert ("ééé", "ééé") == session.get_custom_messages()
    assert not path.exists()


def test_a_file_of_a_session_before_is_emptied_and_kept_on_request(tmp_path: Path) -> None:
    path = tmp_path / "messages"
    path.write_text(custom("old"))
    with opened(PipesFileMessageReader(str(path), cleanup_file=False)) as session:
        pass
    assert ((), True) == (session.get_custom_messages(), path.exists())


def write(variables: Any, text: str) -> None:
    with open(decode_param(variables["DAGSTER_PIPES_MESSAGES"])["path"], "a") as file:
        file.write(text + "\n")


def test_several_writers_have_places_of_their_own() -> None:
    reader = PipesCompositeMessageReader([PipesTempFileMessageReader(), PipesTempFileMessageReader()])
    with opened(reader) as session:
        for rank, variables in enumerate(session.get_per_writer_bootstrap_env_vars()):
            write(variables, custom(rank))
    assert {0, 1} == set(session.get_custom_messages())
    assert 2 == reader.expected_writer_count


def test_a_composite_without_readers_is_refused() -> None:
    with pytest.raises(CheckError, match="there is none"):
        PipesCompositeMessageReader([])


def test_arguments_and_variables_say_the_same() -> None:
    with opened(PipesTempFileMessageReader(), extras={"limit": 10}) as session:
        variables, arguments = session.get_bootstrap_env_vars(), session.get_bootstrap_cli_arguments()
    assert [*variables.values()] == [*arguments.values()]
    assert ["--dagster-pipes-context", "--dagster-pipes-messages"] == [*arguments]
    assert {"limit": 10} == decode_param(variables["DAGSTER_PIPES_CONTEXT"])["data"]["extras"]


def test_metadata_of_the_client_goes_over_what_was_reported() -> None:
    with opened(PipesTempFileMessageReader()) as session:
        reported = {"asset_key": "orders", "metadata": {"rows": 3, "cluster": "old"}}
        write(session.get_bootstrap_env_vars(), message("report_asset_materialization", **reported))
    result = PipesClientCompletedInvocation(session, metadata={"cluster": "c-17"}).get_materialize_result()
    metadata: Any = result.metadata
    assert {"rows": 3, "cluster": "c-17"} == {name: value.value for name, value in metadata.items()}


def completed(*lines: str) -> PipesClientCompletedInvocation:
    session: PipesSession
    with opened(PipesTempFileMessageReader()) as session:
        write(session.get_bootstrap_env_vars(), "\n".join(lines))
    return PipesClientCompletedInvocation(session)


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [([], "No materialization results received"), (["b", "a"], "asset keys \\['a', 'b'\\]")],
)
def test_one_result_is_refused_where_there_are_none_or_several(keys: list[str], sentence: str) -> None:
    done = completed(*(message("report_asset_materialization", asset_key=key) for key in keys))
    with pytest.raises(DagsterPipesError, match=sentence):
        done.get_materialize_result()


def test_one_check_is_refused_beside_other_results() -> None:
    check = message("report_asset_check", asset_key="a", check_name="fresh", passed=True)
    assert "fresh" == completed(check).get_asset_check_result().check_name
    with pytest.raises(DagsterPipesError, match="got 0 MaterializeResults and 2 AssetCheckResults"):
        completed(check, check).get_asset_check_result()
