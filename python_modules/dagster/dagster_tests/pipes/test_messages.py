import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dagster import (
    AssetCheckResult,
    AssetCheckSeverity,
    AssetKey,
    MaterializeResult,
    MetadataValue,
    PipesMessageHandler,
    PipesMessageReader,
    TableColumn,
    TableColumnConstraints,
    TableColumnDep,
    TableColumnLineage,
    TableRecord,
    TableSchema,
    build_op_context,
)
from dagster.pipes.errors import DagsterPipesExecutionError
from dagster.pipes.wire import metadata_of


class Reader(PipesMessageReader):
    """Reads nothing; tests hand messages over themselves."""

    writers = 1
    told: Any = None

    @contextmanager
    def read_messages(self, handler: PipesMessageHandler) -> Iterator[dict[str, Any]]:
        yield {}

    def no_messages_debug_text(self) -> str:
        return "Nowhere."

    def on_opened(self, opened_payload: Any) -> None:
        self.told = opened_payload

    @property
    def expected_writer_count(self) -> int:
        return self.writers


class Told(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.levelname, record.getMessage()))


class Session:
    def __init__(self, writers: int = 1) -> None:
        self.reader = Reader()
        self.reader.writers = writers
        self.log = Told()
        self.context = build_op_context()
        self.context.log.addHandler(self.log)
        self.handler = PipesMessageHandler(self.context, self.reader)

    def say(self, method: str, **params: Any) -> None:
        self.handler.handle_message({"__dagster_pipes_version": "0.1", "method": method, "params": params})


def test_a_materialization_is_a_result_with_typed_metadata() -> None:
    session = Session()
    rows = {"type": "int", "raw_value": 3}
    session.say("report_asset_materialization", asset_key="sales/or\\/ders", data_version="v7", metadata={"rows": rows})
    (result,) = session.handler.get_reported_results()
    assert isinstance(result, MaterializeResult)
    assert (AssetKey(["sales", "or/ders"]), {"rows": MetadataValue.int(3)}) == (result.asset_key, result.metadata)


def test_a_check_is_a_result() -> None:
    session = Session()
    session.say("report_asset_check", asset_key="orders", check_name="fresh", passed=False, severity="WARN", metadata=None)
    (result,) = session.handler.get_reported_results()
    assert isinstance(result, AssetCheckResult)
    assert (False, AssetCheckSeverity.WARN, "fresh") == (result.passed, result.severity, result.check_name)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ([1], "A message is a JSON object"),
        ({"params": {}}, "names its `method`"),
        ({"method": "dance"}, "Unknown message method: dance"),
        ({"method": "log", "params": [1]}, "`params` of a message"),
        ({"method": "log", "params": {"level": "INFO"}}, "`message` of a message is missing"),
        ({"method": "log", "params": {"message": "a", "level": "LOUD"}}, 'Unknown level "LOUD"'),
        ({"method": "report_custom_message", "params": {}}, "needs a `payload`"),
        ({"method": "report_asset_check", "params": {"severity": "BAD"}}, 'Unknown severity "BAD"'),
        ({"method": "report_asset_materialization", "params": {"asset_key": 3}}, "`asset_key` of a message is 3"),
        ({"method": "report_asset_materialization", "params": {"asset_key": "a", "metadata": [1]}}, "Metadata of a message"),
    ],
)
def test_what_is_no_message_is_refused_in_a_sentence(message: Any, sentence: str) -> None:
    with pytest.raises(DagsterPipesExecutionError, match=sentence):
        Session().handler.handle_message(message)


def test_a_message_after_the_end_is_taken_with_a_warning() -> None:
    session = Session()
    session.say("closed")
    session.say("log", message="late", level="info")
    assert ["WARNING", "INFO"] == [level for level, _ in session.log.lines]
    assert "unexpected message received after closed" in session.log.lines[0][1]


def test_a_session_of_several_writers_ends_with_the_last_one() -> None:
    session = Session(writers=2)
    session.say("opened", extras={"rank": 0})
    session.say("opened", extras={"rank": 1})
    session.say("closed")
    assert (True, False) == (session.handler.received_opened_message, session.handler.received_closed_message)
    session.say("closed")
    assert session.handler.received_closed_message
    assert {"extras": {"rank": 1}} == session.reader.told
    assert 1 == len(session.log.lines)


def test_external_streams_are_printed_each_to_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    session = Session()
    session.say("log_external_stream", stream="stdout", text="a")
    session.say("log_external_stream", stream="stderr", text="b")
    assert "a" == capsys.readouterr().out


COLUMN = {"name": "x", "type": "int", "description": "d", "tags": {"k": "v"}, "constraints": {"nullable": False, "unique": True}}
SCHEMA = TableSchema([TableColumn("x", "int", "d", TableColumnConstraints(nullable=False, unique=True), {"k": "v"})])
LINEAGE = TableColumnLineage({"x": [TableColumnDep(AssetKey(["up", "one"]), "c")]})


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "t", MetadataValue.text("t")),
        ("url", "u", MetadataValue.url("u")),
        ("path", "p", MetadataValue.path("p")),
        ("notebook", "n", MetadataValue.notebook("n")),
        ("json", {"a": 1}, MetadataValue.json({"a": 1})),
        ("md", "m", MetadataValue.md("m")),
        ("float", 1.5, MetadataValue.float(1.5)),
        ("float", 3, MetadataValue.float(3.0)),
        ("int", 3, MetadataValue.int(3)),
        ("bool", True, MetadataValue.bool(True)),
        ("dagster_run", "f3a", MetadataValue.dagster_run("f3a")),
        ("asset", "a/b", MetadataValue.asset(AssetKey(["a", "b"]))),
        ("null", None, MetadataValue.null()),
        ("timestamp", 12.5, MetadataValue.timestamp(12.5)),
        ("table", {"records": [{"x": 1}], "schema": [COLUMN]}, MetadataValue.table([TableRecord({"x": 1})], SCHEMA)),
        ("table_schema", {"columns": [COLUMN]}, MetadataValue.table_schema(SCHEMA)),
        (
            "table_column_lineage",
            {"deps_by_column": {"x": [{"asset_key": ["up", "one"], "column_name": "c"}]}},
            MetadataValue.column_lineage(LINEAGE),
        ),
        ("__infer__", {"a": 1}, MetadataValue.json({"a": 1})),
    ],
)
def test_metadata_has_the_kind_that_it_names(kind: str, raw: Any, value: Any) -> None:
    assert {"entry": value} == metadata_of({"entry": {"type": kind, "raw_value": raw}})


def test_raw_metadata_has_the_kind_that_fits() -> None:
    assert {"rows": MetadataValue.int(3), "name": MetadataValue.text("a")} == metadata_of({"rows": 3, "name": "a"})


@pytest.mark.parametrize(
    ("kind", "raw"),
    [("int", "x"), ("asset", ["a"]), ("table", {"records": 3}), ("table_schema", {"columns": [{}]}), ("dance", 1)],
)
def test_metadata_that_is_not_of_its_kind_is_refused(kind: str, raw: Any) -> None:
    with pytest.raises(DagsterPipesExecutionError, match=f"{kind}"):
        metadata_of({"entry": {"type": kind, "raw_value": raw}})
