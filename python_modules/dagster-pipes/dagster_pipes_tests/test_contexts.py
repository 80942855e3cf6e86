import json
import threading
from pathlib import Path
from typing import Any

import pytest

from dagster_pipes import (
    DagsterPipesError,
    PipesContext,
    PipesDefaultContextLoader,
    PipesDefaultMessageWriter,
    PipesMappingParamsLoader,
    encode_param,
)

STEP = {
    "asset_keys": ["sales/orders"],
    "code_version_by_asset_key": {"sales/orders": "2"},
    "provenance_by_asset_key": {"sales/orders": None},
    "partition_key": None,
    "partition_key_range": None,
    "partition_time_window": None,
    "run_id": "f3a",
    "job_name": "nightly",
    "retry_number": 1,
    "extras": {"limit": 10},
}


class Session:
    """A session whose messages lie in a file."""

    def __init__(self, folder: Path, **changed: Any) -> None:
        self.path = folder / "messages"
        params = {"data": {**STEP, **changed}}
        loader = PipesMappingParamsLoader(
            {"DAGSTER_PIPES_CONTEXT": encode_param(params), "DAGSTER_PIPES_MESSAGES": encode_param({"path": str(self.path)})}
        )
        self.pipes = PipesContext(loader, PipesDefaultContextLoader(), PipesDefaultMessageWriter())

    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text().splitlines()]

    def params(self, method: str) -> list[dict[str, Any]]:
        return [message["params"] for message in self.messages() if message["method"] == method]


def test_a_message_is_a_line_with_version_method_and_params(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.pipes.close()
    assert session.path.read_text().splitlines() == [
        '{"__dagster_pipes_version": "0.1", "method": "opened", "params": {"extras": {}}}',
        '{"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}',
    ]


def test_the_context_answers_what_it_was_told(tmp_path: Path) -> None:
    pipes = Session(tmp_path).pipes
    assert ("sales/orders", "2", None) == (pipes.asset_key, pipes.code_version, pipes.provenance)
    assert ("f3a", "nightly", 1) == (pipes.run_id, pipes.job_name, pipes.retry_number)
    assert (True, False) == (pipes.is_asset_step, pipes.is_partition_step)
    assert 10 == pipes.get_extra("limit")


@pytest.mark.parametrize("name", ["asset_key", "asset_keys", "provenance", "code_version", "code_version_by_asset_key"])
def test_an_op_has_no_facts_of_assets(tmp_path: Path, name: str) -> None:
    pipes = Session(tmp_path, asset_keys=None, code_version_by_asset_key=None, provenance_by_asset_key=None).pipes
    with pytest.raises(DagsterPipesError, match=f"`{name}` is undefined. Current step does not target an asset"):
        getattr(pipes, name)


@pytest.mark.parametrize("name", ["asset_key", "provenance", "code_version"])
def test_what_is_of_one_asset_is_undefined_for_several(tmp_path: Path, name: str) -> None:
    pipes = Session(tmp_path, asset_keys=["a", "b"]).pipes
    with pytest.raises(DagsterPipesError, match="targets multiple assets"):
        getattr(pipes, name)


@pytest.mark.parametrize("name", ["partition_key", "partition_key_range", "partition_time_window"])
def test_a_run_without_partitions_has_no_facts_of_them(tmp_path: Path, name: str) -> None:
    with pytest.raises(DagsterPipesError, match="does not target any partitions"):
        getattr(Session(tmp_path).pipes, name)


def test_partitions_that_are_no_times_have_no_window(tmp_path: Path) -> None:
    pipes = Session(tmp_path, partition_key_range={"start": "a", "end": "c"}).pipes
    assert pipes.partition_time_window is None
    with pytest.raises(DagsterPipesError, match="use `partition_key_range`"):
        _ = pipes.partition_key


def test_lines_have_the_nearest_level_of_the_protocol(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.pipes.log.log(25, "%s rows", 3)
    session.pipes.log.critical("gone")
    assert [{"message": "3 rows", "level": "INFO"}, {"message": "gone", "level": "CRITICAL"}] == session.params("log")


def test_a_logged_exception_is_told_with_its_trace(tmp_path: Path) -> None:
    session = Session(tmp_path)
    try:
        raise LookupError("no rows")
    except LookupError:
        session.pipes.log.exception("reading failed")
    (line,) = session.params("log")
    assert line["message"].startswith("reading failed\nTraceback")
    assert line["message"].endswith("LookupError: no rows")


def test_raw_metadata_is_left_to_be_inferred(tmp_path: Path) -> None:
    session = Session(tmp_path)
    page = {"type": "url", "raw_value": "https://example.com"}
    session.pipes.report_asset_materialization(metadata={"rows": 3, "page": page}, data_version="v7")  # type: ignore[dict-item]
    assert session.params("report_asset_materialization") == [
        {
            "asset_key": "sales/orders",
            "data_version": "v7",
            "metadata": {"rows": {"raw_value": 3, "type": "__infer__"}, "page": page},
        }
    ]


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ([1], "Expected `<class 'dict'>`"),
        ({3: 1}, "string keys"),
        ({"a": {"b": 1}}, "A dict as such is written"),
        ({"a": {"type": "dance", "raw_value": 1}}, "metadata.a.type"),
        ({"a": object()}, "JSON-serializable"),
    ],
)
def test_metadata_that_does_not_fit_is_refused_and_nothing_sent(tmp_path: Path, metadata: Any, sentence: str) -> None:
    session = Session(tmp_path)
    with pytest.raises(DagsterPipesError, match=sentence):
        session.pipes.report_asset_materialization(metadata=metadata)
    session.pipes.report_asset_materialization()
    assert 1 == len(session.params("report_asset_materialization"))


def test_an_asset_is_reported_once(tmp_path: Path) -> None:
    pipes = Session(tmp_path).pipes
    pipes.report_asset_materialization()
    with pytest.raises(DagsterPipesError, match="already been materialized"):
        pipes.report_asset_materialization()


def test_an_asset_of_another_step_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DagsterPipesError, match="Expected one of `\\['sales/orders'\\]`, got `customers`"):
        Session(tmp_path).pipes.report_asset_check("fresh", True, asset_key="customers")


def test_a_severity_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DagsterPipesError, match="Expected WARN or ERROR, got `BAD`"):
        Session(tmp_path).pipes.report_asset_check("fresh", True, "BAD")  # type: ignore[arg-type]


def test_a_session_that_broke_off_says_with_what(tmp_path: Path) -> None:
    session = Session(tmp_path)

    def fail() -> None:
        raise RuntimeError("outer") from KeyError("inner")

    with pytest.raises(RuntimeError, match="outer"), session.pipes:
        fail()
    (closed,) = session.params("closed")
    assert ("RuntimeError: outer\n", "RuntimeError") == (closed["exception"]["message"], closed["exception"]["name"])
    assert "KeyError" == closed["exception"]["cause"]["name"]
    assert closed["exception"]["context"] is None


def test_nothing_can_be_said_after_the_end(tmp_path: Path) -> None:
    session = Session(tmp_path)
    session.pipes.close()
    session.pipes.close()
    with pytest.raises(DagsterPipesError, match="after pipes context is closed"):
        session.pipes.report_custom_message(1)
    assert ["opened", "closed"] == [message["method"] for message in session.messages()]


def test_threads_do_not_mix_their_lines(tmp_path: Path) -> None:
    session = Session(tmp_path)
    threads = [
        threading.Thread(target=session.pipes.report_custom_message, args=({"n": n, "text": "x" * 5000},)) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(range(20)) == {params["payload"]["n"] for params in session.params("report_custom_message")}
